import type { Fact } from '#core/model/profile.ts'
import type { DnsPlace, Facts } from './profile.ts'
import { SOURCE } from './sources.ts'

/** A fact that somebody has looked up; `more` says from which version on, or what it was before. */
export function fact<const V>(value: V, note: string, source: string, more: Partial<Fact<V>> = {}): Fact<V> {
  return { value, source, verified: true, note, ...more }
}

/** The same for what is believed, and nobody has looked up. */
export function unverified<const V>(value: V, note: string, source: string, more: Partial<Fact<V>> = {}): Fact<V> {
  return { value, source, verified: false, note, ...more }
}

const HOSTS = 'Pods in the network of their node are not isolated by any policy.'
const HOST_PEERS = 'Selectors find no pods in the network of their node; only addresses do.'

/** Pods in the network of their node, for engines whose code has been read (semantics.md A.10, D). */
export function hostsLeftOut(source: string): Pick<Facts, 'hostNetwork' | 'hostNetworkPeers'> {
  return { hostNetwork: fact('not-isolated', HOSTS, source), hostNetworkPeers: fact('no', HOST_PEERS, source) }
}

/** The facts of a CNI that does all that the API says about NetworkPolicy, and knows no cluster-scoped kind (semantics.md D). */
export function asTheApiSays(source: string): Facts {
  return {
    enforces: fact('yes', 'NetworkPolicies are enforced.', source),
    egress: fact('yes', 'Egress rules are enforced.', source),
    endPort: fact('yes', 'endPort opens the whole range.', source),
    sctp: fact('yes', 'SCTP ports are enforced.', source),
    namedPort: fact('yes', 'A port name is looked up in each destination pod.', source),
    ipBlockMatchesPods: fact('yes', 'An ipBlock holds pods whose address is in it.', source),
    except: fact('yes', 'except takes its addresses out of the block.', source),
    ipv6: fact('yes', 'IPv6 blocks are enforced.', source),
    icmp: fact('blocked', 'A rule with ports lets no ping through.', source),
    ownNode: fact('allowed', 'A node always reaches its own pods, for probes.', source),
    // Engines differ here, and some police it against the documentation (semantics.md A.10, A.13).
    toOwnNode: unverified('unknown', 'Nobody has checked whether pods always reach their node.', source, {
      either: ['allowed', 'policed'],
    }),
    negativeSelectors: unverified('yes', 'NotIn and DoesNotExist are taken as the API says.', source),
    hostNetwork: unverified('not-isolated', HOSTS, source),
    hostNetworkPeers: unverified('no', HOST_PEERS, source),
    nodesAndNames: unverified('unknown', 'Nobody has checked rules with nodes or domainNames.', source, {
      either: ['yes', 'fail-closed'],
    }),
    anp: fact('no', 'It does not know AdminNetworkPolicy.', source),
    banp: fact('no', 'It does not know BaselineAdminNetworkPolicy.', source),
    cnp: fact('no', 'It does not know ClusterNetworkPolicy.', source),
    priorityLimit: unverified('none', 'No limit below that of the API is known.', source),
    portLimit: unverified('none', 'No limit of ports is known.', source),
    extensions: fact('none', 'It has no policy kinds of its own.', source),
  }
}

/** Where the DNS pods of most clusters are (semantics.md A.13). */
export const KUBE_DNS = { type: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, port: 53 } as const

const NODE_LOCAL = { type: 'address', cidr: '169.254.20.10/32', port: 53, workload: 'node-local-dns' } as const

/** The cluster's own DNS as kubeadm and most others run it, and the node-local cache where it is loaded (semantics.md A.13). */
export const STANDARD_DNS: readonly Fact<DnsPlace>[] = [
  fact<DnsPlace>(KUBE_DNS, 'CoreDNS runs in kube-system as k8s-app: kube-dns and listens on 53.', SOURCE.kubernetesDns),
  fact<DnsPlace>(
    NODE_LOCAL,
    'The node-local cache listens on an address of the node: no selector finds it.',
    SOURCE.kubernetesDns,
  ),
]
