import type {
  Question,
  RawCluster,
  RawClusterPeer,
  RawClusterPolicy,
  RawClusterPort,
  RawClusterRule,
  RawEnd,
  RawPod,
  RawPods,
  RawProtocol,
} from './raw.testkit.ts'
import { inCidr, isNamed, isSelectable, namespaceLabels, selects } from './rawMatch.testkit.ts'

/** What a tier says. `undefined`: rules of one priority contradict each other; `nothing`: no rule matches, or one passes. */
export type TierAnswer = 'Accept' | 'Deny' | 'undefined' | 'nothing'

/** semantics.md C.2, one tier: by ascending priority, in each policy the first rule that matches. */
export function askTier(cluster: RawCluster, tier: string, question: Question): TierAnswer {
  const policies = cluster.clusterPolicies.filter(
    (policy) => tierOf(policy) === tier && isSubject(cluster, policy.spec.subject, question.subject),
  )
  const priorities = [...new Set(policies.map(priorityOf))].toSorted((a, b) => a - b)
  for (const priority of priorities) {
    const answers = policies
      .filter((policy) => priorityOf(policy) === priority)
      .map((policy) => firstAction(cluster, policy, question))
      .filter((action) => action !== undefined)
    const [first, ...others] = answers
    if (first === undefined) continue
    if (others.some((action) => action !== first)) return 'undefined'
    if (first === 'Pass') return 'nothing'
    return first === 'Deny' ? 'Deny' : 'Accept'
  }
  return 'nothing'
}

// C.4: AdminNetworkPolicy is the Admin tier; BaselineAdminNetworkPolicy is priority 0 of the Baseline tier.
function tierOf({ kind, spec }: RawClusterPolicy): string | undefined {
  if (kind === 'ClusterNetworkPolicy') return spec.tier
  return kind === 'AdminNetworkPolicy' ? 'Admin' : 'Baseline'
}

const priorityOf = ({ spec }: RawClusterPolicy): number => spec.priority ?? 0

function isSubject(cluster: RawCluster, subject: RawPods, end: RawEnd): boolean {
  return isSelectable(end) && isOneOf(cluster, subject, end)
}

function isOneOf(cluster: RawCluster, { namespaces, pods }: RawPods, pod: RawPod): boolean {
  const labels = namespaceLabels(cluster, pod.namespace)
  if (namespaces) return selects(namespaces, labels)
  return pods !== undefined && selects(pods.namespaceSelector ?? {}, labels) && selects(pods.podSelector, pod.labels)
}

function firstAction(cluster: RawCluster, { spec }: RawClusterPolicy, question: Question): string | undefined {
  for (const rule of (question.direction === 'Ingress' ? spec.ingress : spec.egress) ?? []) {
    const action = actionOf(cluster, rule, question)
    if (action !== undefined) return action
  }
  return undefined
}

function actionOf(cluster: RawCluster, rule: RawClusterRule, question: Question): string | undefined {
  const peers = rule.from ?? rule.to ?? []
  const action = rule.action === 'Allow' ? 'Accept' : rule.action
  // C.2, fail closed: such an Accept rule matches nothing, such a Deny or Pass rule is "Deny all".
  if (!peers.every(isKnown)) return action === 'Accept' ? undefined : 'Deny'
  const matches = peers.some((peer) => isPeer(cluster, peer, question)) && isPort(rule, question)
  return matches ? action : undefined
}

function isKnown({ namespaces, pods, networks, nodes, domainNames }: RawClusterPeer): boolean {
  return [namespaces, pods, networks, nodes, domainNames].some((field) => field !== undefined)
}

function isPeer(cluster: RawCluster, peer: RawClusterPeer, { peer: end, names }: Question): boolean {
  if (peer.networks) return peer.networks.some((cidr) => inCidr(end.ip, cidr))
  if (peer.domainNames) return peer.domainNames.some((name) => names.includes(name))
  if (peer.nodes) return isNode(cluster, peer.nodes, end)
  return isSelectable(end) && isOneOf(cluster, peer, end)
}

// C.3: whoever has an address of such a Node object: the node itself, and the pods on its network.
function isNode(cluster: RawCluster, selector: NonNullable<RawClusterPeer['nodes']>, end: RawEnd): boolean {
  return cluster.nodes.some((node) => selects(selector, node.labels) && node.ips.includes(end.ip))
}

function isPort({ ports, protocols }: RawClusterRule, question: Question): boolean {
  if (ports) return ports.some((port) => isOldPort(port, question))
  return protocols?.some((protocol) => isNewPort(protocol, question)) ?? true
}

function isOldPort({ portNumber, portRange, namedPort }: RawClusterPort, question: Question): boolean {
  const { protocol, port } = question
  if (portNumber) return (portNumber.protocol ?? 'TCP') === protocol && portNumber.port === port
  if (portRange) return (portRange.protocol ?? 'TCP') === protocol && portRange.start <= port && port <= portRange.end
  return namedPort !== undefined && isNamed(namedPort, question)
}

function isNewPort({ tcp, udp, sctp, destinationNamedPort }: RawProtocol, question: Question): boolean {
  if (destinationNamedPort !== undefined) return isNamed(destinationNamedPort, question)
  const own = new Map([
    ['TCP', tcp],
    ['UDP', udp],
    ['SCTP', sctp],
  ]).get(question.protocol)
  if (!own) return false
  const { number, range } = own.destinationPort ?? {}
  if (number !== undefined) return number === question.port
  return range ? range.start <= question.port && question.port <= range.end : true
}
