import type { Labels } from '#core/model/labels.ts'
import type { Fact } from '#core/model/profile.ts'

/** `unknown`: nobody has said. `opt-in`: a switch of the CNI decides. Verdicts are open where either matters. */
type Open = 'unknown' | 'opt-in'

/** Everything that is known about a CNI: the columns of semantics.md D and the notes below it that change a verdict. */
export interface Facts {
  /** Is any policy enforced? */
  readonly enforces: Fact<'yes' | 'no' | 'when-enabled'>
  /** Are egress rules? `service-ip`: on the address of the Service, before it becomes a pod's. */
  readonly egress: Fact<'yes' | 'no' | 'service-ip'>
  readonly endPort: Fact<'yes' | 'no' | 'start-only' | 'drops-policy' | Open>
  readonly sctp: Fact<'yes' | 'no' | 'drops-policy' | Open>
  /** `no-blocks`: not in egress to blocks, and only pods of the policy's namespace where `to` is left out. `pods-only`: in egress to pods only. */
  readonly namedPort: Fact<'yes' | 'no' | 'all-ports' | 'no-blocks' | 'pods-only' | 'drops-policy' | Open>
  readonly ipBlockMatchesPods: Fact<'yes' | 'no' | Open>
  readonly except: Fact<'yes' | 'no' | 'outside-only' | 'drops-policy' | Open>
  readonly ipv6: Fact<'yes' | 'no' | 'one-family' | 'common-ranges' | 'drops-policy' | Open>
  /** What pings get from a rule that lists ports. Ports are all that Drawbridge judges: this is for people. */
  readonly icmp: Fact<'blocked' | 'some-allowed' | Open>
  /** From the node to its pods. */
  readonly ownNode: Fact<'allowed' | 'policed' | Open>
  /** From pods to their node. */
  readonly toOwnNode: Fact<'allowed' | 'policed' | Open>
  /** `NotIn` and `DoesNotExist`. */
  readonly negativeSelectors: Fact<'yes' | 'drops-policy' | Open>
  /** Do policies isolate pods in the network of their node? */
  readonly hostNetwork: Fact<'not-isolated' | Open>
  /** Do namespace selectors point at such pods? `by-namespace`: through a namespace that stands for all nodes. */
  readonly hostNetworkPeers: Fact<'no' | 'by-namespace' | Open>
  /** `nodes` and `domainNames` of cluster-scoped kinds. `fail-closed`: a rule with one allows nobody, or denies everybody. */
  readonly nodesAndNames: Fact<'yes' | 'fail-closed' | Open>
  readonly anp: Fact<'yes' | 'no' | Open>
  readonly banp: Fact<'yes' | 'no' | Open>
  readonly cnp: Fact<'yes' | 'no' | Open>
  /** The highest `priority` of an AdminNetworkPolicy that counts. */
  readonly priorityLimit: Fact<number | 'none'>
  /** The most ports of one entry of addresses that surely count. */
  readonly portLimit: Fact<number | 'none'>
  /** Kinds of its own, which Drawbridge does not evaluate. */
  readonly extensions: Fact<'none' | 'own-kinds'>
}

/** The name of a fact. */
export type FactKey = keyof Facts

/** What a CNI does about each point, with nothing left open. */
export type Reading = { readonly [K in FactKey]: Facts[K]['value'] }

/** Where names are resolved: pods by labels, or an address that is no pod's (semantics.md A.13). */
export type DnsPlace =
  | {
      readonly type: 'pods'
      readonly namespace: string
      /** None: all pods of the namespace. */
      readonly labels: Labels
      /** What the pods listen on, UDP and TCP. */
      readonly port: number
    }
  | {
      readonly type: 'address'
      readonly cidr: string
      readonly port: number
      /** A workload of this name has to be loaded; undefined: it answers always. */
      readonly workload?: string | undefined
    }

/** One CNI, as data: what it does with policies, and how that is known. */
export interface Profile {
  /** What settings call it. */
  readonly id: string
  /** What people call it. */
  readonly name: string
  /** What to know first, one line. */
  readonly summary: string
  /** Versions that make a difference, oldest first; none where none is known. */
  readonly versions: readonly string[]
  readonly facts: Facts
  /** What else matters in a live cluster and no verdict tells; `value` is a short title. */
  readonly notes: readonly Fact<string>[]
  /** The pods first, then addresses. */
  readonly dns: readonly Fact<DnsPlace>[]
}
