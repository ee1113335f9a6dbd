import { judgeUnder } from '#core/checks/under.ts'
import type { Grade, Lesson, LessonFile } from '#core/model/lesson.ts'
import { violationOf } from './constraints.ts'
import { enter, isUnseen, type Entered } from './enter.ts'

/**
 * How an answer does (design.md 3): every goal is judged by behaviour, over the learner's files and those that are not
 * seen. It passes if all goals hold, all constraints are kept and nothing in it would be rejected by the API server.
 * `files` are all that the learner has; `entered` spares loading them twice.
 */
export function grade(lesson: Lesson, files: readonly LessonFile[], entered: Entered = enter(lesson, files)): Grade {
  const goals = lesson.goals.map((goal) => ({ goal, outcome: judgeUnder(entered.profiled, goal) }))
  const violations = [...lesson.constraints.flatMap((one) => violationOf(one, lesson, entered)), ...rejected(entered)]
  return { passed: violations.length === 0 && goals.every(({ outcome }) => outcome === 'holds'), goals, violations }
}

function rejected({ loaded }: Entered): readonly string[] {
  return loaded.problems
    .filter(({ severity, file }) => severity === 'error' && !isUnseen(file))
    .map(({ file, line, message }) => `${file}, line ${line}: ${message}`)
}
