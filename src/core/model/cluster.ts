import type { KnownLabels, Labels } from './labels.ts'
import type { Protocol } from './ports.ts'
import type { Ref } from './text.ts'

/** A Namespace object, or the trace of one that is only named by others (`loaded: false`, labels beyond metadata.name unknown). */
export interface Namespace {
  readonly name: string
  readonly labels: KnownLabels
  readonly loaded: boolean
  readonly ref?: Ref | undefined
}

/** A port that a container declares; `name` only where it has one. */
export interface ContainerPort {
  readonly name?: string | undefined
  readonly port: number
  readonly protocol: Protocol
}

/**
 * One or several pods that no policy can tell apart: same labels, ports, node and flags. `ips` is empty where
 * they are not known yet (templates). `finished` pods are neither subjects nor peers (semantics.md A.11).
 */
export interface Pod {
  /** A pod's own name, or a made-up one for a template's pods, unique in the workload. */
  readonly name: string
  readonly namespace: string
  readonly labels: KnownLabels
  /** In lookup order: containers, then init containers with `restartPolicy: Always` (semantics.md A.9). */
  readonly ports: readonly ContainerPort[]
  readonly ips: readonly string[]
  readonly node?: string | undefined
  readonly hostNetwork: boolean
  readonly finished: boolean
  /** How many pods this stands for; 0 for a workload that is scaled down. */
  readonly count: number
  /** Asks to be scraped (annotation `prometheus.io/scrape`). */
  readonly scraped?: boolean | undefined
  /** Hosts that env and arguments of its containers name, Services perhaps (design.md 9); left out where there are none. */
  readonly hosts?: readonly NamedHost[] | undefined
}

/** A host as a container's settings name it, in lower case; `by` says where: `env DATABASE_URL`, `an argument`. */
export interface NamedHost {
  readonly host: string
  readonly port?: number | undefined
  readonly by: string
}

/** A controller or bare pod with its pods folded in. `id` is `namespace/Kind/name`, unique. */
export interface Workload {
  readonly id: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
  readonly replicas: number
  readonly pods: readonly Pod[]
  /** `spec.selector.matchLabels` of the controller, where it has them: the best labels to select by (semantics.md F.3). */
  readonly selectorLabels?: Labels | undefined
  /** All documents that fold into it; the first is its own where loaded. */
  readonly refs: readonly Ref[]
  /** True for one that Drawbridge sketched (label `drawbridge/sketch`). */
  readonly sketch: boolean
  /** True for one made up from a policy's selectors because nothing that it selects is loaded (design.md 9). */
  readonly assumed: boolean
  /** True while its document does not parse and its last good meaning stands in. */
  readonly stale: boolean
}

/** A port of a Service; `targetPort` is a number or a container port's name (default: `port`). */
export interface ServicePort {
  readonly name?: string | undefined
  readonly port: number
  readonly protocol: Protocol
  readonly targetPort: number | string
}

/** A Service; without a selector it leads to no pod that is known here. */
export interface Service {
  readonly namespace: string
  readonly name: string
  readonly selector?: Labels | undefined
  readonly headless: boolean
  /** Where it is open to the outside of the cluster. */
  readonly type?: 'LoadBalancer' | 'NodePort' | undefined
  readonly ports: readonly ServicePort[]
  readonly ref: Ref
}

/**
 * A way from the ingress controller to a Service of the namespace: a backend of an Ingress, Route or HTTPRoute. `port` is
 * the Service's port by number or name, or its target port; undefined: all its ports (corpora: "{ingress-controller} lines").
 */
export interface Exposure {
  readonly namespace: string
  readonly service: string
  readonly port?: number | string | undefined
  /** For people: `Ingress shop/web`. */
  readonly name: string
  readonly ref: Ref
}

/** A Node and its addresses (Hostname entries left out). */
export interface ClusterNode {
  readonly name: string
  readonly labels: Labels
  readonly ips: readonly string[]
  readonly ref: Ref
}

/** What the loaded objects say that exists; lists are in workspace order, overridden objects left out. */
export interface Cluster {
  readonly namespaces: readonly Namespace[]
  readonly workloads: readonly Workload[]
  readonly services: readonly Service[]
  readonly nodes: readonly ClusterNode[]
  readonly exposures: readonly Exposure[]
}
