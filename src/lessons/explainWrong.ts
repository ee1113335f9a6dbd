import { type Evaluation, isolationOf } from '#core/evaluate/evaluate.ts'
import { explain } from '#core/explain/explain.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Goal, Grade, Lesson, LessonFile } from '#core/model/lesson.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Sentence } from '#core/model/sentence.ts'
import { enter, type Entered } from './enter.ts'
import { grade } from './grade.ts'
import { missedSubjects } from './missedSubjects.ts'

/** A goal that is not reached, and why; refs are places in what was entered. */
export interface WrongGoal {
  readonly goal: Goal
  readonly outcome: Exclude<Grade['goals'][number]['outcome'], 'holds'>
  /** At least one sentence: what the connection does, then the nearest misses or what lets it pass. */
  readonly why: readonly Sentence[]
}

/** Why an answer is wrong, goal by goal: the near miss of what should be open, the open door of what should not. */
export function explainWrong(
  lesson: Lesson,
  files: readonly LessonFile[],
  entered: Entered = enter(lesson, files),
): readonly WrongGoal[] {
  return grade(lesson, files, entered).goals.flatMap(({ goal, outcome }) =>
    outcome === 'holds' ? [] : [{ goal, outcome, why: whyOf(goal, entered) }],
  )
}

function whyOf(goal: Goal, entered: Entered): readonly Sentence[] {
  const { summary, halves } = explain(entered.evaluation, goal.from, goal.to, goal.ports)
  const misses = halves.flatMap((half) => half.misses.map(({ sentence }) => sentence))
  const doors = halves.flatMap(({ sentences }) => sentences)
  const rest = goal.expect === 'allowed' && misses.length > 0 ? misses : [...doors, ...missedOf(goal, entered)]
  return [[{ text: summary }], ...rest]
}

// What is open and should not be: a policy that was meant to close it may select nobody. Closed doors with a rule in them
// have been told; of two open ones, the destination's is the likelier to be meant.
function missedOf(goal: Goal, { evaluation }: Entered): readonly Sentence[] {
  if (
    goal.expect === 'allowed' ||
    isClosed(evaluation, goal.from, 'egress') ||
    isClosed(evaluation, goal.to, 'ingress')
  )
    return []
  const missed = missedSubjects(evaluation, goal.to, 'ingress')
  return missed.length > 0 ? missed : missedSubjects(evaluation, goal.from, 'egress')
}

function isClosed(evaluation: Evaluation, end: End, direction: Direction): boolean {
  return 'workload' in end && isolationOf(evaluation, endId(end), direction) === 'yes'
}
