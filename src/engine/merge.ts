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
}

/** One asking per (from, to, ports): checks first, then what rules name, then what is exposed, each in workspace order. */
export function mergeAskings(
  checks: readonly Check[],
  namings: readonly Naming[],
  ways: readonly Way[],
): ReadonlyMap<string, Asking> {
  const merged = new Map<string, { id: string; connection: Connection; checks: Check[]; rules: Ref[] }>()
  const askingOf = (connection: Connection) => {
    const id = edgeId(connection)
    const known = merged.get(id) ?? { id, connection, checks: [], rules: [] }
    merged.set(id, known)
    return known
  }
  for (const check of checks) askingOf(connect(check.from, check.to, check.ports)).checks.push(check)
  for (const { rule, connections } of namings)
    for (const connection of connections) askingOf(connection).rules.push(rule.ref)
  for (const { connection, refs } of ways) askingOf(connection).rules.push(...refs)
  return merged
}

/** Do the same checks and rules ask for it? By identity: an edited document brings new ones. */
export function sameAsking(a: Asking, b: Asking): boolean {
  return sameParts(a.checks, b.checks) && sameParts(a.rules, b.rules)
}
