import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addTo, bitsOf, classesIn, classSet, type ClassSet, hasClass, NO_CLASSES, uniteClasses } from './classSet.ts'

const LAST = 200
const upTo = (count: number, first = 0): readonly number[] => Array.from({ length: count }, (_, i) => first + i)
const EVERY_ID = upTo(LAST + 1)
const sortedIds = (ids: Iterable<number>): readonly number[] => [...new Set(ids)].toSorted((a, b) => a - b)

// Small and large ones, around the size where the shape changes, and ids on both sides of the borders of words.
const id = fc.oneof(
  fc.integer({ min: 0, max: LAST }),
  fc.constantFrom(0, 9, 10, 31, 32, 63, 64, 95, 96, 127, 128, LAST),
)
const ids = fc.oneof(
  fc.array(id, { maxLength: 5 }),
  fc.array(id, { minLength: 20, maxLength: 40 }),
  fc.uniqueArray(id, { minLength: 22, maxLength: 26 }),
  fc.subarray([...EVERY_ID], { minLength: 60 }),
  fc.constantFrom(24, 25, 32, 33, 64, 65).map((count) => [...upTo(count)]),
)

/** What one can see of a set, and what one should see of a set of these ids. */
const seen = (set: ClassSet): readonly unknown[] => [
  set.size,
  classesIn(set),
  EVERY_ID.filter((one) => hasClass(set, one)),
]
const wanted = (some: Iterable<number>): readonly unknown[] => {
  const all = sortedIds(some)
  return [all.length, all, all]
}

describe('a set of classes is a set', () => {
  test('of the ids it is made of, in any order, each any number of times', () => {
    fc.assert(
      fc.property(ids, (some) => {
        expect(seen(classSet(some))).toEqual(wanted(some))
        expect(seen(classSet(sortedIds(some)))).toEqual(wanted(some))
        expect(seen(classSet([...some, ...some.toReversed()]))).toEqual(wanted(some))
      }),
    )
  })

  test('and united with another one, it holds what either holds', () => {
    fc.assert(
      fc.property(ids, ids, (some, others) => {
        const [a, b] = [classSet(some), classSet(others)]
        expect(seen(uniteClasses(a, b))).toEqual(wanted([...some, ...others]))
        expect(seen(a)).toEqual(wanted(some))
        expect(seen(b)).toEqual(wanted(others))
      }),
    )
  })

  test('added to words, it leaves what they hold and nothing else', () => {
    fc.assert(
      fc.property(ids, ids, (some, others) => {
        const words = new Uint32Array((LAST >>> 5) + 1)
        addTo(words, classSet(some))
        expect(bitsOf(words)).toEqual(sortedIds(some))
        addTo(words, classSet(others))
        expect(bitsOf(words)).toEqual(sortedIds([...some, ...others]))
        expect(words).toHaveLength((LAST >>> 5) + 1)
      }),
    )
  })
})

describe('how it is kept', () => {
  test('up to 24 ids as a list, more in words that end with the last id', () => {
    expect(classSet(upTo(24, 100))).toEqual({ size: 24, ids: upTo(24, 100) })
    const { size, ids: list, words } = classSet(upTo(25, 7))
    expect([size, list, words?.length]).toEqual([25, undefined, 1])
    expect(classSet(upTo(25, 8)).words).toHaveLength(2)
  })

  test('what is sparse stays so when united, and what grows does not', () => {
    expect(uniteClasses(classSet([5]), classSet([3])).ids).toEqual([3, 5])
    expect(uniteClasses(classSet(upTo(24)), classSet([24])).words).toHaveLength(1)
    expect(uniteClasses(classSet(upTo(25)), classSet([64])).words).toHaveLength(3)
    expect(uniteClasses(classSet([63]), classSet(upTo(25))).words).toHaveLength(2)
  })

  test('sorted ids are kept as the list they come in', () => {
    const sorted = [1, 2, 30]
    expect(classSet(sorted).ids).toBe(sorted)
  })

  test('no ids are the one empty set, which has no id', () => {
    expect(classSet([])).toBe(NO_CLASSES)
    expect(seen(NO_CLASSES)).toEqual(wanted([]))
    expect(seen({ size: 0 })).toEqual(wanted([]))
    const words = new Uint32Array(1)
    addTo(words, { size: 0 })
    expect(bitsOf(words)).toEqual([])
  })

  test('united with itself or with nothing, a set is still the same object', () => {
    for (const set of [classSet([1, 2]), classSet(upTo(40))]) {
      expect(uniteClasses(set, set)).toBe(set)
      expect(uniteClasses(set, NO_CLASSES)).toBe(set)
      expect(uniteClasses(NO_CLASSES, set)).toBe(set)
    }
  })

  test('an id past the last word is in no set', () => {
    expect(hasClass(classSet(upTo(25)), 1000)).toBe(false)
  })
})
