import { treeOf } from '#core/load/load.ts'
import type { Constraint, Lesson } from '#core/model/lesson.ts'
import type { Policy } from '#core/model/rule.ts'
import { toPlain } from '#core/yaml/parse.ts'
import { enter, isUnseen, type Entered } from './enter.ts'

/** What a constraint asks, for the learner: `Leave clinic/default-deny as it is.` */
export function constraintText(constraint: Constraint): string {
  switch (constraint.type) {
    case 'untouched':
      return `Leave ${constraint.policy} as it is.`
    case 'at-most':
      return `Get along with ${countOf(constraint.policies)} in all.`
    case 'no-kind':
      return `Add or change no ${constraint.kind}.`
  }
}

/** What an answer does against a constraint, in words; nothing where it keeps it. To move or comment a policy is no change. */
export function violationOf(constraint: Constraint, lesson: Lesson, entered: Entered): readonly string[] {
  switch (constraint.type) {
    case 'untouched':
      return touched(constraint.policy, enter(lesson, lesson.files), entered)
    case 'at-most': {
      const found = ownPolicies(entered).length
      return found > constraint.policies ? [`${countOf(found)}, where ${constraint.policies} must do.`] : []
    }
    case 'no-kind':
      return added(constraint.kind, enter(lesson, lesson.files), entered)
  }
}

function countOf(policies: number): string {
  return policies === 1 ? '1 policy' : `${policies} policies`
}

function touched(name: string, start: Entered, now: Entered): readonly string[] {
  const [before, after] = [start, now].map((entered) => ownPolicies(entered).find((policy) => policy.name === name))
  if (!after) return [`${name} is gone. It was to stay.`]
  return meaningOf(before) === meaningOf(after) ? [] : [`${name} was changed. It was to stay as it is.`]
}

// All that a policy does, without the places where it is written.
function meaningOf(policy: Policy | undefined): string {
  return JSON.stringify(policy, (key, value: unknown) => (key === 'ref' ? undefined : value)) ?? ''
}

function ownPolicies({ loaded }: Entered): readonly Policy[] {
  const unseen = new Set(loaded.documents.filter(({ file }) => isUnseen(file)).map(({ id }) => id))
  return loaded.policies.filter(({ ref }) => !unseen.has(ref.document))
}

function added(kind: string, start: Entered, now: Entered): readonly string[] {
  const before = new Set(ownOf(kind, start).map(({ content }) => content))
  return ownOf(kind, now)
    .filter(({ content }) => !before.has(content))
    .map(({ name }) => `${kind} ${name} is new or changed. Get along without one.`)
}

// What each holds, however it is written.
function ownOf(kind: string, { loaded }: Entered): readonly { readonly name: string; readonly content: string }[] {
  return loaded.documents
    .filter((document) => document.kind === kind && !isUnseen(document.file))
    .map(({ id, name }) => {
      const tree = treeOf(loaded, id)
      return { name, content: JSON.stringify(tree && toPlain(tree)) ?? '' }
    })
}
