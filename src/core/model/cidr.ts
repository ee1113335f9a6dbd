import { covers, intersect, type Interval, subtract, unite } from './intervals.ts'

/** A set of addresses, the families apart: an IPv4 range never holds an IPv6 address (semantics.md A.8). Normal intervals. */
export interface IpSet {
  readonly v4: readonly Interval<bigint>[]
  readonly v6: readonly Interval<bigint>[]
}

/** No address. */
export const NO_IPS: IpSet = { v4: [], v6: [] }

/** The addresses of a CIDR or a bare IP, host bits masked off as Go's ParseCIDR does; undefined for anything else. Leading zeros read as decimal. */
export function parseCidr(text: string): IpSet | undefined {
  const [address, mask, ...rest] = text.split('/')
  if (address === undefined || rest.length > 0) return undefined
  const ip = parseIp(address)
  if (!ip) return undefined
  const bits = ip.family === 'v4' ? 32 : 128
  const length = mask === undefined ? bits : parseLength(mask, bits)
  return length === undefined ? undefined : block(ip, bits - length)
}

/** Addresses of the CIDR without those of the excepts; what can't be read counts as empty. */
export function ipBlock(cidr: string, except: readonly string[]): IpSet {
  let set = parseCidr(cidr) ?? NO_IPS
  for (const hole of except) set = subtractIps(set, parseCidr(hole) ?? NO_IPS)
  return set
}

/** One address as a number with its family; undefined for anything that is not one. Accepts `::ffff:1.2.3.4` as IPv6 text of an IPv4 address. */
export function parseIp(text: string): { readonly family: 'v4' | 'v6'; readonly value: bigint } | undefined {
  if (!text.includes(':')) {
    const value = parseV4(text)
    return value === undefined ? undefined : { family: 'v4', value }
  }
  const value = parseV6(text)
  return value === undefined ? undefined : { family: 'v6', value }
}

/** One text for an address, however it was written. */
export function ipKey({ family, value }: { readonly family: string; readonly value: bigint }): string {
  return `${family} ${value}`
}

/** Addresses in either set. */
export function uniteIps(a: IpSet, b: IpSet): IpSet {
  return { v4: unite(a.v4, b.v4), v6: unite(a.v6, b.v6) }
}

/** Addresses in both sets. */
export function intersectIps(a: IpSet, b: IpSet): IpSet {
  return { v4: intersect(a.v4, b.v4), v6: intersect(a.v6, b.v6) }
}

/** Addresses of `a` that are not in `b`. */
export function subtractIps(a: IpSet, b: IpSet): IpSet {
  return { v4: subtract(a.v4, b.v4), v6: subtract(a.v6, b.v6) }
}

/** Is every address of `b` in `a`? */
export function coversIps(a: IpSet, b: IpSet): boolean {
  return covers(a.v4, b.v4) && covers(a.v6, b.v6)
}

/** Is there no address in it? */
export function isNoIps(set: IpSet): boolean {
  return set.v4.length === 0 && set.v6.length === 0
}

/** Writes an IPv4 number as `a.b.c.d`. */
export function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')
}

/** Writes an IPv6 number in the canonical form of RFC 5952. */
export function formatV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  const run = longestZeroRun(groups)
  if (run.length < 2) return groups.join(':')
  return `${groups.slice(0, run.start).join(':')}::${groups.slice(run.start + run.length).join(':')}`
}

function block(ip: { family: 'v4' | 'v6'; value: bigint }, hostBits: number): IpSet {
  const size = 1n << BigInt(hostBits)
  const from = (ip.value / size) * size
  return { ...NO_IPS, [ip.family]: [{ from, to: from + size - 1n }] }
}

function parseLength(text: string, bits: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined
  const length = Number(text)
  return length <= bits ? length : undefined
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n)
}

function parseV6(text: string): bigint | undefined {
  const halves = expandTail(text)?.split('::')
  if (!halves || halves.length > 2) return undefined
  const head = groupsOf(halves[0] ?? '')
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : []
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n)
}

// `::ffff:10.0.0.1`: the last 32 bits may be written as IPv4.
function expandTail(text: string): string | undefined {
  const colon = text.lastIndexOf(':')
  const last = text.slice(colon + 1)
  if (!last.includes('.')) return text
  const v4 = parseV4(last)
  return v4 === undefined
    ? undefined
    : `${text.slice(0, colon + 1)}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':')
}

function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start++) {
    let end = start
    while (groups[end] === '0') end++
    if (end - start > best.length) best = { start, length: end - start }
    start = Math.max(start, end - 1)
  }
  return best
}
