import type { Workload } from '#core/model/cluster.ts'
import { groupBy } from '#core/model/group.ts'
import { isNoPorts } from '#core/model/ports.ts'
import type { ChosenProfile, Deviation } from '#core/model/profile.ts'
import type { Settings } from '#core/model/settings.ts'
import type { DocumentId } from '#core/model/text.ts'
import { type Evaluation, namedBlocks } from './evaluate.ts'
import { evaluateWithProfile, type Profiled, type ProfiledAsker, profiledAskerOf } from './profiled.ts'

/** What one CNI does with all policies; counts grow from step to step. */
export interface ProfileColumn {
  readonly profile: ChosenProfile
  /** Why it does not do what the API says, by the document of the policy; policies that it takes as they are have no entry. */
  readonly byPolicy: ReadonlyMap<DocumentId, readonly Deviation[]>
  /** Pairs of workloads, each direction for itself: how many there are, and how many have been asked about so far. */
  readonly pairs: number
  readonly asked: number
  /** Of those, how many have another verdict than by the API, and how many of them are open because a fact is not known. */
  readonly differ: number
  readonly open: number
}

/**
 * Each profile in turn, in steps of one source workload: a column as soon as it is known, then with its counts so far, the last one
 * of a profile with `asked === pairs`. Stop whenever you like: nothing is worked out ahead. What is `known` of the cluster is taken over.
 */
export function* compareProfiles(
  { cluster, policies, settings }: Pick<Evaluation, 'cluster' | 'policies' | 'settings'>,
  profiles: readonly ChosenProfile[],
  known?: Profiled,
): Generator<ProfileColumn, void, void> {
  let before = known
  const workloads = cluster.workloads.filter(({ pods }) => pods.length > 0)
  for (const profile of profiles) {
    const own: Settings = { ...settings, profile }
    before = evaluateWithProfile(cluster, policies, own, before)
    yield* countPairs(before, profile, workloads)
  }
}

function* countPairs(
  profiled: Profiled,
  profile: ChosenProfile,
  workloads: readonly Workload[],
): Generator<ProfileColumn, void, void> {
  const byPolicy = groupBy(profiled.deviations, ({ policy }) => policy.document)
  const pairs = workloads.length * Math.max(0, workloads.length - 1)
  let column: ProfileColumn = { profile, byPolicy, pairs, asked: 0, differ: 0, open: 0 }
  // Without a deviation there is nothing to ask.
  const isPlain = profiled.deviations.length === 0
  yield isPlain ? { ...column, asked: pairs } : column
  if (isPlain) return
  const asker = profiledAskerOf(profiled, namedBlocks(profiled.reference))
  const stands = workloads.map((workload) => asker.at(endOf(workload)))
  for (const from of stands) {
    column = sum(column, from ? stands.flatMap((to) => (to && to !== from ? [asker.answer(from, to)] : [])) : [])
    column = { ...column, asked: column.asked + workloads.length - 1 }
    yield column
  }
}

function sum(column: ProfileColumn, answers: readonly ReturnType<ProfiledAsker['answer']>[]): ProfileColumn {
  const differing = answers.filter(({ differs }) => differs)
  const open = differing.filter(({ answer }) => !isNoPorts(answer.undetermined)).length
  return { ...column, differ: column.differ + differing.length, open: column.open + open }
}

function endOf({ namespace, kind, name }: Workload): { readonly namespace: string; readonly workload: string } {
  return { namespace, workload: `${kind}/${name}` }
}
