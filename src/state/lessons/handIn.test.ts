import { expect, test } from 'vitest'
import { type HandIn, handInAsText, readHandIns } from './handIn.ts'

const ONE: HandIn = {
  lesson: 'Friday/doors',
  title: 'Doors',
  name: 'Kim “K” Lee',
  files: [
    { path: 'a.yaml', text: 'a: 1\r\n# é\n' },
    { path: 'b/c.yaml', text: '' },
  ],
}
const text = handInAsText(ONE)
const changed = (change: object): string => JSON.stringify({ ...(JSON.parse(text) as object), ...change })
const problemOf = (line: string): string | undefined => readHandIns(line).problems[0]

test('a hand-in is one line, and comes back as it was; several may be pasted under each other', () => {
  expect(text.trimEnd()).not.toMatch(/[\n\r]/)
  expect(readHandIns(text)).toEqual({ handIns: [ONE], problems: [] })
  const other = { ...ONE, name: '' }
  expect(readHandIns(`\n${text}\r\n  \r\n${handInAsText(other)}`)).toEqual({ handIns: [ONE, other], problems: [] })
  expect(readHandIns(' \n')).toEqual({ handIns: [], problems: [] })
})

test.each<[string, string, string]>([
  ['half a line', text.slice(0, 60), 'Line 1: this is no hand-in, or not the whole of one.'],
  ['words', 'hello', 'Line 1: this is no hand-in, or not the whole of one.'],
  ['null', 'null', 'Line 1: this is no hand-in (it is not an object).'],
  [
    'another format',
    changed({ format: 'drawbridge-lesson' }),
    'Line 1: this is no hand-in (format is none of drawbridge-hand-in).',
  ],
  [
    'a later version',
    changed({ version: 2 }),
    'Line 1: this is no hand-in (version is not a whole number from 1 to 1).',
  ],
  ['no lesson', changed({ lesson: 7 }), 'Line 1: this is no hand-in (lesson is not a text).'],
  [
    'a long name',
    changed({ name: 'n'.repeat(201) }),
    'Line 1: this is no hand-in (name is longer than 200 characters).',
  ],
  ['no files', changed({ files: {} }), 'Line 1: this is no hand-in (files is not a list).'],
  [
    'a file without a text',
    changed({ files: [{ path: 'a' }] }),
    'Line 1: this is no hand-in (files[0].text is not a text).',
  ],
  [
    'a path that is none',
    changed({ files: [{ path: 1, text: '' }] }),
    'Line 1: this is no hand-in (files[0].path is not a text).',
  ],
])('%s is told, and the others count', (_, line, said) => {
  expect(problemOf(line)).toBe(said)
  expect(readHandIns(`${line}\n${text}`).handIns).toEqual([ONE])
})

test('what is too much is not read, and that is said', () => {
  const { handIns, problems } = readHandIns(text.repeat(301))
  expect([handIns.length, problems]).toEqual([300, ['Only the first 300 were read.']])
  expect(readHandIns(text.repeat(300)).problems).toEqual([])
  const huge = changed({ files: [{ path: 'a', text: 'x'.repeat(400_000) }] })
  expect(readHandIns(huge).handIns).toHaveLength(1)
  expect(readHandIns(`${huge}\n`.repeat(13))).toEqual({
    handIns: [],
    problems: ['This is more than 5 MB: paste it in parts.'],
  })
})
