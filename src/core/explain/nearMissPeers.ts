import type { Evaluation, Member } from '#core/evaluate/evaluation.ts'
import { namespaceTruths, pointsAt } from '#core/evaluate/matching.ts'
import type { PodClass } from '#core/evaluate/peerClass.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import { coversIps, intersectIps, ipBlock, isNoIps, type IpSet, NO_IPS, parseCidr } from '#core/model/cidr.ts'
import { holds, type KnownLabels, matches } from '#core/model/labels.ts'
import type { IpBlockMatcher, PeerMatcher, PodMatcher, Rule } from '#core/model/rule.ts'
import { failingLabels, type Owner } from './nearMissLabels.ts'
import { byCloseness, type Denied, type Weighed } from './nearMissTerms.ts'

/** Beyond this, a rule is a list of everybody, and its first peers stand for the rest. */
const MOST_PEERS = 200

/** Why the rule's closest peer does not point at this one; empty where one may, undefined where none is of a kind that could. */
export function peerTerms(evaluation: Evaluation, rule: Rule, denied: Denied): readonly Weighed[] | undefined {
  if (rule.peers === 'any' || pointsAt(evaluation, rule, denied.peer.class) !== 'no') return []
  const peers = rule.peers.slice(0, MOST_PEERS)
  const merged = orForAnd(evaluation, peers, denied)
  const terms = peers.flatMap((matcher) => {
    const own = termsOf(evaluation, matcher, denied)
    return own ? [own] : []
  })
  return [...merged, ...terms].toSorted(byCloseness)[0]
}

function termsOf(evaluation: Evaluation, matcher: PeerMatcher, denied: Denied): readonly Weighed[] | undefined {
  const { peer, ips } = denied
  if (matcher.type === 'ipBlock') return blockTerms(matcher, ips)
  const own = visiblePods(peer)
  return matcher.type === 'pods' && own ? podTerms(evaluation, matcher, denied, own) : undefined
}

// No selector finds a hostNetwork or finished pod, whatever its labels (semantics.md A.10, A.11).
function visiblePods({ class: own }: Member): PodClass | undefined {
  return own.type === 'pods' && !own.hostNetwork && !own.finished ? own : undefined
}

function podTerms(evaluation: Evaluation, matcher: PodMatcher, denied: Denied, own: PodClass): readonly Weighed[] {
  const pods = failingLabels(matcher.pods, ownerOf(denied, own))
  const { namespaces } = matcher
  if (namespaces.type === 'name') {
    if (namespaces.name === own.namespace) return pods
    const term = { type: 'own-namespace', matcher, namespace: own.namespace, own: namespaces.name } as const
    return [{ term, weight: 2 }, ...pods]
  }
  const places = failingLabels(namespaces.selector, namespaceOwner(evaluation, own.namespace))
  return andForOr(evaluation, matcher, { denied, own, pods, places }) ?? [...places, ...pods]
}

interface Failing {
  readonly denied: Denied
  readonly own: PodClass
  readonly pods: readonly Weighed[]
  readonly places: readonly Weighed[]
}

// One of its selectors alone would take the peer in, and nobody answers to both (semantics.md A.5).
function andForOr(
  evaluation: Evaluation,
  matcher: PodMatcher,
  { denied: { subject }, own, pods, places }: Failing,
): readonly Weighed[] | undefined {
  if (matcher.pods.length === 0 || matcher.namespaces.type !== 'selector' || matcher.namespaces.selector.length === 0)
    return undefined
  if (namespaceTruths(evaluation, matcher.namespaces).size === 0 || isThere(evaluation, matcher)) return undefined
  const home = subject.class.namespace
  if (pods.length === 0 && places.length > 0 && own.namespace === home)
    return [{ term: { type: 'and-for-or', matcher, fits: 'pods' }, weight: 2 }]
  if (places.length > 0 || pods.length === 0 || !isThere(evaluation, inside(matcher, home))) return undefined
  return pods.some(({ weight }) => weight < 2)
    ? undefined
    : [{ term: { type: 'and-for-or', matcher, fits: 'namespace' }, weight: 2 }]
}

// Those that are only assumed from the text are nobody.
function isThere(evaluation: Evaluation, subject: PodMatcher): boolean {
  return selectedBy(evaluation, { subject }).some((id) => evaluation.workloads.get(id)?.assumed === false)
}

function inside(matcher: PodMatcher, namespace: string): PodMatcher {
  return { ...matcher, namespaces: { type: 'name', name: namespace } }
}

// `- namespaceSelector` of a namespace that isn't so labelled beside `- podSelector`, which reaches no other namespace.
function orForAnd(
  evaluation: Evaluation,
  peers: readonly PeerMatcher[],
  { peer, subject }: Denied,
): readonly (readonly Weighed[])[] {
  const own = visiblePods(peer)
  if (!own || own.namespace === subject.class.namespace) return []
  return peers.flatMap((first, i): readonly (readonly Weighed[])[] => {
    const next = peers[i + 1]
    if (first.type !== 'pods' || next?.type !== 'pods') return []
    const [namespaces, matcher] = first.namespaces.type === 'selector' ? [first, next] : [next, first]
    if (namespaces.namespaces.type !== 'selector' || matcher.namespaces.type !== 'name') return []
    const isFitting = matcher.pods.length > 0 && matches(matcher.pods, own.labels) === 'yes'
    if (namespaces.pods.length > 0 || !isFitting) return []
    const labels = labelsOfNamespace(evaluation, own.namespace)
    const [requirement, ...more] = namespaces.namespaces.selector.filter((one) => holds(one, labels) === 'no')
    if (!requirement || more.length > 0) return []
    const term = { type: 'or-for-and', matcher, namespaces, requirement, namespace: own.namespace } as const
    return [[{ term, weight: 1 }]]
  })
}

function ownerOf({ peer, names }: Denied, own: PodClass): Owner {
  return { of: 'pods', name: names.peer, labels: own.labels, all: peer.pods[0]?.labels.labels ?? own.labels.labels }
}

function namespaceOwner(evaluation: Evaluation, name: string): Owner {
  const labels = labelsOfNamespace(evaluation, name)
  return { of: 'namespace', name, labels, all: labels.labels }
}

function labelsOfNamespace({ namespaces }: Evaluation, name: string): KnownLabels {
  return namespaces.get(name) ?? { labels: {}, unknown: 'all' }
}

// Of pods whose addresses nobody knows there is nothing to say.
function blockTerms(matcher: IpBlockMatcher, ips: IpSet): readonly Weighed[] | undefined {
  if (isNoIps(ips)) return undefined
  if (coversIps(ipBlock(matcher.cidr, matcher.except), ips)) return []
  const isInside = coversIps(parseCidr(matcher.cidr) ?? NO_IPS, ips)
  const except = isInside ? matcher.except.find((hole) => overlaps(hole, ips)) : undefined
  return [{ term: { type: 'address', matcher, except }, weight: except === undefined ? 7 : 3 }]
}

function overlaps(hole: string, ips: IpSet): boolean {
  return !isNoIps(intersectIps(parseCidr(hole) ?? NO_IPS, ips))
}
