import { groupBy } from '#core/model/group.ts'
import {
  ALL_PORTS,
  intersectPorts,
  isNoPorts,
  NO_PORTS,
  type PortSet,
  subtractPorts,
  uniteAllPorts,
  unitePorts,
} from '#core/model/ports.ts'
import type { Direction, Policy, Tier } from '#core/model/rule.ts'
import { or, type Truth } from '#core/model/truth.ts'
import type { Half, RuleEvidence } from '#core/model/verdict.ts'
import { isUnplaced } from './controller.ts'
import type { Applicable, ClassHalf, Evaluation, PeerClass, PodClass, Said, Speaker, Standing } from './evaluation.ts'
import { codeAt, domainsOf, nameSpace, portsAt, rowOf, selectedClasses } from './matching.ts'
import { type Algebra, decide, type Hearing } from './tiers.ts'

/** One side of a connection: the class whose side it is, and the class at the other end. */
export interface Side {
  readonly direction: Direction
  readonly subject: PeerClass
  readonly peer: PeerClass
}

const EXEMPT = {
  unplaced: { egress: exempt('egress', 'unplaced'), ingress: exempt('ingress', 'unplaced') },
  outside: { egress: exempt('egress', 'outside'), ingress: exempt('ingress', 'outside') },
  finished: { egress: exempt('egress', 'finished'), ingress: exempt('ingress', 'finished') },
  'host-network': { egress: exempt('egress', 'host-network'), ingress: exempt('ingress', 'host-network') },
  'own-node': { egress: exempt('egress', 'own-node'), ingress: exempt('ingress', 'own-node') },
  'same-pod': { egress: exempt('egress', 'same-pod'), ingress: exempt('ingress', 'same-pod') },
} as const

/** One half for a pair of classes (semantics.md A.1), computed once. Own node and own pod are not looked at here. */
export function halfOf(evaluation: Evaluation, { direction, subject, peer }: Side): ClassHalf {
  if (subject.type === 'addresses') return EXEMPT.outside[direction]
  if (subject.finished) return EXEMPT.finished[direction]
  if (subject.hostNetwork) return EXEMPT['host-network'][direction]
  if (isUnplaced(evaluation, subject)) return EXEMPT.unplaced[direction]
  const standing = standingOf(evaluation, subject, direction)
  const known = standing.halves.get(peer)
  if (known) return known
  const destination = direction === 'egress' ? peer : subject
  const half = judge(evaluation, standing, { direction, subject: destination, peer })
  standing.halves.set(peer, half)
  return half
}

/** What holds for these pods in a direction. */
export function standingOf(evaluation: Evaluation, subject: PodClass, direction: Direction): Standing {
  const standings = evaluation.memo.standings[direction]
  const known = standings.get(subject)
  if (known) return known
  const applicable = applicableTo(evaluation, direction)[subject.id] ?? []
  const isolating = applicable.filter(({ isolates }) => isolates !== 'no')
  const of = (tier: Tier): readonly Applicable[] =>
    applicable.filter(({ policy }) => policy.tier === tier && !isUnevaluated(policy))
  const standing = {
    applicable,
    isolated: or(...isolating.map(({ isolates }) => isolates)),
    isolatedBy: isolating.map((one) => one.isolating),
    unevaluated: applicable.some(({ policy }) => isUnevaluated(policy)),
    admin: levelsOf(of('admin')),
    networkPolicies: of('networkPolicy').map(({ speakers }) => speakers),
    baseline: levelsOf(of('baseline')),
    halves: new Map<PeerClass, ClassHalf>(),
  }
  standings.set(subject, standing)
  return standing
}

// Lower numbers first; those of one number have no order among themselves (semantics.md C.2).
function levelsOf(applicable: readonly Applicable[]): Standing['admin'] {
  const byPriority = groupBy(applicable, ({ policy }) => policy.priority)
  const sorted = [...byPriority].toSorted(([a], [b]) => a - b)
  return sorted.map(([, level]) => level.map(({ speakers }) => speakers))
}

/** Is it a policy whose meaning this engine doesn't work out? Then what it selects is undetermined (design.md 9). */
export function isUnevaluated(policy: Policy): boolean {
  return policy.unevaluated !== undefined
}

/** Nothing restricts it, for a reason that is no policy's. */
export function exemptHalf(direction: Direction, reason: keyof typeof EXEMPT): ClassHalf {
  return EXEMPT[reason][direction]
}

function exempt(direction: Direction, reason: Half['exempt']): ClassHalf {
  const open = { sure: ALL_PORTS, perhaps: ALL_PORTS }
  return { direction, exempt: reason, isolated: 'no', isolatedBy: [], ...open, evidence: [] }
}

// For all classes at once: each policy is asked whom it selects, not each class who selects it.
function applicableTo(evaluation: Evaluation, direction: Direction): readonly (readonly Applicable[])[] {
  const { memo, podClasses, policies } = evaluation
  const known = memo.applicable[direction]
  if (known.length > 0) return known
  for (const _ of podClasses) known.push([])
  for (const policy of policies) {
    // One that can't be evaluated has a say in both directions (design.md 9).
    if (!policy.directions.includes(direction) && !isUnevaluated(policy)) continue
    const { yes, unknown } = selectedClasses(evaluation, policy.subject)
    for (const [selected, ids] of [
      ['yes', yes],
      ['unknown', unknown],
    ] as const) {
      const applicable = ids.length > 0 ? applies(evaluation, { policy, selected, direction }) : undefined
      for (const id of ids) if (applicable) known[id]?.push(applicable)
    }
  }
  return known
}

function applies(
  evaluation: Evaluation,
  { policy, selected, direction }: { readonly policy: Policy; readonly selected: Truth; readonly direction: Direction },
): Applicable {
  const unevaluated = isUnevaluated(policy)
  const rules = policy.rules.filter((rule) => rule.direction === direction)
  const isolates = unevaluated ? 'unknown' : policy.tier === 'networkPolicy' ? selected : 'no'
  return {
    policy,
    selected,
    rules,
    isolates,
    isolating: { policy: policy.ref, policyName: policy.name, unknown: isolates === 'unknown' || undefined },
    speakers: unevaluated ? [] : rules.map((rule, index) => speakerOf(evaluation, { policy, selected, rule, index })),
  }
}

function speakerOf(evaluation: Evaluation, one: Pick<Speaker, 'policy' | 'selected' | 'rule' | 'index'>): Speaker {
  const { rule } = one
  const named = rule.ports !== 'any' && rule.ports.some(({ port }) => port.type === 'named')
  return {
    ...one,
    row: rowOf(evaluation, rule),
    domains: domainsOf(rule),
    named,
    surely: new Map(),
    perhaps: new Map(),
  }
}

function judge(evaluation: Evaluation, standing: Standing, { direction, subject: destination, peer }: Side): ClassHalf {
  const { isolated, isolatedBy, unevaluated, admin, networkPolicies, baseline } = standing
  const evidence: RuleEvidence[] = []
  const at = { peer, destination, space: nameSpace(destination) }
  const voices = (speakers: readonly Speaker[]): readonly Said[] => {
    const heard: Said[] = []
    for (const speaker of speakers) {
      const said = listen(evaluation, speaker, at)
      if (said) heard.push(said)
    }
    return heard
  }
  const levels = (tier: Standing['admin']): Hearing<PortSet, Said>['admin'] => tier.map((level) => level.map(voices))
  const bounds = decide<PortSet, Said>(PORT_SETS, {
    admin: levels(admin),
    isolated,
    networkPolicies: networkPolicies.map(voices),
    baseline: levels(baseline),
    heard: (said, where) => void evidence.push(witness(said, where)),
  })
  const { sure, perhaps } = unevaluated ? { sure: NO_PORTS, perhaps: ALL_PORTS } : bounds
  return { direction, isolated, isolatedBy, sure, perhaps, evidence }
}

interface Heard {
  readonly peer: PeerClass
  readonly destination: PeerClass
  readonly space: string
}

// Most rules point elsewhere, and of those that don't, most have been heard before.
function listen(evaluation: Evaluation, speaker: Speaker, { peer, destination, space }: Heard): Said | undefined {
  const code = codeAt(speaker, peer)
  if (code === 0) return undefined
  const known = code === 2 ? speaker.surely : speaker.perhaps
  const key = speaker.named ? space : ''
  const said = known.get(key) ?? sayAt(evaluation, speaker, code === 2, destination)
  known.set(key, said)
  return isNoPorts(said.evidence.ports) && isNoPorts(said.evidence.unknownPorts) ? undefined : said
}

function sayAt(evaluation: Evaluation, speaker: Speaker, points: boolean, destination: PeerClass): Said {
  const { policy, rule, index, selected } = speaker
  const ports = portsAt(evaluation, rule, destination)
  const selects = selected === 'yes'
  const voice = { action: rule.action, selects, matches: { sure: points ? ports : NO_PORTS, perhaps: ports } }
  const [sure, unknown] = points && selects ? [ports, NO_PORTS] : [NO_PORTS, ports]
  const { action, name: ruleName } = rule
  const { ref, name: policyName, tier, priority } = policy
  const about = { rule: rule.ref, ruleName, policy: ref, policyName, tier, priority, action, index }
  return { ...voice, evidence: { ...about, ports: sure, unknownPorts: unknown } }
}

// What was decided before it is no business of a rule's.
function witness({ evidence }: Said, where: PortSet): RuleEvidence {
  const ports = intersectPorts(evidence.ports, where)
  const unknownPorts = intersectPorts(evidence.unknownPorts, where)
  const same = ports === evidence.ports && unknownPorts === evidence.unknownPorts
  return same ? evidence : { ...evidence, ports, unknownPorts }
}

const PORT_SETS: Algebra<PortSet> = {
  none: NO_PORTS,
  all: ALL_PORTS,
  isNone: isNoPorts,
  unite: unitePorts,
  uniteAll: uniteAllPorts,
  intersect: intersectPorts,
  subtract: subtractPorts,
}
