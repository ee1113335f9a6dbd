import { expect, test } from 'vitest'
import { type DiffLine, lineDiff } from './lineDiff.ts'

const SIGNS = { same: ' ', removed: '-', added: '+' } as const
const show = (line: DiffLine): string => (line.type === 'gap' ? `…${line.lines}` : SIGNS[line.type] + line.text)
const diff = (before: string, after: string, context?: number): string[] => lineDiff(before, after, context).map(show)

test('a line in the middle shows with what stands around it', () => {
  expect(diff('1\n2\n3\n4\n5\n', '1\n2\nx\n4\n5\n', 1)).toEqual(['…1', ' 2', '-3', '+x', ' 4', '…1'])
})

test('a new file is all additions, numbered from 1', () => {
  expect(lineDiff('', 'a\nb\n')).toEqual([
    { type: 'added', text: 'a', after: 1 },
    { type: 'added', text: 'b', after: 2 },
  ])
})

test('two changes apart keep the equal lines between them', () => {
  expect(diff('a\nb\nc\nd\n', 'A\nb\nc\nD\n')).toEqual(['-a', '+A', ' b', ' c', '-d', '+D'])
})

test('equal texts have no difference, and line ends alone are none', () => {
  expect(diff('a\nb', 'a\nb')).toEqual([])
  expect(diff('a\r\nb\r\n', 'a\nb\n').filter((line) => !/^[ …]/.test(line))).toEqual([])
})

const item = (name: string): string => `- to:\n    - ${name}\n  ports:\n    - 53\n`

test('an item that goes is marked whole, not its end with the beginning of the next one', () => {
  const before = `egress:\n${item('a')}${item('b')}${item('c')}`
  const lines = lineDiff(before, `egress:\n${item('a')}${item('c')}`, 9)
  expect(lines.map(show).join('\n')).toBe(
    ` egress:
 - to:
     - a
   ports:
     - 53
-- to:
-    - b
-  ports:
-    - 53
 - to:
     - c
   ports:
     - 53`,
  )
  const numbers = lines.map((line) => [line.type, 'before' in line ? line.before : 0, 'after' in line ? line.after : 0])
  expect(numbers.slice(4, 10)).toEqual([
    ['same', 5, 5],
    ['removed', 6, 0],
    ['removed', 7, 0],
    ['removed', 8, 0],
    ['removed', 9, 0],
    ['same', 10, 6],
  ])
})
