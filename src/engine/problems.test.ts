import { expect, test } from 'vitest'
import type { Problem } from '#core/model/picture.ts'
import { shownProblems } from './problems.ts'

const problem = (file: string, line: number, severity: Problem['severity']): Problem => ({
  code: 'a',
  severity,
  message: `${line}`,
  ref: { document: file, path: [], range: { from: line, to: line } },
  file,
  at: { from: line, to: line },
  line,
  column: 1,
})
const many = (file: string, count: number, severity: Problem['severity'], from = 0): readonly Problem[] =>
  Array.from({ length: count }, (_, i) => problem(file, from + i, severity))

test('few problems are shown as they are', () => {
  const problems = [...many('a.yaml', 300, 'error'), ...many('b.yaml', 200, 'info')]
  expect(shownProblems(problems)).toBe(problems)
})

test('of a file with very many the errors come first, in their order, and the rest is counted; other files keep theirs', () => {
  const problems = [
    ...many('a.yaml', 700, 'warning'),
    ...many('a.yaml', 20, 'error', 700),
    ...many('b.yaml', 9, 'error'),
  ]
  const shown = shownProblems(problems)
  const own = shown.filter(({ file }) => file === 'a.yaml')
  expect(own).toHaveLength(501)
  expect(own.slice(0, -1)).toEqual([...problems.slice(0, 480), ...problems.slice(700, 720)])
  expect(own.at(-1)).toMatchObject({
    severity: 'info',
    message: '220 more problems in this file: mend these first.',
    line: 719,
  })
  expect(shown.slice(501)).toEqual(problems.slice(720))
})
