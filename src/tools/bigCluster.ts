import type { Cluster, ClusterNode, Namespace, Pod, Service, Workload } from '#core/model/cluster.ts'
import { type Labels, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import { APPS, ENVS, type Plan, plansOf, refOf, TEAMS } from './bigPlan.ts'
import { bigPolicies } from './bigPolicies.ts'
import { seeded } from './seededCluster.ts'

/** How big: pods, policies (both exact), and which of the many clusters of that size. */
export interface BigSize {
  readonly pods: number
  readonly policies: number
  readonly seed?: number | undefined
}

const PODS_PER_NODE = 60

/**
 * A cluster as companies run it, with everything known as in a dump: namespaces of some 25 workloads, each of 1 to 30 live
 * pods (most of few) with an address and a node of their own. The same for the same size and seed.
 */
export function bigCluster({ pods, policies, seed = 1 }: BigSize): { cluster: Cluster; policies: readonly Policy[] } {
  const random = seeded(seed)
  const plans = plansOf(pods, random)
  const nodes = Array.from({ length: Math.max(3, Math.ceil(pods / PODS_PER_NODE)) }, (_, i) => node(i))
  const names = [...new Set(plans.map(({ namespace }) => namespace))]
  const used = nodes.map(() => 1)
  const cluster: Cluster = {
    namespaces: names.map((name, i) => namespaceOf(name, i)),
    workloads: plans.map((own) => workload(own, nodes, used, random)),
    services: plans.filter(({ ports, hostNetwork }) => ports.length > 0 && !hostNetwork).map(service),
    nodes,
    exposures: [],
  }
  return { cluster, policies: bigPolicies(plans, policies, random) }
}

/** The cluster after one pod of its i-th workload (round and round) got the `app` label of another application. */
export function editPod(cluster: Cluster, i: number): Cluster {
  const at = i % Math.max(1, cluster.workloads.length)
  return { ...cluster, workloads: cluster.workloads.map((own, n) => (n === at ? relabelled(own) : own)) }
}

/** The policies after the i-th (round and round; the next one that has a rule) was changed in one port (even i) or one peer. */
export function editPolicy(policies: readonly Policy[], i: number): readonly Policy[] {
  const at = policies.findIndex((_, n) => (policies[(i + n) % policies.length]?.rules.length ?? 0) > 0)
  const policy = policies[(i + at) % policies.length]
  if (at < 0 || !policy) return policies
  const [first, ...others] = policy.rules
  if (!first) return policies
  const edited = { ...policy, rules: [(i % 2 === 1 && withOtherPeer(first)) || withOtherPort(first), ...others] }
  return policies.map((own) => (own === policy ? edited : own))
}

function withOtherPort(rule: Rule): Rule {
  const [first, ...others] = rule.ports === 'any' ? [] : rule.ports
  if (!first) return { ...rule, ports: [{ protocol: 'TCP', port: otherPort({ type: 'all' }), ref: rule.ref }] }
  return { ...rule, ports: [{ ...first, port: otherPort(first.port) }, ...others] }
}

function otherPort(port: PortMatcher['port']): PortMatcher['port'] {
  if (port.type === 'named') return { type: 'named', name: port.name === 'http' ? 'grpc' : 'http' }
  if (port.type === 'all') return { type: 'range', from: 8080, to: 8080 }
  if (port.from === port.to) return { type: 'range', from: port.from ^ 1, to: port.from ^ 1 }
  return { type: 'range', from: port.from, to: port.to === 65535 ? 65534 : port.to + 1 }
}

// Only where the first peer names an application: it becomes the next one.
function withOtherPeer(rule: Rule): Rule | undefined {
  const [first, ...others] = rule.peers === 'any' ? [] : rule.peers
  if (first?.type !== 'pods') return undefined
  const [term, ...more] = first.pods
  const app = term?.key === 'app' ? APPS[(APPS.indexOf(term.values[0] ?? '') + 1) % APPS.length] : undefined
  if (!term || app === undefined) return undefined
  return { ...rule, peers: [{ ...first, pods: [{ ...term, values: [app] }, ...more] }, ...others] }
}

function relabelled(own: Workload): Workload {
  const [first, ...others] = own.pods
  if (!first) return own
  const app = APPS[(APPS.indexOf(first.labels.labels['app'] ?? '') + 1) % APPS.length] ?? ''
  return { ...own, pods: [{ ...first, labels: known({ ...first.labels.labels, app }) }, ...others] }
}

function known(labels: Labels): Pod['labels'] {
  return { labels, unknown: [] }
}

function node(i: number): ClusterNode {
  const name = `node-${i}`
  const labels = { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': `zone-${i % 3}` }
  return { name, labels, ips: [`192.168.${i >> 8}.${i & 255}`], ref: refOf(name) }
}

function namespaceOf(name: string, i: number): Namespace {
  const own = { team: TEAMS[i % TEAMS.length] ?? '', env: ENVS[Math.floor(i / 2) % ENVS.length] ?? '' }
  return { name, labels: known({ [NAMESPACE_NAME_LABEL]: name, ...own }), loaded: true, ref: refOf(name) }
}

function service({ namespace, app, labels, ports }: Plan): Service {
  const selector = labels['app'] === undefined ? labels : { app: labels['app'] }
  const own = ports.map(({ name = '', port, protocol }) => ({ name, port, protocol, targetPort: name }))
  return { namespace, name: app, selector, headless: false, ports: own, ref: refOf(`${namespace}/Service/${app}`) }
}

function workload(own: Plan, nodes: readonly ClusterNode[], used: number[], random: () => number): Workload {
  const { namespace, kind, app: name, replicas } = own
  const id = `${namespace}/${kind}/${name}`
  const hash = hex(random)
  const pods = Array.from({ length: replicas }, (_, i) => {
    const podName = kind === 'StatefulSet' ? `${name}-${i}` : `${name}-${hash}-${hex(random).slice(0, 5)}`
    return pod(own, { name: podName, hash }, placed(nodes, used, random))
  })
  const refs = pods.map((one) => refOf(`${namespace}/Pod/${one.name}`))
  return { id, namespace, kind, name, replicas, pods, refs, sketch: false, assumed: false, stale: false }
}

function pod(own: Plan, { name, hash }: { name: string; hash: string }, place: { node: ClusterNode; ip: string }): Pod {
  const { namespace, kind, ports, hostNetwork } = own
  const revision = kind === 'Deployment' ? 'pod-template-hash' : 'controller-revision-hash'
  const ordinal = kind === 'StatefulSet' ? { 'statefulset.kubernetes.io/pod-name': name } : {}
  return {
    name,
    namespace,
    labels: known({ ...own.labels, [revision]: hash, ...ordinal }),
    ports,
    ips: hostNetwork ? place.node.ips : [place.ip],
    node: place.node.name,
    hostNetwork,
    finished: false,
    count: 1,
  }
}

// Each node has a /24 of its own for its pods, in a network that is none of those that blocks name by pieces.
function placed(
  nodes: readonly ClusterNode[],
  used: number[],
  random: () => number,
): { node: ClusterNode; ip: string } {
  const drawn = Math.floor(random() * nodes.length)
  const at = nodes.findIndex((_, i) => (used[(drawn + i) % nodes.length] ?? 0) < 255)
  const i = (drawn + at) % nodes.length
  const host = used[i] ?? 0
  used[i] = host + 1
  const node = nodes[i]
  if (at < 0 || !node) throw new Error('The nodes are full.')
  return { node, ip: `10.${128 + (i >> 8)}.${i & 255}.${host}` }
}

function hex(random: () => number): string {
  return Math.floor(random() * 16 ** 8)
    .toString(16)
    .padStart(8, '0')
}
