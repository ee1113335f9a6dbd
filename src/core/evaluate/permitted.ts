import { formatV4, formatV6, ipKey } from '#core/model/cidr.ts'
import type { Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { equalPorts, intersectPorts, isNoPorts, type PortSet } from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import { type IpRange, partAt } from './addresses.ts'
import { classesOf } from './classes.ts'
import { type Evaluation, externalParts, verdictOf } from './evaluate.ts'
import { portsOfPair, type Reachability, reachabilityOf } from './reachability.ts'
import { type Exposed, exposedPorts, exposedVerdict } from './exposed.ts'
import { type Profiled, waysOf } from './profiled.ts'

/** An end of a permitted connection: a workload, a range of addresses outside the cluster, or the ingress controller (a source only). */
export type Place = { readonly workload: Workload } | { readonly range: IpRange } | { readonly ingressController: true }

/** A connection that is open for all pods of its ends; `ports` (of the destination) is never empty. */
export interface Permitted {
  readonly from: Place
  readonly to: Place
  readonly ports: PortSet
}

/**
 * All connections that are surely open, one at a time: workload → other workload, addresses → workload, workload →
 * addresses, the ingress controller → what is exposed to it; neighbouring ranges with the same ports are one range, IPv6
 * only where something uses it. `wanted` leaves out the connections of which neither end is a wanted workload.
 */
export function permitted(evaluation: Evaluation, wanted?: Wanted): Generator<Permitted, void, void> {
  return permittedBy([evaluation], wanted)
}

/** The same under a CNI: what is open in every way in which it may be. */
export function permittedUnder(profiled: Profiled, wanted?: Wanted): Generator<Permitted, void, void> {
  return permittedBy(waysOf(profiled), wanted)
}

type Wanted = (workload: Workload) => boolean
type Ways = readonly [Evaluation, ...Evaluation[]]

function* permittedBy(ways: Ways, wanted: Wanted = () => true): Generator<Permitted, void, void> {
  const { cluster } = ways[0]
  const workloads = cluster.workloads.filter(({ pods }) => pods.length > 0)
  const sources = partsOf(ways, 'ingress')
  const destinations = partsOf(ways, 'egress')
  const exposed = exposedPorts(cluster)
  const asking = ways.map(askAll)
  for (const one of workloads) {
    const isWanted = wanted(one)
    for (const other of workloads)
      if (other !== one && (isWanted || wanted(other))) yield* open(asking, { workload: one }, { workload: other })
    if (!isWanted) continue
    yield* merged(destinations.flatMap((range) => [...open(asking, { workload: one }, { range })]))
    yield* merged(sources.flatMap((range) => [...open(asking, { range }, { workload: one })]))
    yield* fromController(ways, one, exposed.get(one.id))
  }
}

interface Asking {
  readonly evaluation: Evaluation
  readonly reach: Reachability
  /** The class of a workload whose pods are all alike; others, and those that nodes have a say about, are asked in pairs. */
  readonly classOf: (workload: Workload) => number | undefined
}

function askAll(evaluation: Evaluation): Asking {
  const classes = new Map<Workload, number | undefined>()
  const classOf = (workload: Workload): number | undefined => {
    if (!classes.has(workload)) classes.set(workload, onlyClassOf(evaluation, workload))
    return classes.get(workload)
  }
  return { evaluation, reach: reachabilityOf(evaluation), classOf }
}

function onlyClassOf({ table }: Evaluation, { pods }: Workload): number | undefined {
  const found = new Set(pods.flatMap((pod) => classesOf(table, pod)))
  const [only] = found
  const isAlike = found.size === 1 && only && !only.hostNetwork && !only.finished && only.family !== 'v6'
  return isAlike ? only.id : undefined
}

// The first address stands for a range: the rules of the direction don't tell its addresses apart.
function classAt({ evaluation, classOf }: Asking, place: Place): number | undefined {
  if ('workload' in place) return classOf(place.workload)
  if (!('range' in place) || place.range.family === 'v6') return undefined
  const { from, family } = place.range
  return evaluation.nodesByIp.size > 0 && hasNode(evaluation, place.range)
    ? undefined
    : partAt(evaluation.space, family, from)
}

// A pod's own node always reaches it, which no row tells.
function hasNode({ nodesByIp }: Evaluation, { family, from }: IpRange): boolean {
  return nodesByIp.has(ipKey({ family, value: from }))
}

// Cut at the borders that any of the ways has: none tells the addresses of a part apart.
function partsOf(ways: Ways, direction: Direction): readonly IpRange[] {
  const usesV6 = ways.some((way) => way.usesV6)
  const all = { cluster: ways[0].cluster, policies: ways.flatMap(({ policies }) => policies) }
  return externalParts(all, direction).filter(({ family }) => family === 'v4' || usesV6)
}

function* fromController(
  ways: Ways,
  workload: Workload,
  exposed: Exposed | undefined,
): Generator<Permitted, void, void> {
  if (!exposed) return
  const ports = inAll(ways.map((way) => exposedVerdict(way, workload, exposed)?.allowed))
  if (ports && !isNoPorts(ports)) yield { from: { ingressController: true }, to: { workload }, ports }
}

function* open(asking: readonly Asking[], from: Place, to: Place): Generator<Permitted, void, void> {
  const ports = inAll(asking.map((one) => portsBetween(one, from, to)))
  if (ports && !isNoPorts(ports)) yield { from, to, ports }
}

function inAll(sets: readonly (PortSet | undefined)[]): PortSet | undefined {
  return sets.reduce((all, one) => all && one && intersectPorts(all, one))
}

function portsBetween(asking: Asking, from: Place, to: Place): PortSet | undefined {
  const source = classAt(asking, from)
  const destination = classAt(asking, to)
  const { evaluation, reach } = asking
  if (source === undefined || destination === undefined) return verdictOf(evaluation, endOf(from), endOf(to))?.allowed
  return reach.book.setOf(portsOfPair(reach, source, destination).sure)
}

function merged(all: readonly Permitted[]): readonly Permitted[] {
  const result: Permitted[] = []
  for (const next of all) {
    const last = result.at(-1)
    const joined = last && joinedWith(last, next)
    if (joined) result[result.length - 1] = joined
    else result.push(next)
  }
  return result
}

function joinedWith(one: Permitted, next: Permitted): Permitted | undefined {
  if (!equalPorts(one.ports, next.ports)) return undefined
  const from = join(one.from, next.from)
  const to = join(one.to, next.to)
  return from && to && { from, to, ports: one.ports }
}

function join(a: Place, b: Place): Place | undefined {
  if (!('range' in a && 'range' in b)) return 'range' in a || 'range' in b ? undefined : a
  const touch = a.range.family === b.range.family && a.range.to + 1n === b.range.from
  return touch ? { range: { ...a.range, to: b.range.to } } : undefined
}

function endOf(place: Place): End {
  if ('workload' in place)
    return { namespace: place.workload.namespace, workload: `${place.workload.kind}/${place.workload.name}` }
  if ('ingressController' in place) return place
  // Its first address stands for it: the rules of the direction don't tell its addresses apart.
  const { family, from } = place.range
  return { cidr: family === 'v4' ? `${formatV4(from)}/32` : `${formatV6(from)}/128` }
}
