import type { End } from '#core/model/end.ts'
import type { Policy } from '#core/model/rule.ts'
import { describe, expect, test } from 'vitest'
import {
  block,
  cluster,
  domains,
  evaluated,
  known,
  node,
  nodes,
  pod,
  pods,
  policy,
  port,
  type Sketch,
  told,
} from './build.testkit.ts'
import { doubtsOf } from './doubts.ts'
import { type Evaluation, verdictOf } from './evaluate.ts'
import { ALL_PORTS } from '#core/model/ports.ts'

const at = (name: string): End => ({ namespace: 'shop', workload: `Deployment/${name}` })
const WEB_AND_DB = [pod('web'), pod('db')]
const ask = (evaluation: Evaluation, from: End, to: End): string => told(verdictOf(evaluation, from, to))

/** Rules for what db receives, in the admin tier unless said. */
function guard(priority: number, rules: readonly Sketch[], more: Partial<Policy> = {}): Policy {
  return policy(`guard-${priority}`, 'app=db', { ingress: rules }, { tier: 'admin', priority, ...more })
}

const fromWeb = [pods('app=web')]
const denyAll = policy('deny', 'app=db', { ingress: [] })
const webToDb = (...policies: readonly Policy[]): string => ask(evaluated(WEB_AND_DB, policies), at('web'), at('db'))

describe('the admin tier (semantics.md C.2)', () => {
  test('the first rule that matches decides, the lower priority first', () => {
    const accept = guard(10, [{ action: 'allow', peers: fromWeb }])
    const deny = guard(5, [{ action: 'deny', peers: fromWeb }])
    expect(webToDb(accept, deny)).toBe('no ports')
    expect(webToDb(guard(1, [{ action: 'allow', peers: fromWeb, ports: [port(80)] }]), deny)).toBe('TCP 80')
  })

  test('of one policy, the rule that stands first', () => {
    const rules: readonly Sketch[] = [
      { action: 'deny', peers: fromWeb, ports: [port(80)] },
      { action: 'allow', peers: fromWeb },
    ]
    expect(webToDb(guard(1, rules), denyAll)).toBe('TCP 1-79, 81-65535; all UDP ports; all SCTP ports')
    expect(webToDb(guard(1, rules.toReversed()), denyAll)).toBe('all ports')
  })

  test('Accept overrides NetworkPolicy, Deny does so too, and Pass hands over to it', () => {
    const allow = policy('allow', 'app=db', { ingress: [{ peers: fromWeb, ports: [port(5432)] }] })
    const rule = (action: 'allow' | 'deny' | 'pass'): Policy =>
      guard(1, [{ action, peers: fromWeb, ports: [port(80)] }])
    expect(webToDb(rule('allow'), allow)).toBe('TCP 80, 5432')
    expect(webToDb(guard(1, [{ action: 'deny' }]), allow)).toBe('no ports')
    expect(webToDb(rule('pass'), guard(2, [{ action: 'deny' }]), allow)).toBe('no ports')
    expect(webToDb(guard(1, [{ action: 'pass' }]), guard(2, [{ action: 'deny' }]), allow)).toBe('TCP 5432')
  })

  test('it speaks only about the direction that its rules have', () => {
    const deny = guard(1, [{ action: 'deny' }])
    const evaluation = evaluated(WEB_AND_DB, [deny])
    expect(ask(evaluation, at('db'), at('web'))).toBe('all ports')
    expect(ask(evaluation, at('web'), at('db'))).toBe('no ports')
  })
})

describe('the baseline tier (semantics.md C.2)', () => {
  const baseline = guard(0, [{ action: 'deny', peers: fromWeb }], { tier: 'baseline' })

  test('it is asked only where no NetworkPolicy isolates in that direction', () => {
    expect(webToDb(baseline)).toBe('no ports')
    expect(webToDb(baseline, policy('egress', 'app=db', { egress: [] }))).toBe('no ports')
    expect(webToDb(baseline, policy('open', 'app=db', { ingress: [{}] }))).toBe('all ports')
  })

  test('what it passes, or does not mention, is open', () => {
    const pass = guard(
      0,
      [
        { action: 'pass', ports: [port(80)] },
        { action: 'deny', ports: [port(80), port(81)] },
      ],
      {
        tier: 'baseline',
      },
    )
    expect(webToDb(pass)).toBe('TCP 1-80, 82-65535; all UDP ports; all SCTP ports')
  })

  test('an admin Pass goes to it, past the rest of the admin tier', () => {
    const pass = guard(5, [{ action: 'pass', peers: fromWeb }])
    const deny = guard(10, [{ action: 'deny', peers: fromWeb }])
    const accept = guard(0, [{ action: 'allow', peers: fromWeb }], { tier: 'baseline' })
    expect(webToDb(pass, deny, accept)).toBe('all ports')
    expect(webToDb(pass, deny, baseline)).toBe('no ports')
  })
})

describe('equal priority (design.md 8)', () => {
  const accept = guard(5, [{ action: 'allow', peers: fromWeb, ports: [port(80), port(81)] }], { name: 'accept' })
  const deny = guard(5, [{ action: 'deny', ports: [port(81), port(82)] }], { name: 'deny' })

  test('where such rules differ in action, and nothing before decides, the answer is open', () => {
    expect(webToDb(accept, deny, denyAll)).toBe('TCP 80 ? TCP 81')
    expect(webToDb(guard(1, [{ action: 'deny', ports: [port(81)] }]), accept, deny, denyAll)).toBe('TCP 80')
  })

  test('Pass against Allow is a difference, too, and the same action twice is none', () => {
    const pass = guard(5, [{ action: 'pass', ports: [port(80)] }])
    const again = guard(5, [{ action: 'allow', ports: [port(80)] }])
    expect(webToDb(accept, pass)).toContain('? TCP 80')
    expect(webToDb(accept, again, denyAll)).toBe('TCP 80-81')
  })

  test('the two rules are named', () => {
    const evaluation = evaluated(WEB_AND_DB, [accept, deny, denyAll])
    const { ingress } = doubtsOf(evaluation, { from: at('web'), to: at('db') }, ALL_PORTS)
    expect(
      ingress.map((doubt) => (doubt.type === 'conflict' ? doubt.rules.map((rule) => rule.policyName) : doubt.type)),
    ).toEqual([['accept', 'deny']])
  })
})

describe('what is not known', () => {
  const canary = pod('web', { labels: { labels: { app: 'web' }, unknown: ['track'] } })
  const ofCanary = [pods('track=canary')]
  const canaryToDb = (...policies: readonly Policy[]): string =>
    ask(evaluated([canary, pod('db')], policies), at('web'), at('db'))

  test('a rule that may match leaves open what the next one decides otherwise', () => {
    expect(canaryToDb(guard(1, [{ action: 'deny', peers: ofCanary, ports: [port(80)] }]), denyAll)).toBe('no ports')
    expect(canaryToDb(guard(1, [{ action: 'allow', peers: ofCanary, ports: [port(80)] }]), denyAll)).toBe(
      'no ports ? TCP 80',
    )
    expect(canaryToDb(guard(1, [{ action: 'deny', peers: ofCanary, ports: [port(80)] }]))).toBe(
      'TCP 1-79, 81-65535; all UDP ports; all SCTP ports ? TCP 80',
    )
  })

  test('a NetworkPolicy that only may select leaves open whether the baseline tier is asked', () => {
    const maybe = policy('maybe', 'track=canary', { egress: [{ ports: [port(80)] }] })
    const baseline = policy('base', 'app=web', { egress: [{ action: 'deny' }] }, { tier: 'baseline' })
    const evaluation = evaluated([canary, pod('db')], [maybe, baseline])
    expect(ask(evaluation, at('web'), at('db'))).toBe('no ports ? TCP 80')
  })
})

const out = (...rules: readonly Sketch[]): Policy => policy('out', 'app=web', { egress: rules }, { tier: 'admin' })
const withDenied = (name: string): string => webToDb(out({ action: 'deny', peers: [domains(name)] }))

describe('peers of cluster-scoped policies (semantics.md C.3)', () => {
  const host = pod('agent', { hostNetwork: true, node: 'n1' })
  const world = cluster([pod('web', { ips: ['10.0.0.1'], node: 'n9' }), host], {
    nodes: [node('n1', '192.168.0.1'), node('n2', '192.168.0.2'), node('n9', '192.168.0.9')],
  })

  test('nodes are the addresses of their Node objects, and the hostNetwork pods that have them', () => {
    const evaluation = evaluated(world, [out({ action: 'deny', peers: [nodes('role=n1')] })])
    expect(ask(evaluation, at('web'), { node: 'n1' })).toBe('no ports')
    expect(ask(evaluation, at('web'), { cidr: '192.168.0.1/32' })).toBe('no ports')
    expect(ask(evaluation, at('web'), { node: 'n2' })).toBe('all ports')
    expect(
      ask(
        evaluated({ ...world, nodes: world.nodes.slice(1) }, [out({ action: 'deny', peers: [nodes('role=n2')] })]),
        at('web'),
        at('agent'),
      ),
    ).toBe('no ports ? all ports')
  })

  test('without Node objects nobody knows where nodes are, unless what is not loaded counts as absent', () => {
    const deny = out({ action: 'deny', peers: [nodes('role=n1')] })
    const nowhere = { ...world, nodes: [] }
    expect(ask(evaluated(nowhere, [deny]), at('web'), { internet: true })).toBe('no ports ? all ports')
    expect(ask(evaluated(nowhere, [deny], { unknownLabels: 'absent' }), at('web'), { internet: true })).toBe(
      'all ports',
    )
  })

  test('networks hold the addresses of pods', () => {
    const deny = policy(
      'out',
      'app=db',
      { egress: [{ action: 'deny', peers: [block('10.0.0.0/24')] }] },
      { tier: 'admin' },
    )
    const evaluation = evaluated(cluster([pod('web', { ips: ['10.0.0.1'] }), pod('db', { ips: ['10.0.1.1'] })]), [deny])
    expect(ask(evaluation, at('db'), at('web'))).toBe('no ports')
  })

  test('a name of a host decides only where the name is asked about', () => {
    const evaluation = evaluated(world, [
      out(
        { action: 'allow', peers: [domains('api.example.com', '*.example.org')] },
        { action: 'deny', peers: [block('0.0.0.0/0')] },
      ),
    ])
    expect(ask(evaluation, at('web'), { host: 'api.example.com' })).toBe('all ports')
    expect(ask(evaluation, at('web'), { host: 'API.example.com.' })).toBe('all ports')
    expect(ask(evaluation, at('web'), { host: 'a.b.example.org' })).toBe('all ports')
    expect(ask(evaluation, at('web'), { host: 'example.org' })).toBe('no ports')
    expect(ask(evaluation, at('web'), { internet: true })).toBe('no ports ? all ports')
    expect(ask(evaluation, at('web'), { host: '203.0.113.9' })).toBe('no ports ? all ports')
  })

  test('names of hosts are not pods, but names of the cluster may be', () => {
    expect(withDenied('api.example.com')).toBe('all ports')
    expect(withDenied('db.shop.svc.cluster.local')).toBe('no ports ? all ports')
  })

  test('hostNetwork pods are neither subjects nor peers', () => {
    const everyone = { tier: 'admin', subject: pods('', '') } as const
    const deny = policy(
      'none',
      '',
      { ingress: [{ action: 'deny', peers: [pods('app=agent', '')] }], egress: [{ action: 'deny' }] },
      everyone,
    )
    const evaluation = evaluated(cluster([pod('web', { node: 'n2' }), host]), [deny])
    expect(ask(evaluation, at('agent'), at('web'))).toBe('all ports')
  })
})

describe('evidence', () => {
  test('a rule is told only for what nothing before it decides', () => {
    const verdict = verdictOf(
      evaluated(WEB_AND_DB, [
        guard(1, [{ action: 'deny', peers: fromWeb, ports: [port(80)] }]),
        policy('allow', 'app=db', { ingress: [{ ports: [port(80), port(81)] }] }),
        guard(0, [{ action: 'deny' }], { tier: 'baseline' }),
      ]),
      at('web'),
      at('db'),
    )
    const lines = verdict?.ingress.evidence.map(
      ({ tier, action, ports }) => `${tier} ${action} ${ports.TCP.map(({ from }) => from).join()}`,
    )
    expect(lines).toEqual(['admin deny 80', 'networkPolicy allow 81'])
  })

  test('labels of a namespace that are not known are a doubt of its policies', () => {
    const unloaded = cluster([pod('db'), pod('web', { namespace: 'far' })], {
      namespaces: [
        { name: 'far', labels: { labels: {}, unknown: 'all' }, loaded: false },
        { name: 'shop', labels: known({}), loaded: true },
      ],
    })
    const evaluation = evaluated(unloaded, [guard(1, [{ action: 'deny', peers: [pods('', 'env=dev')] }])])
    const far: End = { namespace: 'far', workload: 'Deployment/web' }
    expect(ask(evaluation, far, at('db'))).toBe('no ports ? all ports')
    expect(doubtsOf(evaluation, { from: far, to: at('db') }, ALL_PORTS).ingress).toEqual([
      { type: 'namespace', namespace: 'far' },
    ])
  })
})
