import type { Cluster, ClusterNode, Namespace, Pod, Service, Workload } from '#core/model/cluster.ts'
import type { Requirement, Selector } from '#core/model/labels.ts'
import type { Direction, PeerMatcher, PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { bigCluster } from './bigCluster.ts'
import type { SeededFile } from './seededCluster.ts'

const SAMPLE_PODS = 400
const PODS_PER_POLICY = 10
const ACTIONS = { allow: 'Allow', deny: 'Deny', pass: 'Pass' } as const
const PEERS = { ingress: 'from', egress: 'to' } as const

/**
 * A cluster as one List, as `kubectl get namespaces,nodes,pods,services,networkpolicies,… -A -o yaml` prints it: within a tenth of so
 * many bytes (from some 100 kB on), a policy for every ten pods. The same for the same size and seed.
 */
export function bigDump(bytes: number, seed = 1): SeededFile {
  const sample = dumpOf(SAMPLE_PODS, seed).length
  return { path: 'dump.yaml', text: dumpOf(Math.ceil((SAMPLE_PODS * bytes) / sample), seed), counts: true }
}

/** The objects of a cluster and its policies as plain manifests, each with the fields that a live one has. */
export function manifestsOf(cluster: Cluster, policies: readonly Policy[]): readonly object[] {
  return [
    ...cluster.namespaces.map(namespaceManifest),
    ...cluster.nodes.map(nodeManifest),
    ...cluster.workloads.flatMap((workload) => workload.pods.map((pod) => podManifest(workload, pod))),
    ...cluster.services.map(serviceManifest),
    ...policies.map((policy) => (policy.namespace === undefined ? clusterManifest(policy) : policyManifest(policy))),
  ]
}

function dumpOf(pods: number, seed: number): string {
  const { cluster, policies } = bigCluster({ pods, policies: Math.ceil(pods / PODS_PER_POLICY), seed })
  const items = manifestsOf(cluster, policies).map((item) => writeYaml([item]))
  return `apiVersion: v1\nitems:\n${items.join('')}kind: List\nmetadata:\n  resourceVersion: ""\n`
}

function live(kind: string, metadata: object, rest: object, apiVersion = 'v1'): object {
  return { apiVersion, kind, metadata: { creationTimestamp: '2026-01-01T00:00:00Z', ...metadata }, ...rest }
}

function namespaceManifest({ name, labels }: Namespace): object {
  return live('Namespace', { labels: labels.labels, name }, { status: { phase: 'Active' } })
}

function nodeManifest({ name, labels, ips }: ClusterNode): object {
  const addresses = ips.map((address) => ({ address, type: 'InternalIP' }))
  return live('Node', { labels, name }, { status: { addresses: [...addresses, { address: name, type: 'Hostname' }] } })
}

function serviceManifest({ namespace, name, selector, ports }: Service): object {
  return live('Service', { name, namespace }, { spec: { ports, selector, type: 'ClusterIP' } })
}

function podManifest({ kind, name: owner }: Workload, { name, namespace, labels, ...pod }: Pod): object {
  const hash = labels.labels['pod-template-hash']
  const own = { kind: hash === undefined ? kind : 'ReplicaSet', name: hash === undefined ? owner : `${owner}-${hash}` }
  const metadata = {
    annotations: { 'checksum/config': name.padEnd(64, '0'), 'prometheus.io/scrape': 'true' },
    generateName: `${own.name}-`,
    labels: labels.labels,
    name,
    namespace,
    ownerReferences: [{ apiVersion: 'apps/v1', blockOwnerDeletion: true, controller: true, ...own, uid: name }],
  }
  return live('Pod', metadata, { spec: podSpec(owner, pod), status: podStatus(owner, pod) })
}

function podSpec(app: string, { ports, node, hostNetwork }: Pick<Pod, 'ports' | 'node' | 'hostNetwork'>): object {
  const container = {
    env: Array.from({ length: 12 }, (_, i) => ({ name: `SETTING_${i}`, value: `value-${i}-of-${app}` })),
    image: `registry.example/${app}:1.2.3`,
    imagePullPolicy: 'IfNotPresent',
    name: 'main',
    ports: ports.map(({ name, port, protocol }) => ({ containerPort: port, name, protocol })),
    resources: { limits: { cpu: '500m', memory: '256Mi' } },
    terminationMessagePath: '/dev/termination-log',
    volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: 'kube-api', readOnly: true }],
  }
  return {
    containers: [container],
    dnsPolicy: 'ClusterFirst',
    ...(hostNetwork ? { hostNetwork } : {}),
    nodeName: node,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    tolerations: [{ effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists' }],
  }
}

function podStatus(app: string, { ips }: Pick<Pod, 'ips'>): object {
  const state = { image: `registry.example/${app}:1.2.3`, name: 'main', ready: true, restartCount: 0, started: true }
  return {
    conditions: [{ lastTransitionTime: '2026-01-01T00:00:00Z', status: 'True', type: 'Ready' }],
    containerStatuses: [state],
    phase: 'Running',
    podIP: ips[0],
    podIPs: ips.map((ip) => ({ ip })),
  }
}

function policyManifest({ ref, namespace, subject, directions, rules }: Policy): object {
  const policyTypes = directions.map((direction) => (direction === 'ingress' ? 'Ingress' : 'Egress'))
  const lists = listsOf(directions, rules, ({ direction, peers, ports }) => ({
    ...(ports === 'any' ? {} : { ports: ports.map(portItem) }),
    ...(peers === 'any' ? {} : { [PEERS[direction]]: peers.map(peerItem) }),
  }))
  const spec = { ...lists, podSelector: selectorItem(subject.pods), policyTypes }
  return live('NetworkPolicy', { name: ref.document, namespace }, { spec }, 'networking.k8s.io/v1')
}

// AdminNetworkPolicy and BaselineAdminNetworkPolicy, since that is what clusters of today have.
function clusterManifest({ ref, tier, priority, subject, directions, rules }: Policy): object {
  const lists = listsOf(directions, rules, ({ name, action, direction, peers, ports }) => ({
    name,
    action: ACTIONS[action],
    [PEERS[direction]]: peers === 'any' ? [] : peers.map(clusterPeer),
    ...(ports === 'any' ? {} : { ports: ports.map(clusterPort) }),
  }))
  const spec = { ...lists, ...(tier === 'admin' ? { priority } : {}), subject: clusterPeer(subject) }
  const kind = tier === 'admin' ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy'
  return live(kind, { name: ref.document }, { spec }, 'policy.networking.k8s.io/v1alpha1')
}

function listsOf(directions: readonly Direction[], rules: readonly Rule[], write: (rule: Rule) => object): object {
  return Object.fromEntries(
    directions
      .map((direction) => [direction, rules.filter((rule) => rule.direction === direction).map(write)] as const)
      .filter(([, list]) => list.length > 0),
  )
}

function peerItem(peer: PeerMatcher): object {
  if (peer.type === 'ipBlock')
    return { ipBlock: { cidr: peer.cidr, ...(peer.except.length > 0 && { except: peer.except }) } }
  if (peer.type !== 'pods') throw new Error(`A NetworkPolicy has no peers of type ${peer.type}.`)
  const { namespaces, pods } = peer
  if (namespaces.type === 'name') return { podSelector: selectorItem(pods) }
  const where = { namespaceSelector: selectorItem(namespaces.selector) }
  return pods.length === 0 ? where : { ...where, podSelector: selectorItem(pods) }
}

function clusterPeer(peer: PeerMatcher | PodMatcher): object {
  if (peer.type === 'ipBlock') return { networks: [peer.cidr] }
  if (peer.type !== 'pods' || peer.namespaces.type === 'name' || peer.pods.length > 0)
    throw new Error(`No cluster policy of ours has a peer of type ${peer.type} like this.`)
  return { namespaces: selectorItem(peer.namespaces.selector) }
}

function portItem({ protocol, port }: PortMatcher): object {
  if (port.type === 'named') return { port: port.name, protocol }
  if (port.type === 'all') return { protocol }
  return { ...(port.to > port.from ? { endPort: port.to } : {}), port: port.from, protocol }
}

function clusterPort({ protocol, port }: PortMatcher): object {
  if (port.type !== 'range') throw new Error(`No cluster policy of ours has a port of type ${port.type}.`)
  return port.from === port.to
    ? { portNumber: { port: port.from, protocol } }
    : { portRange: { end: port.to, protocol, start: port.from } }
}

function selectorItem(selector: Selector): object {
  const labels = selector.filter(isLabel)
  const others = selector.filter((term) => !isLabel(term))
  return {
    ...(others.length > 0 && { matchExpressions: others.map(expressionItem) }),
    ...(labels.length > 0 && { matchLabels: Object.fromEntries(labels.map(({ key, values }) => [key, values[0]])) }),
  }
}

function expressionItem({ key, operator, values }: Requirement): object {
  return { key, operator, ...(values.length > 0 && { values }) }
}

function isLabel({ operator, values }: Requirement): boolean {
  return operator === 'In' && values.length === 1
}
