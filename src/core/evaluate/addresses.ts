import { type IpSet, parseCidr, subtractIps, uniteIps, NO_IPS } from '#core/model/cidr.ts'

/** The two address families; they never match each other (semantics.md A.8). */
export type Family = 'v4' | 'v6'

/** Addresses of one family, inclusive. */
export interface IpRange {
  readonly family: Family
  readonly from: bigint
  readonly to: bigint
}

/** The whole of both address spaces, cut into parts that no block divides: IPv4 first, each family in order. */
export interface AddressSpace {
  readonly parts: readonly IpRange[]
  /** Index of the first IPv6 part. */
  readonly v6From: number
  /** Where each IPv4 part begins. */
  readonly v4Starts: Float64Array
}

/** The highest address of each family. */
const LAST: Readonly<Record<Family, bigint>> = { v4: 2n ** 32n - 1n, v6: 2n ** 128n - 1n }

/** Every address of both families. */
export const EVERY_IP: IpSet = { v4: [{ from: 0n, to: LAST.v4 }], v6: [{ from: 0n, to: LAST.v6 }] }

// IANA IPv4 Special-Purpose Address Registry (RFC 6890, as updated), the blocks that are not globally reachable,
// with multicast (RFC 5771) and the former class E.
const NOT_PUBLIC_V4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private (RFC 1918)
  '100.64.0.0/10', // carrier-grade NAT (RFC 6598)
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, cloud metadata
  '172.16.0.0/12', // private (RFC 1918)
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // former 6to4 relay
  '192.168.0.0/16', // private (RFC 1918)
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, limited broadcast
]
// IANA IPv6 Global Unicast Address Assignments: only 2000::/3 is given out; its special-purpose blocks are not public.
const NOT_PUBLIC_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Addresses that the internet routes: neither private, link-local, shared, documentation, multicast nor reserved (IANA registries). */
export const PUBLIC_IPS: IpSet = subtractIps(
  { v4: EVERY_IP.v4, v6: cidrs(['2000::/3']).v6 },
  cidrs([...NOT_PUBLIC_V4, ...NOT_PUBLIC_V6]),
)

/** The addresses of all these CIDRs; what can't be read adds none. */
export function cidrs(texts: readonly string[]): IpSet {
  return texts.map((text) => parseCidr(text) ?? NO_IPS).reduce(uniteIps, NO_IPS)
}

/** Cuts both address spaces at the borders of all blocks. */
export function cutAddresses(blocks: readonly IpSet[]): AddressSpace {
  const v4 = cutFamily('v4', blocks)
  const v4Starts = Float64Array.from(v4, ({ from }) => Number(from))
  return { parts: [...v4, ...cutFamily('v6', blocks)], v6From: v4.length, v4Starts }
}

/** The index of the part that holds this address. */
export function partAt(space: AddressSpace, family: Family, value: bigint): number {
  let low = family === 'v4' ? 0 : space.v6From
  let high = (family === 'v4' ? space.v6From : space.parts.length) - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((space.parts[middle]?.from ?? 0n) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** The same for the text of an IPv4 address as Kubernetes writes it; undefined for anything else. Far quicker: clusters have many pods. */
export function partAtV4({ v4Starts }: AddressSpace, text: string): number | undefined {
  const address = readV4(text)
  if (address === undefined) return undefined
  let low = 0
  let high = v4Starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((v4Starts[middle] ?? 0) <= address) low = middle
    else high = middle - 1
  }
  return low
}

const DOT = 46
const ZERO = 48

function readV4(text: string): number | undefined {
  let value = 0
  let octet = -1
  let dots = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === DOT) {
      if (octet < 0 || ++dots > 3) return undefined
      value = value * 256 + octet
      octet = -1
    } else if (code >= ZERO && code < ZERO + 10) {
      octet = (octet < 0 ? 0 : octet * 10) + code - ZERO
      if (octet > 255) return undefined
    } else return undefined
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : undefined
}

/** The indices of all parts that hold an address of the set, in order. */
export function partsOf(space: AddressSpace, set: IpSet): readonly number[] {
  const found: number[] = []
  for (const family of ['v4', 'v6'] as const)
    for (const { from, to } of set[family]) {
      const last = partAt(space, family, to)
      for (let part = partAt(space, family, from); part <= last; part++) if (found.at(-1) !== part) found.push(part)
    }
  return found
}

function cutFamily(family: Family, blocks: readonly IpSet[]): readonly IpRange[] {
  const starts = new Set([0n])
  for (const block of blocks)
    for (const { from, to } of block[family]) {
      starts.add(from)
      if (to < LAST[family]) starts.add(to + 1n)
    }
  const sorted = [...starts].toSorted((a, b) => (a < b ? -1 : 1))
  return sorted.map((from, i) => ({ family, from, to: (sorted[i + 1] ?? LAST[family] + 1n) - 1n }))
}
