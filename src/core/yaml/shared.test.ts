import { expect, test } from 'vitest'
import type { FieldPath } from '#core/model/text.ts'
import { whyNot } from './shared.ts'
import { appendItem, removeAt } from './splice.ts'
import { readText } from './surgery.testkit.ts'

const TEXT = `web: &common
  - 1
api: *common
alone: &alone
  - 1
labels: &labels { app: web }
more:
  <<: *labels
  tier: db
part: [&p 1, 2]
use: *p
`

function reasonFor(path: FieldPath, reach: 'inside' | 'whole'): string | undefined {
  const read = readText(TEXT)
  if (!read) throw new Error('it does not parse')
  return whyNot(TEXT, read.tree, path, { reach })
}

test.each<[FieldPath, 'inside' | 'whole', string | undefined]>([
  [['web'], 'inside', 'it is shared by the alias *common in line 3'],
  [['web', 0], 'whole', 'it is shared by the alias *common in line 3'],
  [['api'], 'inside', 'it is shared by the alias *common in line 3'],
  [['api'], 'whole', undefined],
  [['alone'], 'inside', undefined],
  [['alone', 0], 'whole', undefined],
  [['labels', 'app'], 'whole', 'it is shared by the alias *labels in line 8'],
  [['more', 'app'], 'whole', '`app` is merged in from &labels by `<<`'],
  [['more', 'tier'], 'whole', undefined],
  [['part'], 'inside', undefined],
  [['part'], 'whole', 'a part of it is shared by the alias *p in line 11'],
  [['nothing', 0], 'whole', 'there is no nothing in it'],
])('%j, %s: %s', (path, reach, expected) => {
  expect(reasonFor(path, reach)).toBe(expected)
})

test('the lines count from where the document stands in its file', () => {
  const text = 'a: &x [1]\nb: *x\n'
  const read = readText(text)
  expect(read && whyNot(text, read.tree, ['a'], { firstLine: 40 })).toBe('it is shared by the alias *x in line 41')
})

test('a key that stands twice can be set, but not taken away', () => {
  const text = 'a: 1\nb: 2\na: 3\n'
  const read = readText(text)
  expect(read && whyNot(text, read.tree, ['a'], { reach: 'whole' })).toBe('`a` stands there twice')
  expect(read && removeAt(text, read.tree, ['a'])).toBeUndefined()
})

test('an anchor that nobody refers to is no hindrance, and stays', () => {
  const text = 'spec: &spec\n  from: &peers\n    - a\n'
  const read = readText(text)
  expect(read && appendItem(text, read.tree, ['spec', 'from'], 'b')).toEqual([
    { from: 34, to: 34, insert: '\n    - b' },
  ])
})
