import { describe, expect, test } from 'vitest'
import { sameData, settleList } from './same.ts'

const keyOf = (part: { id: string }): string => part.id

describe('same data', () => {
  test.each([
    [{ a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [[1, 2], [1, 2, 3], false],
    [[], {}, false],
    [null, {}, false],
    [{ toString: undefined }, {}, true],
    [{}, { constructor: 1 }, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameData(a, b)).toBe(same)
  })

  test('a list keeps its parts, whatever their order, and itself where nothing changed', () => {
    const before = [
      { id: 'a', n: [1] },
      { id: 'b', n: [2] },
    ]
    expect(settleList(before, structuredClone(before), keyOf)).toBe(before)
    const after = settleList(
      before,
      [
        { id: 'b', n: [2] },
        { id: 'a', n: [9] },
      ],
      keyOf,
    )
    expect(after[0]).toBe(before[1])
    expect(after[1]).toEqual({ id: 'a', n: [9] })
  })
})
