import type { Policy } from '#core/model/rule.ts'
import type { End } from '#core/model/end.ts'
import { DEFAULT_SETTINGS, type Settings } from '#core/model/settings.ts'
import type { Cluster } from '#core/model/cluster.ts'
import { describe, expect, test } from 'vitest'
import { block, cluster, node, pod, policy, pods, port, told } from './build.testkit.ts'
import { evaluate, namedBlocks, verdictOf } from './evaluate.ts'
import { takenIn } from './takenIn.ts'
import { evaluateWithProfile, type Profiled, profiledAskerOf, verdictUnder, waysOf } from './profiled.ts'

const WEB: End = { namespace: 'shop', workload: 'Deployment/web' }
const API: End = { namespace: 'shop', workload: 'Deployment/api' }
const HOST: End = { namespace: 'shop', workload: 'Deployment/agent' }

const shop = cluster(
  [
    pod('web', { ips: ['10.0.0.1'], ports: [{ name: 'http', port: 8080, protocol: 'TCP' }], node: 'n1' }),
    pod('api', { ips: ['10.0.0.2'], node: 'n2' }),
    pod('agent', { hostNetwork: true, ips: ['192.168.0.1'], node: 'n1' }),
  ],
  { nodes: [node('n1', '192.168.0.1'), node('n2', '192.168.0.2')] },
)

const under = (profile: string): Settings => {
  const [id = '', version] = profile.split('@')
  return { ...DEFAULT_SETTINGS, profile: { id, version } }
}
const look = (profile: string, policies: readonly Policy[], at: Cluster = shop): Profiled =>
  evaluateWithProfile(at, policies, under(profile))

const openTo = (...ports: Parameters<typeof port>[]): readonly Policy[] => [
  policy('in', 'app=web', { ingress: [{ peers: [pods('app=api')], ports: ports.map((own) => port(...own)) }] }),
]
const range = [
  policy('in', 'app=web', { ingress: [{ ports: [{ ...port(80), port: { type: 'range', from: 80, to: 90 } }] }] }),
]
const byAddress = [policy('in', 'app=web', { ingress: [{ peers: [block('10.0.0.0/8')], ports: [port(80)] }] })]
const out = (...rules: NonNullable<Parameters<typeof policy>[2]['egress']>): readonly Policy[] => [
  policy('out', 'app=api', { egress: rules }),
]
const admin = (kind: string, priority = 1): readonly Policy[] => [
  policy(
    'guard',
    'app=web',
    { ingress: [{ action: 'deny' }] },
    { tier: 'admin', kind, priority, namespace: undefined },
  ),
]

describe('what a CNI does, beside what the API says', () => {
  test.each<readonly [string, string, readonly Policy[], string, string, string]>([
    ['flannel enforces nothing', 'flannel', openTo([80]), 'TCP 80', 'all ports', 'enforces'],
    [
      'a port name makes Weave leave out the policy',
      'weave-net',
      openTo(['http']),
      'TCP 8080',
      'all ports',
      'namedPort',
    ],
    ['Weave opens the start of a range', 'weave-net', range, 'TCP 80-90', 'TCP 80', 'endPort'],
    [
      'nobody knows what Weave makes of SCTP',
      'weave-net',
      openTo([80], [1, 'SCTP']),
      'TCP 80; SCTP 1',
      'TCP 80 ? SCTP 1',
      'sctp',
    ],
    ['Weave has no IPv6', 'weave-net', out({ peers: [block('::/0')] }), 'no ports', 'no ports', ''],
    [
      'OVN-Kubernetes opens all ports for a name',
      'ovn-kubernetes',
      openTo(['http']),
      'TCP 8080',
      'all TCP ports',
      'namedPort',
    ],
    ['to Cilium no block holds a pod', 'cilium', byAddress, 'TCP 80', 'no ports', 'ipBlockMatchesPods'],
    ['nor to GKE, as far as is known', 'gke-dataplane-v2', byAddress, 'TCP 80', 'no ports', 'ipBlockMatchesPods'],
    ['on Windows nobody knows', 'azure-npm-windows', byAddress, 'TCP 80', 'no ports ? TCP 80', 'ipBlockMatchesPods'],
    ['Calico takes blocks to hold pods', 'calico', byAddress, 'TCP 80', 'TCP 80', ''],
    ['Cilium 1.17 knows ranges', 'cilium@1.17', range, 'TCP 80-90', 'TCP 80-90', ''],
    [
      'what Cilium 1.16 makes of them is open',
      'cilium@1.16',
      range,
      'TCP 80-90',
      'TCP 80 ? TCP 1-79, 81-65535; all UDP ports; all SCTP ports',
      'endPort endPort',
    ],
    ['SCTP on Cilium is a switch', 'cilium', openTo([1, 'SCTP']), 'SCTP 1', 'no ports ? SCTP 1', 'sctp'],
    ['GKE and SCTP: not known', 'gke-dataplane-v2', openTo([1, 'SCTP']), 'SCTP 1', 'no ports ? SCTP 1', 'sctp'],
    ['Windows refuses SCTP with its policy', 'azure-npm-windows', openTo([1, 'SCTP']), 'SCTP 1', 'all ports', 'sctp'],
    [
      'NPM refuses IPv6 blocks with their policy',
      'azure-npm-linux',
      out({ peers: [block('::/0')] }),
      'no ports',
      'all ports',
      'ipv6',
    ],
    [
      'kube-router looks up no name in a block',
      'kube-router',
      out({ peers: [block('10.0.0.0/8')], ports: [port('http'), port(1)] }),
      'TCP 1, 8080',
      'TCP 1',
      'namedPort',
    ],
    [
      'but of pods beside it',
      'kube-router',
      out({ peers: [block('10.0.0.0/8'), pods('')], ports: [port('http')] }),
      'TCP 8080',
      'TCP 8080',
      '',
    ],
    [
      'and without `to` in the own namespace',
      'kube-router',
      out({ ports: [port('http')] }),
      'TCP 8080',
      'TCP 8080',
      '',
    ],
    ['where AWS looks up none', 'aws-vpc-cni', out({ ports: [port('http')] }), 'TCP 8080', 'no ports', 'namedPort'],
    ['an unknown kind has no effect', 'cilium', admin('AdminNetworkPolicy'), 'no ports', 'all ports', 'anp'],
    ['nor an old version’s', 'calico@3.31', admin('ClusterNetworkPolicy'), 'no ports', 'all ports', 'cnp'],
    ['a known one has', 'calico@3.32', admin('ClusterNetworkPolicy'), 'no ports', 'no ports', ''],
    ['a gate leaves it open', 'antrea', admin('ClusterNetworkPolicy'), 'no ports', 'no ports ? all ports', 'cnp'],
    [
      'a priority beyond the limit',
      'ovn-kubernetes',
      admin('AdminNetworkPolicy', 100),
      'no ports',
      'all ports',
      'priorityLimit',
    ],
    ['and within', 'ovn-kubernetes', admin('AdminNetworkPolicy', 99), 'no ports', 'no ports', ''],
  ])('%s', (_, profile, policies, reference, expected, facts) => {
    const verdict = verdictUnder(look(profile, policies), API, WEB)
    expect(told(verdict?.reference)).toBe(reference)
    expect(told(verdict?.verdict)).toBe(expected)
    expect(verdict?.deviations.map(({ fact }) => fact).join(' ')).toBe(facts)
    expect(verdict?.differs).toBe(reference !== expected)
  })

  test('more than 24 ports of a block may be too many for AWS', () => {
    const ports = Array.from({ length: 30 }, (_, i) => port(i + 1))
    const split = out(
      { peers: [block('10.0.0.0/8')], ports: ports.slice(0, 20) },
      { peers: [block('10.0.0.0/8')], ports: ports.slice(20) },
    )
    for (const policies of [out({ peers: [block('10.0.0.0/8')], ports }), split]) {
      const verdict = verdictUnder(look('aws-vpc-cni', policies), API, WEB)
      expect(told(verdict?.verdict)).toBe('TCP 1-24 ? TCP 25-30')
      expect(verdict?.deviations).toMatchObject([{ fact: 'portLimit', uncertain: true }])
    }
  })

  test('in another namespace a name without `to` is nothing to kube-router', () => {
    const far = cluster([
      pod('api'),
      pod('web', { namespace: 'far', ports: [{ name: 'http', port: 8080, protocol: 'TCP' }] }),
    ])
    const verdict = verdictUnder(look('kube-router', out({ ports: [port('http')] }), far), API, {
      namespace: 'far',
      workload: 'Deployment/web',
    })
    expect([told(verdict?.reference), told(verdict?.verdict)]).toEqual(['TCP 8080', 'no ports'])
  })

  test('kube-router reads ::/0 as the addresses that are given out', () => {
    const profiled = look('kube-router', out({ peers: [block('::/0')] }))
    const to = (host: string): string => told(verdictUnder(profiled, API, { cidr: host })?.verdict)
    expect([to('2001:db8::1/128'), to('fd00::1/128'), to('fe80::1/128')]).toEqual([
      'all ports',
      'all ports',
      'no ports',
    ])
  })
})

const hosts = (selector: string): readonly Policy[] => [
  policy('in', 'app=api', { ingress: [{ peers: [pods('', selector)] }] }),
]

describe('nodes', () => {
  const closed = [policy('out', 'app=web', { egress: [] }), policy('in', 'app=web', { ingress: [] })]

  test.each([
    ['reference', 'all ports', 'all ports'],
    ['calico', 'no ports', 'all ports'],
    ['kindnet', 'no ports', 'all ports'],
    ['antrea', 'no ports ? all ports', 'all ports'],
    ['aws-vpc-cni', 'all ports', 'all ports'],
    ['weave-net', 'all ports', 'no ports ? all ports'],
    ['azure-npm-linux', 'no ports ? all ports', 'no ports ? all ports'],
  ])('%s: a pod to its own node, and back', (profile, there, back) => {
    const profiled = look(profile, closed)
    expect(told(verdictUnder(profiled, WEB, HOST)?.verdict)).toBe(there)
    expect(told(verdictUnder(profiled, HOST, WEB)?.verdict)).toBe(back)
  })

  test('to Cilium no block holds a node either, while a rule without peers does', () => {
    const anyone = policy('any', 'app=web', { ingress: [{ ports: [port(1)] }] })
    const profiled = look('cilium', [policy('in', 'app=web', { ingress: [{ peers: [block('0.0.0.0/0')] }] }), anyone])
    const from = (end: End): string => told(verdictUnder(profiled, end, WEB)?.verdict)
    expect(from({ node: 'n2' })).toBe('TCP 1')
    expect(from({ internet: true })).toBe('all ports')
    expect(told(verdictUnder(look('reference', profiled.reference.policies), { node: 'n2' }, WEB)?.verdict)).toBe(
      'all ports',
    )
  })

  test('OVN-Kubernetes points at nodes by the namespace that stands for them', () => {
    const from = (selector: string): string =>
      told(verdictUnder(look('ovn-kubernetes', hosts(selector)), HOST, API)?.verdict)
    expect(from('policy-group.network.openshift.io/host-network=')).toBe('all ports')
    expect(from('team=shop')).toBe('no ports')
    const closedTo = verdictUnder(look('calico', hosts('policy-group.network.openshift.io/host-network=')), HOST, API)
    expect(told(closedTo?.verdict)).toBe('no ports')
  })
})

test('to Cilium a block takes in no pod, whatever its address', () => {
  const taken = ['reference', 'cilium'].map(
    (profile) => takenIn(look(profile, byAddress).evaluation, block('10.0.0.0/8')).sure.size,
  )
  expect(taken).toEqual([2, 0])
})

test('for the reference there is one evaluation and nothing else', () => {
  const profiled = look('reference', byAddress)
  expect(profiled.evaluation).toBe(profiled.reference)
  expect([profiled.variants, profiled.deviations]).toEqual([[], []])
  const verdict = verdictUnder(profiled, API, WEB)
  expect(verdict?.verdict).toBe(verdict?.reference)
})

test('a CNI that takes all policies as they are needs no evaluation of its own', () => {
  const profiled = look('calico', openTo([80]), cluster([pod('web'), pod('api')]))
  expect(profiled.evaluation).toBe(profiled.reference)
})

test('where nothing differs from the reference only by what a policy of others does, that is said of no one else', () => {
  const policies = [...openTo(['http']), policy('other', 'app=agent', { ingress: [] })]
  const verdict = verdictUnder(look('weave-net', policies), WEB, API)
  expect(verdict).toMatchObject({ differs: false, deviations: [] })
})

test('what differs for another direction of the same pod is not named', () => {
  const both = [...openTo(['http']), policy('out', 'app=web', { egress: [{ ports: [port('http')] }] })]
  const verdict = verdictUnder(look('ovn-kubernetes', both), WEB, API)
  expect(verdict?.deviations.map(({ policyName }) => policyName)).toEqual(['shop/out'])
})

test('where it is not known whether a policy counts, it may isolate', () => {
  const verdict = verdictUnder(look('cilium@1.16', range), API, WEB)?.verdict
  expect(verdict?.ingress).toMatchObject({
    isolated: 'unknown',
    isolatedBy: [{ policyName: 'shop/in', unknown: true }],
  })
  const sure = verdictUnder(look('cilium', openTo([1, 'SCTP'])), API, WEB)?.verdict
  expect(sure?.ingress.isolated).toBe('yes')
  expect(sure?.ingress.isolatedBy.map(({ unknown }) => unknown)).toEqual([undefined])
})

test('nothing is left of a policy of another engine where nothing is enforced', () => {
  const other = policy('cnp', 'app=web', {}, { unevaluated: 'CiliumNetworkPolicy' })
  const verdict = verdictUnder(look('flannel', [other]), API, WEB)
  expect([told(verdict?.reference), told(verdict?.verdict)]).toEqual(['no ports ? all ports', 'all ports'])
  expect(verdict?.deviations).toMatchObject([{ fact: 'enforces' }])
})

test('a rule that is read as two keeps its place, and so do those after it', () => {
  const rules = out({ peers: [block('10.0.0.0/8'), pods('')], ports: [port('http'), port(1)] }, { ports: [port(2)] })
  const verdict = verdictUnder(look('kube-router', rules), API, WEB)
  expect(verdict?.verdict.egress.evidence.map(({ index }) => index).toSorted()).toEqual([0, 1])
})

test('the internet is the same with and without a policy that is left out', () => {
  const policies = out({ peers: [block('::/0')] }, { ports: [port('nobody')] })
  const profiled = look('weave-net', policies)
  expect(profiled.evaluation.usesV6).toBe(true)
  expect(namedBlocks(profiled.evaluation)).toEqual(namedBlocks(profiled.reference))
})

test('edits go on from the evaluation before, and another profile goes on from the reference', () => {
  const [one] = openTo(['http'])
  const [other] = range
  const first = evaluateWithProfile(shop, one ? [one] : [], under('weave-net'))
  const second = evaluateWithProfile(
    shop,
    [one, other].flatMap((own) => own ?? []),
    first.reference.settings,
    first,
  )
  expect(second.evaluation.table).toBe(first.evaluation.table)
  const third = evaluateWithProfile(shop, second.reference.policies, under('ovn-kubernetes'), second)
  expect(third.reference.table).toBe(second.reference.table)
  for (const profiled of [second, third]) {
    const { cluster: at, policies, settings } = profiled.evaluation
    const anew = evaluate(at, policies, settings)
    expect(told(verdictOf(profiled.evaluation, API, WEB))).toBe(told(verdictOf(anew, API, WEB)))
  }
})

test('many connections at once get the same answers', () => {
  const policies = [
    ...openTo(['http'], [1, 'SCTP']),
    ...out({ peers: [block('10.0.0.0/8')] }),
    ...admin('ClusterNetworkPolicy'),
  ]
  const ends: readonly End[] = [WEB, API, HOST, { internet: true }, { node: 'n2' }, { cidr: '10.0.0.0/8' }]
  for (const profile of [
    'reference',
    'calico',
    'cilium',
    'weave-net',
    'gke-dataplane-v2',
    'azure-npm-windows',
    'antrea',
  ]) {
    const profiled = look(profile, policies)
    const asker = profiledAskerOf(profiled, namedBlocks(profiled.reference))
    for (const from of ends)
      for (const to of ends) {
        const [source, destination] = [asker.at(from), asker.at(to)]
        const wanted = verdictUnder(profiled, from, to)
        const got = source && destination ? asker.answer(source, destination) : undefined
        expect(got?.differs).toBe(wanted?.differs)
        for (const key of ['allowed', 'partial', 'undetermined'] as const)
          expect(got?.answer[key]).toEqual(wanted?.verdict[key])
      }
  }
})

const far = (name: string, ip: string) => pod(name, { namespace: 'far', ips: [ip] })

test('what only some pods may do differs, too', () => {
  const one = [policy('in', 'app=web', { ingress: [{ peers: [block('10.0.0.2/32')], ports: [port(80)] }] })]
  const at = cluster([pod('web', { ips: ['10.0.0.1'] }), far('a', '10.0.0.2'), far('b', '10.0.0.3')])
  const verdict = verdictUnder(look('cilium', one, at), { namespace: 'far' }, WEB)
  expect([told(verdict?.reference), told(verdict?.verdict)]).toEqual(['no ports ~ TCP 80', 'no ports'])
  expect(verdict).toMatchObject({ differs: true, deviations: [{ fact: 'ipBlockMatchesPods' }] })
})

test('nobody stands where nobody is, whichever way the CNI may be', () => {
  const asker = profiledAskerOf(look('cilium', openTo([1, 'SCTP'])), [])
  expect(asker.at({ namespace: 'shop', workload: 'Deployment/nobody' })).toBeUndefined()
  expect(asker.at(WEB)).toHaveLength(3)
})

test('each way in which a CNI may be is asked once', () => {
  const { evaluation, reference } = look('cilium', byAddress)
  const variant = (key: string, own: typeof evaluation) => ({ key, evaluation: own })
  const variants = [variant('a', reference), variant('b', evaluation), variant('c', reference)]
  expect(waysOf({ evaluation, variants })).toEqual([evaluation, reference])
})
