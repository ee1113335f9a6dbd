import { judge } from '#core/checks/judge.ts'
import { specsOf } from '#core/compile/edges.ts'
import { type Evaluation, isolationOf } from '#core/evaluate/evaluate.ts'
import { explain } from '#core/explain/explain.ts'
import { say, type Sentence } from '#core/model/sentence.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Goal, Grade, Lesson, LessonFile, Prediction } from '#core/model/lesson.ts'
import { intersectPorts, isNoPorts, unitePorts } from '#core/model/ports.ts'
import { formatPortSpec } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import { enter, type Entered } from './enter.ts'
import { grade } from './grade.ts'
import { rulelessOf } from './halves.ts'
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
  return goal.expect === 'allowed' ? whyClosed(goal, entered) : whyOpen(goal, entered)
}

function whyClosed(goal: Goal, entered: Entered): readonly Sentence[] {
  const { summary, halves } = explain(entered.evaluation, goal.from, goal.to, goal.ports)
  const misses = halves.flatMap(({ direction, misses: own }) =>
    own.length === 0 ? [] : [...rulelessOf(goal, direction, entered), ...own.map(({ sentence }) => sentence)],
  )
  return [say(summary), ...(misses.length > 0 ? misses : halves.flatMap(({ sentences }) => sentences))]
}

function whyOpen(goal: Goal, entered: Entered): readonly Sentence[] {
  const { from, to, ports } = openOf(goal, entered)
  const { summary, halves } = explain(entered.evaluation, from, to, ports)
  return [say(summary), ...halves.flatMap(({ sentences }) => sentences), ...missedOf(goal, entered)]
}

// Of what is asked only what passes: the rest is as it should be.
function openOf(goal: Goal, { evaluation }: Entered): Prediction {
  const { verdict, asked } = judge(goal, evaluation)
  if (!verdict || !asked) return goal
  const open = intersectPorts(unitePorts(verdict.allowed, verdict.partial), asked)
  return isNoPorts(open) ? goal : { ...goal, ports: specsOf(open).map(formatPortSpec) }
}

// What is open and should not be: a policy that was meant to close it may select nobody. Closed doors with a rule in them
// have been told; of two open ones, the destination's is the likelier to be meant.
function missedOf({ from, to }: Goal, { evaluation }: Entered): readonly Sentence[] {
  if (isClosed(evaluation, from, 'egress') || isClosed(evaluation, to, 'ingress')) return []
  const missed = missedSubjects(evaluation, to, 'ingress')
  return missed.length > 0 ? missed : missedSubjects(evaluation, from, 'egress')
}

function isClosed(evaluation: Evaluation, end: End, direction: Direction): boolean {
  return 'workload' in end && isolationOf(evaluation, endId(end), direction) === 'yes'
}
