import { load } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import { PROFILES } from '#core/profiles/index.ts'
import { describe, expect, test } from 'vitest'
import { told } from './build.testkit.ts'
import { evaluateWithProfile, type Profiled, verdictUnder } from './profiled.ts'

// The table of semantics.md D and the notes below it, written down again from the paper: manifests in, verdicts out.
const NAMES = PROFILES.map(({ id }) => id)
const WEB: End = { namespace: 'a', workload: 'Pod/web' }
const DB: End = { namespace: 'a', workload: 'Pod/db' }
const CLI: End = { namespace: 'b', workload: 'Pod/cli' }
const AGENT: End = { namespace: 'b', workload: 'Pod/agent' }
const host = (ip: string): End => ({ cidr: ip.includes(':') ? `${ip}/128` : `${ip}/32` })

const pod = (namespace: string, name: string, more: object): object => {
  const { ip, node, ports, hostNetwork } = { ports: [], hostNetwork: false, ...more } as Record<string, unknown>
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels: { app: name } },
    spec: { nodeName: node, hostNetwork, containers: [{ name: 'c', image: 'c', ports }] },
    status: { podIP: ip },
  }
}
const node = (name: string, address: string): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { role: name } },
  status: { addresses: [{ type: 'InternalIP', address }] },
})
const namespace = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { team: name } },
})
const http = (containerPort: number): object[] => [{ name: 'http', containerPort }]
const PODS = [
  namespace('a'),
  namespace('b'),
  pod('a', 'web', { ip: '10.0.1.1', node: 'n1', ports: http(8080) }),
  pod('a', 'db', { ip: '10.0.1.2', node: 'n2' }),
  pod('b', 'cli', { ip: '10.0.2.1', node: 'n2', ports: http(9090) }),
]
const NODES = [
  node('n1', '192.168.0.1'),
  node('n2', '192.168.0.2'),
  pod('b', 'agent', { ip: '192.168.0.1', node: 'n1', hostNetwork: true }),
]

const webIn = (...ingress: object[]): object => policy({ podSelector: app('web'), ingress })
const webOut = (...egress: object[]): object => policy({ podSelector: app('web'), policyTypes: ['Egress'], egress })
const app = (name: string): object => ({ matchLabels: { app: name } })
const policy = (spec: object): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'a', name: 'p' },
  spec,
})
const clusterPolicy = (kind: string, priority: number, rules: object): object => {
  const isNew = kind === 'ClusterNetworkPolicy'
  return {
    apiVersion: `policy.networking.k8s.io/${isNew ? 'v1alpha2' : 'v1alpha1'}`,
    kind,
    metadata: { name: 'default' },
    spec: {
      ...(isNew ? { tier: 'Admin' } : {}),
      ...(kind === 'BaselineAdminNetworkPolicy' ? {} : { priority }),
      subject: { namespaces: {} },
      ...rules,
    },
  }
}
const shut = { ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] }
const toNodes = (action: string): object => ({ egress: [{ action, to: [{ nodes: {} }] }] })

function look(profile: string, objects: readonly object[]): Profiled {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  const { cluster, policies, settings, problems } = load([{ path: 'all.json', text, counts: true }])
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const [id = '', version] = profile.split('@')
  return evaluateWithProfile(cluster, policies, { ...settings, profile: { id, version } })
}

interface Situation {
  readonly policy: object
  readonly from: End
  readonly to: End
  readonly nodes?: boolean
  readonly reference: string
  /** All others are as the reference. */
  readonly but: Readonly<Record<string, string>>
}

const ALL = 'all ports'
const NONE = 'no ports'
const OPEN = 'no ports ? all ports'
const SCTP_OPEN = 'no ports ? SCTP 7'
const flannel = { flannel: ALL }
const silentOnNodes = Object.fromEntries(
  ['cilium', 'kube-router', 'antrea', 'ovn-kubernetes', 'azure-npm-linux', 'azure-npm-windows', 'gke-dataplane-v2'].map(
    (id) => [id, OPEN],
  ),
)

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'deny all ingress': { policy: webIn(), from: DB, to: WEB, reference: NONE, but: flannel },
  'deny all egress': { policy: webOut(), from: WEB, to: DB, reference: NONE, but: flannel },
  'one port of a pod': {
    policy: webIn({ from: [{ podSelector: app('db') }], ports: [{ port: 80 }] }),
    from: DB,
    to: WEB,
    reference: 'TCP 80',
    but: flannel,
  },
  endPort: {
    policy: webIn({ ports: [{ port: 80, endPort: 90 }] }),
    from: DB,
    to: WEB,
    reference: 'TCP 80-90',
    but: { ...flannel, 'weave-net': 'TCP 80', 'gke-dataplane-v2': 'TCP 80 ? TCP 81-90' },
  },
  SCTP: {
    policy: webIn({ ports: [{ protocol: 'SCTP', port: 7 }] }),
    from: DB,
    to: WEB,
    reference: 'SCTP 7',
    but: {
      ...flannel,
      cilium: SCTP_OPEN,
      'weave-net': SCTP_OPEN,
      'gke-dataplane-v2': SCTP_OPEN,
      'azure-npm-windows': ALL,
    },
  },
  'a port name, ingress': {
    policy: webIn({ ports: [{ port: 'http' }] }),
    from: DB,
    to: WEB,
    reference: 'TCP 8080',
    but: { ...flannel, 'weave-net': ALL, 'ovn-kubernetes': 'all TCP ports', 'azure-npm-windows': ALL },
  },
  'a port name, egress to pods': {
    policy: webOut({ to: [{ namespaceSelector: {} }], ports: [{ port: 'http' }] }),
    from: WEB,
    to: CLI,
    reference: 'TCP 9090',
    but: { ...flannel, 'weave-net': ALL, 'ovn-kubernetes': 'all TCP ports', 'azure-npm-windows': ALL },
  },
  'a port name, egress without `to`, to another namespace': {
    policy: webOut({ ports: [{ port: 'http' }] }),
    from: WEB,
    to: CLI,
    reference: 'TCP 9090',
    but: {
      ...flannel,
      'weave-net': ALL,
      'ovn-kubernetes': 'all TCP ports',
      'azure-npm-windows': ALL,
      'kube-router': NONE,
      'aws-vpc-cni': NONE,
    },
  },
  'a port name, egress to a block outside': {
    policy: webOut({ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 'http' }] }),
    from: WEB,
    to: host('203.0.113.9'),
    reference: NONE,
    but: { ...flannel, 'weave-net': ALL, 'ovn-kubernetes': 'all TCP ports', 'azure-npm-windows': ALL },
  },
  'a block that holds the pod': {
    policy: webIn({ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }),
    from: DB,
    to: WEB,
    reference: ALL,
    but: { cilium: NONE, 'gke-dataplane-v2': NONE, 'azure-npm-windows': OPEN },
  },
  'a block outside': {
    policy: webIn({ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }),
    from: host('203.0.113.9'),
    to: WEB,
    reference: ALL,
    but: {},
  },
  'what is excepted': {
    policy: webIn({ from: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.9/32'] } }] }),
    from: host('203.0.113.9'),
    to: WEB,
    reference: NONE,
    but: { ...flannel, 'azure-npm-windows': ALL },
  },
  'an IPv6 block': {
    policy: webOut({ to: [{ ipBlock: { cidr: '2001:db8::/32' } }] }),
    from: WEB,
    to: host('2001:db8::1'),
    reference: ALL,
    but: { 'weave-net': NONE, 'aws-vpc-cni': NONE },
  },
  'all of IPv6, link-local': {
    policy: webOut({ to: [{ ipBlock: { cidr: '::/0' } }] }),
    from: WEB,
    to: host('fe80::1'),
    reference: ALL,
    but: { 'weave-net': NONE, 'aws-vpc-cni': NONE, 'kube-router': NONE },
  },
  'an IPv6 block beside what is denied': {
    policy: webOut({ to: [{ ipBlock: { cidr: '2001:db8::/32' } }] }),
    from: WEB,
    to: DB,
    reference: NONE,
    but: { ...flannel, 'azure-npm-linux': ALL, 'azure-npm-windows': ALL },
  },
  NotIn: {
    policy: webIn({
      from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] } }],
    }),
    from: DB,
    to: WEB,
    reference: NONE,
    but: { ...flannel, 'azure-npm-windows': ALL },
  },
  'the own node to its pod': {
    policy: webIn(),
    from: AGENT,
    to: WEB,
    nodes: true,
    reference: ALL,
    but: { 'weave-net': OPEN, 'azure-npm-linux': OPEN, 'azure-npm-windows': OPEN },
  },
  'a pod to its own node': {
    policy: webOut(),
    from: WEB,
    to: AGENT,
    nodes: true,
    reference: ALL,
    but: { ...silentOnNodes, calico: NONE, kindnet: NONE },
  },
  'another node': { policy: webIn(), from: { node: 'n2' }, to: WEB, nodes: true, reference: NONE, but: flannel },
  'pods in the network of a node are nobody’s subject': {
    policy: { ...policy({ podSelector: {} }), metadata: { namespace: 'b', name: 'p' } },
    from: WEB,
    to: AGENT,
    nodes: true,
    reference: ALL,
    but: {},
  },
  'nor are they in any namespace': {
    policy: { ...policy({ podSelector: app('db'), ingress: [{ from: [{ namespaceSelector: {} }] }] }) },
    from: AGENT,
    to: DB,
    nodes: true,
    reference: NONE,
    but: { ...flannel, 'ovn-kubernetes': ALL },
  },
  'nor are they pods of any namespace': {
    policy: {
      ...policy({ podSelector: app('db'), ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }] }),
    },
    from: AGENT,
    to: DB,
    nodes: true,
    reference: NONE,
    but: flannel,
  },
  AdminNetworkPolicy: {
    policy: clusterPolicy('AdminNetworkPolicy', 5, shut),
    from: DB,
    to: WEB,
    reference: NONE,
    but: { ...all(ALL), antrea: OPEN, 'ovn-kubernetes': NONE, 'calico@3.30': NONE, 'kindnet@0.8.1': NONE },
  },
  BaselineAdminNetworkPolicy: {
    policy: clusterPolicy('BaselineAdminNetworkPolicy', 0, shut),
    from: DB,
    to: WEB,
    reference: NONE,
    but: { ...all(ALL), antrea: OPEN, 'ovn-kubernetes': NONE, 'antrea@1.12': ALL, 'calico@3.31': NONE },
  },
  ClusterNetworkPolicy: {
    policy: clusterPolicy('ClusterNetworkPolicy', 5, shut),
    from: DB,
    to: WEB,
    reference: NONE,
    but: {
      ...all(ALL),
      calico: NONE,
      cilium: OPEN,
      antrea: OPEN,
      kindnet: OPEN,
      'calico@3.31': ALL,
      'cilium@1.19': ALL,
      'antrea@2.6': ALL,
    },
  },
  'ClusterNetworkPolicy that denies nodes': {
    policy: clusterPolicy('ClusterNetworkPolicy', 5, toNodes('Deny')),
    from: WEB,
    to: DB,
    nodes: true,
    reference: ALL,
    but: { calico: NONE, cilium: OPEN, antrea: OPEN },
  },
  'a priority above 99': {
    policy: clusterPolicy('AdminNetworkPolicy', 100, shut),
    from: DB,
    to: WEB,
    reference: NONE,
    but: { ...all(ALL), antrea: OPEN, 'calico@3.30': NONE },
  },
}

function all(verdict: string): Readonly<Record<string, string>> {
  return Object.fromEntries(NAMES.filter((id) => id !== 'reference').map((id) => [id, verdict]))
}

describe.each(Object.entries(SITUATIONS))('%s', (_, { policy: own, from, to, nodes, reference, but }) => {
  const objects = [...PODS, ...(nodes ? NODES : []), own]
  test.each([...new Set([...NAMES, ...Object.keys(but)])])('%s', (profile) => {
    const verdict = verdictUnder(look(profile, objects), from, to)
    expect(told(verdict?.reference)).toBe(reference)
    expect(told(verdict?.verdict)).toBe(but[profile] ?? reference)
    const wanted = but[profile] ?? reference
    expect((verdict?.deviations.length ?? 0) > 0).toBe(wanted !== reference)
  })
})

test('an Accept rule for nodes allows nobody on Calico', () => {
  const accept = clusterPolicy('ClusterNetworkPolicy', 5, {
    egress: [
      { action: 'Accept', to: [{ nodes: {} }, { namespaces: {} }] },
      { action: 'Deny', to: [{ namespaces: {} }] },
    ],
  })
  const at = (profile: string): string =>
    told(verdictUnder(look(profile, [...PODS, ...NODES, accept]), WEB, DB)?.verdict)
  expect([at('reference'), at('calico'), at('calico@3.31')]).toEqual([ALL, NONE, ALL])
})
