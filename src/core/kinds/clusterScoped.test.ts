import { describe, expect, test } from 'vitest'
import type { Policy } from '#core/model/rule.ts'
import { policiesOf, rulesOf, selectorText } from './read.testkit.ts'

const GROUP = 'policy.networking.k8s.io'
const HEADS = {
  AdminNetworkPolicy: `{apiVersion: ${GROUP}/v1alpha1, kind: AdminNetworkPolicy`,
  BaselineAdminNetworkPolicy: `{apiVersion: ${GROUP}/v1alpha1, kind: BaselineAdminNetworkPolicy`,
  ClusterNetworkPolicy: `{apiVersion: ${GROUP}/v1alpha2, kind: ClusterNetworkPolicy`,
} as const

type Kind = keyof typeof HEADS

/** A policy of that kind with this spec (flow YAML), lowered. */
function read(kind: Kind, spec: string, metadata = '{name: p}'): Policy {
  const [policy, ...others] = policiesOf(`${HEADS[kind]}, metadata: ${metadata}, spec: {${spec}}}`)
  if (!policy || others.length > 0) throw new Error('not one policy')
  return policy
}

const admin = (spec: string): Policy => read('AdminNetworkPolicy', spec)
const baseline = (spec: string): Policy => read('BaselineAdminNetworkPolicy', spec)
const cluster = (spec: string): Policy => read('ClusterNetworkPolicy', spec)

/** Three rules, the last with the given word for `allow`. */
const rulesWith = (allow: string): string =>
  `egress: [{name: a, action: Deny, to: [{namespaces: {}}]}, {name: '', action: Pass, to: [{namespaces: {}}]}],
     ingress: [{name: b, action: ${allow}, from: [{namespaces: {}}]}]`

/** Name, direction and action of each rule. */
function said({ rules }: Policy): object {
  return rules.map(({ name, direction, action }) => [name, direction, action])
}

/** The only rule of a ClusterNetworkPolicy with these peers. */
function ruleWith(action: string, peers: string, direction = 'egress: [{to'): object {
  const rest = `action: ${action}, protocols: [{destinationNamedPort: a}]}]`
  return cluster(`${direction}: [${peers}], ${rest}`).rules[0] ?? {}
}

describe('when it is asked (semantics.md C.2, C.4)', () => {
  test.each([
    [admin('priority: 7'), 'admin', 7],
    [admin(''), 'admin', 0],
    [baseline(''), 'baseline', 0],
    [baseline('priority: 7'), 'baseline', 0],
    [cluster('tier: Admin, priority: 1000'), 'admin', 1000],
    [cluster('tier: Baseline, priority: 3'), 'baseline', 3],
  ] as const)('case %#', (policy, tier, priority) => {
    expect(policy).toMatchObject({ name: 'p', tier, priority, stale: false, managed: false })
    expect(policy.namespace).toBeUndefined()
    expect(policy.unevaluated).toBeUndefined()
  })

  test('it says its kind, as CNIs know only some', () => {
    const kinds = [admin(''), baseline(''), cluster('')].map(({ kind }) => kind)
    expect(kinds).toEqual(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])
  })

  test('a policy with our label is managed; a namespace that is written has no meaning', () => {
    const metadata = '{name: p, namespace: shop, labels: {app.kubernetes.io/managed-by: drawbridge}}'
    const policy = read('ClusterNetworkPolicy', 'tier: Admin', metadata)
    expect(policy).toMatchObject({ managed: true, name: 'p' })
    expect(policy.namespace).toBeUndefined()
  })
})

describe('whom it is about', () => {
  test.each([
    ['{namespaces: {matchLabels: {a: b}}}', '{a In b}', '{}'],
    ['{namespaces: {}}', '{}', '{}'],
    ['{pods: {namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchLabels: {c: d}}}}', '{a In b}', '{c In d}'],
    ['{pods: {podSelector: {matchLabels: {c: d}}}}', '{}', '{c In d}'],
    ['{pods: {namespaceSelector: {matchExpressions: [{key: a, operator: Exists}]}}}', '{a Exists }', '{}'],
    ['{namespaces: null, pods: {podSelector: null}}', '{}', '{}'],
    ['{}', '{}', '{}'],
  ])('%s', (subject, namespaces, pods) => {
    for (const policy of [admin, baseline, cluster].map((of) => of(`subject: ${subject}`))) {
      const { subject: read } = policy
      expect(read.namespaces.type === 'selector' && selectorText(read.namespaces.selector)).toBe(namespaces)
      expect(selectorText(read.pods)).toBe(pods)
    }
  })
})

describe('rules stand in their order, with their names and actions', () => {
  test('v1alpha1 says Allow, v1alpha2 says Accept', () => {
    const read = [
      ['b', 'ingress', 'allow'],
      ['a', 'egress', 'deny'],
      [undefined, 'egress', 'pass'],
    ]
    expect(said(admin(rulesWith('Allow')))).toEqual(read)
    expect(said(cluster(rulesWith('Accept')))).toEqual(read)
    expect(said(cluster(rulesWith('Allow')))).toEqual(read.slice(1))
    expect(said(admin(rulesWith('Accept')))).toEqual(read.slice(1))
  })

  test('a policy has a say only in directions for which it has rules', () => {
    expect(admin('').directions).toEqual([])
    expect(admin('ingress: [], egress: null').directions).toEqual([])
    expect(admin('egress: [{action: Deny, to: [{namespaces: {}}]}]').directions).toEqual(['egress'])
    const both = 'egress: [{action: Deny, to: [{namespaces: {}}]}], ingress: [{action: Pass, from: [{namespaces: {}}]}]'
    expect(cluster(both).directions).toEqual(['ingress', 'egress'])
  })
})

describe('peers (semantics.md C.3)', () => {
  test.each([
    ['{namespaces: {matchLabels: {a: b}}}', ['{a In b} {}']],
    ['{namespaces: {}}', ['{} {}']],
    ['{pods: {namespaceSelector: {}, podSelector: {matchLabels: {c: d}}}}', ['{} {c In d}']],
    ['{pods: {podSelector: {matchLabels: {c: d}}}}', ['{} {c In d}']],
    ['{networks: [10.1.2.3/8, "FD00:0::/8", nonsense]}', ['10.0.0.0/8', 'fd00::/8']],
    ['{networks: []}', []],
    ['{nodes: {matchLabels: {role: edge}}}', ['nodes {role In edge}']],
    ['{nodes: {}}', ['nodes {}']],
    ['{domainNames: [Example.COM., "*.example.org"]}', ['domains example.com *.example.org']],
    ['{namespaces: {}}, {networks: [10.0.0.0/8]}', ['{} {}', '10.0.0.0/8']],
  ])('to: [%s]', (peers, read) => {
    const spec = `egress: [{action: Deny, to: [${peers}]}]`
    expect(rulesOf(admin(spec))).toEqual([{ egress: read, ports: 'any' }])
    expect(rulesOf(cluster(spec))).toEqual([{ egress: read, ports: 'any' }])
  })

  test('no peer at all is nobody, not anybody', () => {
    expect(cluster('ingress: [{action: Deny}, {action: Accept, from: []}]').rules).toMatchObject([
      { peers: [] },
      { peers: [] },
    ])
  })
})

describe('a peer of which no field is known fails closed (semantics.md C.2)', () => {
  test.each(['{}', 'null', '{services: {}}', '{namespaces: null}'])('%s', (unknown) => {
    expect(ruleWith('Accept', unknown)).toMatchObject({ action: 'allow', peers: [] })
    expect(ruleWith('Accept', `${unknown}, {namespaces: {}}`)).toMatchObject({ action: 'allow', peers: [] })
    expect(ruleWith('Deny', unknown)).toMatchObject({ action: 'deny', peers: 'any', ports: 'any' })
    expect(ruleWith('Pass', `{namespaces: {}}, ${unknown}`)).toMatchObject({ action: 'deny', peers: 'any' })
  })

  test('what is known on egress only is unknown on ingress', () => {
    expect(ruleWith('Pass', '{networks: [10.0.0.0/8]}', 'ingress: [{from')).toMatchObject({
      action: 'deny',
      peers: 'any',
    })
    expect(ruleWith('Pass', '{networks: [10.0.0.0/8]}')).toMatchObject({ action: 'pass', peers: [{ type: 'ipBlock' }] })
  })

  test('a baseline policy of v1alpha1 knows no domain names', () => {
    const spec = 'egress: [{action: Deny, to: [{domainNames: [example.com]}]}]'
    expect(baseline(spec).rules).toMatchObject([{ action: 'deny', peers: 'any' }])
    expect(admin(spec).rules).toMatchObject([{ action: 'deny', peers: [{ type: 'domains' }] }])
  })
})

describe('ports', () => {
  const NAMED = ['TCP named http', 'UDP named http', 'SCTP named http']
  const ranges = '{start: 80, end: 90}'
  test.each([
    ['null', 'any'],
    ['[]', 'any'],
    ['[{portNumber: {port: 80}}]', ['TCP range 80 80']],
    ['[{portNumber: {protocol: UDP, port: 53}}]', ['UDP range 53 53']],
    ['[{portNumber: {protocol: ICMP, port: 1}}]', []],
    ['[{portRange: {start: 80, end: 90}}]', ['TCP range 80 90']],
    ['[{portRange: {protocol: SCTP, start: 80, end: 80}}]', ['SCTP range 80 80']],
    ['[{portRange: {start: 90, end: 80}}]', []],
    ['[{namedPort: http}]', NAMED],
    ['[{portNumber: {port: 80}}, {namedPort: http}]', ['TCP range 80 80', ...NAMED]],
    ['[{}, null, 1, {portNumber: {}}]', []],
  ])('v1alpha1 %s', (ports, read) => {
    const spec = `ingress: [{action: Deny, from: [{namespaces: {}}], ports: ${ports}}]`
    expect(rulesOf(admin(spec))).toEqual([{ ingress: ['{} {}'], ports: read }])
    expect(rulesOf(baseline(spec))).toEqual([{ ingress: ['{} {}'], ports: read }])
  })

  test.each([
    ['null', 'any'],
    ['[]', 'any'],
    ['[{tcp: {destinationPort: {number: 80}}}]', ['TCP range 80 80']],
    [`[{udp: {destinationPort: {range: ${ranges}}}}]`, ['UDP range 80 90']],
    ['[{sctp: {}}]', ['SCTP all']],
    ['[{tcp: {destinationPort: null}}]', ['TCP all']],
    ['[{tcp: {destinationPort: {}}}]', []],
    ['[{tcp: {destinationPort: {range: {start: 9, end: 8}}}}]', []],
    ['[{destinationNamedPort: http}]', NAMED],
    ['[{tcp: null}, {quic: {}}, null]', []],
  ])('v1alpha2 %s', (protocols, read) => {
    const spec = `ingress: [{action: Deny, from: [{namespaces: {}}], protocols: ${protocols}}]`
    expect(rulesOf(cluster(spec))).toEqual([{ ingress: ['{} {}'], ports: read }])
  })

  test('a policy does not take the words of the other version', () => {
    const rule = 'action: Deny, from: [{namespaces: {}}]'
    expect(cluster(`ingress: [{${rule}, ports: [{portNumber: {port: 80}}]}]`).rules).toMatchObject([{ ports: 'any' }])
    expect(admin(`ingress: [{${rule}, protocols: [{tcp: {}}]}]`).rules).toMatchObject([{ ports: 'any' }])
  })
})

describe('places in the text', () => {
  const text = `apiVersion: ${GROUP}/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: p}
spec:
  tier: Admin
  priority: 5
  subject:
    pods:
      podSelector: {matchLabels: {app: web}}
  egress:
    - name: out
      action: Deny
      to:
        - networks:
            - 10.0.0.0/8
            - 192.168.0.0/16
        - nodes: {matchLabels: {role: edge}}
      protocols:
        - destinationNamedPort: http
`
  const [policy] = policiesOf(text)
  const rule = policy?.rules[0]
  const [, second, nodes] = rule?.peers === 'any' ? [] : (rule?.peers ?? [])
  const ports = rule?.ports === 'any' ? [] : (rule?.ports ?? [])

  test.each([
    ['the subject', policy?.subject.ref, 'spec/subject', /^pods:[\s\S]*web\}\}$/],
    ['a label of it', policy?.subject.pods[0]?.ref, 'spec/subject/pods/podSelector/matchLabels/app', /^app: web$/],
    ['the rule', rule?.ref, 'spec/egress/0', /^name: out[\s\S]*http$/],
    ['a network', second?.ref, 'spec/egress/0/to/0/networks/1', /^192\.168\.0\.0\/16$/],
    ['nodes', nodes?.ref, 'spec/egress/0/to/1', /^nodes: .*\}$/],
    ['a port', ports[0]?.ref, 'spec/egress/0/protocols/0', /^destinationNamedPort: http$/],
  ])('%s', (_, ref, path, source) => {
    expect(ref?.path.join('/')).toBe(path)
    expect(text.slice(ref?.range.from, ref?.range.to)).toMatch(source)
  })

  test('the three matchers of a named port stand at one place', () => {
    expect(new Set(ports.map(({ ref }) => ref.path.join('/'))).size).toBe(1)
    expect(ports.map(({ protocol }) => protocol)).toEqual(['TCP', 'UDP', 'SCTP'])
  })
})
