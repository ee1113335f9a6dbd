import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { type End, endId } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import { ALL_PORTS, equalPorts, type PortSet, PROTOCOLS } from '#core/model/ports.ts'
import { formatPortSpec, type PortSpec } from '#core/model/portSpec.ts'
import { isWithin } from './outcome.ts'

/** A connection that is to be open; no ports are all ports. */
export interface Edge {
  readonly from: End
  readonly to: End
  readonly ports: readonly PortSpec[]
}

/** An end whose pods a policy can be about. */
export type Own = End & { readonly namespace: string }

/** One half of an edge: whose policy it is in, and who is at the other end. */
export interface HalfEdge {
  readonly own: Own
  readonly other: End
  readonly ports: readonly PortSpec[]
}

const WHOLE = 65535

/** A set of ports as specs that ask for exactly them; none for all ports. No ports at all can't be said: ask before. */
export function specsOf(ports: PortSet): readonly PortSpec[] {
  if (equalPorts(ports, ALL_PORTS)) return []
  return PROTOCOLS.flatMap((protocol) =>
    ports[protocol].map(({ from, to }): PortSpec => {
      if (from === 1 && to === WHOLE) return { protocol, port: { type: 'all' } }
      return { protocol, port: { type: 'range', from, to } }
    }),
  )
}

/** The same half edges with each pair of ends once, without ports that another one allows anyway (semantics.md F.2). */
export function withoutImplied(evaluation: Evaluation, halves: readonly HalfEdge[]): readonly HalfEdge[] {
  const merged = mergeSame(halves)
  const byOwn = groupBy(merged, ({ own }) => endId(own))
  return merged.flatMap((half) => {
    // What holds for all of a namespace holds for each of its workloads.
    const home = 'workload' in half.own ? (byOwn.get(half.own.namespace) ?? []) : []
    const wider = [...home, ...(byOwn.get(endId(half.own)) ?? [])].filter((one) =>
      isWider(evaluation, one, half, merged),
    )
    const ports = wider.some(({ ports: own }) => own.length === 0) ? 'none' : lessPorts(half.ports, wider)
    return ports === 'none' ? [] : [{ ...half, ports }]
  })
}

/** A key for a list of specs: the same for the same ports, in whatever order; empty for all ports. */
export function portsKey(specs: readonly PortSpec[]): string {
  return specs.map(formatPortSpec).toSorted().join()
}

/** In the order of protocols, all of one first, then numbers, then names. */
export function sortSpecs(specs: readonly PortSpec[]): readonly PortSpec[] {
  return specs.toSorted((a, b) => rankOf(a) - rankOf(b) || (formatPortSpec(a) < formatPortSpec(b) ? -1 : 1))
}

function mergeSame(halves: readonly HalfEdge[]): readonly HalfEdge[] {
  const groups = groupBy(halves, ({ own, other }) => JSON.stringify([endId(own), endId(other)]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const all = group.some(({ ports }) => ports.length === 0)
    return [{ ...first, ports: all ? [] : distinct(group.flatMap(({ ports }) => ports)) }]
  })
}

function distinct(specs: readonly PortSpec[]): readonly PortSpec[] {
  const unique = [...new Map(specs.map((spec) => [formatPortSpec(spec), spec])).values()]
  return sortSpecs(unique.filter((spec) => !unique.some((other) => other !== spec && coversSpec(other, spec))))
}

// Of two that say the same (an address and its /32), the first stays.
function isWider(evaluation: Evaluation, one: HalfEdge, half: HalfEdge, all: readonly HalfEdge[]): boolean {
  if (one === half || !isWithin(evaluation, half.own, one.own)) return false
  if (!isWithin(evaluation, half.other, one.other)) return false
  const isEqual = endId(one.own) === endId(half.own) && isWithin(evaluation, one.other, half.other)
  return !isEqual || all.indexOf(one) < all.indexOf(half)
}

function lessPorts(ports: readonly PortSpec[], wider: readonly HalfEdge[]): readonly PortSpec[] | 'none' {
  if (ports.length === 0) return ports
  const left = ports.filter((spec) => !wider.some((one) => one.ports.some((other) => coversSpec(other, spec))))
  return left.length === 0 ? 'none' : left
}

function coversSpec(one: PortSpec, other: PortSpec): boolean {
  if (one.protocol !== other.protocol) return false
  if (one.port.type === 'all') return true
  if (one.port.type === 'named') return other.port.type === 'named' && one.port.name === other.port.name
  return other.port.type === 'range' && one.port.from <= other.port.from && other.port.to <= one.port.to
}

function rankOf({ protocol, port }: PortSpec): number {
  const place = port.type === 'all' ? 0 : port.type === 'range' ? port.from : WHOLE + 1
  return PROTOCOLS.indexOf(protocol) * (WHOLE + 2) + place
}
