import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { matches, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { PeerMatcher, PortMatcher, Rule } from '#core/model/rule.ts'
import { type AssumedDns, assumedDns, dnsPods, NODE_LOCAL } from './dns.ts'
import { endOf, selectable } from './peers.ts'

interface DnsChanges {
  readonly lost: readonly End[]
  readonly gained: readonly End[]
}

/**
 * For which workloads the way to the DNS pods opened or closed, where none are loaded: those that clusters have are assumed
 * (design.md 8), by what policies say of their labels. Nothing where some are loaded: then verdicts tell.
 */
export function assumedDnsChanges(before: Evaluation, after: Evaluation): DnsChanges {
  if (before.policies === after.policies || [before, after].some(isLoaded)) return NONE
  const [old, now] = [cutOff(before), cutOff(after)]
  const { ids } = dnsPods(after)
  const isIn = (one: Workload): boolean => selectable(one) && before.workloads.has(one.id) && !ids.has(one.id)
  const both = after.cluster.workloads.filter(isIn).map(endOf)
  return {
    lost: both.filter((end) => now.has(endId(end)) && !old.has(endId(end))),
    gained: both.filter((end) => old.has(endId(end)) && !now.has(endId(end))),
  }
}

// Cards that stand for what policies name tell nothing of policies that name nobody.
function isLoaded(evaluation: Evaluation): boolean {
  const { ids } = dnsPods(evaluation)
  return [...ids].some((id) => evaluation.workloads.get(id)?.assumed !== true)
}

const NONE: DnsChanges = { lost: [], gained: [] }

// The workloads that are isolated, and that no rule lets ask for names.
function cutOff(evaluation: Evaluation): ReadonlySet<string> {
  const dns = assumedDns(evaluation)
  const isolated = new Set<string>()
  const served = new Set<string>()
  for (const policy of evaluation.policies) {
    if (policy.tier !== 'networkPolicy' || !policy.directions.includes('egress')) continue
    const isOpen = policy.unevaluated !== undefined || policy.rules.some((rule) => allows(evaluation, rule, dns))
    for (const id of selectedBy(evaluation, policy)) (isOpen ? served : isolated).add(id)
  }
  return new Set([...isolated].filter((id) => !served.has(id)))
}

function allows(evaluation: Evaluation, { direction, action, peers, ports }: Rule, dns: AssumedDns): boolean {
  if (direction !== 'egress' || action !== 'allow') return false
  if (peers !== 'any' && !peers.some((peer) => isPeer(evaluation, peer, dns))) return false
  return ports === 'any' || ports.some((port) => takesIn(port, dns))
}

// A namespace that is not loaded may have any other label: no alarm is raised by what is not known.
function isPeer({ namespaces: known }: Evaluation, peer: PeerMatcher, { namespace, labels }: AssumedDns): boolean {
  if (peer.type === 'ipBlock') return peer.cidr === NODE_LOCAL || (peer.cidr.endsWith('/0') && peer.except.length === 0)
  if (peer.type !== 'pods' || matches(peer.pods, { labels, unknown: [] }) === 'no') return false
  if (peer.namespaces.type === 'name') return peer.namespaces.name === namespace
  const home = known.get(namespace) ?? { labels: { [NAMESPACE_NAME_LABEL]: namespace }, unknown: 'all' }
  return matches(peer.namespaces.selector, home) !== 'no'
}

// Without UDP nothing resolves; a name of a port may be any.
function takesIn({ protocol, port }: PortMatcher, dns: AssumedDns): boolean {
  if (protocol !== 'UDP') return false
  return port.type !== 'range' || dns.ports.some((one) => port.from <= one && one <= port.to)
}
