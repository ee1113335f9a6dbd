import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { type TakenIn, takenIn } from '#core/evaluate/takenIn.ts'
import type { Pod } from '#core/model/cluster.ts'
import type { PeerItem, PeerList, PodSet, WhatIf } from '#core/model/linking.ts'
import { formatPath } from '#core/model/text.ts'
import { groupBy } from '#core/model/group.ts'
import type { PeerMatcher, PodMatcher, Policy, Rule } from '#core/model/rule.ts'

/** The pods that these peers take in together, with the cards that show them. */
export function podSetOf(evaluation: Evaluation, peers: readonly PeerMatcher[]): PodSet {
  return describe(unite(peers.map((peer) => takenIn(evaluation, peer))))
}

/**
 * A rule's list of peers taken apart, where it can be misread: several items (they add to each other), or one with both
 * selectors (they narrow each other). Undefined elsewhere, and for cluster-scoped policies, which are not written so.
 */
export function peerListOf(evaluation: Evaluation, policy: Policy, rule: Rule): PeerList | undefined {
  if (rule.peers === 'any' || policy.namespace === undefined) return undefined
  const written = [...groupBy(rule.peers, ({ ref }) => formatPath(ref.path)).values()].flatMap(([first]) => first ?? [])
  const whatIfs = [...joined(evaluation, written), ...split(evaluation, policy.namespace, written)]
  if (written.length < 2 && whatIfs.length === 0) return undefined
  return { rule: rule.ref, items: itemsOf(evaluation, written), whatIfs }
}

function itemsOf(evaluation: Evaluation, peers: readonly PeerMatcher[]): readonly PeerItem[] {
  const before = new Set<Pod>()
  return peers.map((peer) => {
    const taken = takenIn(evaluation, peer)
    const set = describe(taken)
    const again = [...taken.sure].filter((pod) => before.has(pod)).reduce((sum, { count }) => sum + count, 0)
    for (const pod of taken.sure) before.add(pod)
    return { ref: peer.ref, set, text: addsText(peer, set, again) }
  })
}

function addsText(peer: PeerMatcher, { pods, perhaps }: PodSet, again: number): string {
  if (peer.type !== 'pods') return `adds ${outside(peer)}${pods > 0 ? ` and ${counted(pods, 'pod')}` : ''}`
  const more = perhaps > 0 ? `, perhaps ${perhaps} more` : ''
  const twice =
    again === 0 ? '' : again === pods ? ', which an item above adds already' : `, ${again} of them added above`
  return `adds ${pods === 0 ? 'no pod' : counted(pods, 'pod')}${more}${twice}`
}

function outside(peer: Exclude<PeerMatcher, PodMatcher>): string {
  if (peer.type === 'ipBlock') return 'addresses'
  return peer.type === 'nodes' ? 'nodes' : 'hosts by name'
}

// The commonest slip: `- namespaceSelector` and `- podSelector` where one item with both was meant.
function joined(evaluation: Evaluation, peers: readonly PeerMatcher[]): readonly WhatIf[] {
  const pods = peers.filter((peer) => peer.type === 'pods')
  const spaces = pods.filter((peer) => peer.namespaces.type === 'selector' && peer.pods.length === 0)
  const own = pods.filter((peer) => peer.namespaces.type === 'name')
  const all = spaces.flatMap((space) => own.map((peer): PodMatcher => ({ ...peer, namespaces: space.namespaces })))
  const isOnly = all.length === 1
  return all
    .slice(0, MOST)
    .map((peer) =>
      whatIf(evaluation, [peer], isOnly ? 'As one item (AND)' : `${itemNames(peers, peer)} as one item (AND)`),
    )
}

const MOST = 4

function itemNames(peers: readonly PeerMatcher[], joint: PodMatcher): string {
  const at = (is: (peer: PodMatcher) => boolean): number =>
    peers.findIndex((peer) => peer.type === 'pods' && is(peer)) + 1
  const pair = [at((peer) => peer.namespaces === joint.namespaces), at((peer) => peer.pods === joint.pods)]
  return `Items ${pair.toSorted((a, b) => a - b).join(' and ')}`
}

function split(evaluation: Evaluation, namespace: string, peers: readonly PeerMatcher[]): readonly WhatIf[] {
  const both = peers.filter(
    (peer) => peer.type === 'pods' && peer.namespaces.type === 'selector' && peer.pods.length > 0,
  )
  return both.slice(0, MOST).flatMap((peer) => {
    if (peer.type !== 'pods') return []
    const apart: readonly PodMatcher[] = [
      { ...peer, pods: [] },
      { ...peer, namespaces: { type: 'name', name: namespace } },
    ]
    const name = peers.length === 1 ? 'As two items (OR)' : `Item ${peers.indexOf(peer) + 1} as two items (OR)`
    return [whatIf(evaluation, apart, name)]
  })
}

function whatIf(evaluation: Evaluation, peers: readonly PeerMatcher[], name: string): WhatIf {
  const set = podSetOf(evaluation, peers)
  return { text: `${name}: ${set.text}`, set }
}

function unite(all: readonly TakenIn[]): TakenIn {
  const sure = new Set(all.flatMap((one) => [...one.sure]))
  const holding = new Map(all.flatMap((one) => [...one.holding]))
  return { sure, holding, perhaps: new Set(all.flatMap((one) => [...one.perhaps]).filter((pod) => !sure.has(pod))) }
}

function describe({ sure, perhaps, holding: places }: TakenIn): PodSet {
  const holding = [...places].toSorted(([, a], [, b]) => a - b).map(([workload]) => workload)
  const set = { cards: holding.map(({ id }) => id), pods: podsIn(sure), perhaps: podsIn(perhaps) }
  const isMixed = new Set(holding.map(({ namespace }) => namespace)).size > 1
  const names = holding.map(({ namespace, name }) => (isMixed ? `${namespace}/${name}` : name))
  return { ...set, text: textOf(set, names) }
}

function podsIn(pods: ReadonlySet<Pod>): number {
  return [...pods].reduce((total, { count }) => total + count, 0)
}

const MOST_NAMES = 4

function textOf({ pods, perhaps }: Pick<PodSet, 'pods' | 'perhaps'>, names: readonly string[]): string {
  if (names.length === 0) return 'no pod that is loaded'
  const more = perhaps > 0 ? `, perhaps ${perhaps} more,` : ''
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return `${counted(pods, 'pod')}${more} in ${counted(names.length, 'workload')}: ${names.slice(0, MOST_NAMES).join(', ')}${rest}`
}

/** `1 pod`, `3 pods`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
