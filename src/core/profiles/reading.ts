import type { Fact } from '#core/model/profile.ts'
import type { FactKey, Profile, Reading } from './profile.ts'
import { valueAt } from './version.ts'

/** What can be where something is not known: the facts that are open together, with what each of the readings takes them for. */
export interface Axis {
  readonly keys: readonly FactKey[]
  /** The first is the one that is taken where one has to be: what the API says, where that is possible. */
  readonly options: readonly Partial<Reading>[]
}

/** A profile of a version as it is read: the main reading, and where others are possible. */
export interface Readings {
  readonly main: Reading
  readonly axes: readonly Axis[]
}

// Pings are for people, and what only has to be switched on is taken as on.
const NO_VERDICT: ReadonlySet<FactKey> = new Set(['icmp', 'enforces', 'hostNetwork', 'extensions', 'egress'])
// They never meet in one verdict: what goes to a node is no business of what comes from it.
const TOGETHER: ReadonlySet<FactKey> = new Set(['ownNode', 'toOwnNode'])

/** Reads a profile for a version; without one, for the newest. */
export function readingsOf({ facts }: Pick<Profile, 'facts'>, version: string | undefined): Readings {
  const values = new Map<string, unknown>()
  const axes: Axis[] = []
  for (const [key, fact] of Object.entries(facts) as [FactKey, Fact<string | number>][]) {
    const value = valueAt(fact, version)
    const options = isOpen(fact, value) && !NO_VERDICT.has(key) ? (fact.either ?? ['yes', 'no']) : [value]
    values.set(key, options[0])
    if (options.length > 1) axes.push({ keys: [key], options: options.map((option) => ({ [key]: option })) })
  }
  return { main: Object.fromEntries(values) as Reading, axes: joined(axes) }
}

/** Is it not known, or a switch's business, or a limit of which nobody knows what is beyond? */
function isOpen({ either }: Fact<unknown>, value: string | number): boolean {
  return value === 'unknown' || value === 'opt-in' || (typeof value === 'number' && either !== undefined)
}

function joined(axes: readonly Axis[]): readonly Axis[] {
  const isNode = ({ keys }: Axis): boolean => keys.some((key) => TOGETHER.has(key))
  const nodes = axes.filter(isNode)
  if (nodes.length < 2) return axes
  const options = nodes[0]?.options.map(
    (_, i) => Object.assign({}, ...nodes.map((axis) => axis.options[i])) as Partial<Reading>,
  )
  return [...axes.filter((axis) => !isNode(axis)), { keys: nodes.flatMap(({ keys }) => keys), options: options ?? [] }]
}
