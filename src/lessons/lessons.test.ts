import { describe, expect, test } from 'vitest'
import { explain } from '#core/explain/explain.ts'
import type { Grade, Lesson, LessonFile } from '#core/model/lesson.ts'
import { enter, type Entered } from './enter.ts'
import { explainWrong } from './explainWrong.ts'
import { filesAfter } from './filesAfter.ts'
import { grade } from './grade.ts'
import { LESSONS } from './index.ts'
import { steps } from './steps.ts'

type Files = readonly LessonFile[]

// Each state is asked about many times, and loading it takes longest.
const visited = new Map<Lesson, Map<string, Entered>>()
function visit(lesson: Lesson, files: Files): Entered {
  const own = visited.get(lesson) ?? new Map<string, Entered>()
  visited.set(lesson, own)
  const key = JSON.stringify(files)
  const found = own.get(key) ?? enter(lesson, files)
  own.set(key, found)
  return found
}

const gradeOf = (lesson: Lesson, files: Files): Grade => grade(lesson, files, visit(lesson, files))

/** Every text of a lesson that a learner may meet, by name. */
function states(lesson: Lesson): readonly (readonly [string, Files])[] {
  const after = (files: Files): Files => filesAfter(lesson, files)
  return [
    ['start', lesson.files],
    ...lesson.hints.flatMap(({ files }, i) => (files ? [[`hint ${i + 1}`, after(files)] as const] : [])),
    ['solution', after(lesson.solution)],
    ...lesson.wrong.map(({ files }, i) => [`wrong answer ${i + 1}`, after(files)] as const),
  ]
}

const held = ({ goals }: Grade): number => goals.filter(({ outcome }) => outcome === 'holds').length
const failing = ({ goals, violations }: Grade): readonly string[] => [
  ...goals.filter(({ outcome }) => outcome !== 'holds').map(({ goal, outcome }) => `${goal.name}: ${outcome}`),
  ...violations,
]

function errorsOf(lesson: Lesson, files: Files): readonly string[] {
  return visit(lesson, files)
    .loaded.problems.filter(({ severity }) => severity === 'error')
    .map(({ file, line, message }) => `${file}:${line} ${message}`)
}

/** Lines that would have to go or to come, to get from one state to the other. */
function distance(a: Files, b: Files): number {
  const lines = (files: Files): readonly string[] =>
    files.toSorted((x, y) => x.path.localeCompare(y.path)).flatMap(({ text }) => text.split('\n'))
  const [from, to] = [lines(a), lines(b)]
  return from.length + to.length - 2 * commonLines(from, to)
}

/** The longest common subsequence. */
function commonLines(from: readonly string[], to: readonly string[]): number {
  let row = to.map(() => 0)
  for (const line of from) {
    const above = row
    row = []
    to.forEach((other, i) =>
      row.push(line === other ? (above[i - 1] ?? 0) + 1 : Math.max(above[i] ?? 0, row[i - 1] ?? 0)),
    )
  }
  return row.at(-1) ?? 0
}

/** Everything that is written for people, by name. */
function texts(lesson: Lesson): readonly (readonly [string, string])[] {
  return [
    ['title', lesson.title],
    ['idea', lesson.idea],
    ['task', lesson.task],
    ['remember', lesson.remember],
    ...lesson.goals.map(({ name }) => ['goal', name] as const),
    ...lesson.hints.map(({ text }) => ['hint', text] as const),
    ...lesson.wrong.map(({ belief }) => ['belief', belief] as const),
  ]
}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
const HTML = /<[a-z!/?]|&[a-z]+;|&#|\]\(\s*javascript:/i

const isOdd = (text: string): boolean => CONTROL.test(text) || HTML.test(text) || / \n|^\s*$/.test(text)
// Words of an idea, a task, a thing to remember.
const LONGEST = [140, 75, 40]
const wordsOf = (text: string): number => text.split(/\s+/).length

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  const solution = filesAfter(lesson, lesson.solution)

  test('the start fails at least one goal', () => {
    expect(failing(gradeOf(lesson, lesson.files))).not.toEqual([])
    expect(held(gradeOf(lesson, lesson.files))).toBeLessThan(lesson.goals.length)
  })

  test('the solution passes, with all goals and constraints', () => {
    const found = gradeOf(lesson, solution)
    expect(failing(found)).toEqual([])
    expect(found.passed).toBe(true)
  })

  test('no state has a document that the API server rejects, unless the lesson is about that', () => {
    const isBroken = lesson.broken === true
    expect(errorsOf(lesson, solution)).toEqual([])
    expect(states(lesson).flatMap(([, files]) => errorsOf(lesson, files)).length > 0).toBe(isBroken)
  })

  test('there are hints, and each brings the texts nearer to the solution without losing a goal', () => {
    const followed = [lesson.files, ...lesson.hints.flatMap(({ files }) => (files ? [filesAfter(lesson, files)] : []))]
    const ways = followed.map((files) => distance(files, solution))
    const goals = followed.map((files) => held(gradeOf(lesson, files)))
    expect(lesson.hints.length).toBeGreaterThanOrEqual(2)
    expect(ways).toEqual([...new Set(ways)].toSorted((a, b) => b - a))
    expect(Math.min(...goals)).toBe(goals[0])
  })

  test('at least three plausible answers are wrong, each in its own way', () => {
    const answers = [[], lesson.solution, ...lesson.wrong.map(({ files }) => files)]
    const after = answers.map((files) => JSON.stringify(filesAfter(lesson, files)))
    expect(lesson.wrong.length).toBeGreaterThanOrEqual(3)
    expect(new Set(after).size).toBe(answers.length)
    expect(new Set(lesson.wrong.map(({ belief }) => belief)).size).toBe(lesson.wrong.length)
    const right = lesson.wrong.filter(({ files }) => gradeOf(lesson, filesAfter(lesson, files)).passed)
    expect(right.map(({ belief }) => belief)).toEqual([])
  })

  test('who is wrong is told why, goal by goal', () => {
    const untold = lesson.wrong.filter(({ files }) => {
      const now = filesAfter(lesson, files)
      const { goals, violations } = gradeOf(lesson, now)
      const told = explainWrong(lesson, now, visit(lesson, now))
      const broken = goals.filter(({ outcome }) => outcome !== 'holds').map(({ goal }) => goal.name)
      const isShort = told.some(({ why, outcome }) => why.length < (outcome === 'missing' ? 1 : 2))
      return (
        isShort || told.map(({ goal }) => goal.name).join() !== broken.join() || told.length + violations.length === 0
      )
    })
    expect(untold.map(({ belief }) => belief)).toEqual([])
  })

  test('predictions have one answer at the start, and the reveal leads to it step by step', () => {
    const start = visit(lesson, lesson.files)
    const answers = lesson.predict.map(({ from, to, ports }) => explain(start.evaluation, from, to, ports))
    expect(lesson.predict.length).toBeGreaterThanOrEqual(2)
    expect(answers.filter(({ status }) => status !== 'allowed' && status !== 'denied').map(({ name }) => name)).toEqual(
      [],
    )
    const reveals = lesson.predict.map((prediction) => steps(lesson, prediction, lesson.files, start))
    const order = ['source', 'egress', 'destination', 'ingress', 'result']
    expect(reveals.map((reveal) => reveal.map(({ shows }) => shows))).toEqual(reveals.map(() => order))
    expect(reveals.map((reveal) => reveal.at(-1)?.status)).toEqual(answers.map(({ status }) => status))
  })

  test('every prediction and goal is asked once, and a goal is a phrase, not a sentence', () => {
    const asked = lesson.predict.map((one) => JSON.stringify(one))
    const names = lesson.goals.map(({ name }) => name)
    expect(new Set(asked).size).toBe(asked.length)
    expect(new Set(names).size).toBe(names.length)
    expect(lesson.goals.some(({ shown }) => shown)).toBe(true)
    expect(names.filter((name) => !/^\S.*[^.\s]$/.test(name))).toEqual([])
  })

  test('texts are plain: no HTML, no control characters, no empty ones, no dangling blanks', () => {
    const yaml = states(lesson).flatMap(([name, files]) => files.map(({ text }) => [name, text] as const))
    expect([...texts(lesson), ...yaml].filter(([, text]) => isOdd(text))).toEqual([])
    expect(texts(lesson).filter(([, text]) => text !== text.trim())).toEqual([])
  })

  test('texts are short: one idea that is read in a minute', () => {
    const { idea, task, remember, minutes } = lesson
    expect([idea, task, remember].map(wordsOf).filter((words, i) => words > (LONGEST[i] ?? 0))).toEqual([])
    expect(minutes).toBeGreaterThan(0)
  })
})

describe('all lessons', () => {
  test('ids are unique and kebab-case, titles are unique', () => {
    const ids = LESSONS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
    const titles = LESSONS.map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
  })

  test('what the learner does not see matters in some', () => {
    const matters = LESSONS.filter((lesson) => {
      const without = { ...lesson, unseen: [] }
      return lesson.wrong.some(({ files }) => {
        const now = filesAfter(lesson, files)
        return failing(gradeOf(lesson, now)).join() !== failing(gradeOf(without, now)).join()
      })
    })
    expect(matters.length).toBeGreaterThan(LESSONS.length / 4)
  })

  test('a learner who has deleted everything has passed nothing', () => {
    expect(LESSONS.filter((lesson) => gradeOf(lesson, []).passed).map(({ id }) => id)).toEqual([])
  })
})
