import type { Workload } from '#core/model/cluster.ts'
import { classesOf } from './classes.ts'
import type { Evaluation } from './evaluation.ts'

/** By id of a class: how many pods of the cluster are in it; 0 for addresses. */
export function countsOf(evaluation: Evaluation): Int32Array {
  const { own, cluster, size } = evaluation
  if (own.counts) return own.counts
  const counts = new Int32Array(size)
  for (const workload of cluster.workloads) count(evaluation, counts, { workload, by: 1 })
  own.counts = counts
  return counts
}

/** Takes the counts over from the evaluation before, changed only by the workloads that changed. */
export function carryCounts(before: Evaluation, after: Evaluation, come: readonly Workload[]): void {
  if (!before.own.counts) return
  const counts = new Int32Array(after.size)
  counts.set(before.own.counts)
  const gone = before.cluster.workloads.filter((workload, i) => after.cluster.workloads[i] !== workload)
  const kept = gone.length > 0 ? new Set(after.cluster.workloads) : new Set<Workload>()
  for (const workload of gone) if (!kept.has(workload)) count(after, counts, { workload, by: -1 })
  for (const workload of come) count(after, counts, { workload, by: 1 })
  after.own.counts = counts
}

function count(
  { table }: Evaluation,
  counts: Int32Array,
  { workload, by }: { readonly workload: Workload; readonly by: number },
): void {
  for (const pod of workload.pods)
    for (const { id } of classesOf(table, pod)) counts[id] = (counts[id] ?? 0) + by * pod.count
}
