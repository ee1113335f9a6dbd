import type { Interval } from './intervals.ts'
import { covers, intersect, subtract, unite, uniteAll } from './intervals.ts'

/** The protocols that NetworkPolicy knows (semantics.md A.9). */
export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** In the order in which they are shown. */
export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP']

/** Ports per protocol as sorted, disjoint, non-touching inclusive intervals within 1-65535. */
export type PortSet = Readonly<Record<Protocol, readonly Interval[]>>

const EVERY: readonly Interval[] = [{ from: 1, to: 65535 }]

/** No port. */
export const NO_PORTS: PortSet = { TCP: [], UDP: [], SCTP: [] }

/** Every port of every protocol. */
export const ALL_PORTS: PortSet = { TCP: EVERY, UDP: EVERY, SCTP: EVERY }

/** The inclusive range of one protocol; what lies outside 1-65535 is cut off. */
export function portRange(protocol: Protocol, from: number, to: number): PortSet {
  const cut = { from: Math.max(1, from), to: Math.min(65535, to) }
  return { ...NO_PORTS, [protocol]: cut.from <= cut.to ? [cut] : [] }
}

/** Ports that are in either set. */
export function unitePorts(a: PortSet, b: PortSet): PortSet {
  if (a === b || isNoPorts(b)) return a
  if (isNoPorts(a)) return b
  return combine(a, b, unite)
}

/** Ports that are in any of the sets. */
export function uniteAllPorts(sets: Iterable<PortSet>): PortSet {
  const distinct = new Set<PortSet>()
  for (const set of sets) {
    if (set === ALL_PORTS) return ALL_PORTS
    if (!isNoPorts(set)) distinct.add(set)
  }
  if (distinct.size < 2) return distinct.values().next().value ?? NO_PORTS
  const all = [...distinct]
  const of = (protocol: Protocol): readonly Interval[] => uniteAll(all.map((set) => set[protocol]))
  return { TCP: of('TCP'), UDP: of('UDP'), SCTP: of('SCTP') }
}

/** Ports that are in both sets. */
export function intersectPorts(a: PortSet, b: PortSet): PortSet {
  if (a === b || b === ALL_PORTS || isNoPorts(a)) return a
  if (a === ALL_PORTS || isNoPorts(b)) return b
  return combine(a, b, intersect)
}

/** Ports of `a` that are not in `b`. */
export function subtractPorts(a: PortSet, b: PortSet): PortSet {
  if (a === b) return NO_PORTS
  return isNoPorts(a) || isNoPorts(b) ? a : combine(a, b, subtract)
}

/** Is every port of `b` in `a`? */
export function coversPorts(a: PortSet, b: PortSet): boolean {
  return a === b || PROTOCOLS.every((protocol) => covers(a[protocol], b[protocol]))
}

/** Are there no ports in it? */
export function isNoPorts(set: PortSet): boolean {
  // Asked more often than anything else, so written out.
  return set.TCP.length === 0 && set.UDP.length === 0 && set.SCTP.length === 0
}

/** Do both hold the same ports? */
export function equalPorts(a: PortSet, b: PortSet): boolean {
  return coversPorts(a, b) && coversPorts(b, a)
}

/** For people: `TCP 8080-8090, 9090; UDP 53`, `all TCP ports`, `all ports`, `no ports`. */
export function formatPorts(set: PortSet): string {
  if (equalPorts(set, ALL_PORTS)) return 'all ports'
  const parts = PROTOCOLS.flatMap((protocol) => formatProtocol(protocol, set[protocol]))
  return parts.length === 0 ? 'no ports' : parts.join('; ')
}

function formatProtocol(protocol: Protocol, intervals: readonly Interval[]): string[] {
  if (intervals.length === 0) return []
  if (covers(intervals, EVERY)) return [`all ${protocol} ports`]
  const texts = intervals.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
  return [`${protocol} ${texts.join(', ')}`]
}

function combine(
  a: PortSet,
  b: PortSet,
  operation: (a: readonly Interval[], b: readonly Interval[]) => readonly Interval[],
): PortSet {
  return {
    TCP: operation(a.TCP, b.TCP),
    UDP: operation(a.UDP, b.UDP),
    SCTP: operation(a.SCTP, b.SCTP),
  }
}
