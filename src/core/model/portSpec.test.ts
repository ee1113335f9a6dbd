import { describe, expect, test } from 'vitest'
import { askedPorts, formatPortSpec, isPortName, parsePortSpec } from './portSpec.ts'
import { ALL_PORTS, formatPorts, NO_PORTS } from './ports.ts'

describe('a port spec', () => {
  test.each([
    ['TCP/5432', 'TCP/5432'],
    ['UDP/8000-8080', 'UDP/8000-8080'],
    ['TCP/80-80', 'TCP/80'],
    ['SCTP/http', 'SCTP/http'],
    ['TCP', 'TCP'],
    ['5432', 'TCP/5432'],
    ['8000-8080', 'TCP/8000-8080'],
    ['http', 'TCP/http'],
    ['tcp 53', 'TCP/53'],
    ['tcp   53', 'TCP/53'],
    ['53/udp', 'UDP/53'],
    [' TCP / 1 ', 'TCP/1'],
    ['TCP/65535', 'TCP/65535'],
  ])('%s is read as %s', (text, written) => {
    const spec = parsePortSpec(text)
    expect(spec && formatPortSpec(spec)).toBe(written)
  })

  test.each(['', 'TCP/', 'TCP/0', '65536', '9-8', 'TCP/80/90', 'ICMP/1', 'TCP/HTTP', '-', 'TCP/a--b', '1,3', '80.0'])(
    '%j is not one',
    (text) => expect(parsePortSpec(text)).toBeUndefined(),
  )

  test.each([
    ['http', true],
    ['a'.repeat(15), true],
    ['a'.repeat(16), false],
    ['1-a', true],
    ['a', true],
    ['ab--c', false],
    ['80', false],
    ['-a', false],
    ['a-', false],
    ['a--b', false],
    ['Http', false],
  ])('%s is a port name: %s', (text, is) => expect(isPortName(text)).toBe(is))
})

describe('asked ports', () => {
  const pods = [
    {
      ports: [
        { name: 'http', port: 8080, protocol: 'TCP' },
        { name: 'dns', port: 53, protocol: 'UDP' },
      ],
    },
    { ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
  ] as const

  test('no spec asks for everything', () => {
    expect(askedPorts([], [])).toEqual({ ports: ALL_PORTS, unresolved: [] })
  })

  test('specs are united, and a name stands for the port of each pod that declares it', () => {
    const { ports, unresolved } = askedPorts(
      ['TCP/http', { protocol: 'UDP', port: { type: 'named', name: 'dns' } }, '9000-9001', 'SCTP'],
      pods,
    )
    expect(formatPorts(ports)).toBe('TCP 80, 8080, 9000-9001; UDP 53; all SCTP ports')
    expect(unresolved).toEqual([])
  })

  test('a read spec that leads nowhere is told in its text', () => {
    const asked = { protocol: 'UDP', port: { type: 'named', name: 'http' } } as const
    expect(askedPorts([asked], pods)).toEqual({ ports: NO_PORTS, unresolved: ['UDP/http'] })
  })

  test('names that no pod declares with that protocol, and nonsense, are unresolved and ask for nothing', () => {
    const { ports, unresolved } = askedPorts(['TCP/dns', 'TCP/metrics', 'what?', '443'], pods)
    expect(formatPorts(ports)).toBe('TCP 443')
    expect(unresolved).toEqual(['TCP/dns', 'TCP/metrics', 'what?'])
  })
})
