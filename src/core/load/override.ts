import type { Meta } from '#core/kinds/object.ts'
import type { Placed } from './entry.ts'

/** Documents that don't count because of others with the same group, kind, namespace and name. */
export interface Overridden {
  /** Each with the one that counts. */
  readonly by: ReadonlyMap<Placed, Placed>
  /** Stale ones that only stood in for a meaning that another document has now. */
  readonly shadowed: ReadonlySet<Placed>
}

/** Of several objects of one identity the last that the API server would take counts (design.md 8). */
export function findOverridden(placed: readonly Placed[]): Overridden {
  const same = new Map<string, Placed[]>()
  for (const one of placed) {
    const key = identityOf(one.entry.meaning?.meta)
    if (key === undefined) continue
    const list = same.get(key)
    if (list) list.push(one)
    else same.set(key, [one])
  }
  const by = new Map<Placed, Placed>()
  const shadowed = new Set<Placed>()
  for (const list of same.values()) {
    // What is rejected or broken replaces nothing: the one before it stays in force.
    const winner = list.findLast(({ entry }) => !entry.stale) ?? list.at(-1)
    for (const one of list) {
      if (!winner || one === winner) continue
      if (!one.entry.stale) by.set(one, winner)
      else if (one.entry.meaning?.type !== 'policy') shadowed.add(one)
    }
  }
  return { by, shadowed }
}

function identityOf(meta: Meta | undefined): string | undefined {
  if (!meta || meta.name === '' || meta.name.endsWith('…')) return undefined
  return `${meta.group}/${meta.kind}/${meta.namespace ?? ''}/${meta.name}`
}
