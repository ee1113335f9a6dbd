import {
  equalPorts,
  formatPorts,
  intersectPorts,
  portRange,
  type PortSet,
  subtractPorts,
  unitePorts,
  ALL_PORTS,
  NO_PORTS,
  type Protocol,
} from '#core/model/ports.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALL, NONE, portBook } from './portBook.ts'

const range = fc
  .tuple(fc.constantFrom<Protocol>('TCP', 'UDP', 'SCTP'), fc.constantFrom(1, 2, 80, 81, 90, 65534, 65535), fc.nat(20))
  .map(([protocol, from, more]) => portRange(protocol, from, from + more))
const ports: fc.Arbitrary<PortSet> = fc.oneof(
  fc.constantFrom(ALL_PORTS, NO_PORTS),
  fc.array(range, { maxLength: 5 }).map((all) => all.reduce(unitePorts, NO_PORTS)),
)

test('a book works out what sets of ports do', () => {
  const book = portBook()
  fc.assert(
    fc.property(ports, ports, (a, b) => {
      const [x, y] = [book.idOf(a), book.idOf(b)]
      for (const [id, set] of [
        [book.unite(x, y), unitePorts(a, b)],
        [book.intersect(x, y), intersectPorts(a, b)],
        [book.subtract(x, y), subtractPorts(a, b)],
      ] as const)
        expect(
          equalPorts(book.setOf(id), set),
          `${formatPorts(a)} and ${formatPorts(b)}: ${formatPorts(book.setOf(id))}`,
        ).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('equal sets have one number, the empty and the full set fixed ones', () => {
  const book = portBook()
  expect(book.idOf({ TCP: [], UDP: [], SCTP: [] })).toBe(NONE)
  expect(book.idOf(unitePorts(ALL_PORTS, portRange('TCP', 1, 2)))).toBe(ALL)
  expect(book.idOf(portRange('UDP', 53, 53))).toBe(book.idOf(portRange('UDP', 53, 53)))
  expect(book.subtract(ALL, ALL)).toBe(NONE)
  expect(book.setOf(book.subtract(ALL, book.idOf(portRange('TCP', 2, 65535)))).TCP).toEqual([{ from: 1, to: 1 }])
  const before = book.count()
  book.idOf(portRange('SCTP', 7, 7))
  expect(book.count()).toBe(before + 1)
})
