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
import type { Direction } from '#core/model/rule.ts'
import type { Half, RuleEvidence } from '#core/model/verdict.ts'
import { isUnplaced } from './controller.ts'
import { nameSpace, portsAt } from './destinationPorts.ts'
import type { ClassHalf, Evaluation, Said, Speaker, Standing } from './evaluation.ts'
import type { PeerClass } from './peerClass.ts'
import { pointsAt } from './matching.ts'
import { standingOf } from './standing.ts'
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

/** Nothing restricts it, for a reason that is no policy's. */
export function exemptHalf(direction: Direction, reason: keyof typeof EXEMPT): ClassHalf {
  return EXEMPT[reason][direction]
}

function exempt(direction: Direction, reason: Half['exempt']): ClassHalf {
  const open = { sure: ALL_PORTS, perhaps: ALL_PORTS }
  return { direction, exempt: reason, isolated: 'no', isolatedBy: [], ...open, evidence: [] }
}

function judge(evaluation: Evaluation, standing: Standing, { direction, subject: destination, peer }: Side): ClassHalf {
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
  const hearing = {
    admin: levels(standing.admin),
    networkPolicies: standing.networkPolicies.map(voices),
    baseline: levels(standing.baseline),
  }
  // Most peers hear the same from the same rules, and then one answer is that of all of them.
  const key = keyOf(hearing)
  const known = standing.answers.get(key) ?? weigh(standing, direction, hearing)
  standing.answers.set(key, known)
  return known
}

type Voices = Pick<Hearing<PortSet, Said>, 'admin' | 'networkPolicies' | 'baseline'>

function keyOf({ admin, networkPolicies, baseline }: Voices): string {
  const tiers = [admin, baseline].map((levels) => levels.map(idsOf).join('|'))
  return tiers[0] === '' && tiers[1] === '' ? idsOf(networkPolicies) : `${tiers.join('/')}/${idsOf(networkPolicies)}`
}

function idsOf(policies: readonly (readonly Said[])[]): string {
  let ids = ''
  for (const voices of policies) for (const { id } of voices) ids += `${id},`
  return ids
}

function weigh(standing: Standing, direction: Direction, voices: Voices): ClassHalf {
  const { isolated, isolatedBy, unevaluated } = standing
  const evidence: RuleEvidence[] = []
  const bounds = decide<PortSet, Said>(PORT_SETS, {
    ...voices,
    isolated,
    heard: (said, where) => enter(evidence, witness(said, where)),
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
  const points = pointsAt(evaluation, speaker.rule, peer)
  if (points === 'no') return undefined
  const known = points === 'yes' ? speaker.surely : speaker.perhaps
  const key = speaker.named ? space : ''
  const said = known.get(key) ?? sayAt(evaluation, speaker, points === 'yes', destination)
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
  return { ...voice, id: evaluation.memo.counter.next++, evidence: { ...about, ports: sure, unknownPorts: unknown } }
}

// A rule that a CNI reads as several (`applyProfile`) bears witness once.
function enter(evidence: RuleEvidence[], own: RuleEvidence): void {
  const at = evidence.findIndex(({ rule }) => rule === own.rule)
  const known = evidence[at]
  if (!known) return void evidence.push(own)
  const ports = unitePorts(known.ports, own.ports)
  evidence[at] = {
    ...known,
    ports,
    unknownPorts: subtractPorts(unitePorts(known.unknownPorts, own.unknownPorts), ports),
  }
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
