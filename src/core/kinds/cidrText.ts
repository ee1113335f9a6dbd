import { formatV4, formatV6, parseCidr } from '#core/model/cidr.ts'

/**
 * A CIDR as its network in canonical form: `10.1.2.3/8` is `10.0.0.0/8`, `010.0.0.0/08` too, `FD00:0::/8` is `fd00::/8`,
 * `::ffff:10.0.0.0/104` is `10.0.0.0/8` (as Go reads it). Undefined for what is no CIDR, a bare IP included (semantics.md B.4).
 */
export function canonicalCidr(text: string): string | undefined {
  const set = text.includes('/') ? parseCidr(text) : undefined
  const v4 = set?.v4[0]
  const v6 = set?.v6[0]
  if (v4) return `${formatV4(v4.from)}/${prefixLength(v4.to - v4.from, 32)}`
  if (!v6) return undefined
  const length = prefixLength(v6.to - v6.from, 128)
  if (length >= 96 && v6.from >> 32n === 0xffffn) return `${formatV4(v6.from & 0xffffffffn)}/${length - 96}`
  return `${formatV6(v6.from)}/${length}`
}

function prefixLength(span: bigint, bits: number): number {
  return bits - (span === 0n ? 0 : span.toString(2).length)
}
