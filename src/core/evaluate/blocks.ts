import { ipBlock, type IpSet, NO_IPS, uniteIps } from '#core/model/cidr.ts'
import type { ClusterNode } from '#core/model/cluster.ts'
import { matches } from '#core/model/labels.ts'
import type { NodeMatcher, PeerMatcher, Rule } from '#core/model/rule.ts'
import { cidrs } from './addresses.ts'

/** All addresses that the rule's blocks hold, and those of the nodes that it points at. */
export function blocksOf({ peers }: Rule, nodes: readonly ClusterNode[]): IpSet {
  if (peers === 'any') return NO_IPS
  return peers.map((peer) => addressesAt(peer, nodes)).reduce(uniteIps, NO_IPS)
}

/** The nodes that a peer points at (semantics.md C.3). */
export function nodesAt({ nodes: selector }: NodeMatcher, nodes: readonly ClusterNode[]): readonly ClusterNode[] {
  return nodes.filter(({ labels }) => matches(selector, { labels, unknown: [] }) === 'yes')
}

function addressesAt(peer: PeerMatcher, nodes: readonly ClusterNode[]): IpSet {
  if (peer.type === 'ipBlock') return ipBlock(peer.cidr, peer.except)
  return peer.type === 'nodes' ? cidrs(nodesAt(peer, nodes).flatMap(({ ips }) => ips)) : NO_IPS
}
