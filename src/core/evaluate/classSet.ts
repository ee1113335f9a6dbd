/**
 * An immutable set of class ids, sparse or dense, whichever is smaller. Sets of one evaluation are compared by identity where
 * they come from the same selector.
 */
export interface ClassSet {
  readonly size: number
  /** Sorted ids of a small set; undefined where `words` holds it. */
  readonly ids?: readonly number[] | undefined
  /** 32 ids a word. Bits at or past `capacity` are 0. */
  readonly words?: Uint32Array | undefined
}

/** The set without a class. */
export const NO_CLASSES: ClassSet = { size: 0, ids: [] }

// A look-up in a short list costs no more than one in words, and the list is smaller.
const SPARSE = 24

/** The set of these ids, in any order, each any number of times. */
export function classSet(ids: readonly number[]): ClassSet {
  const sorted = isSorted(ids) ? ids : [...new Set(ids)].toSorted((a, b) => a - b)
  if (sorted.length === 0) return NO_CLASSES
  if (sorted.length <= SPARSE) return { size: sorted.length, ids: sorted }
  const words = new Uint32Array(((sorted.at(-1) ?? 0) >>> 5) + 1)
  for (const id of sorted) setBit(words, id)
  return { size: sorted.length, words }
}

function isSorted(ids: readonly number[]): boolean {
  for (let i = 1; i < ids.length; i++) if ((ids[i - 1] ?? 0) >= (ids[i] ?? 0)) return false
  return true
}

/** Is the class in the set? */
export function hasClass({ ids, words }: ClassSet, id: number): boolean {
  if (words) return (((words[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1
  return ids?.includes(id) ?? false
}

/** The ids in order. */
export function classesIn({ ids, words }: ClassSet): readonly number[] {
  return words ? bitsOf(words) : (ids ?? [])
}

/** Everything in either set. */
export function uniteClasses(a: ClassSet, b: ClassSet): ClassSet {
  if (a.size === 0 || a === b) return b
  if (b.size === 0) return a
  const { ids, words } = a
  if (!words && ids && b.ids) return classSet([...ids, ...b.ids])
  const length = Math.max(lengthOf(a), lengthOf(b))
  const united = new Uint32Array(length)
  addTo(united, a)
  addTo(united, b)
  return { size: countBits(united), words: united }
}

function lengthOf({ ids, words }: ClassSet): number {
  return words ? words.length : ((ids?.at(-1) ?? 0) >>> 5) + 1
}

function countBits(words: Uint32Array): number {
  let count = 0
  for (let i = 0; i < words.length; i++) for (let rest = words[i] ?? 0; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Adds the set to words that are long enough for it. */
export function addTo(words: Uint32Array, set: ClassSet): void {
  if (set.words) for (let i = 0; i < set.words.length; i++) words[i] = (words[i] ?? 0) | (set.words[i] ?? 0)
  else for (const id of set.ids ?? []) setBit(words, id)
}

/** Puts an id into words that are long enough for it. */
export function setBit(words: Uint32Array, id: number): void {
  words[id >>> 5] = (words[id >>> 5] ?? 0) | (1 << (id & 31))
}

/** The ids whose bits are set, in order. */
export function bitsOf(words: Uint32Array): number[] {
  const ids: number[] = []
  for (let i = 0; i < words.length; i++)
    for (let rest = words[i] ?? 0; rest !== 0; rest &= rest - 1) ids.push(i * 32 + 31 - Math.clz32(rest & -rest))
  return ids
}
