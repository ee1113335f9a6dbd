import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ALL_PORTS,
  coversPorts,
  equalPorts,
  formatPorts,
  intersectPorts,
  isNoPorts,
  NO_PORTS,
  portRange,
  type PortSet,
  PROTOCOLS,
  subtractPorts,
  uniteAllPorts,
  unitePorts,
} from './ports.ts'

const EDGES = [1, 2, 79, 80, 81, 8080, 65534, 65535]
const port = fc.constantFrom(...EDGES)
const range = fc
  .tuple(fc.constantFrom(...PROTOCOLS), port, port)
  .map(([protocol, a, b]) => portRange(protocol, Math.min(a, b), Math.max(a, b)))
const ports = fc.oneof(
  fc.constantFrom(NO_PORTS, ALL_PORTS),
  fc.array(range, { maxLength: 5 }).map((some) => some.reduce(unitePorts, NO_PORTS)),
)
const has = (set: PortSet, protocol: (typeof PROTOCOLS)[number], n: number): boolean =>
  set[protocol].some(({ from, to }) => from <= n && n <= to)
const everywhere = (claim: (protocol: (typeof PROTOCOLS)[number], n: number) => boolean): boolean =>
  PROTOCOLS.every((protocol) => EDGES.every((n) => claim(protocol, n)))

describe('port sets', () => {
  test('the algebra holds port by port', () => {
    fc.assert(
      fc.property(ports, ports, (a, b) => {
        expect(everywhere((p, n) => has(unitePorts(a, b), p, n) === (has(a, p, n) || has(b, p, n)))).toBe(true)
        expect(everywhere((p, n) => has(intersectPorts(a, b), p, n) === (has(a, p, n) && has(b, p, n)))).toBe(true)
        expect(everywhere((p, n) => has(subtractPorts(a, b), p, n) === (has(a, p, n) && !has(b, p, n)))).toBe(true)
      }),
    )
  })

  test('uniting all at once is uniting one by one', () => {
    fc.assert(
      fc.property(fc.array(ports, { maxLength: 5 }), (sets) => {
        expect(uniteAllPorts(sets)).toEqual(sets.reduce(unitePorts, NO_PORTS))
      }),
    )
  })

  test('what changes nothing gives the same object, so that equal rows stay shared', () => {
    const some = portRange('TCP', 80, 90)
    for (const same of [
      unitePorts(some, some),
      unitePorts(some, NO_PORTS),
      unitePorts(NO_PORTS, some),
      uniteAllPorts([NO_PORTS, some, { TCP: [], UDP: [], SCTP: [] }, some]),
      intersectPorts(some, some),
      intersectPorts(some, ALL_PORTS),
      intersectPorts(ALL_PORTS, some),
      subtractPorts(some, NO_PORTS),
    ])
      expect(same).toBe(some)
    for (const none of [subtractPorts(some, some), intersectPorts(NO_PORTS, some), intersectPorts(some, NO_PORTS)])
      expect(none).toBe(NO_PORTS)
    expect(subtractPorts(NO_PORTS, some)).toBe(NO_PORTS)
    expect(uniteAllPorts([])).toBe(NO_PORTS)
    expect(uniteAllPorts([some, ALL_PORTS])).toBe(ALL_PORTS)
  })

  test('a range without a port in it holds none', () => {
    expect(portRange('TCP', 9, 8)).toEqual(NO_PORTS)
    expect(portRange('UDP', 65_536, 70_000)).toEqual(NO_PORTS)
  })

  test('what is taken out and put back is the same', () => {
    fc.assert(
      fc.property(ports, ports, (a, b) => {
        expect(equalPorts(unitePorts(subtractPorts(a, b), intersectPorts(a, b)), a)).toBe(true)
        expect(coversPorts(a, intersectPorts(a, b))).toBe(true)
        expect(isNoPorts(intersectPorts(subtractPorts(a, b), b))).toBe(true)
        expect(coversPorts(a, b) && coversPorts(b, a)).toBe(equalPorts(a, b))
      }),
    )
  })

  test.each([
    [portRange('TCP', -5, 70_000), 'all TCP ports'],
    [portRange('TCP', 0, 0), 'no ports'],
    [portRange('TCP', 9, 8), 'no ports'],
    [ALL_PORTS, 'all ports'],
    [NO_PORTS, 'no ports'],
    [
      [portRange('UDP', 53, 53), portRange('TCP', 9090, 9090), portRange('TCP', 8080, 8090)].reduce(unitePorts),
      'TCP 8080-8090, 9090; UDP 53',
    ],
    [
      [portRange('SCTP', 1, 65535), portRange('TCP', 1, 1), portRange('TCP', 2, 2)].reduce(unitePorts),
      'TCP 1-2; all SCTP ports',
    ],
  ])('%# is written %s', (set, text) => expect(formatPorts(set)).toBe(text))
})
