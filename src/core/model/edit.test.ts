import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, invertEdits } from './edit.ts'
import type { TextEdit } from './text.ts'

const TEXT = '0123456789'

// Spans that don't overlap, in any order: cut the text at sorted places, take every second piece.
const edits: fc.Arbitrary<readonly TextEdit[]> = fc
  .tuple(fc.array(fc.nat(TEXT.length), { maxLength: 8 }), fc.array(fc.constantFrom('', 'a', 'bcd'), { minLength: 4 }))
  .map(([cuts, inserts]) => {
    const sorted = cuts.toSorted((a, b) => a - b)
    return inserts.slice(0, Math.floor(sorted.length / 2)).map((insert, i) => {
      return { from: sorted[2 * i] ?? 0, to: sorted[2 * i + 1] ?? 0, insert }
    })
  })

describe('edits of a text', () => {
  test.each<[readonly TextEdit[], string]>([
    [[], '0123456789'],
    [[{ from: 2, to: 4, insert: 'x' }], '01x456789'],
    [[{ from: 0, to: 0, insert: 'x' }], 'x0123456789'],
    [[{ from: 10, to: 10, insert: 'x' }], '0123456789x'],
    [
      [
        { from: 8, to: 9, insert: '' },
        { from: 1, to: 3, insert: 'long' },
      ],
      '0long345679',
    ],
    [
      [
        { from: 4, to: 6, insert: 'y' },
        { from: 4, to: 4, insert: 'x' },
      ],
      '0123xy6789',
    ],
  ])('%j give %s', (made, text) => expect(applyEdits(TEXT, made)).toBe(text))

  test('are undone by their inverse, in whatever order they come', () => {
    fc.assert(
      fc.property(edits, (made) => {
        for (const order of [made, made.toReversed()]) {
          expect(applyEdits(applyEdits(TEXT, order), invertEdits(TEXT, order))).toBe(TEXT)
        }
      }),
    )
  })
})
