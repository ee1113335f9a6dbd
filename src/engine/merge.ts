import type { Check } from '#core/model/check.ts'
import type { Ref } from '#core/model/text.ts'
import { connect, type Connection, edgeId } from './edge.ts'
import type { Way } from './exposures.ts'
import { type Naming } from './named.ts'
import { sameParts } from './same.ts'

/** A connection with everything in the text that asks for it. */
export interface Asking {
  readonly id: string
  readonly connection: Connection
  readonly checks: readonly Check[]
  /** Rules, and backends of Ingresses. */
  readonly rules: readonly Ref[]
  /** Has a backend only its last good meaning? (A stale rule is another object, a stale backend is not.) */
  readonly stale: boolean
}

/** One asking per (from, to, ports): checks first, then what rules name, then what is exposed, each in workspace order. */
export function mergeAskings(
  checks: readonly Check[],
  namings: readonly Naming[],
  ways: readonly Way[],
): ReadonlyMap<string, Asking> {
  const merged = new Map<
    string,
    { id: string; connection: Connection; checks: Check[]; rules: Ref[]; stale: boolean }
  >()
  const askingOf = (connection: Connection) => {
    const id = edgeId(connection)
    const known = merged.get(id) ?? { id, connection, checks: [], rules: [], stale: false }
    merged.set(id, known)
    return known
  }
  for (const check of checks) askingOf(connect(check.from, check.to, check.ports)).checks.push(check)
  for (const { rule, connections } of namings)
    for (const connection of connections) askingOf(connection).rules.push(rule.ref)
  for (const { connection, refs, stale } of ways) {
    const asking = askingOf(connection)
    asking.rules.push(...refs)
    asking.stale = stale
  }
  return merged
}

/** Do the same checks and rules ask for it? By identity: an edited document brings new ones. */
export function sameAsking(a: Asking, b: Asking): boolean {
  return a.stale === b.stale && sameParts(a.checks, b.checks) && sameParts(a.rules, b.rules)
}
