import { ALL_PORTS, intersectPorts, isNoPorts, NO_PORTS, type PortSet, uniteAllPorts } from '#core/model/ports.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { or, type Truth } from '#core/model/truth.ts'
import type { Half } from '#core/model/verdict.ts'
import type { Applicable, ClassHalf, Evaluation, PeerClass, PodClass, Said, Speaker, Standing } from './evaluation.ts'
import { nameSpace, portsAt, rowOf, selectedClasses } from './matching.ts'

/** One side of a connection: the class whose side it is, and the class at the other end. */
export interface Side {
  readonly direction: Direction
  readonly subject: PeerClass
  readonly peer: PeerClass
}

const EXEMPT = {
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
  const standing = standingOf(evaluation, subject, direction)
  const known = standing.halves.get(peer.id)
  if (known) return known
  const destination = direction === 'egress' ? peer : subject
  const half = judge(evaluation, standing, { direction, subject: destination, peer })
  standing.halves.set(peer.id, half)
  return half
}

/** What holds for these pods in a direction. */
export function standingOf(evaluation: Evaluation, subject: PodClass, direction: Direction): Standing {
  const standings = evaluation.memo.standings[direction]
  const known = standings.get(subject)
  if (known) return known
  const applicable = applicableTo(evaluation, direction)[subject.id] ?? []
  const standing = {
    applicable,
    isolated: or(...applicable.map(({ isolates }) => isolates)),
    isolatedBy: applicable.map(({ isolating }) => isolating),
    unevaluated: applicable.some(({ policy }) => isUnevaluated(policy)),
    speakers: applicable.flatMap(({ speakers }) => speakers),
    halves: new Map<number, ClassHalf>(),
  }
  standings.set(subject, standing)
  return standing
}

/** Is it a policy whose meaning this engine doesn't work out? Then what it selects is undetermined (design.md 9). */
export function isUnevaluated(policy: Policy): boolean {
  return policy.unevaluated !== undefined || policy.tier !== 'networkPolicy'
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
  const isolates = unevaluated ? 'unknown' : selected
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
  const { policy, selected, rule, index } = one
  const named = rule.ports !== 'any' && rule.ports.some(({ port }) => port.type === 'named')
  const row = rowOf(evaluation, rule)
  return { policy, selected, rule, index, row, named, surely: new Map(), perhaps: new Map() }
}

function judge(evaluation: Evaluation, standing: Standing, { direction, subject: destination, peer }: Side): ClassHalf {
  const { isolated, isolatedBy, unevaluated } = standing
  const heard: Said[] = []
  const space = nameSpace(destination)
  for (const speaker of standing.speakers) {
    const code = speaker.row === 'any' ? 2 : (speaker.row[peer.id] ?? 0)
    if (code === 0) continue
    const said = code === 2 ? speaker.surely : speaker.perhaps
    const key = speaker.named ? space : ''
    let one = said.get(key)
    if (!one) said.set(key, (one = hear(evaluation, speaker, code === 2, destination)))
    if (!isNoPorts(one.ports)) heard.push(one)
  }
  const bounds = unevaluated ? { sure: NO_PORTS, perhaps: ALL_PORTS } : weigh(standing, heard)
  return { direction, isolated, isolatedBy, ...bounds, evidence: heard.map(({ evidence }) => evidence) }
}

function hear(evaluation: Evaluation, speaker: Speaker, points: boolean, destination: PeerClass): Said {
  const { policy, rule, index, selected } = speaker
  const ports = portsAt(evaluation, rule, destination)
  const sure = points && selected === 'yes'
  const [surePorts, unknownPorts] = sure ? [ports, NO_PORTS] : [NO_PORTS, ports]
  const about = { rule: rule.ref, policy: policy.ref, policyName: policy.name, action: rule.action, index }
  return { policy, points, sure, ports, evidence: { ...about, ports: surePorts, unknownPorts } }
}

// NetworkPolicies only add to each other: the union over all that select, everything where none does (semantics.md A.1).
function weigh({ applicable, isolated }: Standing, said: readonly Said[]): Pick<ClassHalf, 'sure' | 'perhaps'> {
  if (isolated === 'no') return { sure: ALL_PORTS, perhaps: ALL_PORTS }
  if (isolated === 'yes') {
    const perhaps = union(said)
    const sure = said.filter((one) => one.sure)
    return { sure: sure.length === said.length ? perhaps : union(sure), perhaps }
  }
  // Where each policy only may select: whichever do, what every one of them opens stays open.
  const pointing = said.filter(({ points }) => points)
  const each = applicable.map((one) => union(pointing.filter(({ policy }) => policy === one.policy)))
  return { sure: each.reduce(intersectPorts, ALL_PORTS), perhaps: ALL_PORTS }
}

function union(said: readonly Said[]): PortSet {
  return uniteAllPorts(said.map(({ ports }) => ports))
}
