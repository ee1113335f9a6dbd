import { formatV4, formatV6, intersectIps, ipBlock, type IpSet, isNoIps, subtractIps } from '#core/model/cidr.ts'
import type { Interval } from '#core/model/intervals.ts'

/** A block as a rule has it. */
export interface Block {
  readonly cidr: string
  readonly except: readonly string[]
}

/** What becomes of a block without some addresses: nothing is taken, all is, holes come in, or smaller blocks take its place. */
export type Pierced = 'same' | 'gone' | { readonly holes: readonly string[] } | { readonly blocks: readonly string[] }

/** Takes addresses out of a block in the fewest words; holes are strict subsets of it (semantics.md A.8, B.4). */
export function pierce({ cidr, except }: Block, out: IpSet): Pierced {
  const own = ipBlock(cidr, except)
  const hit = intersectIps(own, out)
  if (isNoIps(hit)) return 'same'
  const rest = subtractIps(own, out)
  if (isNoIps(rest)) return 'gone'
  const [holes, blocks] = [cidrsOf(hit), cidrsOf(rest)]
  return holes.length <= blocks.length ? { holes } : { blocks }
}

/** The fewest CIDRs that hold exactly these addresses, in order, IPv4 first. */
export function cidrsOf({ v4, v6 }: IpSet): readonly string[] {
  return [
    ...v4.flatMap((part) => cidrsOfRange(part, 32).map(({ at, length }) => `${formatV4(at)}/${length}`)),
    ...v6.flatMap((part) => cidrsOfRange(part, 128).map(({ at, length }) => `${formatV6(at)}/${length}`)),
  ]
}

// The largest block that begins here and ends in the range, again and again.
function cidrsOfRange({ from, to }: Interval<bigint>, bits: number): readonly { at: bigint; length: number }[] {
  const found: { at: bigint; length: number }[] = []
  for (let at = from; at <= to;) {
    let host = 0
    while (host < bits && at % (1n << BigInt(host + 1)) === 0n && at + (1n << BigInt(host + 1)) - 1n <= to) host++
    found.push({ at, length: bits - host })
    at += 1n << BigInt(host)
  }
  return found
}
