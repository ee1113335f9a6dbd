/** Do both hold the same plain data? Keys with undefined count as missing. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && sameLists(a, b)
  return sameRecords(a as Record<string, unknown>, b as Record<string, unknown>)
}

/** Are the parts of both lists the very same, one by one? */
export function sameParts(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((part, place) => part === b[place]))
}

/** The old object where the new one says the same, so that whoever compares by identity sees no change. */
export function settle<T>(before: T | undefined, after: T): T {
  return before !== undefined && sameData(before, after) ? before : after
}

/** The new list with every part settled against the old part of the same key; the old list where nothing changed. */
export function settleList<T>(before: readonly T[], after: readonly T[], keyOf: (part: T) => string): readonly T[] {
  const known = new Map(before.map((part) => [keyOf(part), part]))
  const settled = after.map((part) => settle(known.get(keyOf(part)), part))
  return sameParts(before, settled) ? before : settled
}

function sameLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, place) => sameData(part, b[place]))
}

function sameRecords(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  for (const key of Object.keys(a)) if (!sameData(a[key], Object.hasOwn(b, key) ? b[key] : undefined)) return false
  for (const key of Object.keys(b)) if (b[key] !== undefined && !Object.hasOwn(a, key)) return false
  return true
}
