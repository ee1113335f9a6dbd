import type { Deviation } from '#core/model/profile.ts'
import type { Policy } from '#core/model/rule.ts'
import { DEFAULT_SETTINGS, type Settings } from '#core/model/settings.ts'
import { block, cluster, node, pod, policy, pods, port } from '#core/evaluate/build.testkit.ts'
import { describe, expect, test } from 'vitest'
import { applyProfile } from './apply.ts'
import { PROFILES } from './index.ts'

const under = (profile: string): Settings => {
  const [id = '', version] = profile.split('@')
  return { ...DEFAULT_SETTINGS, profile: { id, version } }
}
const told = ({ policyName, rule, fact, effect, uncertain }: Deviation): string =>
  `${policyName}${rule ? ` ${rule.path.slice(1).join(' ')}` : ''}: ${fact}${effect === 'policy-without-effect' ? ' drops it' : ''}${uncertain ? ' ?' : ''}`
const apply = (profile: string, ...policies: readonly Policy[]): ReturnType<typeof applyProfile> =>
  applyProfile(policies, under(profile))

const plain = policy('plain', 'app=web', { ingress: [{ peers: [pods('app=api')], ports: [port(80)] }] })
const named = policy('named', 'app=web', { ingress: [{ ports: [port('http'), port(81)] }] })

test('the reference and a profile that nobody knows give back what they got', () => {
  const policies = [plain, named]
  for (const id of ['reference', 'none-such']) {
    const settings = under(id)
    const applied = applyProfile(policies, settings)
    expect(applied.policies).toBe(policies)
    expect(applied.settings).toBe(settings)
    expect([applied.deviations, applied.variants]).toEqual([[], []])
  }
})

test.each(PROFILES.filter(({ id }) => id !== 'flannel').map(({ id }) => [id]))(
  '%s takes a plain policy as it is',
  (id) => {
    const policies = [plain]
    const applied = applyProfile(policies, under(id))
    expect(applied.policies).toBe(policies)
    expect(applied.deviations).toEqual([])
    expect(applied.variants).toEqual([])
  },
)

test('one policy that is changed leaves the others the objects that they are, and is itself the same the next time', () => {
  const first = apply('weave-net', plain, named)
  expect(first.policies[0]).toBe(plain)
  expect(first.policies[1]).not.toBe(named)
  const second = applyProfile([named, plain], under('weave-net'))
  expect(second.policies[0]).toBe(first.policies[1])
})

test('a policy that is left out says nothing in any direction, and keeps what it looks at', () => {
  const { policies, deviations } = apply('flannel', named)
  expect(policies).toMatchObject([{ name: 'shop/named', directions: [], rules: named.rules }])
  expect(deviations).toMatchObject([{ directions: ['ingress'], effect: 'policy-without-effect', verified: true }])
})

test('one that has no effect anyway does not deviate', () => {
  expect(apply('flannel', { ...plain, inert: true }).deviations).toEqual([])
  const ignored = policy(
    'ignored',
    '',
    { ingress: [], egress: [{ ports: [port('http')] }] },
    { directions: ['ingress'] },
  )
  expect(apply('ovn-kubernetes', ignored).deviations).toEqual([])
})

const out = (ports: readonly ReturnType<typeof port>[], ...peers: readonly Parameters<typeof block>[0][]): Policy =>
  policy('p', '', { egress: [{ ...(peers.length > 0 ? { peers: peers.map((cidr) => block(cidr)) } : {}), ports }] })

describe('what a profile makes of a policy', () => {
  const range = policy('p', '', { ingress: [{ ports: [{ ...port(80), port: { type: 'range', from: 80, to: 90 } }] }] })
  const kind = (name: string, priority = 5): Policy => ({ ...plain, tier: 'admin', kind: name, priority })
  const absent = policy('p', '', {
    ingress: [{ peers: [pods('!app')] }],
  })
  const many = out(
    Array.from({ length: 25 }, (_, i) => port(i + 1)),
    '10.0.0.0/8',
  )
  test.each<readonly [string, Policy, readonly string[]]>([
    ['flannel', plain, ['shop/plain: enforces drops it']],
    ['weave-net', named, ['shop/named: namedPort drops it']],
    ['weave-net', range, ['shop/p ingress 0: endPort']],
    ['weave-net', out([port(1, 'SCTP')]), ['shop/p egress 0: sctp ?']],
    ['weave-net', out([port(1)], '::/0'), ['shop/p egress 0: ipv6']],
    ['ovn-kubernetes', named, ['shop/named ingress 0: namedPort']],
    ['ovn-kubernetes', kind('AdminNetworkPolicy', 99), []],
    ['ovn-kubernetes', kind('AdminNetworkPolicy', 100), ['shop/plain: priorityLimit drops it']],
    ['ovn-kubernetes', kind('BaselineAdminNetworkPolicy', 0), []],
    ['ovn-kubernetes', kind('ClusterNetworkPolicy'), ['shop/plain: cnp drops it']],
    ['cilium', out([port(1)], '10.0.0.0/8'), ['shop/p egress 0: ipBlockMatchesPods']],
    ['cilium', range, []],
    ['cilium@1.17.2', range, []],
    ['cilium@1.16', range, ['shop/p ingress 0: endPort ?', 'shop/p: endPort drops it ?']],
    ['cilium', out([port(1, 'SCTP')]), ['shop/p egress 0: sctp ?']],
    ['cilium@1.19', kind('ClusterNetworkPolicy'), ['shop/plain: cnp drops it']],
    ['cilium', kind('ClusterNetworkPolicy'), ['shop/plain: cnp drops it ?']],
    ['cilium', kind('AdminNetworkPolicy'), ['shop/plain: anp drops it']],
    ['gke-dataplane-v2', range, ['shop/p ingress 0: endPort ?']],
    ['gke-dataplane-v2', out([port(1)], '10.0.0.0/8'), ['shop/p egress 0: ipBlockMatchesPods']],
    ['gke-dataplane-v2', kind('ClusterNetworkPolicy'), ['shop/plain: cnp drops it']],
    ['calico@3.30', kind('AdminNetworkPolicy'), []],
    ['calico@v3.31.4', kind('BaselineAdminNetworkPolicy'), []],
    ['calico@3.28', kind('AdminNetworkPolicy'), ['shop/plain: anp drops it']],
    ['calico', kind('AdminNetworkPolicy'), ['shop/plain: anp drops it']],
    ['calico', kind('ClusterNetworkPolicy'), []],
    ['calico@3.31', kind('ClusterNetworkPolicy'), ['shop/plain: cnp drops it']],
    ['antrea', kind('AdminNetworkPolicy'), ['shop/plain: anp drops it ?']],
    ['antrea@1.12', kind('AdminNetworkPolicy'), ['shop/plain: anp drops it']],
    ['antrea@2.6', kind('ClusterNetworkPolicy'), ['shop/plain: cnp drops it']],
    ['kindnet', kind('ClusterNetworkPolicy'), ['shop/plain: cnp drops it ?']],
    ['kindnet@0.8.1', kind('AdminNetworkPolicy'), []],
    ['kindnet', kind('AdminNetworkPolicy'), ['shop/plain: anp drops it']],
    ['kube-router', out([port('http')], '10.0.0.0/8'), ['shop/p egress 0: namedPort']],
    ['kube-router', out([port('http')]), ['shop/p egress 0: namedPort']],
    ['kube-router', named, []],
    ['kube-router', out([port(1)], '::/0'), ['shop/p egress 0: ipv6']],
    ['kube-router', out([port(1)], 'fd00::/64'), []],
    ['aws-vpc-cni', out([port('http')], '10.0.0.0/8'), ['shop/p egress 0: namedPort']],
    ['aws-vpc-cni', out([port('http')]), ['shop/p egress 0: namedPort']],
    ['aws-vpc-cni', out([port(1)], '::/0', '10.0.0.0/8'), ['shop/p egress 0: ipv6']],
    ['aws-vpc-cni', many, ['shop/p egress 0: portLimit ?']],
    ['azure-npm-linux', named, []],
    ['azure-npm-linux', out([port(1)], '::/0'), ['shop/p: ipv6 drops it']],
    ['azure-npm-windows', named, ['shop/named: namedPort drops it']],
    ['azure-npm-windows', out([port(1, 'SCTP')]), ['shop/p: sctp drops it']],
    ['azure-npm-windows', out([port(1)], '10.0.0.0/8'), ['shop/p egress 0: ipBlockMatchesPods ?']],
    ['azure-npm-windows', absent, ['shop/p: negativeSelectors drops it']],
    ['azure-npm-windows', policy('p', '!app', { ingress: [] }), ['shop/p: negativeSelectors drops it']],
  ])('%s %#', (profile, own, expected) => {
    expect(apply(profile, own).deviations.map(told)).toEqual(expected)
  })

  test('except is what Azure NPM on Windows fails at', () => {
    const own = policy('p', '', { ingress: [{ peers: [block('10.0.0.0/8', '10.1.0.0/16')] }] })
    expect(apply('azure-npm-windows', own).deviations.map(told)).toEqual(['shop/p: except drops it'])
  })

  test('each deviation has the words and the source of its fact', () => {
    for (const { id } of PROFILES)
      for (const own of apply(id, named, range, kind('ClusterNetworkPolicy')).deviations) {
        expect(own.source).toMatch(/^https:/)
        expect(own.note).not.toBe('')
      }
  })
})

test('everything that is not known and matters is read in each way, once', () => {
  const sctp = policy('sctp', '', { ingress: [{ ports: [port(1, 'SCTP')] }] })
  const range = policy('range', '', {
    ingress: [{ ports: [{ ...port(80), port: { type: 'range', from: 80, to: 90 } }] }],
  })
  expect(apply('gke-dataplane-v2', sctp, range).variants.map(({ key }) => key)).toEqual([
    'endPort=yes sctp=no',
    'endPort=start-only sctp=yes',
    'endPort=start-only sctp=no',
  ])
  expect(apply('gke-dataplane-v2', sctp).variants).toHaveLength(1)
})

test('what nobody knows about nodes is one question', () => {
  const both = policy('both', '', { ingress: [], egress: [] })
  const at = cluster([pod('a')], { nodes: [node('n1', '192.168.0.1')] })
  const { variants, deviations } = applyProfile([both], under('azure-npm-linux'), at)
  expect(variants.map(({ settings }) => settings.policedOwnNode)).toEqual([['ingress', 'egress']])
  expect(deviations.map(told)).toEqual(['shop/both: ownNode ?', 'shop/both: toOwnNode ?'])
})

test('the cluster says which family of addresses it has, and whether there are nodes', () => {
  const v4 = policy('v4', '', { egress: [{ peers: [block('10.0.0.0/8')] }] })
  const settings = under('aws-vpc-cni')
  expect(applyProfile([v4], settings, cluster([pod('a', { ips: ['10.0.0.1'] })])).deviations).toEqual([])
  expect(applyProfile([v4], settings, cluster([pod('a', { ips: ['fd00::1'] })])).deviations.map(told)).toEqual([
    'shop/v4 egress 0: ipv6',
  ])
  const calico = under('calico')
  expect(applyProfile([v4], calico, cluster([pod('a')])).settings).toBe(calico)
  expect(applyProfile([v4], calico, cluster([pod('a')])).deviations).toEqual([])
  const withNode = cluster([pod('a')], { nodes: [node('n1', '192.168.0.1')] })
  const applied = applyProfile([v4], calico, withNode)
  expect(applied.deviations.map(told)).toEqual(['shop/v4: toOwnNode'])
  expect(applied.settings).toMatchObject({ policedOwnNode: ['egress'], ipBlocksMatchPods: true })
})

test('a cluster with both families is read as one of IPv4, and pods in the network of nodes tell nothing of it', () => {
  const v4 = policy('v4', '', { egress: [{ peers: [block('10.0.0.0/8')] }] })
  const told4 = (...pods: Parameters<typeof cluster>[0]): readonly string[] =>
    applyProfile([v4], under('aws-vpc-cni'), cluster(pods)).deviations.map(told)
  expect(told4(pod('a', { ips: ['fd00::1', '10.0.0.1'] }))).toEqual([])
  expect(told4(pod('a', { ips: ['fd00::1'] }), pod('b', { ips: ['10.0.0.1'] }))).toEqual([])
  expect(told4(pod('a', { ips: ['fd00::1'] }), pod('b', { ips: ['10.0.0.1'], hostNetwork: true }))).toContain(
    'shop/v4 egress 0: ipv6',
  )
})

test('nodes show by a pod in their network, too; what a namespace says of them needs Node objects', () => {
  const closed = policy('out', '', { egress: [] })
  const host = pod('agent', { hostNetwork: true })
  expect(applyProfile([closed], under('calico'), cluster([pod('a'), host])).deviations.map(told)).toEqual([
    'shop/out: toOwnNode',
  ])
  const hosts = policy('hosts', '', {
    ingress: [{ peers: [pods('', 'policy-group.network.openshift.io/host-network=')] }],
  })
  const facts = (at: ReturnType<typeof cluster>): readonly string[] =>
    applyProfile([hosts], under('ovn-kubernetes'), at).deviations.map(({ fact }) => fact)
  expect(facts(cluster([pod('a'), host]))).not.toContain('hostNetworkPeers')
  expect(facts(cluster([pod('a')], { nodes: [node('n1', '192.168.0.1')] }))).toContain('hostNetworkPeers')
})

test('a deviation says what helps, where something does', () => {
  const [dropped] = apply('weave-net', named).deviations
  expect(dropped?.remedy).toBe('the number of the port instead of its name.')
  const [sctp] = apply('weave-net', out([port(1, 'SCTP')])).deviations
  expect(sctp).not.toHaveProperty('remedy')
})

test('what is about one direction, or about NetworkPolicy, is not said of others', () => {
  const at = cluster([pod('a')], { nodes: [node('n1', '192.168.0.1')] })
  expect(applyProfile([policy('in', '', { ingress: [] })], under('calico'), at).deviations).toEqual([])
  expect(applyProfile([policy('in', '', { ingress: [] })], under('kindnet'), at).deviations).toEqual([])
  const ports = Array.from({ length: 25 }, (_, i) => port(i + 1))
  const admin = policy(
    'many',
    '',
    { egress: [{ action: 'deny', peers: [block('10.0.0.0/8')], ports }] },
    { tier: 'admin', kind: 'ClusterNetworkPolicy' },
  )
  expect(apply('aws-vpc-cni', admin).deviations.map(({ fact }) => fact)).not.toContain('portLimit')
})
