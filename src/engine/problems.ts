import { groupBy } from '#core/model/group.ts'
import type { Problem } from '#core/model/picture.ts'

/** So many problems of a file are shown at once: nobody mends more, and a hostile file has millions. */
const MOST = 500

/**
 * The problems that a picture shows: of a file with more than 500 the errors first, then the others, in their order, and
 * how many are left; the same list where no file has more.
 */
export function shownProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST) return problems
  return [...groupBy(problems, ({ file }) => file).values()].flatMap(shownOf)
}

function shownOf(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST) return problems
  const errors = problems.filter(({ severity }) => severity === 'error').slice(0, MOST)
  const others = problems.filter(({ severity }) => severity !== 'error').slice(0, MOST - errors.length)
  const chosen = new Set([...errors, ...others])
  const shown = problems.filter((problem) => chosen.has(problem))
  const last = shown.at(-1)
  return last ? [...shown, { ...last, ...leftOut(problems.length - shown.length) }] : shown
}

function leftOut(count: number): Pick<Problem, 'code' | 'severity' | 'message'> {
  const message = `${count} more ${count === 1 ? 'problem' : 'problems'} in this file: mend these first.`
  return { code: 'more-problems', severity: 'info', message }
}
