import type { Pod } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { holds, type Selector } from '#core/model/labels.ts'
import { groupBy } from '#core/model/group.ts'
import { intersectPorts, isNoPorts, type PortSet, unitePorts } from '#core/model/ports.ts'
import type { Direction, PeerMatcher, Policy } from '#core/model/rule.ts'
import type { RuleEvidence } from '#core/model/verdict.ts'
import { isUnplaced } from './controller.ts'
import type { Evaluation, Member } from './evaluation.ts'
import type { PodClass } from './peerClass.ts'
import { portsAt } from './destinationPorts.ts'
import { halfOf, type Side } from './half.ts'
import { namespaceTruths, pointsAt } from './matching.ts'
import { ownNode, type Pair, pairsOf } from './pairs.ts'
import { populationOf } from './population.ts'
import { isUnevaluated, standingOf } from './standing.ts'

/** Something that is not known and keeps an answer open: what to load, or what can't be evaluated. */
export type Doubt =
  | { readonly type: 'unevaluated'; readonly policy: Policy }
  /** Labels of a namespace that a selector asks for. */
  | { readonly type: 'namespace'; readonly namespace: string }
  /** Labels of pods that a selector asks for, and that are made when they start. */
  | { readonly type: 'labels'; readonly pods: readonly Pod[]; readonly keys: readonly string[] }
  /** Addresses that a block is compared with. */
  | { readonly type: 'address'; readonly pods: readonly Pod[] }
  /** Nodes: a pod's own one always reaches it. */
  | { readonly type: 'node'; readonly pods: readonly Pod[] }
  /** Which addresses nodes have: not all of them are loaded. */
  | { readonly type: 'nodes' }
  /** Which addresses a host has that a rule names. */
  | { readonly type: 'domains'; readonly names: readonly string[] }
  /** Rules of equal priority that say different things (design.md 8). */
  | { readonly type: 'conflict'; readonly rules: readonly RuleEvidence[] }
  /** Where the ingress controller runs, and how its pods are labelled. */
  | { readonly type: 'controller' }
  /** A host is a name, and policies see addresses. */
  | { readonly type: 'name'; readonly host: string }

/** Why the halves of this connection are not sure about the asked ports; each reason once, by direction. */
export function doubtsOf(
  evaluation: Evaluation,
  { from, to }: { readonly from: End; readonly to: End },
  asked: PortSet,
): Readonly<Record<Direction, readonly Doubt[]>> {
  const source = populationOf(evaluation, from, [])
  const destination = populationOf(evaluation, to, [])
  if (!source || !destination) return { egress: [], ingress: [] }
  const named = [from, to].flatMap((end): Doubt[] => ('host' in end ? [{ type: 'name', host: end.host }] : []))
  const hosts = source.oneOf || destination.oneOf ? named : []
  const pairs = pairsOf(source, destination)
  const at = (direction: Direction): readonly Doubt[] =>
    once(pairs.flatMap((pair) => doubtsOfPair(evaluation, pair, { direction, asked })).concat(hosts))
  return { egress: at('egress'), ingress: at('ingress') }
}

function doubtsOfPair(
  evaluation: Evaluation,
  pair: Pair,
  { direction, asked }: { readonly direction: Direction; readonly asked: PortSet },
): readonly Doubt[] {
  const [subject, peer] = direction === 'egress' ? [pair.from, pair.to] : [pair.to, pair.from]
  const node = ownNode(pair).includes('unknown') && isSubject(subject) ? [nodeDoubt(subject, peer)] : []
  return [...doubtsAt(evaluation, { direction, subject, peer, asked }), ...node]
}

interface Point {
  readonly direction: Direction
  readonly subject: Member
  readonly peer: Member
  readonly asked: PortSet
}

function doubtsAt(evaluation: Evaluation, { direction, subject, peer, asked }: Point): readonly Doubt[] {
  if (subject.class.type === 'addresses' || !isSubject(subject)) return []
  const side: Side = { direction, subject: subject.class, peer: peer.class }
  const destination = direction === 'egress' ? peer.class : subject.class
  const { applicable } = standingOf(evaluation, subject.class, direction)
  const conflicts = conflictsAt(evaluation, { direction, subject, peer, asked })
  const doubts = applicable.flatMap(({ policy, selected, rules }): readonly Doubt[] => {
    if (isUnevaluated(policy)) return [{ type: 'unevaluated', policy }]
    const open = rules.filter((rule) => pointsAt(evaluation, rule, side.peer) === 'unknown')
    const about = open.filter((rule) => !isNoPorts(intersectPorts(portsAt(evaluation, rule, destination), asked)))
    const peers = about.flatMap((rule) => (rule.peers === 'any' ? [] : rule.peers))
    const subjects: readonly Doubt[] = selected === 'unknown' ? podDoubts(evaluation, policy.subject, subject) : []
    return subjects.concat(peers.flatMap((matcher) => peerDoubts(evaluation, matcher, peer)))
  })
  return [...conflicts, ...doubts]
}

function peerDoubts(evaluation: Evaluation, matcher: PeerMatcher, peer: Member): readonly Doubt[] {
  if (matcher.type === 'nodes') return [{ type: 'nodes' }]
  if (matcher.type === 'domains') return [{ type: 'domains', names: matcher.names }]
  return podDoubts(evaluation, matcher, peer)
}

// The rules of one tier and priority that say different things about ports that are asked.
function conflictsAt(evaluation: Evaluation, { direction, subject, peer, asked }: Point): readonly Doubt[] {
  const { evidence } = halfOf(evaluation, { direction, subject: subject.class, peer: peer.class })
  const said = evidence.filter(
    ({ ports, unknownPorts }) => !isNoPorts(intersectPorts(unitePorts(ports, unknownPorts), asked)),
  )
  const levels = groupBy(said, ({ tier, priority }) => `${tier} ${priority}`)
  return [...levels.values()].flatMap((rules): readonly Doubt[] => {
    const differ = rules.filter((one) => rules.some((other) => contradict(one, other)))
    return differ.length > 0 ? [{ type: 'conflict', rules: differ }] : []
  })
}

function contradict(one: RuleEvidence, other: RuleEvidence): boolean {
  if (one.tier === 'networkPolicy' || one.policy === other.policy || one.action === other.action) return false
  const [own, others] = [one, other].map(({ ports, unknownPorts }) => unitePorts(ports, unknownPorts))
  return own !== undefined && others !== undefined && !isNoPorts(intersectPorts(own, others))
}

function podDoubts(evaluation: Evaluation, matcher: PeerMatcher, { class: own, pods }: Member): readonly Doubt[] {
  if (own.type === 'addresses') return []
  if (matcher.type === 'pods' && isUnplaced(evaluation, own)) return [{ type: 'controller' }]
  if (matcher.type === 'ipBlock') return own.parts.length === 1 ? [] : [{ type: 'address', pods }]
  if (own.hostNetwork || own.finished || matcher.type !== 'pods') return []
  const { namespace } = own
  const truth = namespaceTruths(evaluation, matcher.namespaces).get(namespace) ?? 'no'
  const keys = unknownKeys(matcher.pods, own)
  if (truth === 'no' || keys === undefined) return []
  return [
    ...(truth === 'unknown' ? [{ type: 'namespace', namespace } as const] : []),
    ...(keys.length > 0 ? [{ type: 'labels', pods, keys } as const] : []),
  ]
}

// Undefined where another term says no anyway.
function unknownKeys(selector: Selector, { labels }: PodClass): readonly string[] | undefined {
  const truths = selector.map((requirement) => ({ key: requirement.key, truth: holds(requirement, labels) }))
  if (truths.some(({ truth }) => truth === 'no')) return undefined
  return truths.filter(({ truth }) => truth === 'unknown').map(({ key }) => key)
}

function nodeDoubt(subject: Member, peer: Member): Doubt {
  return { type: 'node', pods: [...subject.pods, ...peer.pods].filter(({ node }) => node === undefined) }
}

function isSubject({ class: own }: Member): boolean {
  return own.type === 'pods' && !own.hostNetwork && !own.finished
}

function once(doubts: readonly Doubt[]): readonly Doubt[] {
  const key = (doubt: Doubt): string => {
    if (doubt.type === 'unevaluated') return `unevaluated ${doubt.policy.name} ${doubt.policy.ref.document}`
    if (doubt.type === 'namespace') return `namespace ${doubt.namespace}`
    if (doubt.type === 'controller') return 'controller'
    if (doubt.type === 'name') return `name ${doubt.host}`
    if (doubt.type === 'nodes') return 'nodes'
    if (doubt.type === 'domains') return `domains ${doubt.names.join(' ')}`
    if (doubt.type === 'conflict')
      return `conflict ${doubt.rules.map(({ rule }) => [rule.document, ...rule.path]).join(' ')}`
    const [pod] = doubt.pods
    return `${doubt.type} ${pod?.namespace} ${doubt.type === 'labels' ? doubt.keys.join(' ') : ''}`
  }
  return [...new Map(doubts.map((doubt) => [key(doubt), doubt])).values()]
}
