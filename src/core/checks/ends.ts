import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { populationOf } from '#core/evaluate/population.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'

/** Does anybody stand at this end? */
export function isThere(evaluation: Evaluation, end: End): boolean {
  return populationOf(evaluation, end, []) !== undefined
}

/** The workloads that an end of the cluster names, in workspace order; none for ends outside of it. */
export function workloadsOf(
  { cluster, workloads }: Pick<Evaluation, 'cluster' | 'workloads'>,
  end: End,
): readonly Workload[] {
  if ('anyNamespace' in end) return cluster.workloads
  if (!('namespace' in end)) return []
  if ('workload' in end) return [workloads.get(`${end.namespace}/${end.workload}`) ?? []].flat()
  return cluster.workloads.filter(({ namespace }) => namespace === end.namespace)
}

/** Pods that have not finished: those that declare the ports that are asked. */
export function runningPods(workloads: readonly Workload[]): readonly Pod[] {
  return workloads.flatMap(({ pods }) => pods.filter(({ finished }) => !finished))
}

/** The end that a workload is. */
export function endOf({ namespace, kind, name }: Pick<Workload, 'namespace' | 'kind' | 'name'>): End {
  return { namespace, workload: `${kind}/${name}` }
}
