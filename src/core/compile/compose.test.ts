import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits } from '#core/model/edit.ts'
import type { TextEdit } from '#core/model/text.ts'
import { composeEdits } from './compose.ts'

/** Edits of a text of that length that do not overlap. */
const editsFor = (length: number): fc.Arbitrary<TextEdit[]> =>
  fc
    .tuple(fc.array(fc.nat(length), { maxLength: 6 }), fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }))
    .map(([offsets, inserts]) => {
      const sorted = offsets.toSorted((a, b) => a - b)
      return inserts.flatMap((insert, i) => {
        const [from, to] = [sorted[2 * i], sorted[2 * i + 1]]
        return from === undefined || to === undefined ? [] : [{ from, to, insert }]
      })
    })

test('two sets of edits, one after the other, are one set', () => {
  const twice = fc.string({ maxLength: 20 }).chain((text) =>
    editsFor(text.length).chain((first) => {
      const between = applyEdits(text, first)
      return editsFor(between.length).map((second) => ({ text, first, between, second }))
    }),
  )
  fc.assert(
    fc.property(twice, ({ text, first, between, second }) => {
      const composed = composeEdits(first, second)
      expect(applyEdits(text, composed)).toBe(applyEdits(between, second))
      // In order, and apart.
      composed.forEach((edit, i) => expect(edit.from).toBeGreaterThanOrEqual(composed[i - 1]?.to ?? 0))
    }),
    { numRuns: 500 },
  )
})

test('text that neither touches stays outside of the edits', () => {
  expect(composeEdits([{ from: 2, to: 2, insert: 'x' }], [{ from: 9, to: 10, insert: '' }])).toEqual([
    { from: 2, to: 2, insert: 'x' },
    { from: 8, to: 9, insert: '' },
  ])
})
