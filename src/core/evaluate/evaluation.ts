import type { IpSet } from '#core/model/cidr.ts'
import type { Cluster, ContainerPort, Pod, Workload } from '#core/model/cluster.ts'
import type { KnownLabels } from '#core/model/labels.ts'
import type { PortSet } from '#core/model/ports.ts'
import type { Direction, Policy, Rule } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Truth } from '#core/model/truth.ts'
import type { Half, RuleEvidence } from '#core/model/verdict.ts'
import type { AddressSpace, Family, IpRange } from './addresses.ts'

/**
 * Pods that no policy can tell apart: same namespace, same labels that a selector reads, same named ports, addresses
 * in the same parts. A dual-stack pod is of two classes, one for each family.
 */
export interface PodClass {
  readonly type: 'pods'
  readonly id: number
  readonly namespace: string
  readonly labels: KnownLabels
  readonly ports: readonly ContainerPort[]
  /** Undefined where its address is not known. */
  readonly family: Family | undefined
  /** Parts of the address space that hold its addresses; none where they are not known. */
  readonly parts: readonly number[]
  readonly hostNetwork: boolean
  readonly finished: boolean
}

/** Addresses outside of all pods that no policy can tell apart; without a range, a peer that only a rule without peers points at. */
export interface AddressClass {
  readonly type: 'addresses'
  readonly id: number
  readonly family: Family | undefined
  readonly range?: IpRange | undefined
}

/** Anything that a rule can point at. */
export type PeerClass = PodClass | AddressClass

/** A policy that has a say about a class in a direction, and whether it surely selects it. */
export interface Applicable {
  readonly policy: Policy
  readonly selected: Truth
  /** Its rules of the direction, in order. */
  readonly rules: readonly Rule[]
}

/** One half for one pair of classes; `perhaps` contains `sure`, what lies between is not known. */
export interface ClassHalf {
  readonly direction: Direction
  readonly exempt?: Half['exempt']
  readonly isolated: Truth
  readonly isolatedBy: Half['isolatedBy']
  readonly sure: PortSet
  readonly perhaps: PortSet
  readonly evidence: readonly RuleEvidence[]
}

/** What has been worked out so far; never changes an answer, only when it is computed. */
export interface Memo {
  readonly selectors: Map<string, ReadonlyMap<number, Truth>>
  readonly namespaces: Map<string, ReadonlyMap<string, Truth>>
  readonly rows: Map<Rule, Uint8Array>
  readonly ports: Map<Rule, Map<number, PortSet>>
  readonly applicable: Readonly<Record<Direction, Map<PodClass, readonly Applicable[]>>>
  /** By `subject class * number of classes + peer class`. */
  readonly halves: Readonly<Record<Direction, Map<number, ClassHalf>>>
}

/** Cluster and policies made ready to be asked. Opaque to other rooms, except for the three inputs; immutable but for its memo. */
export interface Evaluation {
  readonly cluster: Cluster
  /** Those that have effect: stale ones are left out (design.md 8). */
  readonly policies: readonly Policy[]
  readonly settings: Settings
  readonly workloads: ReadonlyMap<string, Workload>
  readonly pods: ReadonlyMap<string, Pod>
  readonly podsByIp: ReadonlyMap<string, Pod>
  readonly nodesByIp: ReadonlyMap<string, string>
  readonly namespaces: ReadonlyMap<string, KnownLabels>
  readonly policiesOf: ReadonlyMap<string, readonly Policy[]>
  readonly space: AddressSpace
  readonly podClasses: readonly PodClass[]
  readonly classesOfPod: ReadonlyMap<Pod, readonly PodClass[]>
  readonly classesOfNamespace: ReadonlyMap<string, readonly PodClass[]>
  /** By part of the address space. */
  readonly addressClasses: readonly AddressClass[]
  readonly anywhere: AddressClass
  /** IPv6 counts for the internet only where a pod or a policy uses it (design.md 8). */
  readonly usesV6: boolean
  /** Where a pod without a known address may live; `'none'`: no block matches it. */
  readonly podAddresses: IpSet | 'none'
  readonly memo: Memo
}
