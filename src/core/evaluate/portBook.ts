import { ALL_PORTS, NO_PORTS, type PortSet, PROTOCOLS } from '#core/model/ports.ts'

/**
 * Port sets by number, equal ones by the same: 0 is no port, 1 is all. Sets are worked out once for each pair of numbers,
 * and as flat lists of borders, which cost a fraction of the objects that the rest of the house speaks of.
 */
export interface PortBook {
  readonly setOf: (id: number) => PortSet
  readonly idOf: (set: PortSet) => number
  readonly unite: (a: number, b: number) => number
  readonly intersect: (a: number, b: number) => number
  readonly subtract: (a: number, b: number) => number
  /** How many different sets have been met. */
  readonly count: () => number
}

/** The number of the empty set in every book. */
export const NONE = 0
/** The number of the full set in every book. */
export const ALL = 1

// Ports of all protocols on one line: those of the second begin here, those of the third at twice this.
const SPAN = 65536

/** Where a set begins and ends, by turns: `[from, past, from, past, …]`, rising. */
type Borders = readonly number[]

/** A book with the empty and the full set. */
export function portBook(): PortBook {
  const borders: Borders[] = []
  const sets: (PortSet | undefined)[] = []
  const byText = new Map<string, number>()
  const byObject = new WeakMap<PortSet, number>()
  const enter = (own: Borders): number => {
    const text = own.join()
    const known = byText.get(text)
    if (known !== undefined) return known
    const id = borders.push(own) - 1
    byText.set(text, id)
    return id
  }
  const idOf = (set: PortSet): number => {
    const known = byObject.get(set)
    if (known !== undefined) return known
    const id = enter(bordersOf(set))
    byObject.set(set, id)
    sets[id] ??= set
    return id
  }
  const remembered = (holds: Holds): PortBook['unite'] => {
    const results: Map<number, number>[] = []
    return (a, b) => {
      const own = (results[a] ??= new Map())
      const known = own.get(b)
      if (known !== undefined) return known
      const result = enter(combine(borders[a] ?? [], borders[b] ?? [], holds))
      own.set(b, result)
      return result
    }
  }
  idOf(NO_PORTS)
  idOf(ALL_PORTS)
  const unite = remembered((a, b) => a || b)
  const intersect = remembered((a, b) => a && b)
  const subtract = remembered((a, b) => a && !b)
  return {
    setOf: (id) => (sets[id] ??= setFrom(borders[id] ?? [])),
    idOf,
    unite: (a, b) => (a === b || b === NONE ? a : a === NONE ? b : unite(a, b)),
    intersect: (a, b) => (a === b || b === ALL ? a : a === ALL ? b : intersect(a, b)),
    subtract: (a, b) => (a === b ? NONE : b === NONE ? a : subtract(a, b)),
    count: () => borders.length,
  }
}

type Holds = (inA: boolean, inB: boolean) => boolean

// One walk over the borders of both: where the answer turns, there is a border of the result.
function combine(a: Borders, b: Borders, holds: Holds): Borders {
  const result: number[] = []
  let [i, j, isIn] = [0, 0, false]
  while (i < a.length || j < b.length) {
    const at = Math.min(a[i] ?? Infinity, b[j] ?? Infinity)
    if (a[i] === at) i++
    if (b[j] === at) j++
    // After an odd number of borders one is inside.
    const isNow = holds((i & 1) === 1, (j & 1) === 1)
    if (isNow !== isIn) result.push(at)
    isIn = isNow
  }
  return result
}

function bordersOf(set: PortSet): Borders {
  return PROTOCOLS.flatMap((protocol, n) =>
    set[protocol].flatMap(({ from, to }) => [n * SPAN + from, n * SPAN + to + 1]),
  )
}

function setFrom(borders: Borders): PortSet {
  const of = (n: number) => {
    const intervals: { from: number; to: number }[] = []
    for (let i = 0; i < borders.length; i += 2) {
      const from = borders[i] ?? 0
      if (Math.floor(from / SPAN) === n)
        intervals.push({ from: from - n * SPAN, to: (borders[i + 1] ?? 0) - 1 - n * SPAN })
    }
    return intervals
  }
  return { TCP: of(0), UDP: of(1), SCTP: of(2) }
}
