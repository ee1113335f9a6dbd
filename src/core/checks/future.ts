import { evaluate, type Evaluation } from '#core/evaluate/evaluate.ts'
import type { Cluster, Namespace, Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { type Labels, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import { endOf } from './ends.ts'

/** Pods that do not exist yet, and the evaluation in which they can be asked about as sources. */
interface Future {
  readonly evaluation: Evaluation
  readonly pods: readonly { readonly who: string; readonly from: End }[]
}

/** What stands for a namespace that does not exist yet; none can be called so. */
export const NEW_NAMESPACE = 'a new namespace'

/**
 * A pod without labels in each namespace and in a new one that only has its name, without those of namespaces in the list.
 * One that carries the labels of a listed workload can't be told from it. Their addresses are left out of account.
 */
export function futureOf(evaluation: Evaluation, destinations: readonly Workload[], only: readonly End[]): Future {
  const isWhole = (name: string): boolean =>
    only.some(
      (end) =>
        'anyNamespace' in end ||
        'anywhere' in end ||
        ('namespace' in end && !('workload' in end) && end.namespace === name),
    )
  const { cluster, policies, settings } = evaluation
  const namespaces = [...cluster.namespaces, newNamespace()]
  const pods = namespaces.filter(({ name }) => !isWhole(name)).map(({ name }) => stranger(name))
  const world: Cluster = { ...cluster, namespaces, workloads: [...destinations, ...pods], services: [], exposures: [] }
  return {
    // Where a new pod will live nobody knows; the blocks themselves are asked on their own.
    evaluation: evaluate(world, policies, { ...settings, podCidrs: 'none' }),
    pods: pods.map((pod) => ({ who: `a new pod in ${pod.namespace}`, from: endOf(pod) })),
  }
}

function newNamespace(): Namespace {
  const labels: Labels = Object.assign(Object.create(null) as Record<string, string>, {
    [NAMESPACE_NAME_LABEL]: NEW_NAMESPACE,
  })
  return { name: NEW_NAMESPACE, labels: { labels, unknown: [] }, loaded: false }
}

function stranger(namespace: string): Workload {
  const name = 'a new pod'
  const labels = { labels: Object.create(null) as Labels, unknown: [] }
  const pod = { name, namespace, labels, ports: [], ips: [], hostNetwork: false, finished: false, count: 1 }
  const own = { namespace, kind: 'Pod', name, replicas: 1, pods: [pod], refs: [] }
  return { id: `${namespace}/Pod/${name}`, ...own, sketch: false, assumed: true, stale: false }
}
