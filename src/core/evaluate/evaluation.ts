import type { IpSet } from '#core/model/cidr.ts'
import type { Cluster, ContainerPort, Pod, Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import type { KnownLabels } from '#core/model/labels.ts'
import type { PortSet } from '#core/model/ports.ts'
import type { Direction, PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Truth } from '#core/model/truth.ts'
import type { Half, RuleEvidence } from '#core/model/verdict.ts'
import type { Voice } from './tiers.ts'
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
  /** The same for classes with the same named ports. */
  readonly portsKey: string
  /** Undefined where its address is not known. */
  readonly family: Family | undefined
  /** Parts of the address space that hold its addresses; none where they are not known. */
  readonly parts: readonly number[]
  readonly hostNetwork: boolean
  readonly finished: boolean
}

/** Addresses outside of all pods that no policy can tell apart; without a range, a peer that only a rule without peers points at. */
interface AddressClass {
  readonly type: 'addresses'
  readonly id: number
  readonly family: Family | undefined
  readonly range?: IpRange | undefined
  /** The DNS name of the host that is asked about, in lower case; undefined where one asks about addresses. */
  readonly host?: string | undefined
}

/** Anything that a rule can point at. */
export type PeerClass = PodClass | AddressClass

/** A policy that has a say about a class in a direction, and whether it surely selects it. */
export interface Applicable {
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

/** A rule that speaks about a class, with whom it points at, by class (0 no, 1 perhaps, 2 yes). */
export interface Speaker {
  readonly policy: Policy
  readonly selected: Truth
  readonly rule: Rule
  readonly index: number
  readonly row: Uint8Array | 'any'
  /** Names of hosts that it points at, besides. */
  readonly domains: readonly string[]
  /** Does it ask for ports by name? */
  readonly named: boolean
  /** What it has said so far where it surely points, and where it may, by what names mean at the destination. */
  readonly surely: Map<string, Said>
  readonly perhaps: Map<string, Said>
}

/** What a speaker says about a pair: where its rule matches, and that for people. */
export interface Said extends Voice<PortSet> {
  readonly evidence: RuleEvidence
}

/** What holds for a class in a direction, whoever is at the other end, and the halves worked out so far. */
export interface Standing {
  readonly applicable: readonly Applicable[]
  readonly isolated: Truth
  readonly isolatedBy: Half['isolatedBy']
  readonly unevaluated: boolean
  /** By priority, the first one first; in each, the policies of that priority with their rules in order. */
  readonly admin: readonly (readonly (readonly Speaker[])[])[]
  readonly networkPolicies: readonly (readonly Speaker[])[]
  readonly baseline: readonly (readonly (readonly Speaker[])[])[]
  /** Those worked out so far, by the class at the other end. */
  readonly halves: Map<PeerClass, ClassHalf>
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

/** What has been worked out so far; never changes an answer, only when it is computed. */
export interface Memo {
  readonly selectors: Map<string, ReadonlyMap<number, Truth>>
  readonly namespaces: Map<string, ReadonlyMap<string, Truth>>
  /** Whom a rule points at, and whom a matcher selects, by class. */
  readonly rows: Map<Rule, Uint8Array>
  readonly selected: Map<PodMatcher, Uint8Array>
  readonly populations: Map<string, Population>
  readonly ports: Map<readonly PortMatcher[], { readonly key: string; readonly named: boolean }>
  readonly portSets: Map<string, PortSet>
  /** By id of the class; empty until it is asked for. */
  readonly applicable: Readonly<Record<Direction, Applicable[][]>>
  readonly standings: Readonly<Record<Direction, Map<PodClass, Standing>>>
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
  readonly controller: Controller
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
  /** The blocks that policies name, each once: they are not the internet (design.md 8). */
  readonly blocks: readonly End[]
  readonly memo: Memo
}
