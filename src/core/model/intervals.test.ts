import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { covers, intersect, type Interval, isEmpty, normalise, subtract, unite, uniteAll } from './intervals.ts'

const NUMBERS = Array.from({ length: 41 }, (_, i) => i)
const interval = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const intervals = fc.array(interval, { maxLength: 6 })
const set = intervals.map((some) => normalise(some))

const has = (some: readonly Interval[], n: number): boolean => some.some(({ from, to }) => from <= n && n <= to)
const numbers = (some: readonly Interval[]): number[] => NUMBERS.filter((n) => has(some, n))
const isNormal = (some: readonly Interval[]): boolean =>
  some.every(({ from, to }, i) => from <= to && from > (some[i - 1]?.to ?? -2) + 1)

describe('sets of whole numbers', () => {
  test('normal intervals hold the same numbers, sorted, disjoint and apart', () => {
    fc.assert(
      fc.property(intervals, (some) => {
        expect(numbers(normalise(some))).toEqual(numbers(some))
        expect(isNormal(normalise(some))).toBe(true)
      }),
    )
  })

  test.each([
    ['unite', unite, (a: boolean, b: boolean) => a || b],
    ['intersect', intersect, (a: boolean, b: boolean) => a && b],
    ['subtract', subtract, (a: boolean, b: boolean) => a && !b],
  ] as const)('%s says number by number what it should, in normal form', (_, operation, expected) => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const result = operation<number>(a, b)
        expect(numbers(result)).toEqual(NUMBERS.filter((n) => expected(has(a, n), has(b, n))))
        expect(isNormal(result)).toBe(true)
      }),
    )
  })

  test('uniting all at once is uniting one by one, and of a single set that set', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 4 }), (sets) => {
        expect(uniteAll(sets)).toEqual(sets.reduce(unite, []))
      }),
    )
    const only = [{ from: 1, to: 2 }]
    expect(uniteAll([[], only, []])).toBe(only)
  })

  test('a set covers another where it holds all of its numbers', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(covers(a, b)).toBe(numbers(b).every((n) => has(a, n)))
        expect(isEmpty(a)).toBe(numbers(a).length === 0)
      }),
    )
  })

  test('the largest addresses are numbers like others', () => {
    const last = 2n ** 128n - 1n
    expect(subtract([{ from: 0n, to: last }], [{ from: 1n, to: last - 1n }])).toEqual([
      { from: 0n, to: 0n },
      { from: last, to: last },
    ])
    expect(unite([{ from: 0n, to: 5n }], [{ from: 6n, to: last }])).toEqual([{ from: 0n, to: last }])
  })
})
