import { describe, expect, test } from 'vitest'
import { differing } from './expectation.testkit.ts'
import { CLUSTER } from './golden.testkit.ts'
import { loadAndEvaluate } from './shared.testkit.ts'

const DB = 'podSelector: { matchLabels: { app: db } }'
const WEB = 'podSelector: { matchLabels: { app: web } }'
const CLI = 'podSelector: { matchLabels: { app: cli } }'
const from = (...peers: readonly string[]): string => `${DB}, ingress: [{ from: [${peers.join(', ')}] }]`
const byNamespace = (labels: string): string => `{ namespaceSelector: { matchLabels: { ${labels} } } }`
const denyEgress = 'podSelector: {}, policyTypes: [Egress]'
const block = 'to: [{ ipBlock: { cidr: 10.0.0.0/16, except: [10.0.2.0/24] } }]'

/** Number, the specs of the policies in namespace a, and what is expected of the connections. */
const VECTORS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    '1',
    [],
    [
      'a/web → a/db all: allowed',
      'b/cli → a/web all: allowed',
      '203.0.113.9 → a/db all: allowed',
      'a/db → internet all: allowed',
    ],
  ],
  [
    '2',
    [''],
    [
      'b/cli → a/web all: denied',
      'a/web → a/db all: denied',
      'a/db → a/bare all: denied',
      '203.0.113.9 → a/web all: denied',
      'a/web → b/cli all: allowed',
      'a/web → 203.0.113.9 all: allowed',
    ],
  ],
  [
    '3',
    [denyEgress],
    [
      'a/web → a/db all: denied',
      'a/web → 203.0.113.9 UDP/53: denied',
      'a/bare → b/cli all: denied',
      'b/cli → a/web all: allowed',
    ],
  ],
  ['4', ['podSelector: {}, egress: []'], ['b/cli → a/web all: denied', 'a/web → b/cli all: allowed']],
  ['5', ['podSelector: {}, egress: [{}]'], ['b/cli → a/web all: denied', 'a/web → b/cli all: allowed']],
  ['6', ['podSelector: {}, ingress: [{}]'], ['b/cli → a/web all: allowed', '203.0.113.9 → a/web all: allowed']],
  ['7', [from(`{ ${CLI} }`)], ['b/cli → a/db all: denied']],
  ['8', [from(`{ namespaceSelector: {}, ${CLI} }`)], ['b/cli → a/db all: allowed', 'a/web → a/db all: denied']],
  [
    '9',
    [from(byNamespace("team: 'y'"), `{ ${WEB} }`)],
    ['b/cli → a/db all: allowed', 'a/web → a/db all: allowed', 'a/bare → a/db all: denied'],
  ],
  ['10', [from(byNamespace('name: b'))], ['b/cli → a/db all: denied']],
  [
    '11',
    [from(byNamespace('kubernetes.io/metadata.name: b'))],
    ['b/cli → a/db all: allowed', 'b/hn → a/db all: denied'],
  ],
  [
    '11, on the same node',
    [`${WEB}, ingress: [{ from: [${byNamespace('kubernetes.io/metadata.name: b')}] }]`],
    ['b/hn → a/web all: allowed'],
  ],
  [
    '12',
    [from('{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [web] }] } }')],
    ['a/bare → a/db all: allowed', 'a/web → a/db all: denied'],
  ],
  ['13', [from("{ podSelector: { matchLabels: { app: '' } } }")], ['a/bare → a/db all: denied']],
  [
    '14',
    [`${DB}, ingress: [{ ports: [{ port: 5432 }, { port: 5430, endPort: 5440 }] }]`],
    [
      'a/web → a/db 5432: allowed',
      'a/web → a/db 5435: allowed',
      'a/web → a/db 5430-5440: allowed',
      'a/web → a/db 5441: denied',
      'a/web → a/db UDP/5432: denied',
      '203.0.113.9 → a/db 5432: allowed',
    ],
  ],
  [
    '15',
    [`${DB}, ingress: [{ ports: [{ protocol: UDP }] }]`],
    ['a/web → a/db UDP: allowed', 'a/web → a/db TCP: denied'],
  ],
  [
    '16',
    [`${WEB}, ingress: [{ ports: [{ port: http }] }]`],
    ['b/cli → a/web 8080: allowed', 'b/cli → a/web 80: denied'],
  ],
  ['17', [`${WEB}, ingress: [{ ports: [{ port: http, protocol: UDP }] }]`], ['b/cli → a/web all: denied']],
  [
    '18',
    [`${WEB}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: http }] }]`],
    ['a/web → 203.0.113.9 8080: denied'],
  ],
  [
    '19',
    [`${WEB}, policyTypes: [Egress], egress: [{ ${block} }]`],
    ['a/web → a/db all: allowed', 'a/web → b/cli all: denied'],
  ],
  [
    '20',
    [
      `${WEB}, policyTypes: [Egress], egress: [{ ${block} }]`,
      `${WEB}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.2.0/24 } }] }]`,
    ],
    ['a/web → b/cli all: allowed'],
  ],
  ['21', [`${WEB}, policyTypes: [Egress], egress: [{ to: [{ ${DB} }] }]`, DB], ['a/web → a/db all: denied']],
  [
    '22',
    [''],
    [
      'ip:192.168.0.1 → pod:a/web all: allowed',
      'ip:192.168.0.1 → pod:a/db all: denied',
      '192.168.0.1 → a/web all: allowed',
    ],
  ],
  ['23', ['', denyEgress], ['pod:a/web → pod:a/web all: allowed', 'a/web → a/web all: denied']],
  [
    '24',
    ['podSelector: {}, policyTypes: [Egress], ingress: [{ ports: [{ port: 80 }] }]'],
    ['a/web → b/cli all: denied', 'b/cli → a/web all: allowed'],
  ],
  [
    '34',
    [from('{ namespaceSelector: { matchExpressions: [{ key: name, operator: NotIn, values: [x] }] } }')],
    ['b/cli → a/db all: allowed'],
  ],
  [
    '35',
    [
      'podSelector: { matchLabels: { app: dual } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]',
    ],
    ['a/dual → 2001:db8::1 all: denied', 'a/dual → 203.0.113.9 all: allowed'],
  ],
]

const policyText = (spec: string, i: number): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p${i}, namespace: a }
spec: { ${spec} }
`
const loadSpecs = (specs: readonly string[]) =>
  loadAndEvaluate({ 'cluster.yaml': CLUSTER, 'policies.yaml': specs.map(policyText).join('---') }, {})

describe('the golden vectors of semantics.md G', () => {
  test.each(VECTORS)('%s', (_, specs, lines) => {
    const { loaded, evaluation } = loadSpecs(specs)
    expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(loaded.policies).toHaveLength(specs.length)
    expect(differing(evaluation, lines)).toEqual([])
  })

  test.each([
    ['25', 'ingress: [{ from: [{}] }]', 'Required', ['spec', 'ingress', 0, 'from', 0]],
    ['25, null', 'ingress: [{ from: [{ podSelector: null }] }]', 'Required', ['spec', 'ingress', 0, 'from', 0]],
    [
      '26',
      'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/8] } }] }]',
      'Invalid',
      ['spec', 'ingress', 0, 'from', 0, 'ipBlock', 'except', 0],
    ],
    ['27, quoted', 'ingress: [{ ports: [{ port: "80" }] }]', 'Invalid', ['spec', 'ingress', 0, 'ports', 0, 'port']],
    [
      '27, endPort with a name',
      'ingress: [{ ports: [{ port: http, endPort: 10 }] }]',
      'Invalid',
      ['spec', 'ingress', 0, 'ports', 0, 'endPort'],
    ],
    [
      '27, endPort alone',
      'ingress: [{ ports: [{ endPort: 10 }] }]',
      'Invalid',
      ['spec', 'ingress', 0, 'ports', 0, 'endPort'],
    ],
  ])('%s is rejected, and has no effect', (_, spec, word, path) => {
    const { loaded, evaluation } = loadSpecs([`podSelector: {}, ${spec}`])
    const errors = loaded.problems.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ ref }) => ref.path)).toEqual([path])
    expect(errors[0]?.message).toContain(word)
    expect(differing(evaluation, ['b/cli → a/web all: allowed'])).toEqual([])
  })
})
