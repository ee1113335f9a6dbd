import { expect, test } from 'vitest'
import { LESSONS } from '#lessons/index.ts'
import { checkSummary, countDone, summaryOf } from './summary.ts'
import type { Done, LessonProgress } from './teaching.ts'

const done = (more: Partial<Done> = {}): Done => ({
  at: Date.UTC(2026, 4, 3),
  seconds: 250,
  hints: 0,
  solution: false,
  exam: false,
  ...more,
})
const entry = (title: string, one?: Done, course?: string): LessonProgress => ({
  title,
  track: 'basics',
  done: one,
  course,
})
const [first, second, third] = LESSONS
const progress = new Map([
  [first?.id ?? '', entry('a', done({ right: 2, asked: 3 }))],
  [second?.id ?? '', entry('b', done({ hints: 2, seconds: 20 }))],
  [third?.id ?? '', entry('c')],
  ['Mine/x', entry('Feed the lion', done({ solution: true }), 'Mine')],
])
const summary = summaryOf({ lessons: LESSONS, progress, name: 'Kim', day: '2026-05-04' })

test('a summary names what is done, by track and course, with how', () => {
  const of = LESSONS.filter(({ track }) => track === 'basics').length
  expect(summary).toContain('Kim, 2026-05-04')
  expect(summary).toContain(`## Basics: 2 of ${of}`)
  expect(summary).toContain(`- **${first?.title}**: 2026-05-03, 4 min, without hints, predicted 2 of 3`)
  expect(summary).toContain(`- **${second?.title}**: 2026-05-03, under a minute, with 2 hints`)
  expect(summary).toContain('## Mine\n\n- **Feed the lion**: 2026-05-03, 4 min, with the solution')
  expect(summary).not.toContain(`**${third?.title}**`)
  expect(countDone(progress)).toBe(3)
})

test('the checksum fits, whatever a mail does to line ends and blanks, and finds typing errors', () => {
  expect(summary).toContain('it proves nothing')
  expect(checkSummary(summary)).toBe('fits')
  expect(checkSummary(`\n${summary.replaceAll('\n', '  \r\n')}\n\n`)).toBe('fits')
  expect(checkSummary(summary.replace('Kim', 'Tim'))).toBe('differs')
  expect(checkSummary(summary.replace('2 of 3', '3 of 3'))).toBe('differs')
  expect(checkSummary('# Something else')).toBe('none')
})

test.each<[string, Partial<Done>]>([
  ['under a minute, without hints', { seconds: 59 }],
  ['1 min, without hints', { seconds: 60 }],
  ['2 min, with 1 hint', { seconds: 90, hints: 1 }],
  ['4 min, as an exam', { exam: true, hints: 3 }],
  ['4 min, with the solution', { exam: true, solution: true }],
  ['4 min, without hints, predicted 0 of 3', { right: 0, asked: 3 }],
  ['4 min, without hints', { right: 2 }],
])('how it was done: %s', (how, more) => {
  const one = new Map([['Mine/x', entry('x', done(more), 'Mine')]])
  expect(summaryOf({ lessons: [], progress: one, name: '', day: 'today' })).toContain(`- **x**: 2026-05-03, ${how}\n`)
})

test('one without a name is somebody’s, and tracks and courses of which nothing is done are left out', () => {
  const none = new Map([['Mine/x', entry('x', undefined, 'Mine')]])
  const text = summaryOf({ lessons: LESSONS, progress: none, name: ' ', day: 'today' })
  expect(text).toContain('Somebody, today')
  expect(text).not.toContain('##')
  expect(checkSummary(text)).toBe('fits')
})

test('lessons of a course stand together, in the order in which they were begun', () => {
  const mixed = new Map([
    ['B/2', entry('two', done(), 'B')],
    ['A/1', entry('one', done(), 'A')],
    ['B/3', entry('three', done(), 'B')],
  ])
  const text = summaryOf({ lessons: [], progress: mixed, name: 'Kim', day: 'today' })
  expect([...text.matchAll(/## \w|[*]{2}\w+/g)].map(([part]) => part.slice(-3).trim())).toEqual([
    '# B',
    'two',
    'ree',
    '# A',
    'one',
  ])
})

// Summaries hang on walls: what fitted once fits for ever.
test('a summary of old still fits', () => {
  const old = `# Kubernetes network policies

Kim, 2026-05-04

## Mine

- **Feed the lion**: 2026-05-03, 4 min, with the solution

Made with Drawbridge, in the learner’s own browser. The checksum finds typing errors; it proves nothing: e862-fa0f
`
  expect(checkSummary(old)).toBe('fits')
  expect(checkSummary(old.replace('lion', 'lions'))).toBe('differs')
  expect(checkSummary(`${old}\nSigned: Kim`)).toBe('none')
})

test('a hostile text is checked in no time', () => {
  const began = performance.now()
  checkSummary(`${'\n '.repeat(50_000)}x it proves nothing: 0000-0000`)
  expect(performance.now() - began).toBeLessThan(2_000)
})
