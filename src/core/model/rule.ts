import type { Selector } from './labels.ts'
import type { Protocol } from './ports.ts'
import type { Ref } from './text.ts'

/** The side of a pod that a rule is about: what it may receive, or what it may send. */
export type Direction = 'ingress' | 'egress'

/** When a policy is asked: before, with, or after NetworkPolicy (semantics.md C.2). */
export type Tier = 'admin' | 'networkPolicy' | 'baseline'

/** Which namespaces a pod peer reaches into: one by name (the policy's own), or those whose labels match. */
export type NamespaceMatcher =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'selector'; readonly selector: Selector }

/** Pods of the matching namespaces whose labels match; never hostNetwork, finished or external ones. */
export interface PodMatcher {
  readonly type: 'pods'
  readonly namespaces: NamespaceMatcher
  readonly pods: Selector
  /** Set where an empty podSelector stands beside a namespaceSelector: to the API that says nothing, to a CNI it may (semantics.md D.7). */
  readonly everyPod?: true | undefined
  readonly ref: Ref
}

/** Addresses of `cidr` without those of `except`; canonical CIDR texts of one family (semantics.md A.8). */
export interface IpBlockMatcher {
  readonly type: 'ipBlock'
  readonly cidr: string
  readonly except: readonly string[]
  readonly ref: Ref
}

/** Nodes whose labels match: the addresses of their Node objects, and hostNetwork pods that have one of them (semantics.md C.3). */
export interface NodeMatcher {
  readonly type: 'nodes'
  readonly nodes: Selector
  readonly ref: Ref
}

/**
 * Hosts outside the cluster by DNS name, in lower case without a trailing dot: `api.example.com`, or `*.example.com` for any
 * name below it, but not `example.com` itself (semantics.md C.3).
 */
export interface DomainMatcher {
  readonly type: 'domains'
  readonly names: readonly string[]
  readonly ref: Ref
}

/** What one peer of a rule points at. Data, so that explanation and lint can look inside. */
export type PeerMatcher = PodMatcher | IpBlockMatcher | NodeMatcher | DomainMatcher

/** Ports of the destination pod: all of a protocol, an inclusive range, or a name looked up in the pod (semantics.md A.9). */
export interface PortMatcher {
  readonly protocol: Protocol
  readonly port:
    | { readonly type: 'all' }
    | { readonly type: 'range'; readonly from: number; readonly to: number }
    | { readonly type: 'named'; readonly name: string }
  readonly ref: Ref
}

/** One rule, kept apart from all others to the end. `'any'` is no restriction (pods, nodes and outside; every port). */
export interface Rule {
  readonly ref: Ref
  /** The name that cluster-scoped kinds give their rules; undefined where there is none. */
  readonly name?: string | undefined
  readonly direction: Direction
  readonly action: 'allow' | 'deny' | 'pass'
  readonly peers: readonly PeerMatcher[] | 'any'
  readonly ports: readonly PortMatcher[] | 'any'
}

/** The one shape that every policy kind is lowered to; the evaluator sees nothing else (design.md 4). */
export interface Policy {
  readonly ref: Ref
  /** For people: `namespace/name`, or the name of a cluster-scoped one. */
  readonly name: string
  /** The namespace it lives in; undefined for cluster-scoped kinds. */
  readonly namespace?: string | undefined
  readonly tier: Tier
  /** Of cluster-scoped ones, as some CNIs know only some of them (semantics.md C.5); undefined for NetworkPolicy. */
  readonly kind?: string | undefined
  /** Lower comes first within a tier; 0 for NetworkPolicy, whose order has no meaning. */
  readonly priority: number
  readonly subject: PodMatcher
  /** The directions in which it isolates (NetworkPolicy) or has a say. */
  readonly directions: readonly Direction[]
  readonly rules: readonly Rule[]
  /** True for one that Drawbridge wrote (label `app.kubernetes.io/managed-by: drawbridge`). */
  readonly managed: boolean
  /** True while its document does not parse or is rejected: its last good meaning stands in, drawn dimmed (design.md 8). */
  readonly stale: boolean
  /** True for a stale one that never had a good meaning in this session: it has no effect on verdicts (design.md 8). */
  readonly inert?: boolean | undefined
  /**
   * The kind of a policy that is recognised but not evaluated (`CiliumNetworkPolicy`): it has no rules, and the pods that
   * its subject selects (or may select) are undetermined in both directions, for every port (design.md 9).
   */
  readonly unevaluated?: string | undefined
}
