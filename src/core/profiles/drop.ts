import type { Selector } from '#core/model/labels.ts'
import type { PeerMatcher, Policy, PortMatcher } from '#core/model/rule.ts'
import type { FactKey, Reading } from './profile.ts'

const KINDS: ReadonlyMap<string, 'anp' | 'banp' | 'cnp'> = new Map([
  ['AdminNetworkPolicy', 'anp'],
  ['BaselineAdminNetworkPolicy', 'banp'],
  ['ClusterNetworkPolicy', 'cnp'],
])

/** The facts for which the CNI leaves out the whole policy; none where it takes it. */
export function reasonsToDrop(policy: Policy, reading: Reading): readonly FactKey[] {
  if (reading.enforces === 'no') return ['enforces']
  const kind = KINDS.get(policy.kind ?? '')
  if (kind) return kindReasons(policy, kind, reading)
  if (policy.tier !== 'networkPolicy' || policy.unevaluated !== undefined) return []
  const reasons: readonly (readonly [FactKey, () => boolean])[] = [
    ['namedPort', () => portsOf(policy).some(({ port }) => port.type === 'named')],
    ['sctp', () => portsOf(policy).some(({ protocol }) => protocol === 'SCTP')],
    ['endPort', () => portsOf(policy).some(isRange)],
    ['except', () => peersOf(policy).some((peer) => peer.type === 'ipBlock' && peer.except.length > 0)],
    ['ipv6', () => peersOf(policy).some(isV6)],
    ['negativeSelectors', () => selectorsOf(policy).some((selector) => selector.some(isNegative))],
  ]
  return reasons.flatMap(([key, isThere]) => (reading[key] === 'drops-policy' && isThere() ? [key] : []))
}

/** The policy without any effect; what it looks at stays, so that the same things are told apart with and without it. */
export function dropped(policy: Policy): Policy {
  return { ...policy, directions: [], unevaluated: undefined }
}

/** Is it a range that `endPort` makes? */
export function isRange({ port }: PortMatcher): boolean {
  return port.type === 'range' && port.to > port.from
}

/** Is it a block of IPv6 addresses? */
export function isV6(peer: PeerMatcher): boolean {
  return peer.type === 'ipBlock' && peer.cidr.includes(':')
}

function kindReasons({ priority }: Policy, kind: 'anp' | 'banp' | 'cnp', reading: Reading): readonly FactKey[] {
  if (reading[kind] === 'no') return [kind]
  const limit = kind === 'anp' ? reading.priorityLimit : 'none'
  return limit !== 'none' && priority > limit ? ['priorityLimit'] : []
}

function portsOf({ rules }: Policy): readonly PortMatcher[] {
  return rules.flatMap(({ ports }) => (ports === 'any' ? [] : ports))
}

function peersOf({ rules }: Policy): readonly PeerMatcher[] {
  return rules.flatMap(({ peers }) => (peers === 'any' ? [] : peers))
}

function selectorsOf(policy: Policy): readonly Selector[] {
  const pods = [policy.subject, ...peersOf(policy).flatMap((peer) => (peer.type === 'pods' ? [peer] : []))]
  return pods.flatMap((peer) => [peer.pods, peer.namespaces.type === 'selector' ? peer.namespaces.selector : []])
}

function isNegative({ operator }: Selector[number]): boolean {
  return operator === 'NotIn' || operator === 'DoesNotExist'
}
