import type { PolicyText } from '#core/kinds/networkPolicyText.ts'
import type { End } from '#core/model/end.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import { expect, test } from 'vitest'
import type { Edge } from './edges.ts'
import { type Scope, wholeSet } from './wholeSet.ts'
import { worldOf } from './world.testkit.ts'

const pod = (name: string, namespace = 'shop', labels = `app: ${name}`): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }
spec: { containers: [{ name: main, image: x }] }
---
`
const WORLD = [pod('a'), pod('b'), pod('c'), pod('one', 'ops'), pod('two', 'ops'), pod('alone', 'lone')].join('')

const at = (name: string, namespace = 'shop'): End => ({ namespace, workload: `Pod/${name}` })
const edge = (from: End, to: End, ...ports: readonly string[]): Edge => ({
  from,
  to,
  ports: ports.map((text) => parsePortSpec(text)).filter((spec) => spec !== undefined),
})

function drawn(edges: readonly Edge[], scope: Partial<Scope> = {}): readonly PolicyText[] {
  const { evaluation } = worldOf([{ path: 'all.yaml', text: WORLD, counts: true }])
  const own: Scope = { namespaces: ['shop'], directions: 'ingress', style: 'per-workload', ...scope }
  return wholeSet(evaluation, edges, own).policies
}

const named = (policies: readonly PolicyText[], name: string): PolicyText | undefined =>
  policies.find((policy) => policy.name === name)
const app = (name: string): object => ({ podSelector: { matchLabels: { app: name } } })
const byName = (name: string): object => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })
const port = (number: number): object => ({ protocol: 'TCP', port: number })

test('peers with the same ports share a rule, and two connections are never multiplied', () => {
  const edges = [
    edge(at('b'), at('a'), 'TCP/80'),
    edge(at('c'), at('a'), 'TCP/443'),
    edge(at('one', 'ops'), at('a'), 'TCP/80'),
  ]
  const inOps = { namespaceSelector: byName('ops'), ...app('one') }
  expect(named(drawn(edges), 'a-ingress')?.rules.ingress).toEqual([
    { peers: [inOps, app('b')], ports: [port(80)] },
    { peers: [app('c')], ports: [port(443)] },
  ])
})

test('the order is that of the peers, however the edges were drawn', () => {
  const edges = [edge(at('c'), at('a'), 'TCP/443', 'TCP/80'), edge(at('b'), at('c')), edge(at('b'), at('a'), 'UDP/53')]
  expect(drawn(edges.toReversed())).toEqual(drawn(edges))
  expect(drawn(edges).map(({ name }) => name)).toEqual(['default-deny', 'a-ingress', 'c-ingress'])
})

test('what another edge implies is not written: wider peers, wider ports, all of a namespace', () => {
  const anybody = [edge(at('b'), at('a'), 'TCP/80'), edge({ anywhere: true }, at('a'), 'TCP/1-100')]
  expect(named(drawn(anybody), 'a-ingress')?.rules.ingress).toEqual([
    { peers: 'any', ports: [{ protocol: 'TCP', port: 1, endPort: 100 }] },
  ])
  const part = [edge(at('b'), at('a'), 'TCP/80', 'TCP/443'), edge({ anyNamespace: true }, at('a'), 'TCP/80')]
  expect(named(drawn(part), 'a-ingress')?.rules.ingress).toEqual([
    { peers: [app('b')], ports: [port(443)] },
    { peers: [{ namespaceSelector: {} }], ports: [port(80)] },
  ])
  const whole = [edge(at('b'), at('a'), 'TCP/80'), edge(at('b'), { namespace: 'shop' }, 'TCP')]
  expect(drawn(whole).map(({ name }) => name)).toEqual(['allow-from-b'])
})

test('of two ends that are the same addresses, one is written', () => {
  const edges = [edge({ host: '192.0.2.1' }, at('a')), edge({ cidr: '192.0.2.1/32' }, at('a'))]
  expect(named(drawn(edges), 'a-ingress')?.rules.ingress).toHaveLength(1)
})

test('all workloads of a namespace are its selector; the only one of a namespace is itself', () => {
  const edges = ['one', 'two'].map((name) => edge(at(name, 'ops'), at('a'), 'TCP/80'))
  const peers = named(drawn([...edges, edge(at('alone', 'lone'), at('a'), 'TCP/80')]), 'a-ingress')?.rules.ingress
  expect(peers).toEqual([
    {
      peers: [{ namespaceSelector: byName('lone'), ...app('alone') }, { namespaceSelector: byName('ops') }],
      ports: [port(80)],
    },
  ])
  const own = ['a', 'b', 'c'].map((name) => edge(at(name), at('a')))
  expect(named(drawn(own), 'a-ingress')?.rules.ingress).toEqual([{ peers: [{ podSelector: {} }], ports: [] }])
  // Without its own replicas among them it isn't all of the namespace.
  expect(named(drawn(own.slice(1)), 'a-ingress')?.rules.ingress).toEqual([{ peers: [app('b'), app('c')], ports: [] }])
})

test('a default deny is written only where a workload has no policy of its own', () => {
  const some = [edge(at('a'), at('b')), edge(at('a'), at('c'))]
  expect(named(drawn(some), 'default-deny')?.rules).toEqual({ ingress: [] })
  expect(named(drawn([...some, edge(at('b'), at('a'))]), 'default-deny')).toBeUndefined()
  const both = drawn(some, { directions: 'both' })
  expect(both.map(({ name }) => name)).toEqual(['default-deny', 'allow-dns', 'b-ingress', 'c-ingress', 'a-egress'])
  // DNS for all pods isolates them already.
  expect(named(both, 'default-deny')?.rules).toEqual({ ingress: [] })
})

test('only ends in the scope get policies', () => {
  const edges = [edge(at('one', 'ops'), at('a')), edge(at('a'), at('two', 'ops'))]
  const both = drawn(edges, { directions: 'both' })
  expect(new Set(both.map(({ namespace }) => namespace))).toEqual(new Set(['shop']))
  expect(named(both, 'a-egress')).toBeDefined()
})

test('per edge, each connection is a policy that is named after it', () => {
  const edges = [edge(at('b'), at('a'), 'TCP/80'), edge({ cidr: '10.0.0.0/8' }, at('a'), 'TCP/80')]
  expect(drawn(edges, { style: 'per-edge' }).map(({ name }) => name)).toEqual([
    'default-deny',
    'allow-b-to-a',
    'allow-10-0-0-0-8-to-a',
  ])
})

test('per namespace, workloads with equal rules share a policy by one In', () => {
  const edges = [edge(at('c'), at('a'), 'TCP/80'), edge(at('c'), at('b'), 'TCP/80')]
  const shared = named(drawn(edges, { style: 'per-namespace' }), 'a-and-b-ingress')
  expect(shared?.podSelector).toEqual({ matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] })
  const unlike = [edge(at('c'), at('a'), 'TCP/80'), edge(at('c'), at('b'), 'TCP/81')]
  expect(drawn(unlike, { style: 'per-namespace' })).toEqual(drawn(unlike))
})

test('two workloads of one name get policies of two names', () => {
  const two = `${pod('a', 'shop', 'k: one')}apiVersion: apps/v1
kind: Deployment
metadata: { name: a, namespace: shop }
spec: { selector: { matchLabels: { k: two } }, template: { metadata: { labels: { k: two } }, spec: { containers: [{ name: main, image: x }] } } }
`
  const { evaluation } = worldOf([{ path: 'all.yaml', text: two, counts: true }])
  const edges = ['Pod/a', 'Deployment/a'].map((workload) => edge({ anywhere: true }, { namespace: 'shop', workload }))
  const { policies } = wholeSet(evaluation, edges, {
    namespaces: ['shop'],
    directions: 'ingress',
    style: 'per-workload',
  })
  expect(policies.map(({ name }) => name)).toEqual(['a-ingress', 'a-ingress-2'])
})

test('what no policy can name is told, with the reason', () => {
  const { evaluation } = worldOf([{ path: 'all.yaml', text: WORLD + pod('bare', 'shop', ''), counts: true }])
  const scope: Scope = { namespaces: ['shop'], directions: 'ingress', style: 'per-workload' }
  const { unsaid, policies } = wholeSet(evaluation, [edge(at('a'), at('bare'), 'TCP/80')], scope)
  expect(unsaid.map(({ refusal }) => refusal)).toEqual([expect.stringContaining('no label in common')])
  expect(policies.map(({ name }) => name)).toEqual(['default-deny'])
})
