/** An inclusive interval of whole numbers, `from <= to`. */
export interface Interval<N extends number | bigint = number> {
  readonly from: N
  readonly to: N
}

/** Is there nothing in it? */
export function isEmpty(set: readonly Interval<number | bigint>[]): boolean {
  return set.length === 0
}

/** The same numbers as sorted, disjoint intervals that don't touch. */
export function normalise<N extends number | bigint>(intervals: readonly Interval<N>[]): readonly Interval<N>[] {
  const sorted = intervals.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)))
  const result: Interval<N>[] = []
  for (const next of sorted) {
    const last = result.at(-1)
    if (last && next.from <= after(last.to))
      result[result.length - 1] = { from: last.from, to: larger(last.to, next.to) }
    else result.push(next)
  }
  return result
}

/** Numbers in either set. */
export function unite<N extends number | bigint>(
  a: readonly Interval<N>[],
  b: readonly Interval<N>[],
): readonly Interval<N>[] {
  return normalise([...a, ...b])
}

/** Numbers in any of the sets, all of them normal. */
export function uniteAll<N extends number | bigint>(sets: readonly (readonly Interval<N>[])[]): readonly Interval<N>[] {
  const some = sets.filter((set) => set.length > 0)
  return some.length < 2 ? (some[0] ?? []) : normalise(some.flat())
}

/** Numbers in both sets; both must be normal. */
export function intersect<N extends number | bigint>(
  a: readonly Interval<N>[],
  b: readonly Interval<N>[],
): readonly Interval<N>[] {
  const result: Interval<N>[] = []
  let i = 0
  let j = 0
  for (;;) {
    const x = a[i]
    const y = b[j]
    if (!x || !y) return result
    const from = larger(x.from, y.from)
    const to = x.to < y.to ? x.to : y.to
    if (from <= to) result.push({ from, to })
    if (x.to < y.to) i++
    else j++
  }
}

/** Numbers of `a` that are not in `b`; both must be normal. */
export function subtract<N extends number | bigint>(
  a: readonly Interval<N>[],
  b: readonly Interval<N>[],
): readonly Interval<N>[] {
  return b.reduce<readonly Interval<N>[]>((rest, hole) => rest.flatMap((part) => punch(part, hole)), a)
}

/** Is every number of `b` in `a`? Both must be normal. */
export function covers<N extends number | bigint>(a: readonly Interval<N>[], b: readonly Interval<N>[]): boolean {
  return b.every((part) => a.some((whole) => whole.from <= part.from && part.to <= whole.to))
}

function punch<N extends number | bigint>(part: Interval<N>, hole: Interval<N>): Interval<N>[] {
  if (hole.to < part.from || part.to < hole.from) return [part]
  const result: Interval<N>[] = []
  if (part.from < hole.from) result.push({ from: part.from, to: before(hole.from) })
  if (hole.to < part.to) result.push({ from: after(hole.to), to: part.to })
  return result
}

function larger<N extends number | bigint>(a: N, b: N): N {
  return a > b ? a : b
}

function after<N extends number | bigint>(n: N): N {
  return (typeof n === 'bigint' ? n + 1n : Number(n) + 1) as N
}

function before<N extends number | bigint>(n: N): N {
  return (typeof n === 'bigint' ? n - 1n : Number(n) - 1) as N
}
