import { describe, expect, test } from 'vitest'
import {
  block,
  cluster,
  domains,
  evaluated,
  known,
  node,
  pod,
  pods,
  policy,
  port,
  workload,
} from '#core/evaluate/build.testkit.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Check } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import type { PeerMatcher } from '#core/model/rule.ts'
import { checkMarkers } from './markers.ts'
import { results } from './results.ts'
import { plain } from '#core/model/sentence.ts'

const at = (name: string, namespace = 'shop'): End => ({ namespace, workload: `Deployment/${name}` })
const REF = { document: 'checks', path: ['checks', 0], range: { from: 3, to: 9 } } as const

const POLICIES = [
  policy('db-ingress', 'app=db', { ingress: [{ peers: [pods('app=web')], ports: [port(5432), port('metrics')] }] }),
  policy('web-egress', 'app=web', { egress: [{ ports: [port(5432)] }] }),
  policy(
    'telnet',
    'app=api',
    { ingress: [{ action: 'deny', ports: [port(23)] }] },
    { tier: 'admin', name: 'no-telnet' },
  ),
  policy('inner', 'app=inner', { ingress: [{ peers: [pods('')] }] }),
  policy('cache', 'app=cache', { ingress: [{ peers: [block('10.0.0.0/8')] }] }),
]
const PODS = [
  pod('web'),
  pod('api'),
  pod('db', { ports: [{ name: 'metrics', port: 9090, protocol: 'TCP' }] }),
  pod('cache'),
  pod('inner'),
  pod('far', { namespace: 'data' }),
]
const CLUSTER = cluster(PODS)
const EVALUATION = evaluated(
  {
    ...CLUSTER,
    namespaces: [...CLUSTER.namespaces, { name: 'empty', labels: known({}), loaded: true }],
    workloads: [...CLUSTER.workloads, { ...workload(pod('none')), pods: [] }],
  },
  POLICIES,
)

function why(check: Partial<Check>): string {
  const base = { ref: REF, name: 'one', from: at('web'), to: at('db'), ports: ['TCP/5432'], expect: 'allowed' } as const
  const [result] = results([{ ...base, ...check }], EVALUATION)
  return result ? plain(result.why) : 'none'
}

describe('why a check does not hold', () => {
  test.each<[string, Partial<Check>, string]>([
    ['a check that holds', {}, ''],
    [
      'both halves',
      { ports: ['TCP/80'] },
      'TCP 80 is closed: shop/web may not send it (shop/web-egress), and shop/db may not receive it (shop/db-ingress).',
    ],
    ['one half', { from: at('api') }, 'TCP 5432 is closed: shop/db may not receive it (shop/db-ingress).'],
    [
      'not every pod',
      { from: { namespace: 'shop' }, ports: ['TCP/5432'] },
      'TCP 5432 is closed: between some pods shop/db may not receive it (shop/db-ingress).',
    ],
    [
      'all ports',
      { ports: [] },
      'only TCP 5432 is open: shop/web may not send it (shop/web-egress), and shop/db may not receive it (shop/db-ingress).',
    ],
    [
      'several ports',
      { ports: ['TCP/80', 'UDP/80'] },
      'TCP 80; UDP 80 are closed: shop/web may not send it (shop/web-egress), and shop/db may not receive it (shop/db-ingress).',
    ],
    [
      'a range of ports',
      { ports: ['TCP/80-81'], from: at('api') },
      'TCP 80-81 are closed: shop/db may not receive it (shop/db-ingress).',
    ],
    [
      'all ports, none open',
      { ports: [], from: at('api') },
      'not every port is open: shop/db may not receive it (shop/db-ingress).',
    ],
    ['open', { expect: 'denied' }, 'TCP 5432 is open: shop/web-egress lets it out, and shop/db-ingress lets it in.'],
    [
      'open without policies',
      { from: at('api'), to: at('web'), expect: 'denied' },
      'TCP 5432 is open: no policy limits what shop/api sends, and no policy limits what shop/web receives.',
    ],
    [
      'open for some',
      { from: { namespace: 'shop' }, expect: 'denied' },
      'TCP 5432 is open for some pods: shop/web-egress lets it out, and shop/db-ingress lets it in.',
    ],
    [
      'open from outside',
      { from: { internet: true }, to: at('api'), expect: 'denied' },
      'TCP 5432 is open: no policy limits what shop/api receives.',
    ],
    [
      'a rule that denies',
      { from: at('cache'), to: at('api'), ports: ['TCP/23'] },
      'TCP 23 is closed: shop/api may not receive it (no-telnet).',
    ],
    ['no pods', { from: at('none') }, 'shop/Deployment/none has no pods.'],
    ['nobody there', { from: { namespace: 'empty' } }, 'Nothing runs in empty.'],
    ['in an empty namespace', { from: at('web', 'empty') }, 'Nothing runs in empty.'],
    [
      'addresses that are not known',
      { to: at('cache'), ports: ['TCP/5432'] },
      'Not known: the addresses of the pods of shop are not known, and a policy names IP blocks.',
    ],
    ['a slip', { from: at('wbe') }, 'There is no Deployment/wbe in shop. Did you mean Deployment/web?'],
    [
      'another kind',
      { from: { namespace: 'shop', workload: 'StatefulSet/web' } },
      'There is no StatefulSet/web in shop. Did you mean Deployment/web?',
    ],
    ['another namespace', { from: at('far') }, 'There is no Deployment/far in shop. There is one in data.'],
    ['a namespace', { from: at('web', 'shp') }, 'There is no namespace shp. Did you mean shop?'],
    ['a whole namespace', { from: { namespace: 'nowhere' } }, 'There is no namespace nowhere.'],
    ['a node', { from: { node: 'n1' } }, 'There is no node n1.'],
    [
      'a port name',
      { ports: ['TCP/metric'] },
      'No container of shop/db declares a TCP port named metric. Did you mean metrics?',
    ],
    ['a port', { ports: ['TCP/0'] }, 'TCP/0 is no port: write e.g. TCP/5432.'],
    [
      'only: a listed end',
      { from: { anywhere: true }, only: [at('wbe')], expect: 'denied' },
      'There is no Deployment/wbe in shop. Did you mean Deployment/web?',
    ],
    [
      'only: somebody else',
      { from: { anywhere: true }, only: [], expect: 'denied' },
      'shop/web can reach it, too: TCP 5432 is open: shop/web-egress lets it out, and shop/db-ingress lets it in.',
    ],
    [
      'only: a pod to come',
      {
        from: { anywhere: true },
        to: at('inner'),
        only: ['web', 'api', 'db', 'cache', 'inner'].map((name) => at(name)),
        expect: 'denied',
      },
      'a new pod in shop can reach it, too: TCP 5432 is open: no policy limits what a new pod in shop sends, and shop/inner lets it in.',
    ],
    [
      'only: many',
      { from: { anywhere: true }, to: at('web'), only: [{ namespace: 'shop' }], expect: 'denied' },
      'data/far, 10.0.0.0/8 and 5 more can reach it, too: TCP 5432 is open: no policy limits what data/far sends, and no policy limits what shop/web receives.',
    ],
  ])('%s', (_, check, sentence) => expect(why(check)).toBe(sentence))

  test('names of policies are links', () => {
    const [result] = results(
      [{ ref: REF, name: 'one', from: at('api'), to: at('db'), ports: ['TCP/5432'], expect: 'allowed' }],
      EVALUATION,
    )
    expect(result?.why.find(({ text }) => text === 'shop/db-ingress')?.ref).toEqual(POLICIES[0]?.ref)
  })
})

function whyIn(evaluation: Evaluation, check: Partial<Check>): string {
  const base = { ref: REF, name: 'one', from: at('web'), to: at('db'), ports: ['TCP/80'], expect: 'allowed' } as const
  const [result] = results([{ ...base, ...check }], evaluation)
  return result ? plain(result.why) : 'none'
}

const open = (name: string, ...ports: readonly number[]) =>
  policy(name, 'app=db', { ingress: [{ ports: ports.map((own) => port(own)) }] })
const at80 = (policies: Parameters<typeof evaluated>[1], check: Partial<Check> = {}): string =>
  whyIn(evaluated([pod('web'), pod('db')], policies), check)

describe('whose policies are named', () => {
  const [first, ...more] = ['a', 'b', 'c', 'd'].map((name) => policy(name, 'app=db', { ingress: [] }))

  test('two by name and the others by number', () => {
    expect(at80(first ? [first, ...more] : [])).toContain('(shop/a, shop/b and 2 more)')
    expect(at80(more.slice(0, 2))).toContain('(shop/b and shop/c)')
  })

  test('of those that allow, only what is about the port', () => {
    const denied = { expect: 'denied' } as const
    expect(at80([open('a', 80), open('b', 81)], denied)).toMatch(/and shop\/a lets it in[.]$/)
    expect(at80([open('a', 80), open('b', 80, 81)], denied)).toMatch(/and shop\/a and shop\/b let it in[.]$/)
  })

  test('of those that deny, only what denies this port', () => {
    const deny = policy(
      'deny',
      'app=db',
      {
        ingress: [
          { action: 'allow', ports: [port(81)] },
          { action: 'deny', ports: [port(80)] },
        ],
      },
      { tier: 'admin', name: 'deny' },
    )
    const other = policy(
      'other',
      'app=db',
      { ingress: [{ action: 'deny', ports: [port(81)] }] },
      { tier: 'admin', name: 'other', priority: 1 },
    )
    expect(at80([deny, other, open('a', 80)])).toBe('TCP 80 is closed: shop/db may not receive it (deny).')
  })
})

const some = (...policies: Parameters<typeof evaluated>[1] & object) => evaluated([pod('web'), pod('db')], policies)
const from = (...peers: readonly PeerMatcher[]) => policy('db', 'app=db', { ingress: [{ peers }] })

describe('what is not known is said', () => {
  const odd = pod('web', { labels: { labels: {}, unknown: ['app', 'tier'] } })
  const shop = cluster([pod('web'), pod('db')])
  const unloaded = shop.namespaces.map((one) => ({ ...one, loaded: false, labels: { labels: {}, unknown: ['team'] } }))

  test.each<[string, Evaluation, Partial<Check>, string]>([
    [
      'a policy of another engine',
      some(policy('cnp', 'app=db', {}, { unevaluated: 'CiliumNetworkPolicy' })),
      {},
      'CiliumNetworkPolicy shop/cnp is not evaluated',
    ],
    [
      'labels that are made later',
      evaluated([odd, pod('db')], [from(pods('app=web'))]),
      {},
      'the label app is put on the pods of shop only when they start',
    ],
    [
      'addresses',
      some(from(block('10.0.0.0/8'))),
      {},
      'the addresses of the pods of shop are not known, and a policy names IP blocks',
    ],
    [
      'rules that contradict each other',
      some(
        ...(['allow', 'deny'] as const).map((action) =>
          policy(action, 'app=db', { ingress: [{ action }] }, { tier: 'admin', name: action }),
        ),
      ),
      {},
      'rules of equal priority contradict each other',
    ],
    [
      'names of hosts in a policy',
      some(policy('web', 'app=web', { egress: [{ peers: [domains('a.b', 'c.d')] }] })),
      { to: { host: '203.0.113.7' } },
      'which addresses a.b and c.d has is not known',
    ],
    [
      'the address of a host',
      some(policy('web', 'app=web', { egress: [{ peers: [block('203.0.113.0/24')] }] })),
      { to: { host: 'a.b' } },
      'policies see addresses, and which one a.b has is not known',
    ],
    [
      'the labels of a namespace',
      evaluated({ ...shop, namespaces: unloaded }, [from(pods('', 'team=shop'))]),
      {},
      'the labels of namespace shop are not loaded',
    ],
    [
      'where the ingress controller is',
      some(from(pods('app=edge'))),
      { from: { ingressController: true } },
      'where the ingress controller runs is not known',
    ],
    [
      'which node a pod is on',
      evaluated(cluster([pod('web'), pod('db')], { nodes: [node('n1', '192.168.0.1')] }), [from()]),
      { from: { node: 'n1' } },
      "which node the pods of shop run on is not known, and a pod's own node always reaches it",
    ],
  ])('%s', (_, evaluation, check, said) => expect(whyIn(evaluation, check)).toBe(`Not known: ${said}.`))

  test('of everybody else, with who it is about', () => {
    const evaluation = evaluated([odd, pod('api'), pod('db')], [from(pods('app=api'))])
    const only = { from: { anywhere: true }, only: [at('api')], expect: 'denied' } as const
    expect(whyIn(evaluation, only)).toBe(
      'Whether shop/web can reach it is open: the label app is put on the pods of shop only when they start.',
    )
    expect(whyIn(evaluation, { ...only, only: [] })).toMatch(/^shop\/api can reach it, too: /)
  })
})

test('markers stand at the checks that do not hold', () => {
  const base = { ref: REF, name: 'one', from: at('web'), to: at('db'), expect: 'allowed' } as const
  const checks: readonly Check[] = [
    { ...base, ports: ['TCP/5432'] },
    { ...base, ports: ['TCP/80'] },
    { ...base, ports: ['TCP/0'] },
  ]
  const markers = checkMarkers(results(checks, EVALUATION))
  expect(markers.map(({ code, severity, ref }) => [code, severity, ref])).toEqual([
    ['check-broken', 'error', REF],
    ['check-missing', 'warning', REF],
  ])
})
