import * as fc from 'fast-check'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cutDocuments } from './documents.ts'
import { parseAny } from './parse.ts'
import { quickTree } from './quick.ts'

/** Either it declines, or it reads what the general parser reads, which has nothing to say about the text. */
function agrees(text: string): boolean {
  const tree = quickTree(text)
  const general = parseAny(text)
  expect({ text, ...(tree ? { tree, problems: [] } : general) }).toEqual({ text, ...general })
  return tree !== undefined
}

/** How many of so many texts it reads; it agrees with the general parser on all of them. */
function countRead(texts: fc.Arbitrary<string>, numRuns: number): number {
  let read = 0
  fc.assert(
    fc.property(texts, (text) => void (read += Number(agrees(text)))),
    { numRuns, seed: 3 },
  )
  return read
}

test.each([
  [
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {}\nspec:\n  containers:\n  - name: c\n    args:\n    - -x\n    - "80"\n    ports: []\n',
  ],
  ["---\n# a comment\na:\n  # another\n\n  - b: 1\n    c:\n  - d\ne: 'on'\nf: on\ng: 0x1F\n"],
  ['  a: 1\n  b:\n    c: -1.5\n'],
  ['a:\nb:   x y z\nf:spec: http://x:80/y?z=1,2\nlast:'],
  ['a:\n- b:\n  - c: 1\n    d: 2\n  e: 3\n- f\n'],
])('it reads what most manifests are made of, to the very same tree: %#', (text) => expect(agrees(text)).toBe(true))

test.each([
  ['a: b: c\n'],
  ['a: b\n  c\n'],
  ['a: b\n\n  c\n'],
  ['a: "b"\n  c: d\n'],
  ['a: b # c\n'],
  ['a: b \n'],
  ['a: |\n  b\n'],
  ['a: [b]\n'],
  ['a: &x b\n'],
  ['a: *x\n'],
  ['a: !!str 1\n'],
  ['a: .inf\n'],
  ['a: 1\na: 2\n'],
  ['on: 1\n'],
  ['null: 1\n'],
  ['<<: {}\n'],
  ['a:\n    b: 1\n  c: 2\n'],
  ['a:\n  b: 1\n c: 2\n'],
  ['  a: 1\nb: 2\n'],
  ['a: 1\n- b\n'],
  ['- a\n'],
  ['a:\n- b\n c: 1\n'],
  ['a:\n-\n  b: 1\n'],
  ['a:\n- - b\n'],
  ['a: 1\n---\nb: 2\n'],
  ['--- a\nb: 1\n'],
  ['a: 1\n...\n'],
  ['a:\tb\n'],
  ['a: 1\r\n'],
  ['a: ü\n'],
  ["a: 'it''s'\n"],
  ['a: "x\\n"\n'],
  ['just text\n'],
  ['# nothing\n'],
  [''],
  ['{"a": 1}\n'],
  ['a: @b\n'],
  ['a: `b\n'],
  ['a: %b\n'],
  ['a: ? b\n'],
  ['? a\n: b\n'],
  [`a:\n${Array.from({ length: 60 }, (_, i) => `${' '.repeat(i + 1)}a:\n`).join('')}`],
])('it leaves everything else to the general parser: %j', (text) => expect(quickTree(text)).toBeUndefined())

const WORDS = [
  'a',
  'b',
  'key',
  'on',
  'f:x',
  '1',
  '-1',
  '.5',
  '-',
  '- ',
  '-  ',
  '--',
  '---',
  '...',
  ':',
  ': ',
  ' :',
  '#',
  ' # c',
  "'q'",
  '"d"',
  '"',
  "'",
  '[]',
  '{}',
  '[',
  '{',
  '|',
  '>',
  '&a',
  '*a',
  '!t',
  '~',
  'null',
  ' ',
  '  ',
  '\n',
  '\n  ',
  '\n    ',
  '\n- ',
  '\n  - ',
  ': \n',
  ':\n  ',
  '\t',
  '\r\n',
  '%',
  '@',
  '`',
  ',',
  '?',
  '? ',
  '<<',
  '0x1',
  '1e3',
  '.inf',
  '\\',
  '=',
  'é',
]

test('whatever a text is made of, it agrees with the general parser or declines', () => {
  const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 24 }).map((all) => all.join(''))
  expect(countRead(words, 20_000)).toBeGreaterThan(10)
})

test('lines of manifests in any order and depth: it agrees or declines', () => {
  const line = fc
    .tuple(
      fc.nat({ max: 4 }),
      fc.constantFrom('', '- ', '-  ', '- - '),
      fc.constantFrom(
        'a: 1',
        'b:',
        'c: "x"',
        'd',
        'a:  y',
        'e: []',
        'f: x: y',
        '# n',
        '',
        'g: -',
        'h: - x',
        "i: ''",
        'j: a#b',
        'k: a:b',
        '1: 2',
        'l: {}',
        'm: 1 ',
        'n:x',
      ),
    )
    .map(([depth, dash, text]) => `${' '.repeat(depth)}${dash}${text}\n`)
  const texts = fc.array(line, { maxLength: 7 }).map((lines) => lines.join(''))
  expect(countRead(texts, 30_000)).toBeGreaterThan(500)
})

test('the samples and corpora: it agrees with the general parser, and reads most of them', () => {
  const texts = ['src/core/corpus/scenarios', '../shared/samples', '../shared/corpora'].flatMap(textsIn)
  const documents = texts.flatMap((text) => cutDocuments(text)).filter(({ form }) => form !== 'rest')
  const read = documents.filter(({ text }) => agrees(text)).length
  expect(read).toBeGreaterThan(documents.length / 10)
})

function textsIn(path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) console.warn(`${path} is not there: its texts are NOT compared here.`)
  if (stats?.isDirectory()) return readdirSync(path).flatMap((name) => textsIn(join(path, name)))
  return stats && /\.ya?ml$/.test(path) ? [readFileSync(path, 'utf8')] : []
}
