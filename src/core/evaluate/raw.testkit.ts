/** Manifests as they are written, as far as the slow reference evaluator and the random clusters of the tests know them. */

export interface RawPod {
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly ip: string
  readonly node: string
  readonly hostNetwork: boolean
  readonly finished: boolean
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[]
}

export interface RawNode {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly ips: readonly string[]
}

export interface RawSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

export interface RawPeer {
  readonly podSelector?: RawSelector
  readonly namespaceSelector?: RawSelector
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] }
}

export interface RawPort {
  readonly protocol?: string
  readonly port?: number | string
  readonly endPort?: number
}

export interface RawRule {
  readonly from?: readonly RawPeer[]
  readonly to?: readonly RawPeer[]
  readonly ports?: readonly RawPort[]
}

/** A NetworkPolicy. */
export interface RawPolicy {
  readonly namespace: string
  readonly name: string
  readonly spec: {
    readonly podSelector?: RawSelector
    readonly policyTypes?: readonly string[]
    readonly ingress?: readonly RawRule[]
    readonly egress?: readonly RawRule[]
  }
}

/** Subjects and pod peers of the cluster-scoped kinds. */
export interface RawPods {
  readonly namespaces?: RawSelector
  readonly pods?: { readonly podSelector: RawSelector; readonly namespaceSelector?: RawSelector }
}

export interface RawClusterPeer extends RawPods {
  readonly networks?: readonly string[]
  readonly nodes?: RawSelector
  readonly domainNames?: readonly string[]
}

/** An item of `ports` (v1alpha1). */
export interface RawClusterPort {
  readonly portNumber?: { readonly protocol?: string; readonly port: number }
  readonly portRange?: { readonly protocol?: string; readonly start: number; readonly end: number }
  readonly namedPort?: string
}

interface RawDestination {
  readonly destinationPort?: {
    readonly number?: number
    readonly range?: { readonly start: number; readonly end: number }
  }
}

/** An item of `protocols` (v1alpha2). */
export interface RawProtocol {
  readonly tcp?: RawDestination
  readonly udp?: RawDestination
  readonly sctp?: RawDestination
  readonly destinationNamedPort?: string
}

export interface RawClusterRule {
  readonly action: string
  readonly from?: readonly RawClusterPeer[]
  readonly to?: readonly RawClusterPeer[]
  readonly ports?: readonly RawClusterPort[]
  readonly protocols?: readonly RawProtocol[]
}

/** A policy of the cluster: both APIs. */
export interface RawClusterPolicy {
  readonly kind: 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy' | 'ClusterNetworkPolicy'
  readonly name: string
  readonly spec: {
    readonly tier?: string
    readonly priority?: number
    readonly subject: RawPods
    readonly ingress?: readonly RawClusterRule[]
    readonly egress?: readonly RawClusterRule[]
  }
}

export interface RawCluster {
  readonly namespaces: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[]
  readonly nodes: readonly RawNode[]
  readonly pods: readonly RawPod[]
  readonly policies: readonly RawPolicy[]
  readonly clusterPolicies: readonly RawClusterPolicy[]
}

/**
 * A pod of the cluster, or a host outside of it (a node, where it has a node's address). `names`: those of the policies'
 * domain names that it has, where that is known.
 */
export type RawEnd = RawPod | { readonly ip: string; readonly names?: readonly string[] }

type RawDirection = 'Ingress' | 'Egress'

/** Asked of one side: may the subject talk with the peer? The port is one of `dst`, which answers to these DNS names. */
export interface Question {
  readonly direction: RawDirection
  readonly subject: RawEnd
  readonly peer: RawEnd
  readonly dst: RawEnd
  readonly protocol: string
  readonly port: number
  readonly names: readonly string[]
}
