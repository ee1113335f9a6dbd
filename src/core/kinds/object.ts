import type { Check } from '#core/model/check.ts'
import type { ClusterNode, Exposure, Pod, Service } from '#core/model/cluster.ts'
import type { Labels } from '#core/model/labels.ts'
import type { Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Ref } from '#core/model/text.ts'

/** The owner that controls an object (`ownerReferences` with `controller: true`); `kind` is '' where it isn't said. */
export interface Owner {
  readonly kind: string
  readonly name: string
}

/** What every object says about itself. `namespace` is undefined for cluster-scoped kinds only. */
export interface Meta {
  readonly group: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string | undefined
  /** True where the manifest names no namespace and the file has no default: read as `default`. */
  readonly defaulted: boolean
  readonly labels: Labels
  readonly owner?: Owner | undefined
  readonly ref: Ref
}

/** A Namespace object; `kubernetes.io/metadata.name` is already among its labels. */
export interface NamespaceObject {
  readonly type: 'namespace'
  readonly meta: Meta
}

/** Anything with a pod template: the pods that it will make, labels as its controller sets them (semantics.md A.2). */
export interface ControllerObject {
  readonly type: 'controller'
  readonly meta: Meta
  readonly pods: readonly Pod[]
  readonly replicas: number
  readonly selectorLabels?: Labels | undefined
  readonly sketch: boolean
}

/** A live or bare pod. */
export interface PodObject {
  readonly type: 'pod'
  readonly meta: Meta
  readonly pod: Pod
  readonly sketch: boolean
}

/** A Service. */
export interface ServiceObject {
  readonly type: 'service'
  readonly meta: Meta
  readonly service: Service
}

/** A Node. */
interface NodeObject {
  readonly type: 'node'
  readonly meta: Meta
  readonly node: ClusterNode
}

/** An Ingress, Route or HTTPRoute: the ways that it opens from the ingress controller. */
interface ExposuresObject {
  readonly type: 'exposures'
  readonly meta: Meta
  readonly exposures: readonly Exposure[]
}

/** A policy of any kind, lowered; several where one document selects in several ways (unevaluated kinds only). */
export interface PolicyObject {
  readonly type: 'policy'
  readonly meta: Meta
  readonly policies: readonly Policy[]
  /** For people, the kind of one that isn't evaluated; it then may have no policies at all (it selects no pods). */
  readonly unevaluated?: string | undefined
}

/** A document of saved expectations (design.md 7). */
interface ChecksObject {
  readonly type: 'checks'
  readonly meta: Meta
  readonly checks: readonly Check[]
}

/** A document of settings that decide verdicts; what it doesn't say is left out. */
interface SettingsObject {
  readonly type: 'settings'
  readonly meta: Meta
  readonly settings: Partial<Settings>
}

/** What one document means, before it is put together with the others. */
export type KubeObject =
  | NamespaceObject
  | ControllerObject
  | PodObject
  | ServiceObject
  | NodeObject
  | ExposuresObject
  | PolicyObject
  | ChecksObject
  | SettingsObject
