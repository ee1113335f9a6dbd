import { formatPath } from '#core/model/text.ts'
import { describe, expect, test } from 'vitest'
import { differing } from './expectation.testkit.ts'
import { CLUSTER } from './golden.testkit.ts'
import { loadAndEvaluate } from './shared.testkit.ts'

/** A cluster policy that either API can express; `peer` and `subject` read the same in both. */
interface Sketch {
  readonly tier: 'Admin' | 'Baseline'
  readonly priority: number
  readonly action: 'Accept' | 'Deny' | 'Pass'
  readonly direction?: 'egress'
  readonly subject: string
  readonly peer: string
}
type Api = 'v1alpha1' | 'v1alpha2'

const A = 'namespaces: { matchLabels: { team: x } }'
const B = "namespaces: { matchLabels: { team: 'y' } }"
const ALL = 'namespaces: {}'
const byApp = (app: string): string => `pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: ${app} } } }`
const [WEB, CLI] = [byApp('web'), byApp('cli')]
const cliToWeb = { subject: A, peer: B }

const oldKind = (tier: Sketch['tier']): string =>
  tier === 'Admin' ? 'AdminNetworkPolicy' : 'BaselineAdminNetworkPolicy'

function policy(api: Api, { tier, priority, action, direction, subject, peer }: Sketch): string {
  const isOld = api === 'v1alpha1'
  const order = [isOld ? '' : `tier: ${tier},`, isOld && tier === 'Baseline' ? '' : `priority: ${priority},`].join(' ')
  const word = isOld && action === 'Accept' ? 'Allow' : action
  const peers = `${direction ? 'to' : 'from'}: [{ ${peer} }]`
  return `
apiVersion: policy.networking.k8s.io/${api}
kind: ${isOld ? oldKind(tier) : 'ClusterNetworkPolicy'}
metadata: { name: ${tier === 'Baseline' ? 'default' : `admin-${priority}`} }
spec: { ${order} subject: { ${subject} }, ${direction ?? 'ingress'}: [{ action: ${word}, ${peers} }] }
`
}

const networkPolicy = (namespace: string, spec: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: plain, namespace: ${namespace} }
spec: { ${spec} }
`

const loadTexts = (texts: readonly string[]) =>
  loadAndEvaluate({ 'cluster.yaml': CLUSTER, 'policies.yaml': texts.join('---') }, {})

interface Vector {
  readonly number: string
  readonly policies: readonly Sketch[]
  readonly plain?: string
  readonly expect: readonly string[]
}

const VECTORS: readonly Vector[] = [
  {
    number: '28',
    policies: [
      { tier: 'Admin', priority: 5, action: 'Deny', ...cliToWeb },
      { tier: 'Admin', priority: 10, action: 'Accept', ...cliToWeb },
    ],
    expect: ['b/cli → a/web all: denied', 'a/db → a/web all: allowed', '203.0.113.9 → a/web all: allowed'],
  },
  {
    number: '29',
    policies: [
      { tier: 'Admin', priority: 5, action: 'Pass', ...cliToWeb },
      { tier: 'Admin', priority: 10, action: 'Deny', ...cliToWeb },
      { tier: 'Baseline', priority: 0, action: 'Accept', ...cliToWeb },
    ],
    expect: ['b/cli → a/web all: allowed'],
  },
  {
    number: '29, with a NetworkPolicy between',
    policies: [
      { tier: 'Admin', priority: 5, action: 'Pass', ...cliToWeb },
      { tier: 'Baseline', priority: 0, action: 'Accept', ...cliToWeb },
    ],
    plain: networkPolicy('a', ''),
    expect: ['b/cli → a/web all: denied'],
  },
  {
    number: '30',
    policies: [{ tier: 'Baseline', priority: 0, action: 'Deny', subject: A, peer: ALL }],
    plain: networkPolicy('a', 'podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{}]'),
    expect: ['b/cli → a/web all: denied', 'a/web → b/cli all: allowed', '203.0.113.9 → a/web all: allowed'],
  },
  {
    number: '31',
    policies: [{ tier: 'Admin', priority: 5, action: 'Accept', direction: 'egress', subject: WEB, peer: CLI }],
    plain: networkPolicy('b', 'podSelector: { matchLabels: { app: cli } }'),
    expect: ['a/web → b/cli all: denied'],
  },
  {
    number: '32',
    policies: [{ tier: 'Admin', priority: 5, action: 'Accept', subject: WEB, peer: CLI }],
    plain: networkPolicy('a', ''),
    expect: ['b/cli → a/web all: allowed', 'a/db → a/web all: denied', 'b/cli → a/db all: denied'],
  },
]

describe.each(['v1alpha2', 'v1alpha1'] as const)('the golden vectors of semantics.md G in %s', (api) => {
  test.each(VECTORS)('$number', ({ policies, plain = '', expect: lines }) => {
    const { loaded, evaluation } = loadTexts([...policies.map((sketch) => policy(api, sketch)), plain])
    expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(loaded.policies).toHaveLength(policies.length + (plain === '' ? 0 : 1))
    expect(differing(evaluation, lines)).toEqual([])
  })
})

const deny = (more: string): string => `{ action: Deny, from: [{ ${ALL} }], ${more} }`
const current = (rules: readonly string[]): string =>
  `kind: ClusterNetworkPolicy, spec: { tier: Admin, priority: 1, subject: { ${ALL} }, ingress: [${rules.join(', ')}] }`
const old = (rules: readonly string[]): string =>
  `kind: AdminNetworkPolicy, spec: { priority: 1, subject: { ${ALL} }, ingress: [${rules.join(', ')}] }`
const times = (count: number, rule: string): readonly string[] => Array.from({ length: count }, () => rule)
const range = (start: number, end: number): string =>
  deny(`protocols: [{ tcp: { destinationPort: { range: { start: ${start}, end: ${end} } } } }]`)

const loadOne = (api: Api, text: string) =>
  loadTexts([`{ apiVersion: policy.networking.k8s.io/${api}, metadata: { name: p }, ${text} }`])

describe('golden vector 33 of semantics.md G: what the CRD rejects has no effect', () => {
  test.each([
    ['tcp: {}', 'v1alpha2', current([deny('protocols: [{ tcp: {} }]')]), 'spec.ingress[0].protocols[0].tcp'],
    [
      'a range of one port',
      'v1alpha2',
      current([range(80, 80)]),
      'spec.ingress[0].protocols[0].tcp.destinationPort.range',
    ],
    ['26 rules', 'v1alpha2', current(times(26, deny(''))), 'spec.ingress'],
    ['101 rules', 'v1alpha1', old(times(101, deny(''))), 'spec.ingress'],
  ] as const)('%s in %s', (_, api, text, path) => {
    const { loaded, evaluation } = loadOne(api, text)
    expect(loaded.documents.filter(({ outcome }) => outcome === 'rejected')).toHaveLength(1)
    const errors = loaded.problems.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ ref }) => formatPath(ref.path))).toEqual([path])
    expect(differing(evaluation, ['b/cli → a/web 80: allowed'])).toEqual([])
  })

  test.each([
    ['a range of two ports', 'v1alpha2', current([range(80, 81)])],
    ['25 rules', 'v1alpha2', current(times(25, deny('')))],
    ['a range of one port', 'v1alpha1', old([deny('ports: [{ portRange: { start: 80, end: 80 } }]')])],
    ['100 rules', 'v1alpha1', old(times(100, deny('')))],
  ] as const)('but %s in %s is accepted', (_, api, text) => {
    const { loaded, evaluation } = loadOne(api, text)
    expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(differing(evaluation, ['b/cli → a/web 80: denied'])).toEqual([])
  })
})
