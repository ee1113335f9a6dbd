import { type Asker, askerOf, type Stand } from '#core/evaluate/answers.ts'
import { type Evaluation, namedBlocks } from '#core/evaluate/evaluate.ts'
import { ipBlock, type IpSet } from '#core/model/cidr.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import { type End, endName } from '#core/model/end.ts'
import { endOf } from './ends.ts'
import { remembered } from './remembered.ts'

// Hundreds of checks ask the same crowd after each keystroke: who they are and where they stand is worked out once.

/** Somebody who could be asked about. */
export interface Candidate {
  /** For people: `shop/api`, `the internet`, `a new pod in shop`. */
  readonly who: string
  /** The same object from one call to the next, but for blocks. */
  readonly from: End
  /** Set for a pod that isn't there yet: its namespace. */
  readonly future?: string | undefined
}

/** The internet, as somebody who asks. */
export const INTERNET: Candidate = { who: endName({ internet: true }), from: { internet: true } }

/** Any address, as somebody who asks. */
export const ANYWHERE: Candidate = { who: endName({ anywhere: true }), from: { anywhere: true } }

/** The pods of a workload that open connections of their own: not finished, and not in the network of their node. */
export function asking({ pods }: Workload): readonly Pod[] {
  return pods.filter(({ finished, hostNetwork }) => !finished && !hostNetwork)
}

/** A workload as somebody who asks; undefined where none of its pods does. */
export const candidateOf = remembered((workload: Workload): Candidate | undefined =>
  asking(workload).length === 0 ? undefined : { who: endName(endOf(workload)), from: endOf(workload) },
)

/** A pod that isn't there yet, as somebody who asks. */
export const strangerOf = remembered((workload: Workload): Candidate => {
  const { namespace } = workload
  return { who: `a new pod in ${namespace}`, from: endOf(workload), future: namespace }
})

/** The blocks that policies name, with their addresses. */
export const blocksOf = remembered((evaluation: Evaluation): readonly Block[] =>
  namedBlocks(evaluation).flatMap((block): readonly Block[] => {
    if (!('cidr' in block)) return []
    const { cidr, except = [] } = block
    return [{ who: endName(block), from: { cidr, except }, ips: ipBlock(cidr, except) }]
  }),
)

interface Block {
  readonly who: string
  readonly from: { readonly cidr: string; readonly except: readonly string[] }
  readonly ips: IpSet
}

/** Somebody to ask about an evaluation; what one before it has worked out, and an edit doesn't touch, is taken over. */
export const askerAt = remembered((evaluation: Evaluation): Asker => {
  const asker = askerOf(evaluation, namedBlocks(evaluation), LAST.get(evaluation.memo))
  LAST.set(evaluation.memo, evaluation)
  return asker
})

// By what evaluations that go on from each other have in common.
const LAST = new WeakMap<Evaluation['memo'], Evaluation>()

/** Where somebody stands who is the same object each time; undefined where nobody does. */
export function standOf(asker: Asker, end: End): Stand | undefined {
  const known = STANDS.get(asker) ?? new WeakMap<End, { readonly stand: Stand | undefined }>()
  STANDS.set(asker, known)
  const found = known.get(end) ?? { stand: asker.at(end) }
  known.set(end, found)
  return found.stand
}

const STANDS = new WeakMap<Asker, WeakMap<End, { readonly stand: Stand | undefined }>>()
