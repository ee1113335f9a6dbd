import type { Fact } from '#core/model/profile.ts'

/**
 * What a fact says about a version: its value from `since` to `until`, else `otherwise`. Without a version the newest is
 * meant. Versions are compared number by number as far as the fact gives them: `v1.16.3` is of `1.16`; nonsense is the newest.
 */
export function valueAt<V>({ value, since, until, otherwise }: Fact<V>, version: string | undefined): V {
  const own = version === undefined ? [] : numbersOf(version)
  const isNewest = own.length === 0
  const isBefore = !isNewest && since !== undefined && compare(own, numbersOf(since)) < 0
  const isAfter = until !== undefined && (isNewest || compare(own, numbersOf(until)) > 0)
  return (isBefore || isAfter) && otherwise !== undefined ? otherwise : value
}

function numbersOf(version: string): readonly number[] {
  const [, numbers] = /^\D{0,8}(\d{1,6}(?:[.]\d{1,6})*)/.exec(version) ?? []
  return numbers === undefined ? [] : numbers.split('.').map(Number)
}

// Only as exact as the second is: 3.31.4 is still 3.31.
function compare(version: readonly number[], border: readonly number[]): number {
  for (const [i, number] of border.entries()) {
    const difference = (version[i] ?? 0) - number
    if (difference !== 0) return difference
  }
  return 0
}
