import type { Cluster, Namespace, Workload } from '#core/model/cluster.ts'
import type { KubeObject, NamespaceObject } from '#core/kinds/object.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import { assume } from './assume.ts'
import { fold, type Folded, type Member } from './fold.ts'

/** An object that counts, and whether its text says it now. */
export interface Counting {
  readonly object: KubeObject
  readonly stale: boolean
}

/** A cluster with what it was put together from: whatever stays the same is taken over as it is. */
export interface Assembled {
  readonly cluster: Cluster
  readonly folded: ReadonlyMap<string, Folded>
}

/** Puts the objects of a workspace together to what exists. `before` saves work, and keeps equal parts identical. */
export function assemble(
  objects: readonly Counting[],
  policies: readonly Policy[],
  settings: Settings,
  before: Assembled | undefined,
): Assembled {
  const folded = fold(objects.flatMap(asMember), settings.directOwners, before?.folded ?? new Map())
  const workloads = [...folded.values()].map(({ workload }) => workload)
  const services = objects.flatMap(({ object }) => (object.type === 'service' ? [object.service] : []))
  const nodes = objects.flatMap(({ object }) => (object.type === 'node' ? [object.node] : []))
  const exposures = objects.flatMap(({ object }) => (object.type === 'exposures' ? object.exposures : []))
  const named = [...workloads, ...policies, ...services].flatMap(({ namespace }) => namespace ?? [])
  const loaded = objects.flatMap(({ object }) => (object.type === 'namespace' ? [loadedNamespace(object)] : []))
  const assumed = assume(policies, loaded, workloads)
  const names = [...named, ...assumed.map(({ namespace }) => namespace)]
  const cluster = {
    namespaces: keep(before?.cluster.namespaces, withNamed(loaded, names, settings), isSameNamespace),
    workloads: keep(before?.cluster.workloads, [...workloads, ...assumed], isSameWorkload),
    services: keep(before?.cluster.services, services, Object.is),
    nodes: keep(before?.cluster.nodes, nodes, Object.is),
    exposures: keep(before?.cluster.exposures, exposures, Object.is),
  }
  return { cluster: keepCluster(before?.cluster, cluster), folded }
}

function asMember({ object, stale }: Counting): Member[] {
  return object.type === 'controller' || object.type === 'pod' ? [{ object, stale }] : []
}

function loadedNamespace({ meta }: NamespaceObject): Namespace {
  return { name: meta.name, labels: { labels: meta.labels, unknown: [] }, loaded: true, ref: meta.ref }
}

function withNamed(loaded: readonly Namespace[], names: readonly string[], settings: Settings): readonly Namespace[] {
  const have = new Set(loaded.map(({ name }) => name))
  const missing = [...new Set(names)].filter((name) => !have.has(name))
  const unknown = settings.unknownLabels === 'absent' ? [] : 'all'
  return [
    ...loaded,
    ...missing.map((name) => {
      const labels = Object.assign(Object.create(null), { [NAMESPACE_NAME_LABEL]: name }) as Record<string, string>
      return { name, labels: { labels, unknown }, loaded: false } as const
    }),
  ]
}

// The list of before where nothing changed, so that whoever cached by it goes on.
function keep<T>(before: readonly T[] | undefined, after: readonly T[], isSame: (a: T, b: T) => boolean): readonly T[] {
  if (!before) return after
  const merged = after.map((item, i) => (before[i] !== undefined && isSame(before[i], item) ? before[i] : item))
  return merged.length === before.length && merged.every((item, i) => item === before[i]) ? before : merged
}

function isSameNamespace(a: Namespace, b: Namespace): boolean {
  if (a.loaded !== b.loaded || a.name !== b.name || a.ref !== b.ref) return false
  return a.loaded ? a.labels.labels === b.labels.labels : a.labels.unknown.length === b.labels.unknown.length
}

function isSameWorkload(a: Workload, b: Workload): boolean {
  return a === b || (a.assumed && b.assumed && a.id === b.id && JSON.stringify(a) === JSON.stringify(b))
}

function keepCluster(before: Cluster | undefined, after: Cluster): Cluster {
  const isSame =
    before?.namespaces === after.namespaces &&
    before.workloads === after.workloads &&
    before.services === after.services &&
    before.nodes === after.nodes &&
    before.exposures === after.exposures
  return before && isSame ? before : after
}
