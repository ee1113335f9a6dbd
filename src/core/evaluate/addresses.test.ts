import { coversIps, ipBlock, isNoIps, intersectIps, parseCidr, parseIp } from '#core/model/cidr.ts'
import { describe, expect, test } from 'vitest'
import { cidrs, cutAddresses, partAt, partAtV4, partsOf, PUBLIC_IPS } from './addresses.ts'

describe('public addresses', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.0',
    '172.32.0.1',
    '223.255.255.255',
    '2606:4700::1111',
  ])('%s is one', (ip) => expect(coversIps(PUBLIC_IPS, parseCidr(ip) ?? cidrs([]))).toBe(true))

  test.each(['10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '192.168.1.1', '198.51.100.1'])(
    '%s is none',
    (ip) => expect(isNoIps(intersectIps(PUBLIC_IPS, cidrs([ip])))).toBe(true),
  )

  test.each(['224.0.0.1', '255.255.255.255', '0.0.0.0', 'fd00::1', 'fe80::1', '::1', 'ff02::1', '2001:db8::1'])(
    '%s is none either',
    (ip) => expect(isNoIps(intersectIps(PUBLIC_IPS, cidrs([ip])))).toBe(true),
  )
})

describe('the address space', () => {
  const space = cutAddresses([
    ipBlock('10.0.0.0/8', ['10.1.0.0/16']),
    ipBlock('fd00::/8', []),
    ipBlock('255.0.0.0/8', []),
  ])
  const partOf = (ip: string): number => {
    const address = parseIp(ip)
    return address ? partAt(space, address.family, address.value) : -1
  }

  test('is cut where blocks begin and end, the families apart', () => {
    expect(space.v6From).toBe(6)
    expect(space.parts).toHaveLength(9)
    expect(space.parts[0]).toEqual({ family: 'v4', from: 0n, to: 10n * 2n ** 24n - 1n })
    expect(space.parts.at(-1)).toEqual({ family: 'v6', from: 254n << 120n, to: 2n ** 128n - 1n })
  })

  test.each([
    ['0.0.0.0', 0],
    ['10.0.255.255', 1],
    ['10.1.0.0', 2],
    ['10.2.0.0', 3],
    ['11.0.0.0', 4],
    ['255.255.255.255', 5],
    ['::1', 6],
    ['fd00::1', 7],
    ['fe80::1', 8],
  ])('%s is in part %i', (ip, part) => expect(partOf(ip)).toBe(part))

  test('a set is in all parts that it touches', () => {
    expect(partsOf(space, cidrs(['10.0.0.0/7', 'fd00::/16']))).toEqual([1, 2, 3, 4, 7])
    expect(partsOf(space, cidrs(['10.0.5.0/24', '10.0.7.0/24']))).toEqual([1])
    expect(partsOf(space, cidrs([]))).toEqual([])
  })
})

describe('the part of an IPv4 text', () => {
  const space = cutAddresses([cidrs(['10.0.0.0/8', '10.1.0.0/16', '203.0.113.9/32'])])

  test.each(['0.0.0.0', '9.255.255.255', '10.0.0.0', '10.1.255.255', '10.2.0.0', '203.0.113.9', '255.255.255.255'])(
    '%s is found as by its number',
    (ip) => expect(partAtV4(space, ip)).toBe(partAt(space, 'v4', parseIp(ip)?.value ?? -1n)),
  )

  test.each(['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1..2.3', '1.2.3.', 'a.b.c.d', '::1', '1.2.3.4/32'])(
    '%s is none',
    (text) => expect(partAtV4(space, text)).toBeUndefined(),
  )
})
