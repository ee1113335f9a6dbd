import type { IpSet } from '#core/model/cidr.ts'
import type { Cluster, Pod, Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import type { KnownLabels } from '#core/model/labels.ts'
import type { PortSet } from '#core/model/ports.ts'
import type { Direction, NamespaceMatcher, PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Truth } from '#core/model/truth.ts'
import type { Half, RuleEvidence } from '#core/model/verdict.ts'
import type { AddressSpace } from './addresses.ts'
import type { ClassIndex } from './classIndex.ts'
import type { ClassSet } from './classSet.ts'
import type { ClassTable } from './classes.ts'
import type { AddressClass, PeerClass, PodClass } from './peerClass.ts'
import type { Voice } from './tiers.ts'

/** Classes that a selector surely takes in, and those that it may; disjoint. */
export interface Chosen {
  readonly yes: ClassSet
  readonly unknown: ClassSet
}

/** A policy that has a say about a class in a direction, and whether it surely selects it. */
export interface Applicable {
  /** Unique among all that follow each other. */
  readonly id: number
  readonly policy: Policy
  readonly selected: Truth
  /** Its rules of the direction, in order. */
  readonly rules: readonly Rule[]
  readonly speakers: readonly Speaker[]
  /** Does it isolate what it selects? Not known of one that can't be evaluated. */
  readonly isolates: Truth
  readonly isolating: Half['isolatedBy'][number]
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

/** A rule that speaks about the pods that its policy selects. */
export interface Speaker {
  readonly policy: Policy
  readonly selected: Truth
  readonly rule: Rule
  readonly index: number
  /** Does it ask for ports by name? */
  readonly named: boolean
  /** What it has said so far where it surely points, and where it may, by what names mean at the destination. */
  readonly surely: Map<string, Said>
  readonly perhaps: Map<string, Said>
}

/** What a speaker says about a pair: where its rule matches, and that for people. */
export interface Said extends Voice<PortSet> {
  /** Tells it from all others of one lineage. */
  readonly id: number
  readonly evidence: RuleEvidence
}

/**
 * What holds in a direction, whoever is at the other end, for all classes about which the same policies have a say (and, for
 * ingress, that resolve port names alike); with the halves worked out so far.
 */
export interface Standing {
  readonly direction: Direction
  readonly applicable: readonly Applicable[]
  readonly isolated: Truth
  readonly isolatedBy: Half['isolatedBy']
  readonly unevaluated: boolean
  /** By priority, the first one first; in each, the policies of that priority with their rules in order. */
  readonly admin: readonly (readonly (readonly Speaker[])[])[]
  readonly networkPolicies: readonly (readonly Speaker[])[]
  readonly baseline: readonly (readonly (readonly Speaker[])[])[]
  /** The same where the same cluster-scoped policies are heard alike; '' for none. */
  readonly tierKeys: Readonly<Record<'admin' | 'baseline', string>>
  /** One of the classes. */
  readonly example: PodClass
  /** Those worked out so far, by the class at the other end. */
  readonly halves: Map<PeerClass, ClassHalf>
  /** The distinct ones among them, by what was said. */
  readonly answers: Map<string, ClassHalf>
}

/** The pods or addresses of one class at an end of a connection. */
export interface Member {
  readonly class: PeerClass
  /** None for addresses. */
  readonly pods: readonly Pod[]
  /** The node whose address it is. */
  readonly node?: string | undefined
}

/** The pod that Ingress objects send from, of a class of its own. */
export interface Controller extends Member {
  readonly class: PodClass
  /** Do the settings say where it runs? Else no policy is asked about what it sends. */
  readonly isPlaced: boolean
}

/** Who stands at an end. With `oneOf`, it is one of the members, and nobody knows which (a host that is only a name). */
export interface Population {
  readonly members: readonly Member[]
  readonly oneOf: boolean
}

/** A choice, and how many ids there were when it was made: newer classes may be missing. */
export interface Made {
  readonly chosen: Chosen
  readonly upTo: number
}

/** What has been worked out so far; never changes an answer, only when it is computed. Those of one lineage share it. */
export interface Memo {
  readonly matcherKeys: WeakMap<PodMatcher, string>
  readonly selections: Map<string, Made>
  readonly blocks: Map<string, Made>
  readonly rules: WeakMap<Rule, Made>
  readonly namespaces: Map<string, ReadonlyMap<string, Truth>>
  readonly truths: WeakMap<NamespaceMatcher, ReadonlyMap<string, Truth>>
  readonly ports: WeakMap<readonly PortMatcher[], { readonly key: string; readonly named: boolean }>
  readonly portSets: Map<string, PortSet>
  readonly applies: WeakMap<Policy, Map<string, Applicable>>
  readonly counter: { next: number }
  /** Was a rule looked at that names nodes? */
  readonly asked: { nodes: boolean }
}

/** Per direction, by id of a class: who has a say, and what follows. */
export interface Sides {
  readonly applicable: readonly (readonly Applicable[])[]
  readonly standings: (Standing | undefined)[]
  /** By the policies that have a say and what port names mean. */
  readonly shared: Map<string, Standing>
}

/** What only this evaluation has worked out. */
interface Own {
  readonly populations: Map<string, Population>
  readonly sides: { ingress?: Sides; egress?: Sides }
  podsByName?: ReadonlyMap<string, Pod>
  podsByIp?: ReadonlyMap<string, Pod>
  blocks?: readonly End[]
  /** By id of a class: who has pods in it, with their places in the workspace. */
  inClass?: ReadonlyMap<number, readonly { readonly workload: Workload; readonly place: number }[]>
  /** Workloads with pods that have not finished, by namespace. */
  running?: ReadonlyMap<string, readonly Workload[]>
  /** By id of a class: how many pods of the cluster's workloads are in it. */
  counts?: Int32Array
  /** Are all nodes loaded that pods run on? */
  knowsNodes?: boolean
}

/** Cluster and policies made ready to be asked. Opaque to other rooms, except for the three inputs; immutable but for its memo. */
export interface Evaluation {
  readonly cluster: Cluster
  /** Those that have effect: stale ones that were never good are left out (design.md 8). */
  readonly policies: readonly Policy[]
  readonly settings: Settings
  readonly workloads: ReadonlyMap<string, Workload>
  readonly nodesByIp: ReadonlyMap<string, string>
  readonly namespaces: ReadonlyMap<string, KnownLabels>
  readonly controller: Controller
  readonly space: AddressSpace
  /** All classes: the parts of the address space, `anywhere`, the ingress controller, pods; ids count from 0. */
  readonly size: number
  /** The ingress controller first; then by id, without gaps. */
  readonly podClasses: readonly PodClass[]
  readonly table: ClassTable
  readonly index: ClassIndex
  /** By part of the address space. */
  readonly addressClasses: readonly AddressClass[]
  readonly anywhere: AddressClass
  /** IPv6 counts for the internet only where a pod or a policy uses it (design.md 8). */
  readonly usesV6: boolean
  /** Where a pod without a known address may live; `'none'`: no block matches it. */
  readonly podAddresses: IpSet | 'none'
  readonly memo: Memo
  readonly own: Own
}
