import { compareProfiles, type ProfileColumn } from '#core/evaluate/compareProfiles.ts'
import type { ChosenProfile, ComparedProfile, Deviation } from '#core/model/profile.ts'
import { factsOf } from './differs.ts'
import type { Scene } from './scene.ts'

/** What one CNI makes of all policies, in steps that may be left at any time. */
export function* compareProfile(
  scene: Scene,
  profile: ChosenProfile,
): Generator<undefined, { readonly compared: ComparedProfile }, void> {
  let last: ProfileColumn | undefined
  for (const column of compareProfiles(scene.evaluation, [profile], scene.profiled)) {
    last = column
    yield
  }
  const { pairs = 0, differ = 0, open = 0 } = last ?? {}
  const policies = [...(last?.byPolicy.values() ?? [])].flatMap(cellOf)
  return { compared: { profile, pairs, differ, open, policies } }
}

function cellOf(deviations: readonly Deviation[]): ComparedProfile['policies'] {
  const [first] = deviations
  if (!first) return []
  const without = deviations.find(({ effect, uncertain }) => effect === 'policy-without-effect' && !uncertain)
  const sure = deviations.find(({ uncertain }) => !uncertain)
  const effect = without ? 'none' : sure ? 'other' : 'unknown'
  return [{ document: first.policy.document, name: first.policyName, effect, facts: factsOf(deviations) }]
}
