import type { Meta } from '#core/kinds/object.ts'
import type { Placed } from './entry.ts'

/**
 * The documents that others override: of several objects with the same group, kind, namespace and name the last that the
 * API server would take counts (design.md 8). Each with the one that counts.
 */
export function findOverridden(placed: readonly Placed[]): ReadonlyMap<Placed, Placed> {
  const last = new Map<string, Placed>()
  const same = new Map<string, Placed[]>()
  for (const one of placed) {
    const key = identityOf(one.entry.meaning?.meta)
    // A policy that is rejected replaces nothing: the one before it stays in force.
    if (key === undefined || (one.entry.stale && one.entry.meaning?.type === 'policy')) continue
    last.set(key, one)
    const list = same.get(key)
    if (list) list.push(one)
    else same.set(key, [one])
  }
  const overridden = new Map<Placed, Placed>()
  for (const [key, list] of same) {
    const winner = last.get(key)
    for (const one of list) if (winner && one !== winner) overridden.set(one, winner)
  }
  return overridden
}

function identityOf(meta: Meta | undefined): string | undefined {
  if (!meta || meta.name === '' || meta.name.endsWith('…')) return undefined
  return `${meta.group}/${meta.kind}/${meta.namespace ?? ''}/${meta.name}`
}
