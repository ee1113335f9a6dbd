import { labels as sharedLabels, number, rule, selector } from '#core/evaluate/random.testkit.ts'
import type { RawCluster, RawPolicy } from '#core/evaluate/raw.testkit.ts'
import type { SourceFile } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import type { PlanStyle } from '#core/model/intent.ts'
import fc from 'fast-check'
import { clusterFile, DNS_NAMESPACE, type Hand, type Made, policyFiles } from './drawingText.testkit.ts'

/** An edge that somebody draws, in the style that is set then. */
export interface Stroke {
  readonly from: End
  readonly to: End
  readonly ports: readonly string[]
  readonly style: PlanStyle
}

/** A random drawing: what there is, what is denied first, and the edges one after the other. */
export interface Drawing {
  readonly files: readonly SourceFile[]
  /** What the files say, for the reference. */
  readonly cluster: RawCluster
  readonly workloads: readonly Made[]
  /** From an empty workspace: the directions that are denied first everywhere, and whether DNS stays open. */
  readonly deny?: { readonly directions: readonly ('ingress' | 'egress')[]; readonly dns: boolean } | undefined
  /** Does a label of its own tell every workload from all others? */
  readonly distinct: boolean
  readonly strokes: readonly Stroke[]
}

/** Addresses of nobody in the cluster that probes ask about. */
export const OUTSIDE_IPS = [
  '203.0.113.9',
  '203.0.113.77',
  '198.51.100.7',
  '10.0.9.9',
  '10.0.1.99',
  '192.168.1.1',
  '2001:db8::1',
]
const OUTSIDE: readonly End[] = [
  { internet: true },
  { anywhere: true },
  { anyNamespace: true },
  { cidr: '10.0.0.0/16' },
  { cidr: '10.0.1.0/24', except: ['10.0.1.1/32'] },
  { cidr: '203.0.113.0/24', except: ['203.0.113.9/32'] },
  { cidr: '2001:db8::/32' },
  { host: '198.51.100.7' },
]
const PORTS = [
  [],
  ['TCP/80'],
  ['TCP/81', 'UDP/53'],
  ['UDP/53'],
  ['TCP/8080', 'TCP/8090-8100'],
  ['TCP/53-80'],
  ['SCTP'],
  ['TCP/http'],
  ['UDP/dns', 'TCP/443'],
]
const NAMESPACES = ['x', 'y', 'z']
type Labels = Readonly<Record<string, string>>
const KEYS = ['app', 'k8s-app', 'app.kubernetes.io/name']

const shape = fc.record({
  // Crowded, so that labels of some are among those of others.
  namespace: fc.constantFrom('x', 'x', 'x', ...NAMESPACES),
  labels: fc.constantFrom<Labels[]>(
    {},
    { app: 'a' },
    { app: 'a' },
    { app: 'a', tier: 'a' },
    { app: 'a', tier: 'b' },
    { tier: 'a' },
    { app: 'b' },
  ),
  key: fc.constantFrom(...KEYS),
  node: fc.constantFrom('n1', 'n2'),
  net: fc.constantFrom(...Array.from({ length: 10 }, () => 'plain'), 'host', 'v6'),
  replicas: fc.constantFrom(0, 0, 1, 2),
  /** Pods of two releases, told apart by a label. */
  rollout: fc.constantFrom(false, false, true),
  ports: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('http', 'dns'), port: number, protocol: fc.constantFrom('TCP', 'UDP') }),
    { selector: (own) => own.name, maxLength: 2 },
  ),
})
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

const policy = fc.tuple(
  fc.constantFrom(...NAMESPACES),
  fc.record(
    {
      podSelector: selector,
      policyTypes: fc.subarray(['Ingress', 'Egress']),
      ingress: fc.array(rule('from'), { maxLength: 2 }),
      egress: fc.array(rule('to'), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
)

const stroke = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  ports: fc.constantFrom(...PORTS),
  style: fc.constantFrom<PlanStyle>('per-workload', 'per-workload', 'per-edge', 'per-namespace'),
})

const parts = fc.record({
  shapes: fc.array(shape, { minLength: 2, maxLength: 5 }),
  distinct: fc.boolean(),
  hasDns: fc.boolean(),
  namespaces: fc.tuple(sharedLabels, sharedLabels, sharedLabels),
  strokes: fc.array(stroke, { minLength: 3, maxLength: 9 }),
})

/** Drawings from an empty workspace, whose namespaces are closed first. */
export const fromEmpty: fc.Arbitrary<Drawing> = fc
  .tuple(
    parts,
    fc.record({
      directions: fc.oneof(
        { weight: 4, arbitrary: fc.constant<('ingress' | 'egress')[]>(['ingress', 'egress']) },
        { weight: 1, arbitrary: fc.constant<('ingress' | 'egress')[]>(['ingress']) },
        { weight: 1, arbitrary: fc.constant<('ingress' | 'egress')[]>(['egress']) },
      ),
      dns: fc.boolean(),
    }),
  )
  .map(([own, deny]) => drawing(own, [], 'block', deny))

/** Drawings in a workspace that has policies (which never isolate one pod of a workload and not another), written by hand in one of several ways. */
export const fromPolicies: fc.Arbitrary<Drawing> = fc
  .tuple(
    parts,
    fc.array(policy, { minLength: 1, maxLength: 5 }),
    fc.constantFrom<Hand[]>('block', 'deep', 'flow', 'list', 'json'),
  )
  .map(([own, policies, hand]) =>
    drawing(
      own,
      policies.map(([namespace, spec], i) => ({ namespace, name: `policy-${i}`, spec })),
      hand,
    ),
  )

type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never

function drawing(own: Parts, policies: readonly RawPolicy[], hand: Hand, deny?: Drawing['deny']): Drawing {
  const drawn = own.shapes.map((one, i) => workloadOf(deny ? one : { ...one, rollout: false }, i, own.distinct))
  const workloads = own.hasDns ? [...drawn, DNS_WORKLOAD] : drawn
  const namespaces = NAMESPACES.map((name, i) => ({ name, labels: own.namespaces[i] ?? {} }))
  const cluster: RawCluster = {
    namespaces: own.hasDns ? [...namespaces, { name: DNS_NAMESPACE, labels: {} }] : namespaces,
    nodes: [],
    pods: workloads.flatMap(({ pods }) => pods),
    policies,
    clusterPolicies: [],
  }
  const homes = [...new Set(workloads.map(({ end }) => end.namespace))]
  const ends: readonly End[] = [
    ...workloads.map(({ end }) => end),
    ...homes.map((namespace) => ({ namespace })),
    ...OUTSIDE,
  ]
  return {
    files: [clusterFile(cluster, workloads, own.hasDns), ...policyFiles(policies, hand)],
    cluster,
    workloads,
    deny,
    distinct: own.distinct,
    strokes: own.strokes.map((one) => {
      const from = pick(one.from, ends)
      const isInside = 'namespace' in from || 'anyNamespace' in from
      // Network policies speak of pods: one end must be inside.
      return { ...one, from, to: pick(one.to, isInside ? ends : ends.slice(0, -OUTSIDE.length)) }
    }),
  }
}

function pick(index: number, from: readonly End[]): End {
  return from[index % from.length] ?? { anywhere: true }
}

const DNS_WORKLOAD: Made = {
  end: { namespace: DNS_NAMESPACE, workload: 'Pod/dns' },
  pods: [
    {
      namespace: DNS_NAMESPACE,
      name: 'dns',
      labels: { 'k8s-app': 'kube-dns' },
      ip: '10.0.7.1',
      node: 'n1',
      hostNetwork: false,
      finished: false,
      ports: [{ name: 'dns', port: 53, protocol: 'UDP' }],
    },
  ],
}

function workloadOf(
  { namespace, labels, key, node, net, replicas, rollout, ports }: Shape,
  i: number,
  distinct: boolean,
): Made {
  const own = distinct ? { ...labels, [key]: `w${i}` } : labels
  // A controller must select its pods by something.
  const isSet = replicas > 0 && Object.keys(own).length > 0
  const names = isSet ? Array.from({ length: replicas }, (_, n) => `set-${i}-${n}`) : [`pod-${i}`]
  const pods = names.map((name, n) => ({
    namespace,
    name,
    labels: isSet
      ? { ...own, ...(rollout ? { release: `r${n}` } : {}), 'statefulset.kubernetes.io/pod-name': name }
      : own,
    ip: ipFor(net, NAMESPACES.indexOf(namespace), node, 10 * i + n + 1),
    node,
    hostNetwork: net === 'host',
    finished: false,
    ports,
  }))
  return { end: { namespace, workload: isSet ? `StatefulSet/set-${i}` : `Pod/pod-${i}` }, pods }
}

function ipFor(net: string, home: number, node: string, host: number): string {
  if (net === 'host') return node === 'n1' ? '10.0.200.1' : '10.0.200.2'
  return net === 'v6' ? `fd00::${host}` : `10.0.${home}.${host}`
}
