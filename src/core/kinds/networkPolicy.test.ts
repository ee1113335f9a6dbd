import { describe, expect, test } from 'vitest'
import { canonicalCidr } from './cidrText.ts'
import { lowered, policiesOf, rulesOf } from './read.testkit.ts'

const spec = (rest: string): string => `{podSelector: {}${rest && `, ${rest}`}}`

describe('policyTypes (semantics.md A.3)', () => {
  test.each([
    ['{}', ['ingress']],
    ['', ['ingress']],
    [spec(''), ['ingress']],
    [spec('egress: []'), ['ingress']],
    [spec('egress: null'), ['ingress']],
    [spec('egress: [{}]'), ['ingress', 'egress']],
    [spec('egress: [null]'), ['ingress', 'egress']],
    [spec('policyTypes: [], egress: [{}]'), ['ingress', 'egress']],
    [spec('policyTypes: null'), ['ingress']],
    [spec('policyTypes: [Egress], ingress: [{}]'), ['egress']],
    [spec('policyTypes: [Ingress], egress: [{}]'), ['ingress']],
    [spec('policyTypes: [Egress, Ingress]'), ['ingress', 'egress']],
    [spec('policyTypes: [Ingress, Ingress]'), ['ingress']],
  ])('%s', (text, directions) => {
    expect(lowered(text).directions).toEqual(directions)
  })
})

describe('rules and their empties (semantics.md A.4)', () => {
  test.each([
    ['', []],
    ['ingress: null', []],
    ['ingress: []', []],
    ['ingress: [{}]', [{ ingress: 'any', ports: 'any' }]],
    ['ingress: [null]', [{ ingress: 'any', ports: 'any' }]],
    ['ingress: [{from: null, ports: []}]', [{ ingress: 'any', ports: 'any' }]],
    ['egress: [{to: [], ports: null}]', [{ egress: 'any', ports: 'any' }]],
    ['ingress: [{from: [{}]}]', [{ ingress: [], ports: 'any' }]],
    ['ingress: [{from: [null]}]', [{ ingress: [], ports: 'any' }]],
    ['ingress: [{ports: [{}]}]', [{ ingress: 'any', ports: ['TCP all'] }]],
    ['ingress: [{ports: [null, {protocol: UDP}]}]', [{ ingress: 'any', ports: ['TCP all', 'UDP all'] }]],
    [
      'ingress: [{ports: [{port: 80}, {port: http, protocol: SCTP}]}]',
      [{ ingress: 'any', ports: ['TCP range 80 80', 'SCTP named http'] }],
    ],
    ['egress: [{ports: [{port: 80, endPort: 90}]}]', [{ egress: 'any', ports: ['TCP range 80 90'] }]],
  ])('%s', (rest, rules) => {
    expect(rulesOf(lowered(spec(rest)))).toEqual(rules)
  })

  test('a policy without a spec selects all pods of its namespace and lets nothing in', () => {
    const [policy] = policiesOf('{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}}')
    expect(policy).toMatchObject({
      name: 'default/p',
      namespace: 'default',
      directions: ['ingress'],
      rules: [],
      subject: { pods: [], namespaces: { name: 'default' } },
    })
  })

  test('a peer that is missing never turns into "anybody"', () => {
    const { rules } = lowered(spec('ingress: [{from: [{ipBlock: {cidr: nonsense}}], ports: [{protocol: ICMP}]}]'))
    expect(rules).toMatchObject([{ peers: [], ports: [] }])
  })
})

describe('peers (semantics.md A.5)', () => {
  test.each([
    ['{podSelector: {}}', 'shop {}'],
    ['{podSelector: {matchLabels: {a: b}}}', 'shop {a In b}'],
    ['{namespaceSelector: {}}', '{} {}'],
    ['{namespaceSelector: null, podSelector: {}}', 'shop {}'],
    ['{namespaceSelector: {matchLabels: {a: b}}, podSelector: null}', '{a In b} {}'],
    ['{namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchLabels: {c: d}}}', '{a In b} {c In d}'],
    [
      '{podSelector: {matchLabels: null, matchExpressions: [{key: a, operator: NotIn, values: [b, ""]}]}}',
      'shop {a NotIn b|}',
    ],
    [
      '{podSelector: {matchLabels: {a: null}, matchExpressions: [{key: b, operator: Exists}]}}',
      'shop {a In , b Exists }',
    ],
    ['{podSelector: {matchLabels: {__proto__: x}}}', 'shop {__proto__ In x}'],
    ['{ipBlock: {cidr: 10.1.2.3/8, except: [10.2.0.0/16]}}', '10.0.0.0/8 - 10.2.0.0/16'],
  ])('%s', (peer, read) => {
    expect(rulesOf(lowered(spec(`ingress: [{from: [${peer}]}]`)))).toEqual([{ ingress: [read], ports: 'any' }])
  })

  test('items of a list stay apart', () => {
    const rules = rulesOf(
      lowered(spec('egress: [{to: [{namespaceSelector: {matchLabels: {a: b}}}, {podSelector: {}}]}]')),
    )
    expect(rules).toEqual([{ egress: ['{a In b} {}', 'shop {}'], ports: 'any' }])
  })
})

describe('canonical CIDRs', () => {
  test.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['010.0.0.0/08', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.1/32', '10.0.0.1/32'],
    ['FD00:0::/8', 'fd00::/8'],
    ['::/0', '::/0'],
    ['2001:db8::1/128', '2001:db8::1/128'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['10.0.0.1', undefined],
    ['10.0.0.0/33', undefined],
    ['', undefined],
    [' 10.0.0.0/8', undefined],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalCidr(text)).toBe(canonical)
  })
})

describe('places in the text', () => {
  const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, labels: {app.kubernetes.io/managed-by: drawbridge}}
spec:
  podSelector:
    matchLabels:
      app: web
  ingress:
    - from:
        - podSelector:
            matchExpressions:
              - {key: app, operator: In, values: [api]}
        - ipBlock: {cidr: 10.0.0.0/8}
      ports:
        - port: 8080
`
  const [policy] = policiesOf(text)
  const rule = policy?.rules[0]
  const [pods, block] = rule?.peers === 'any' ? [] : (rule?.peers ?? [])
  const port = rule?.ports === 'any' ? undefined : rule?.ports[0]
  const expression = pods?.type === 'pods' ? pods.pods[0] : undefined

  test.each([
    ['the rule', rule?.ref, 'spec/ingress/0', /^from:[\s\S]*8080$/],
    ['a pod peer', pods?.ref, 'spec/ingress/0/from/0', /^podSelector:[\s\S]*\]\}$/],
    ['an IP peer', block?.ref, 'spec/ingress/0/from/1', /^ipBlock: \{cidr: 10.0.0.0\/8\}$/],
    ['a port', port?.ref, 'spec/ingress/0/ports/0', /^port: 8080$/],
    ['an expression', expression?.ref, 'spec/ingress/0/from/0/podSelector/matchExpressions/0', /^\{key: app.*\}$/],
    ['a label', policy?.subject.pods[0]?.ref, 'spec/podSelector/matchLabels/app', /^app: web$/],
  ])('%s', (_, ref, path, source) => {
    expect(ref?.path.join('/')).toBe(path)
    expect(text.slice(ref?.range.from, ref?.range.to)).toMatch(source)
  })

  test('a policy with our label is managed', () => {
    expect(policy?.managed).toBe(true)
    expect(lowered('{}').managed).toBe(false)
  })
})
