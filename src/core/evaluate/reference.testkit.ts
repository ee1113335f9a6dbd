/**
 * A slow and obvious evaluator for the tests, written from semantics.md A alone: it reads manifests as they are,
 * one pair of pods, one protocol and one port at a time, and shares no code with the engine.
 */

export interface RawPod {
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly ip: string
  readonly node: string
  readonly hostNetwork: boolean
  readonly finished: boolean
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[]
}

export interface RawSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

export interface RawPeer {
  readonly podSelector?: RawSelector
  readonly namespaceSelector?: RawSelector
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] }
}

export interface RawPort {
  readonly protocol?: string
  readonly port?: number | string
  readonly endPort?: number
}

export interface RawRule {
  readonly from?: readonly RawPeer[]
  readonly to?: readonly RawPeer[]
  readonly ports?: readonly RawPort[]
}

export interface RawPolicy {
  readonly namespace: string
  readonly name: string
  readonly spec: {
    readonly podSelector?: RawSelector
    readonly policyTypes?: readonly string[]
    readonly ingress?: readonly RawRule[]
    readonly egress?: readonly RawRule[]
  }
}

export interface RawCluster {
  readonly namespaces: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[]
  readonly pods: readonly RawPod[]
  readonly policies: readonly RawPolicy[]
}

/** A pod of the cluster, or a host outside of it. */
export type RawEnd = RawPod | { readonly ip: string }

type RawDirection = 'Ingress' | 'Egress'

/** semantics.md A.1, word for word: may `src` open a connection to this port of `dst`? */
export function referenceAllows(
  cluster: RawCluster,
  src: RawEnd,
  dst: RawEnd,
  protocol: string,
  port: number,
): boolean {
  if (src === dst) return true
  return (
    directionAllowed(cluster, 'Egress', { subject: src, peer: dst, dst, protocol, port }) &&
    directionAllowed(cluster, 'Ingress', { subject: dst, peer: src, dst, protocol, port })
  )
}

interface Question {
  readonly subject: RawEnd
  readonly peer: RawEnd
  readonly dst: RawEnd
  readonly protocol: string
  readonly port: number
}

function directionAllowed(cluster: RawCluster, direction: RawDirection, question: Question): boolean {
  const { subject, peer } = question
  if (!('labels' in subject)) return true // outside the cluster
  if (subject.hostNetwork || subject.finished) return true // A.10, A.11
  if ('labels' in peer && peer.hostNetwork && peer.node === subject.node) return true // own node, A.10
  const policies = cluster.policies.filter(
    (policy) =>
      policy.namespace === subject.namespace &&
      selects(policy.spec.podSelector ?? {}, subject.labels) &&
      effectiveTypes(policy).includes(direction),
  )
  if (policies.length === 0) return true
  return policies.some((policy) =>
    ((direction === 'Ingress' ? policy.spec.ingress : policy.spec.egress) ?? []).some((rule) =>
      ruleAllows(cluster, policy, rule, question),
    ),
  )
}

function effectiveTypes(policy: RawPolicy): readonly string[] {
  const types = policy.spec.policyTypes ?? []
  if (types.length > 0) return types
  return (policy.spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'] // A.3
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
  if (!('labels' in end) || end.hostNetwork || end.finished) return false
  const inNamespace = peer.namespaceSelector
    ? selects(peer.namespaceSelector, namespaceLabels(cluster, end.namespace))
    : end.namespace === policy.namespace
  return inNamespace && selects(peer.podSelector ?? {}, end.labels)
}

function namespaceLabels(cluster: RawCluster, name: string): Readonly<Record<string, string>> {
  const declared = cluster.namespaces.find((namespace) => namespace.name === name)
  return { ...declared?.labels, 'kubernetes.io/metadata.name': name } // A.7
}

function portIs(rule: RawPort, { dst, protocol, port }: Question): boolean {
  if ((rule.protocol ?? 'TCP') !== protocol) return false
  if (rule.port === undefined) return true
  if (typeof rule.port === 'number') return rule.port <= port && port <= (rule.endPort ?? rule.port)
  // A.9: a container port of the destination pod with this name, this protocol and this number.
  // A hostNetwork pod is its node to policies (A.10), and a node declares no ports.
  if (!('labels' in dst) || dst.hostNetwork) return false
  return dst.ports.some((own) => own.name === rule.port && own.protocol === protocol && own.port === port)
}

function selects(selector: RawSelector, labels: Readonly<Record<string, string>>): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value)
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key]
      if (operator === 'Exists') return value !== undefined
      if (operator === 'DoesNotExist') return value === undefined
      const listed = value !== undefined && values.includes(value)
      return operator === 'In' ? listed : !listed // A.6: NotIn holds where the key is absent
    })
  )
}

function inCidr(ip: string, cidr: string): boolean {
  const [network = '', length = '0'] = cidr.split('/')
  const address = bitsOf(ip)
  const block = bitsOf(network)
  return address.length === block.length && address.slice(0, Number(length)) === block.slice(0, Number(length))
}

function bitsOf(ip: string): string {
  if (!ip.includes(':'))
    return ip
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
  const [head = '', tail = ''] = ip.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...middle, ...right].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0')).join('')
}
