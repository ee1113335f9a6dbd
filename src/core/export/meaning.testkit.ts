import { evaluate, verdictOf } from '#core/evaluate/evaluate.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import { type End, endId } from '#core/model/end.ts'
import { formatPorts } from '#core/model/ports.ts'

/** What every pair of workloads, and the internet, may do; read from texts alone. */
export function meaning(files: readonly SourceFile[]): readonly string[] {
  const { cluster, policies, settings } = load(files)
  const evaluation = evaluate(cluster, policies, settings)
  const ends: End[] = cluster.workloads.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
  const told = [...ends, { internet: true } as const].flatMap((from) =>
    ends.map((to) => {
      const verdict = verdictOf(evaluation, from, to)
      const sets = verdict ? [verdict.allowed, verdict.partial, verdict.undetermined].map(formatPorts) : []
      return [endId(from), endId(to), ...sets].join(' | ')
    }),
  )
  // The order of assumed workloads is that of the policies that name them.
  return told.toSorted()
}
