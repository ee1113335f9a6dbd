import { matches } from '#core/model/labels.ts'
import type { IpBlockMatcher, PeerMatcher, Rule } from '#core/model/rule.ts'
import { isV6 } from './drop.ts'
import type { RuleReader } from './rulePorts.ts'

/** The address families of a cluster's pods, as far as its CNI has only one. */
export type Family = 'v4' | 'v6'

/** Blocks of a family that isn't there match nothing; `::/0` can be less than all (semantics.md D.4, D.5, D.8). */
export function familyReader(family: Family): RuleReader {
  return (rule, _, { ipv6 }) => {
    if (ipv6 === 'no') return withoutBlocks(rule, isV6)
    if (ipv6 === 'one-family')
      return withoutBlocks(rule, (peer) => peer.type === 'ipBlock' && isV6(peer) !== (family === 'v6'))
    return ipv6 === 'common-ranges' ? withCommonRanges(rule) : [rule]
  }
}

/** A namespace that stands for all nodes makes namespace selectors point at them (semantics.md D.7). */
export const readHostPeers: RuleReader = (rule, { tier }, { hostNetworkPeers }) => {
  if (hostNetworkPeers !== 'by-namespace' || tier !== 'networkPolicy' || rule.peers === 'any') return [rule]
  const hosts = rule.peers.filter(pointsAtHosts)
  if (hosts.length === 0 || rule.direction !== 'ingress') return [rule]
  return [{ ...rule, peers: [...rule.peers, ...hosts.map(({ ref }) => ({ type: 'nodes', nodes: [], ref }) as const)] }]
}

/** A rule with a peer that the engine can't follow allows nobody, or denies everybody (semantics.md C.2, D.2). */
export const readNodesAndNames: RuleReader = (rule, _, { nodesAndNames }) => {
  if (nodesAndNames !== 'fail-closed' || rule.peers === 'any') return [rule]
  if (!rule.peers.some(({ type }) => type === 'nodes' || type === 'domains')) return [rule]
  const closed = rule.action === 'allow' ? { peers: [] } : ({ action: 'deny', peers: 'any', ports: 'any' } as const)
  return [{ ...rule, ...closed }, muted(rule)]
}

// OpenShift's namespace for the nodes, and upstream's; both are Namespace objects with labels like others.
const HOST_NAMESPACES = [
  { 'policy-group.network.openshift.io/host-network': '', 'kubernetes.io/metadata.name': 'openshift-host-network' },
  { 'kubernetes.io/metadata.name': 'ovn-host-network' },
]

// With `podSelector: {}` beside it, it is the pods' addresses that count.
function pointsAtHosts(peer: PeerMatcher): boolean {
  if (peer.type !== 'pods' || peer.pods.length > 0 || peer.everyPod || peer.namespaces.type === 'name') return false
  const { selector } = peer.namespaces
  return HOST_NAMESPACES.some((labels) => matches(selector, { labels, unknown: [] }) === 'yes')
}

// What is taken out stays as a rule that opens no port: the same addresses are told apart with and without it.
function withoutBlocks(rule: Rule, isGone: (peer: PeerMatcher) => boolean): readonly Rule[] {
  if (rule.peers === 'any' || !rule.peers.some(isGone)) return [rule]
  const peers = rule.peers.filter((peer) => !isGone(peer))
  return [{ ...rule, peers }, muted({ ...rule, peers: rule.peers.filter(isGone) })]
}

function muted(rule: Rule): Rule {
  return { ...rule, ports: [] }
}

function withCommonRanges(rule: Rule): readonly Rule[] {
  if (rule.peers === 'any' || !rule.peers.some(isAllV6)) return [rule]
  const peers = rule.peers.flatMap((peer): readonly PeerMatcher[] =>
    peer.type === 'ipBlock' && isAllV6(peer) ? commonRanges(peer) : [peer],
  )
  return [{ ...rule, peers }, muted({ ...rule, peers: rule.peers.filter(isAllV6) })]
}

function commonRanges(block: IpBlockMatcher): readonly IpBlockMatcher[] {
  return ['2000::/3', 'fd00::/8'].map((cidr) => ({ ...block, cidr }))
}

function isAllV6(peer: PeerMatcher): boolean {
  return peer.type === 'ipBlock' && peer.cidr === '::/0'
}
