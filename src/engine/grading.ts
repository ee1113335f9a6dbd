import { judge } from '#core/checks/judge.ts'
import { sameOr } from '#core/checks/under.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Goal, Graded, Lesson, LessonFile, Prediction } from '#core/model/lesson.ts'
import { statusOf } from '#core/model/status.ts'
import type { Status } from '#core/model/verdict.ts'
import { constraintText, violationOf } from '#lessons/constraints.ts'
import { enter, type Entered } from '#lessons/enter.ts'
import { explainWrong } from '#lessons/explainWrong.ts'
import { grade } from '#lessons/grade.ts'
import { type Step, steps } from '#lessons/steps.ts'
import type { Drawing } from './picture.ts'

/** How the texts (or `files` in their place) do in a lesson; links lead into the present texts as far as they are the same. */
export function gradeTexts(drawing: Drawing, lesson: Lesson, files?: readonly LessonFile[]): Graded {
  const [answer, entered] = enterTexts(drawing, lesson, files)
  const { passed, goals, violations } = grade(lesson, answer, entered)
  const wrong = new Map(explainWrong(lesson, answer, entered).map(({ goal, why }) => [goal, why]))
  const constraints = lesson.constraints.map((one) => ({
    text: constraintText(one),
    violations: violationOf(one, lesson, entered),
  }))
  const told = new Set(constraints.flatMap((one) => one.violations))
  return {
    passed,
    goals: goals.map(({ goal, outcome }) => ({
      goal,
      outcome,
      status: statusUnder(goal, entered),
      why: wrong.get(goal) ?? [],
    })),
    constraints,
    rejected: violations.filter((one) => !told.has(one)),
  }
}

function statusUnder(goal: Goal, { profiled }: Entered): Status | undefined {
  const ask = (way: Evaluation): Status | undefined => {
    const { verdict, asked } = judge(goal, way)
    return verdict && asked ? statusOf(verdict, asked) : undefined
  }
  return sameOr(profiled, ask, 'undetermined')
}

/** How the answer to a connection comes about, over the texts (or `files`) and what the learner does not see. */
export function revealSteps(
  drawing: Drawing,
  lesson: Lesson,
  connection: Prediction,
  files?: readonly LessonFile[],
): readonly Step[] {
  const [answer, entered] = enterTexts(drawing, lesson, files)
  return steps(lesson, connection, answer, entered)
}

// What the canvas knows already is not read again, and keeps the names of its documents: links stay good.
function enterTexts(
  { scene: { loaded, evaluation, profiled } }: Drawing,
  lesson: Lesson,
  files: readonly LessonFile[] = loaded.files.filter(({ counts }) => counts),
): readonly [readonly LessonFile[], Entered] {
  return [files, enter(lesson, files, { loaded, evaluation, profiled })]
}
