import type { Check, NewCheck } from '#core/model/check.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { formatPortSpec, parsePortSpec } from '#core/model/portSpec.ts'

/** A name that is not taken: `web may reach db on TCP 5432`, `web must not reach db`, `only web may reach db`. */
export function checkName(check: Omit<NewCheck, 'name'>, taken: ReadonlySet<string>): string {
  const short = nameWith(check, shortName)
  const base = taken.has(short) ? nameWith(check, endName) : short
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base} (${n})`
    if (!taken.has(name)) return name
  }
}

/** Do both speak of the same connection, however their ports are written? */
export function isAbout(check: Connection, other: Connection): boolean {
  return connectionKey(check) === connectionKey(other)
}

type Connection = Pick<Check, 'from' | 'to' | 'ports' | 'only'>

function connectionKey({ from, to, ports, only }: Connection): string {
  return JSON.stringify([endId(from), endId(to), ports.map(canonicalPort).toSorted(), only?.map(endId).toSorted()])
}

/** A port as checks write it; what can't be read stays as it is. */
export function canonicalPort(port: string): string {
  const spec = parsePortSpec(port)
  return spec ? formatPortSpec(spec) : port
}

function nameWith({ from, to, ports, expect, only }: Omit<NewCheck, 'name'>, nameOf: (end: End) => string): string {
  const on = ports.length === 0 ? '' : ` on ${ports.map((port) => canonicalPort(port).replace('/', ' ')).join(', ')}`
  if (only) return `${listOf(only.map(nameOf))} may reach ${nameOf(to)}${on}`
  return `${nameOf(from)} ${expect === 'allowed' ? 'may reach' : 'must not reach'} ${nameOf(to)}${on}`
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'nobody'
  if (names.length > 3) return `only ${names.length} ends`
  return `only ${names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`}`
}

function shortName(end: End): string {
  return 'workload' in end ? end.workload.slice(end.workload.indexOf('/') + 1) : endName(end)
}
