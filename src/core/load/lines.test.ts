import { expect, test } from 'vitest'
import { linesOf } from './lines.ts'

test.each([
  ['', 0, '1:1'],
  ['abc', 0, '1:1'],
  ['abc', 2, '1:3'],
  ['abc', 3, '1:4'],
  ['\n', 0, '1:1'],
  ['\n', 1, '2:1'],
  ['a\nbc\n\nd', 1, '1:2'],
  ['a\nbc\n\nd', 2, '2:1'],
  ['a\nbc\n\nd', 4, '2:3'],
  ['a\nbc\n\nd', 5, '3:1'],
  ['a\nbc\n\nd', 6, '4:1'],
  ['a\r\nb', 3, '2:1'],
])('%j at %i is %s', (text, at, place) => {
  const { line, column } = linesOf(text)(at)
  expect(`${line}:${column}`).toBe(place)
})
