import { canonicalCidr } from '#core/kinds/cidrText.ts'
import { textOf } from '#core/kinds/fields.ts'
import { coversIps, NO_IPS, parseCidr, parseIp } from '#core/model/cidr.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { fault, type Field, inside, items, report } from './field.ts'

const CIDR_DETAIL = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'

/** An ipBlock as the server checks it, and the warnings of servers that grow strict (semantics.md B.4, B.5). */
export function checkIpBlock(field: Field): readonly Diagnostic[] {
  const at = inside(field, 'cidr')
  const cidr = textOf(at.tree) ?? ''
  if (cidr === '')
    return [fault(at, { code: 'cidr-required', type: 'Required value', detail: 'an ipBlock needs a `cidr`' })]
  const network = canonicalCidr(cidr)
  if (network === undefined)
    return [fault(at, { code: 'invalid-cidr', type: 'Invalid value', value: cidr, detail: CIDR_DETAIL })]
  return [
    ...checkStrictly(at, cidr, network),
    ...items(inside(field, 'except')).flatMap((hole) => checkExcept(hole, network)),
  ]
}

function checkExcept(field: Field, network: string): readonly Diagnostic[] {
  const value = textOf(field.tree) ?? ''
  const hole = canonicalCidr(value)
  if (hole === undefined)
    return [fault(field, { code: 'invalid-cidr', type: 'Invalid value', value, detail: CIDR_DETAIL })]
  const isInside = hole !== network && coversIps(parseCidr(network) ?? NO_IPS, parseCidr(hole) ?? NO_IPS)
  const detail = `must be a strict subset of \`cidr\` ${network}`
  const outside = isInside ? [] : [fault(field, { code: 'invalid-except', type: 'Invalid value', value, detail })]
  return [...outside, ...checkStrictly(field, value, hole)]
}

function checkStrictly(field: Field, value: string, network: string): readonly Diagnostic[] {
  const [address = '', length = ''] = value.split('/')
  const warn = (code: string, message: string): readonly Diagnostic[] => [
    report(field, { code, severity: 'warning', message }),
  ]
  if (hasLeadingZero(address, length) || /^[0:]*:ffff:\d+\.\d+\.\d+\.\d+$/i.test(address)) {
    return warn(
      'non-standard-cidr',
      `non-standard CIDR value "${value}" is invalid: use "${network}"; Kubernetes 1.36 and later reject it`,
    )
  }
  if (hasHostBits(address, network)) {
    const single = `${address}/${address.includes(':') ? 128 : 32}`
    const choice = `should be "${network}" or "${single}"?`
    return warn(
      'ambiguous-cidr',
      `CIDR value "${value}" is ambiguous in this context (${choice}); it works as ${network}, and Kubernetes 1.36 and later reject it`,
    )
  }
  if (value === network) return []
  return warn(
    'non-canonical-cidr',
    `IPv6 CIDR value "${value}" should be in RFC 5952 canonical format: use "${network}"`,
  )
}

function isPadded(part: string): boolean {
  return part.length > 1 && part.startsWith('0')
}

/** Has an IPv4 octet or the prefix length a leading zero, which Go's strict parsers refuse (semantics.md B.5)? */
export function hasLeadingZero(address: string, length: string): boolean {
  return isPadded(length) || (!address.includes(':') && address.split('.').some(isPadded))
}

function hasHostBits(address: string, network: string): boolean {
  return parseIp(address)?.value !== parseIp(network.split('/')[0] ?? '')?.value
}
