import { type Evaluation, evaluate } from '#core/evaluate/evaluate.ts'
import type { Loaded, SourceFile } from '#core/load/load.ts'
import type { Pod } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Copy } from './copy.ts'
import type { Wanted } from './sideEffects.ts'

/** The workspace that a plan is made for. */
export interface PlanContext {
  readonly files: readonly SourceFile[]
  readonly loaded: Loaded
  readonly evaluation: Evaluation
  readonly revision: number
}

/** What a planner came up with: a changed copy and what to say of it, or why it can't be done. */
export type Outcome =
  | { readonly refusal: string }
  | {
      readonly copy: Copy
      readonly sentences: readonly string[]
      readonly warnings: readonly string[]
      /** The connection that must be open afterwards, where the intent is about one. */
      readonly wanted?: Wanted | undefined
      /** True where the user must see it first, whatever it changes. */
      readonly preview?: boolean | undefined
    }

/** What the copy's texts do. */
export function evaluateCopy({ loaded }: Copy): Evaluation {
  return evaluate(loaded.cluster, loaded.policies, loaded.settings)
}

/** The pods at an end, finished ones left out; none for ends outside the cluster. */
export function podsAt({ cluster }: Evaluation, end: End): readonly Pod[] {
  const id = endId(end)
  const here = cluster.workloads.filter((one) =>
    'workload' in end ? one.id === id : 'namespace' in end && one.namespace === end.namespace,
  )
  return here.flatMap(({ pods }) => pods.filter(({ finished }) => !finished))
}
