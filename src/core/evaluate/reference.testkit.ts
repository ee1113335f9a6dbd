/**
 * A slow and obvious evaluator for the tests, written from semantics.md A and C alone: it reads manifests as they are,
 * one pair of pods, one protocol and one port at a time, and shares no code with the engine.
 */
import type { Question, RawCluster, RawEnd, RawPeer, RawPolicy, RawPort, RawRule } from './raw.testkit.ts'
import { inCidr, isNamed, isSelectable, namespaceLabels, selects } from './rawMatch.testkit.ts'
import { askTier } from './referenceTiers.testkit.ts'

/** What becomes of a connection; `undetermined` where the API leaves it open, or where it hangs on a host's DNS names. */
export type RawVerdict = 'allowed' | 'denied' | 'undetermined'

/** A protocol and a port of it. */
export interface RawTarget {
  readonly protocol: string
  readonly port: number
}

/** semantics.md A.1 and C.2, word for word: may `src` open a connection to this port of `dst`? */
export function referenceVerdict(cluster: RawCluster, src: RawEnd, dst: RawEnd, target: RawTarget): RawVerdict {
  if (src === dst) return 'allowed'
  // Which of the DNS names that policies speak of an address has, nobody knows: every answer is tried.
  const worlds = 'names' in dst && dst.names ? [dst.names] : subsetsOf(namesFor(cluster, dst))
  const [first = 'undetermined', ...others] = worlds.map((names) =>
    and(
      ask(cluster, { direction: 'Egress', subject: src, peer: dst, dst, names, ...target }),
      ask(cluster, { direction: 'Ingress', subject: dst, peer: src, dst, names, ...target }),
    ),
  )
  return others.every((other) => other === first) ? first : 'undetermined'
}

function and(one: RawVerdict, other: RawVerdict): RawVerdict {
  if (one === 'denied' || other === 'denied') return 'denied'
  return one === 'allowed' ? other : one
}

// Domain names are for hosts outside the cluster: pods have none (semantics.md C.3); an address of a node may have one.
function namesFor(cluster: RawCluster, dst: RawEnd): readonly string[] {
  if ('labels' in dst) return []
  const peers = cluster.clusterPolicies.flatMap(({ spec }) => (spec.egress ?? []).flatMap(({ to = [] }) => to))
  return [...new Set(peers.flatMap(({ domainNames = [] }) => domainNames))]
}

function subsetsOf([first, ...others]: readonly string[]): readonly (readonly string[])[] {
  if (first === undefined) return [[]]
  return subsetsOf(others).flatMap((own) => [own, [first, ...own]])
}

function ask(cluster: RawCluster, question: Question): RawVerdict {
  if (!isSelectable(question.subject) || isOwnNode(cluster, question)) return 'allowed'
  const admin = askTier(cluster, 'Admin', question)
  if (admin === 'undefined') return 'undetermined'
  if (admin !== 'nothing') return admin === 'Accept' ? 'allowed' : 'denied'
  const isolating = policiesFor(cluster, question)
  if (isolating.length > 0) return isolating.some((one) => allows(cluster, one, question)) ? 'allowed' : 'denied'
  const baseline = askTier(cluster, 'Baseline', question)
  if (baseline === 'undefined') return 'undetermined'
  return baseline === 'Deny' ? 'denied' : 'allowed'
}

// A.10: the node that a pod runs on, by a pod on its network or by one of its addresses.
function isOwnNode(cluster: RawCluster, { subject, peer }: Question): boolean {
  if (!('labels' in subject)) return false
  if ('labels' in peer) return peer.hostNetwork && peer.node === subject.node
  return cluster.nodes.some(({ name, ips }) => name === subject.node && ips.includes(peer.ip))
}

function policiesFor(cluster: RawCluster, { direction, subject }: Question): readonly RawPolicy[] {
  if (!('labels' in subject)) return []
  return cluster.policies.filter(
    (policy) =>
      policy.namespace === subject.namespace &&
      selects(policy.spec.podSelector ?? {}, subject.labels) &&
      effectiveTypes(policy).includes(direction),
  )
}

/** The directions that a NetworkPolicy isolates (semantics.md A.3). */
export function effectiveTypes(policy: RawPolicy): readonly string[] {
  const types = policy.spec.policyTypes ?? []
  if (types.length > 0) return types
  return (policy.spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'] // A.3
}

function allows(cluster: RawCluster, policy: RawPolicy, question: Question): boolean {
  const rules = (question.direction === 'Ingress' ? policy.spec.ingress : policy.spec.egress) ?? []
  return rules.some((rule) => ruleAllows(cluster, policy, rule, question))
}

function ruleAllows(cluster: RawCluster, policy: RawPolicy, rule: RawRule, question: Question): boolean {
  const peers = rule.from ?? rule.to ?? []
  const ports = rule.ports ?? []
  const peerMatches = peers.length === 0 || peers.some((peer) => peerIs(cluster, policy, peer, question.peer))
  const portMatches = ports.length === 0 || ports.some((port) => portIs(port, question))
  return peerMatches && portMatches
}

function peerIs(cluster: RawCluster, policy: RawPolicy, peer: RawPeer, end: RawEnd): boolean {
  if (peer.ipBlock) {
    const { cidr, except = [] } = peer.ipBlock
    return inCidr(end.ip, cidr) && !except.some((hole) => inCidr(end.ip, hole))
  }
  if (!isSelectable(end)) return false
  const inNamespace = peer.namespaceSelector
    ? selects(peer.namespaceSelector, namespaceLabels(cluster, end.namespace))
    : end.namespace === policy.namespace
  return inNamespace && selects(peer.podSelector ?? {}, end.labels)
}

function portIs(rule: RawPort, question: Question): boolean {
  const { protocol, port } = question
  if ((rule.protocol ?? 'TCP') !== protocol) return false
  if (rule.port === undefined) return true
  if (typeof rule.port === 'string') return isNamed(rule.port, question)
  return rule.port <= port && port <= (rule.endPort ?? rule.port)
}
