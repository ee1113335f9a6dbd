import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  coversIps,
  formatV4,
  formatV6,
  intersectIps,
  ipBlock,
  isNoIps,
  NO_IPS,
  parseCidr,
  parseIp,
  subtractIps,
  uniteIps,
} from './cidr.ts'

const written = (text: string): string | undefined => {
  const ip = parseIp(text)
  return ip && (ip.family === 'v4' ? formatV4(ip.value) : formatV6(ip.value))
}

describe('addresses', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['010.001.0.08', '10.1.0.8'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:0:2:0:0:0', '1::2:0:0:0'],
    ['fd00::', 'fd00::'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ])('%s is read and written %s', (text, canonical) => expect(written(text)).toBe(canonical))

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.2',
    'a.b.c.d',
    '1::2::3',
    ':::',
    '1:2:3',
    '1:2:3:4::5:6:7:8',
    '12345::',
    'fe80::1%eth0',
    '::1.2.3',
  ])('%j is none', (text) => expect(parseIp(text)).toBeUndefined())

  test('every IPv6 address survives being written', () => {
    const group = fc.constantFrom<bigint[]>(0n, 0n, 0n, 1n, 0xffffn)
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups: bigint[]) => {
        const value = groups.reduce((all, one) => all * 65_536n + one, 0n)
        expect(parseIp(formatV6(value))).toEqual({ family: 'v6', value })
      }),
    )
  })
})

describe('blocks', () => {
  test('host bits are masked off', () => {
    expect(parseCidr('10.1.2.3/16')).toEqual(parseCidr('10.1.0.0/16'))
    expect(parseCidr('2001:db8::5/32')).toEqual(parseCidr('2001:db8::/32'))
    expect(parseCidr('10.0.0.1')).toEqual(parseCidr('10.0.0.1/32'))
  })

  test.each(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '::/129', '10.0.0.0/8/8', 'x/8', '/8'])('%s is none', (text) =>
    expect(parseCidr(text)).toBeUndefined(),
  )

  test('the families are apart', () => {
    const v4 = parseCidr('0.0.0.0/0') ?? NO_IPS
    const v6 = parseCidr('::/0') ?? NO_IPS
    expect(isNoIps(intersectIps(v4, v6))).toBe(true)
    expect([isNoIps(v4), isNoIps(v6)]).toEqual([false, false])
    expect(coversIps(v6, parseCidr('10.0.0.1') ?? NO_IPS)).toBe(false)
    expect(coversIps(uniteIps(v4, v6), v6)).toBe(true)
  })

  test('excepts are holes; what can not be read is nothing', () => {
    const block = ipBlock('10.0.0.0/8', ['10.1.0.0/16', 'what?'])
    expect(coversIps(block, parseCidr('10.0.255.255') ?? NO_IPS)).toBe(true)
    expect(isNoIps(intersectIps(block, parseCidr('10.1.2.3') ?? NO_IPS))).toBe(true)
    expect(block.v4).toHaveLength(2)
    expect(isNoIps(ipBlock('what?', []))).toBe(true)
    expect(isNoIps(ipBlock('10.0.0.0/8', ['10.0.0.0/8']))).toBe(true)
  })

  test('an address is in a block where its leading bits are the same', () => {
    const address = fc.bigInt(0n, 2n ** 32n - 1n)
    fc.assert(
      fc.property(address, address, fc.nat(32), (a, b, length) => {
        const block = parseCidr(`${formatV4(a)}/${length}`) ?? NO_IPS
        const same = a >> BigInt(32 - length) === b >> BigInt(32 - length)
        expect(coversIps(block, parseCidr(formatV4(b)) ?? NO_IPS)).toBe(same)
        expect(isNoIps(subtractIps(parseCidr(formatV4(b)) ?? NO_IPS, block))).toBe(same)
      }),
    )
  })
})
