import type { IpRange } from '#core/evaluate/evaluate.ts'
import type { Permitted, Place } from '#core/evaluate/permitted.ts'
import { NO_PORTS, equalPorts, type PortSet } from '#core/model/ports.ts'

/** A connection that two lists of permitted connections tell differently; no ports where a list doesn't have it. */
export interface Changed {
  readonly from: Place
  readonly to: Place
  readonly before: PortSet
  readonly after: PortSet
}

/**
 * What became of permitted connections, the ends told by their names, in no particular order. Lists may cut addresses
 * at different borders: they are compared address by address.
 */
export function compareConnections(before: Iterable<Permitted>, after: Iterable<Permitted>): readonly Changed[] {
  const pairs = new Map<string, Sides>()
  for (const [side, connections] of [
    ['before', before],
    ['after', after],
  ] as const)
    for (const one of connections) {
      const key = `${keyOf(one.from)} ${keyOf(one.to)}`
      const known = pairs.get(key) ?? { before: [], after: [] }
      known[side].push(one)
      pairs.set(key, known)
    }
  return [...pairs.values()].flatMap(compareSides)
}

/** All of one pair: several where an end is addresses, else one at most on each side. */
interface Sides {
  readonly before: Permitted[]
  readonly after: Permitted[]
}

function compareSides({ before, after }: Sides): readonly Changed[] {
  const one = before[0] ?? after[0]
  if (!one) return []
  const { from, to } = one
  const asChanged = (range?: IpRange): Changed => ({
    from: range && 'range' in from ? { range } : from,
    to: range && 'range' in to ? { range } : to,
    before: portsIn(before, range),
    after: portsIn(after, range),
  })
  const isOutside = 'range' in from || 'range' in to
  const all = isOutside ? cut([...before, ...after].flatMap(rangeOf)).map(asChanged) : [asChanged()]
  return all.filter((changed) => !equalPorts(changed.before, changed.after))
}

// At the borders of all ranges; one family only, as the key says. A list's own neighbours differ (`permitted`), so that
// neighbours differ here, too.
function cut(ranges: readonly IpRange[]): readonly IpRange[] {
  const family = ranges[0]?.family ?? 'v4'
  const starts = new Set(ranges.flatMap(({ from, to }) => [from, to + 1n]))
  const sorted = [...starts].toSorted((a, b) => (a < b ? -1 : 1))
  return sorted.slice(0, -1).map((from, i) => ({ family, from, to: (sorted[i + 1] ?? from) - 1n }))
}

function portsIn(connections: readonly Permitted[], range: IpRange | undefined): PortSet {
  const found = connections.find((one) => {
    const [own] = rangeOf(one)
    return !range || !own || (own.from <= range.from && range.to <= own.to)
  })
  return found?.ports ?? NO_PORTS
}

function rangeOf({ from, to }: Permitted): readonly IpRange[] {
  return [from, to].flatMap((place) => ('range' in place ? [place.range] : []))
}

function keyOf(place: Place): string {
  if ('workload' in place) return place.workload.id
  return 'range' in place ? place.range.family : 'controller'
}
