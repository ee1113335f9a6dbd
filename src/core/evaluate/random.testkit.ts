import fc from 'fast-check'
import type {
  RawCluster,
  RawClusterPolicy,
  RawNode,
  RawPeer,
  RawPod,
  RawPolicy,
  RawPort,
  RawRule,
  RawSelector,
} from './raw.testkit.ts'

const NAMESPACES = ['x', 'y', 'z']
/** Blocks that hold pods, nodes, hosts outside, or nobody. */
export const CIDRS = ['0.0.0.0/0', '10.0.0.0/16', '10.0.1.0/24', '10.0.1.2/32', '203.0.113.0/24', '::/0', 'fd00::/64']
const EXCEPTS: Readonly<Record<string, readonly string[]>> = {
  '0.0.0.0/0': ['10.0.0.0/16', '203.0.113.8/30'],
  '10.0.0.0/16': ['10.0.1.0/24', '10.0.2.1/32'],
  '10.0.1.0/24': ['10.0.1.1/32'],
  '203.0.113.0/24': ['203.0.113.9/32'],
  '::/0': ['fd00::/64'],
}
/** A protocol as policies write it. */
export const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP')
const value = fc.constantFrom('a', 'b', '')
/** Labels of a pod, a node or a namespace. */
export const labels = fc.dictionary(fc.constantFrom('app', 'tier'), value, { maxKeys: 2 })

const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom('app', 'tier', 'none'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(value, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key: fc.constantFrom('app', 'tier', 'none'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
)

/** A selector over `labels`. */
export const selector: fc.Arbitrary<RawSelector> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.record({ matchLabels: labels }) },
  { weight: 1, arbitrary: fc.record({ matchExpressions: fc.array(expression, { maxLength: 2 }) }) },
)

/** A selector over the labels of namespaces. */
export const namespaceSelector: fc.Arbitrary<RawSelector> = fc.oneof(
  selector,
  fc.constantFrom(...NAMESPACES).map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
)

const ipBlock = fc
  .constantFrom(...CIDRS)
  .chain((cidr) => fc.record({ cidr: fc.constant(cidr), except: fc.subarray([...(EXCEPTS[cidr] ?? [])]) }))

const peer: fc.Arbitrary<RawPeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ ipBlock }),
)

/** A port that pods may declare. */
export const number = fc.constantFrom(53, 80, 81, 8080)
const port: fc.Arbitrary<RawPort> = fc.oneof(
  fc.record({ protocol, port: number }),
  fc.record({ protocol }),
  fc.record({ port: fc.constantFrom('http', 'dns', 'nobody') }),
  fc.record({ protocol, port: fc.constantFrom('http', 'dns') }),
  fc
    .tuple(protocol, number, fc.nat(100))
    .map(([own, from, more]) => ({ protocol: own, port: from, endPort: from + more })),
)

/** A rule of a NetworkPolicy. */
export const rule = (direction: 'from' | 'to'): fc.Arbitrary<RawRule> =>
  fc.record(
    { [direction]: fc.array(peer, { maxLength: 3 }), ports: fc.array(port, { maxLength: 3 }) },
    { requiredKeys: [] },
  )

const spec = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.subarray(['Ingress', 'Egress']),
    ingress: fc.array(rule('from'), { maxLength: 2 }),
    egress: fc.array(rule('to'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
)

const policies: fc.Arbitrary<RawPolicy[]> = fc
  .array(fc.tuple(fc.constantFrom(...NAMESPACES), spec), { maxLength: 5 })
  .map((drawn) => drawn.map(([namespace, own], i) => ({ namespace, name: `policy-${i}`, spec: own })))

const shape = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  labels,
  node: fc.constantFrom('n1', 'n2'),
  kind: fc.constantFrom('plain', 'plain', 'plain', 'plain', 'host', 'v6'),
  ports: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('http', 'dns'), port: number, protocol: fc.constantFrom('TCP', 'UDP') }),
    { selector: (own) => own.name, maxLength: 2 },
  ),
})

const pods: fc.Arbitrary<RawPod[]> = fc.array(shape, { minLength: 1, maxLength: 5 }).map((drawn) =>
  drawn.map(({ kind, ...own }, i) => ({
    ...own,
    name: `pod-${i}`,
    ip: ipFor(kind, own.namespace, own.node, i),
    hostNetwork: kind === 'host',
    finished: false,
  })),
)

function ipFor(kind: string, namespace: string, node: string, i: number): string {
  if (kind === 'host') return node === 'n1' ? '10.0.200.1' : '10.0.200.2'
  if (kind === 'v6') return `fd00::${i + 1}`
  return `10.0.${NAMESPACES.indexOf(namespace)}.${i + 1}`
}

/** Random small clusters whose every fact is known (addresses, nodes, namespace labels), NetworkPolicies alone, all valid. */
export const clusters: fc.Arbitrary<RawCluster> = fc.record({
  namespaces: fc
    .tuple(labels, labels, labels)
    .map((all) => all.map((own, i) => ({ name: NAMESPACES[i] ?? '', labels: own }))),
  nodes: fc.constant([]),
  pods,
  policies,
  clusterPolicies: fc.constant([]),
})

/** The cluster as one JSON List, as `kubectl get -o json` would print it. */
export function manifestsOf(cluster: RawCluster): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      ...cluster.namespaces.map(({ name, labels: own }) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: own },
      })),
      ...cluster.nodes.map(nodeManifest),
      ...cluster.pods.map(podManifest),
      ...cluster.policies.map(({ name, namespace, spec: own }) => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name, namespace },
        spec: own,
      })),
      ...cluster.clusterPolicies.map(clusterPolicyManifest),
    ],
  })
}

function nodeManifest({ name, labels: own, ips }: RawNode): object {
  const addresses = ips.map((address, i) => ({ type: i === 0 ? 'InternalIP' : 'ExternalIP', address }))
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: own }, status: { addresses } }
}

function clusterPolicyManifest({ kind, name, spec: own }: RawClusterPolicy): object {
  const version = kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'
  return { apiVersion: `policy.networking.k8s.io/${version}`, kind, metadata: { name }, spec: own }
}

function podManifest(pod: RawPod): object {
  const ports = pod.ports.map(({ name, port: containerPort, protocol: own }) => ({
    name,
    containerPort,
    protocol: own,
  }))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod.name, namespace: pod.namespace, labels: pod.labels },
    spec: {
      nodeName: pod.node,
      ...(pod.hostNetwork ? { hostNetwork: true } : {}),
      containers: [{ name: 'main', image: 'registry.example/app', ports }],
    },
    status: { phase: pod.finished ? 'Succeeded' : 'Running', podIP: pod.ip, podIPs: [{ ip: pod.ip }] },
  }
}
