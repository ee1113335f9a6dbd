import { canonicalCidr } from '#core/kinds/cidrText.ts'
import { textOf } from '#core/kinds/fields.ts'
import { parseIp } from '#core/model/cidr.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { faultIf, type Field, items } from './field.ts'
import { hasLeadingZero } from './ipBlock.ts'
import { checkCount, checkLength, checkUnique } from './limits.ts'

const MOST = 25
const LONGEST = 43

/**
 * `networks` of an egress peer: 1 to 25 CIDRs, none twice. Host bits are accepted; leading zeros and IPv4-mapped
 * addresses are not (semantics.md C.3).
 */
export function checkNetworks(networks: Field): readonly Diagnostic[] {
  return [...checkCount(networks, MOST), ...checkUnique(networks), ...items(networks).flatMap(checkNetwork)]
}

/** `domainNames` of an egress peer: 1 to 25 names, none twice (semantics.md C.3). */
export function checkDomains(domains: Field): readonly Diagnostic[] {
  return [...checkCount(domains, MOST), ...checkUnique(domains), ...items(domains).flatMap(checkDomain)]
}

function checkNetwork(field: Field): readonly Diagnostic[] {
  const value = textOf(field.tree) ?? ''
  const tooLong = checkLength(field, LONGEST)
  if (tooLong.length > 0) return tooLong
  return faultIf(faultOfCidr(value), field, { code: 'invalid-cidr', type: 'Invalid value', value })
}

function faultOfCidr(text: string): string | undefined {
  const network = canonicalCidr(text)
  const [address = '', length = ''] = text.split('/')
  if (network === undefined) {
    const single = parseIp(address) && length === '' ? `: write ${address}/${address.includes(':') ? 128 : 32}` : ''
    return `must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)${single}`
  }
  if (hasLeadingZero(address, length)) return `must not have leading 0s in IP or prefix length: use ${network}`
  const ip = parseIp(address)
  const isMapped = ip?.family === 'v6' && ip.value >> 32n === 0xffffn
  return isMapped ? `must not have an IPv4-mapped IPv6 address: use ${network}` : undefined
}

function checkDomain(field: Field): readonly Diagnostic[] {
  const value = textOf(field.tree) ?? ''
  const labels = value.replace(/^\*\./, '').replace(/\.$/, '').split('.')
  const isName = labels.length > 1 && labels.every((label) => /^[A-Za-z0-9]([-\w]*[A-Za-z0-9])?$/.test(label))
  const detail =
    'must be a domain name of at least two labels, `*.` allowed in front (e.g. api.example.com or *.example.com)'
  return faultIf(isName ? undefined : detail, field, { code: 'invalid-domain-name', type: 'Invalid value', value })
}
