import type { PortBook } from './portBook.ts'
import { ALL, NONE } from './portBook.ts'
import type { Algebra } from './tiers.ts'

/** Classes that get some ports; `ports` is a number of the book, `words` has 32 class ids a word. */
interface Slice {
  readonly ports: number
  readonly words: Uint32Array
}

/**
 * What a class gets with every other class: slices with disjoint ports, none of them empty. A class that is in several gets
 * the ports of all of them, one that is in none gets none. Immutable.
 */
export type Row = readonly Slice[]

/** The algebra of rows over ids below `size`: union, intersection and difference of (ports × classes). */
export function rowAlgebra(book: PortBook, size: number): Algebra<Row> {
  const full = fullWords(size)
  const unite = (a: Row, b: Row): Row => uniteRows(book, a, b)
  return {
    none: [],
    all: [{ ports: ALL, words: full }],
    isNone: (row) => row.length === 0,
    unite,
    uniteAll: (rows) => uniteAllRows(rows, unite),
    intersect: (a, b) => intersectRows(book, { a, b, full }),
    subtract: (a, b) => subtractRows(book, a, b),
  }
}

/** The ports that a class has in a row, as a number of the book. */
export function portsIn(book: PortBook, row: Row, id: number): number {
  let ports = NONE
  for (const { ports: own, words } of row)
    if ((((words[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1) ports = book.unite(ports, own)
  return ports
}

/** Words in which every id below `size` is set. */
function fullWords(size: number): Uint32Array {
  const words = new Uint32Array((size + 31) >>> 5).fill(0xffffffff)
  const rest = size & 31
  if (rest > 0) words[words.length - 1] = 2 ** rest - 1
  return words
}

// Equal ports first, which is what most rules of a pod have.
function uniteAllRows(rows: readonly Row[], unite: (a: Row, b: Row) => Row): Row {
  const byPorts = new Map<number, Uint32Array[]>()
  const others: Row[] = []
  for (const row of rows) {
    const [only] = row
    if (row.length > 1) others.push(row)
    else if (only) push(byPorts, only.ports, only.words)
  }
  const joined = [...byPorts].map(([ports, all]): Row => [{ ports, words: orAll(all) }])
  return [...joined, ...others].reduce(unite, [])
}

function push(lists: Map<number, Uint32Array[]>, ports: number, words: Uint32Array): void {
  const known = lists.get(ports)
  if (known) known.push(words)
  else lists.set(ports, [words])
}

function uniteRows(book: PortBook, a: Row, b: Row): Row {
  if (a === b || b.length === 0) return a
  if (a.length === 0) return b
  const found: Slice[] = []
  let rest: readonly Slice[] = b
  for (const own of a) {
    let left = own.ports
    rest = rest.flatMap((other): readonly Slice[] => {
      const both = book.intersect(left, other.ports)
      if (both === NONE) return [other]
      found.push({ ports: both, words: or(own.words, other.words) })
      left = book.subtract(left, both)
      const remaining = book.subtract(other.ports, both)
      return remaining === NONE ? [] : [{ ports: remaining, words: other.words }]
    })
    if (left !== NONE) found.push({ ports: left, words: own.words })
  }
  return compact(book, [...found, ...rest])
}

function intersectRows(
  book: PortBook,
  { a, b, full }: { readonly a: Row; readonly b: Row; readonly full: Uint32Array },
): Row {
  if (a === b || isAll(b, full)) return a
  if (isAll(a, full)) return b
  const found: Slice[] = []
  for (const own of a)
    for (const other of b) {
      const ports = book.intersect(own.ports, other.ports)
      const words = ports === NONE ? undefined : and(own.words, other.words)
      if (words) found.push({ ports, words })
    }
  return compact(book, found)
}

function subtractRows(book: PortBook, a: Row, b: Row): Row {
  if (b.length === 0) return a
  if (a === b) return []
  let rest: readonly Slice[] = a
  for (const other of b)
    rest = rest.flatMap((own): readonly Slice[] => {
      const both = book.intersect(own.ports, other.ports)
      if (both === NONE) return [own]
      const left = book.subtract(own.ports, both)
      const words = without(own.words, other.words)
      const cut = words ? [{ ports: both, words }] : []
      return left === NONE ? cut : [{ ports: left, words: own.words }, ...cut]
    })
  return compact(book, rest)
}

// Slices with the same classes are one, so that rows stay short.
function compact(book: PortBook, slices: readonly Slice[]): Row {
  if (slices.length < 2) return slices
  const found: Slice[] = []
  for (const slice of slices) {
    const same = found.findIndex(({ words }) => isSame(words, slice.words))
    const known = found[same]
    if (known) found[same] = { ports: book.unite(known.ports, slice.ports), words: known.words }
    else found.push(slice)
  }
  return found
}

function isAll(row: Row, full: Uint32Array): boolean {
  return row.length === 1 && row[0]?.ports === ALL && row[0].words === full
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  if (a === b) return true
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

// Most results are one of the two sets: then nothing new is made, and equal sets stay the same object.
function or(a: Uint32Array, b: Uint32Array): Uint32Array {
  if (holds(a, b)) return a
  if (holds(b, a)) return b
  const words = new Uint32Array(a.length)
  for (let i = 0; i < words.length; i++) words[i] = (a[i] ?? 0) | (b[i] ?? 0)
  return words
}

function holds(a: Uint32Array, b: Uint32Array): boolean {
  if (a === b) return true
  for (let i = 0; i < b.length; i++) if (((b[i] ?? 0) & ~(a[i] ?? 0)) !== 0) return false
  return true
}

function meet(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & (b[i] ?? 0)) !== 0) return true
  return false
}

function orAll(all: readonly Uint32Array[]): Uint32Array {
  const [first = new Uint32Array(0), ...others] = all
  if (others.length === 0) return first
  const words = first.slice()
  for (const other of others) for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) | (other[i] ?? 0)
  return words
}

function and(a: Uint32Array, b: Uint32Array): Uint32Array | undefined {
  if (!meet(a, b)) return undefined
  if (holds(b, a)) return a
  if (holds(a, b)) return b
  const words = new Uint32Array(a.length)
  for (let i = 0; i < words.length; i++) words[i] = (a[i] ?? 0) & (b[i] ?? 0)
  return words
}

function without(a: Uint32Array, b: Uint32Array): Uint32Array | undefined {
  if (!meet(a, b)) return a
  if (holds(b, a)) return undefined
  const words = new Uint32Array(a.length)
  for (let i = 0; i < words.length; i++) words[i] = (a[i] ?? 0) & ~(b[i] ?? 0)
  return words
}
