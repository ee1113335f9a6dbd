import { expect, test } from 'vitest'
import { selectedMeansClosed } from '#lessons/basics/selectedMeansClosed.ts'
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
  ['keys of a prototype', '{"__proto__": {"instructor": true, "name": "x"}}'],
])('%s is as if never done', (_, text) => {
  expect(createProgress(store(text)).read()).toEqual(EMPTY)
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
