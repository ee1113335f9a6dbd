import type { Truth } from '#core/model/truth.ts'
import type { Member, Population } from './evaluation.ts'

/** Members of the two ends that may talk to each other. */
export interface Pair {
  readonly from: Member
  readonly to: Member
}

/**
 * All pairs of the two ends that share an address family, a single pod with itself left out. Where that leaves none,
 * the ends are asked as they are: two replicas of a single pod, or the policies' word on a family that isn't there.
 */
export function pairsOf(from: Population, to: Population): readonly Pair[] {
  const all = from.members.flatMap((one) => to.members.map((other) => ({ from: one, to: other })))
  const others = all.filter((pair) => !isOnePod(pair))
  const pairs = others.length > 0 ? others : all
  const reachable = pairs.filter(shareFamily)
  return reachable.length > 0 ? reachable : pairs
}

/** Whether the peer is the node that the other end runs on, in every way that occurs among these pods (semantics.md A.10). */
export function ownNode(pair: Pair): readonly Truth[] {
  const fromNode = isNode(pair.from)
  if (fromNode === isNode(pair.to)) return ['no']
  const [node, pods] = fromNode ? [pair.from, pair.to] : [pair.to, pair.from]
  const hosts = new Set(node.pods.length > 0 ? node.pods.map((pod) => pod.node) : [node.node])
  const homes = new Set(pods.pods.map((pod) => pod.node))
  const found = new Set<Truth>()
  for (const home of homes)
    for (const host of hosts) found.add(home && host ? (home === host ? 'yes' : 'no') : 'unknown')
  return found.size > 0 ? [...found] : ['no']
}

function isNode(member: Member): boolean {
  return member.class.type === 'pods' ? member.class.hostNetwork : member.node !== undefined
}

function isOnePod({ from, to }: Pair): boolean {
  const [pod, ...more] = from.pods
  return pod !== undefined && more.length === 0 && to.pods.length === 1 && to.pods[0] === pod && pod.count === 1
}

/** Have both ends an address of one family, as far as is known? */
export function shareFamily({ from, to }: Pair): boolean {
  const [one, other] = [from.class.family, to.class.family]
  return one === undefined || other === undefined || one === other
}
