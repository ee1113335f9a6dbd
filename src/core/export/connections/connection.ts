import type { IpRange } from '#core/evaluate/evaluate.ts'
import type { Permitted, Place } from '#core/evaluate/permitted.ts'
import { formatV4, formatV6 } from '#core/model/cidr.ts'
import type { Workload } from '#core/model/cluster.ts'
import type { Interval } from '#core/model/intervals.ts'
import { ALL_PORTS, equalPorts, type PortSet, PROTOCOLS } from '#core/model/ports.ts'

/** A permitted connection by names, as netpol-analyzer's `list` writes it: the fields are called as in its JSON. */
export interface Connection {
  readonly src: string
  readonly dst: string
  readonly conn: string
}

/** The peer that Ingress objects send from, as netpol-analyzer writes it. */
export const CONTROLLER_NAME = '{ingress-controller}'

/** The connections by names, in their order, one at a time. */
export function* named(connections: Iterable<Permitted>): Generator<Connection, void, void> {
  // Names and sets are few, connections are many.
  const names = new Map<Workload, string>()
  const texts = new Map<PortSet, string>()
  const nameOf = (place: Place): string =>
    'workload' in place ? remember(names, place.workload, workloadName) : placeName(place)
  for (const { from, to, ports } of connections)
    yield { src: nameOf(from), dst: nameOf(to), conn: remember(texts, ports, connectionText) }
}

/** `namespace/name[Kind]`. */
export function workloadName({ namespace, name, kind }: Pick<Workload, 'namespace' | 'name' | 'kind'>): string {
  return `${namespace}/${name}[${kind}]`
}

/** `namespace/name[Kind]`, `a.b.c.d-e.f.g.h` or `{ingress-controller}`. */
export function placeName(place: Place): string {
  if ('workload' in place) return workloadName(place.workload)
  return 'range' in place ? rangeName(place.range) : CONTROLLER_NAME
}

/** `TCP 80,443`, `TCP 1-1023,UDP 53`, `All Connections`, `No Connections`. */
export function connectionText(ports: PortSet): string {
  if (equalPorts(ports, ALL_PORTS)) return 'All Connections'
  const texts = PROTOCOLS.flatMap((protocol) => {
    const own = ports[protocol].map(intervalText)
    return own.length === 0 ? [] : [`${protocol} ${own.join(',')}`]
  })
  return texts.length === 0 ? 'No Connections' : texts.join(',')
}

function rangeName({ family, from, to }: IpRange): string {
  const format = family === 'v4' ? formatV4 : formatV6
  return `${format(from)}-${format(to)}`
}

function intervalText({ from, to }: Interval): string {
  return from === to ? `${from}` : `${from}-${to}`
}

function remember<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make(key)
  known.set(key, made)
  return made
}
