import { expect, test } from 'vitest'
import { selectedMeansClosed } from '#lessons/basics/selectedMeansClosed.ts'
import { courseAsText, lessonAsText } from '#lessons/format.ts'
import { createProgress, type Kept } from './progress.ts'

const store = (text: string | null) => ({ getItem: () => text, setItem: () => {} })
const EMPTY: Kept = { progress: new Map(), courses: [], instructor: false, name: '' }

test('what was kept comes back', () => {
  let text: string | null = null
  const both = { getItem: () => text, setItem: (_: string, value: string) => void (text = value) }
  const kept: Kept = {
    progress: new Map([
      ['a', { title: 'A', track: 'traps', course: undefined, workspace: 'w1', done: undefined }],
      [
        'Mine/b',
        {
          title: 'B',
          track: 'exam',
          course: 'Mine',
          workspace: undefined,
          done: { at: 5, seconds: 6, hints: 1, solution: true, exam: false, right: 2, asked: 3 },
        },
      ],
    ]),
    courses: [{ title: 'Mine', lessons: [selectedMeansClosed] }],
    instructor: true,
    name: 'Kim',
  }
  expect(createProgress(both).write(kept)).toBe(true)
  expect(createProgress(both).read()).toEqual(kept)
})

test.each([
  ['nothing', null],
  ['no JSON', 'oops'],
  ['null', 'null'],
  ['a list', '[]'],
  ['other types', '{"progress": 7, "courses": {"length": 1}, "instructor": "yes", "name": {}}'],
  ['odd entries', '{"progress": [[1, {}], ["a", null], ["b", {"title": "x", "track": "pink"}]], "courses": ["{}", 3]}'],
  [
    'a time that no calendar has',
    '{"progress": [["a", {"title": "A", "track": "traps", "done": {"at": 8640000000000001, "seconds": 1, "hints": 0}}]]}',
  ],
  [
    'a count below nothing',
    '{"progress": [["a", {"title": "A", "track": "exam", "done": {"at": 1, "seconds": -1, "hints": 0}}]]}',
  ],
  ['a course that is a lesson', JSON.stringify({ courses: [lessonAsText(selectedMeansClosed)] })],
  ['keys of a prototype', '{"__proto__": {"instructor": true, "name": "x"}}'],
])('%s is as if never done', (_, text) => {
  expect(createProgress(store(text)).read()).toEqual(EMPTY)
})

test('what can be read of it counts, beside what can not', () => {
  const text = JSON.stringify({
    progress: [
      ['a', { title: 7, track: 'traps' }],
      ['b', { title: 'B', track: 'traps', done: { at: 8.64e15, seconds: 1, hints: 2 } }],
    ],
    courses: ['{}', courseAsText({ title: 'Mine', lessons: [selectedMeansClosed] })],
    instructor: 'yes',
    name: 'K'.repeat(300),
  })
  const { progress, courses, instructor, name } = createProgress(store(text)).read()
  expect([...progress.keys(), ...courses.map(({ title }) => title), instructor, name.length]).toEqual([
    'b',
    'Mine',
    false,
    200,
  ])
  expect(progress.get('b')?.done).toMatchObject({ hints: 2, solution: false, exam: false, right: undefined })
})

test('a store that refuses is said, and costs nothing else', () => {
  const refusing = {
    getItem: () => {
      throw new Error('forbidden')
    },
    setItem: () => {
      throw new Error('full')
    },
  }
  expect(createProgress(refusing).read()).toEqual(EMPTY)
  expect(createProgress(refusing).write(EMPTY)).toBe(false)
  expect(createProgress(undefined).write(EMPTY)).toBe(true)
})
