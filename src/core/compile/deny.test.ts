import { describe, expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import { parseDocument, toPlain } from '#core/yaml/parse.ts'
import type { Tree } from '#core/yaml/tree.ts'
import { applied, filesOf, openIn, planOf, unwanted, worldOf } from './deny.testkit.ts'

const at = (workload: string, namespace = 'shop'): End & { readonly namespace: string; readonly workload: string } => ({
  namespace,
  workload: `Deployment/${workload}`,
})
const [web, api, db] = [at('web'), at('api'), at('db', 'data')]

function deployment(name: string, namespace: string, labels = `app: ${name}`): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec: { containers: [{ name: main, image: x, ports: [{ name: http, containerPort: 8080 }] }] }
---
`
}

const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n---\n`
const APPS = [
  namespace('shop'),
  namespace('data'),
  ...['web', 'api', 'cache'].map((name) => deployment(name, 'shop')),
  ...['db', 'etl'].map((name) => deployment(name, 'data')),
].join('')
const POD_CIDR = `apiVersion: drawbridge/v1alpha1
kind: DrawbridgeSettings
metadata: { name: s }
podCidrs: [10.244.0.0/16]
`
const HEAD = `# who may reach db
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
    name: db   # the database
    namespace: data
spec:
    podSelector: {matchLabels: {app: db}}
    policyTypes: ['Ingress']   # no egress
    ingress:
`
const FOOT = `# the end\n`
const WEB = `          - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
            podSelector: {matchLabels: {app: web}}   # the shop
`
const ETL = `          - podSelector:
                matchLabels:
                    app: etl   # at night
`
const SHOP = `          - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}\n`

/** A rule: its peers, its ports. */
const rule = (peers: string, ports = ''): string =>
  `      - from:\n${peers}${ports === '' ? '' : `        ports:   # these\n${ports}`}`
const port = (number: number | string, rest = ''): string => `          - port: ${number}${rest}\n`
const NOT_WEB = `            podSelector:
                matchExpressions:
                    - key: app
                      operator: NotIn
                      values:
                          - web
`
const WEB_ANEW = `          - namespaceSelector:
                matchLabels:
                    kubernetes.io/metadata.name: shop
            podSelector:
                matchLabels:
                    app: web
`

interface Done {
  readonly made: Plan
  readonly text: string | undefined
  readonly open: string
}

function carryOut(texts: readonly string[], intent: Intent & { readonly from: End; readonly to: End }): Done {
  const files = filesOf(...texts)
  const made = planOf(worldOf(files), intent)
  const after = applied(files, made)
  expect(made.refusal).toBeUndefined()
  return {
    made,
    text: after.find(({ path }) => path === 'file-1.yaml')?.text,
    open: openIn(after, intent.from, intent.to),
  }
}

interface Shape {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly from?: End
  readonly ports?: readonly string[]
  readonly open?: string
  readonly more?: readonly string[]
}

const AROUND = `          - protocol: TCP
            port: 1
            endPort: 79
          - protocol: TCP
            port: 81
            endPort: 65535
          - protocol: UDP
          - protocol: SCTP
`

const SHAPES: readonly Shape[] = [
  {
    name: 'a peer for it alone leaves, and the others stay',
    before: rule(WEB + ETL, port(80)),
    after: rule(ETL, port(80)),
    ports: ['TCP/80'],
  },
  {
    name: 'a port of a rule for it alone goes',
    before: rule(WEB, port(80) + port(443, ' # tls')),
    after: rule(WEB, port(443, ' # tls')),
    ports: ['TCP/80'],
    open: 'TCP 443',
  },
  {
    name: 'a rule is split where other peers and other ports must stay',
    before: rule(WEB + ETL, port(80) + port(443, ' # tls')),
    after:
      rule(ETL, port(80) + port(443, ' # tls')) +
      rule(WEB_ANEW, `          - protocol: TCP\n            port: 443\n`).replace('   # these', ''),
    ports: ['TCP/80'],
    open: 'TCP 443',
  },
  {
    name: 'a range is cut in two',
    before: rule(WEB, port(8000, ' # low\n            endPort: 8080 # high')),
    after: rule(
      WEB,
      port(8000, ' # low\n            endPort: 8039 # high') +
        `          - protocol: TCP\n            port: 8041\n            endPort: 8080\n`,
    ),
    ports: ['TCP/8040'],
    open: 'TCP 8000-8039, 8041-8080',
  },
  {
    name: 'a range loses its first port',
    before: rule(WEB, port(8000, ' # low\n            endPort: 8080')),
    after: rule(WEB, port(8001, ' # low\n            endPort: 8080')),
    ports: ['TCP/8000'],
    open: 'TCP 8001-8080',
  },
  {
    name: 'a range of two becomes a port',
    before: rule(WEB, port(8000, ' # low\n            endPort: 8001')),
    after: rule(WEB, port(8000, ' # low')),
    ports: ['TCP/8001'],
    open: 'TCP 8000',
  },
  {
    name: 'all of a protocol becomes what is around',
    before: rule(WEB, `          - protocol: TCP # all\n`),
    after: rule(
      WEB,
      `          - protocol: TCP # all\n            port: 1\n            endPort: 79\n${AROUND.slice(AROUND.indexOf('          - protocol: TCP', 10), AROUND.indexOf('          - protocol: UDP'))}`,
    ),
    ports: ['TCP/80'],
    open: 'TCP 1-79, 81-65535',
  },
  {
    name: 'every port becomes what is around, with the other protocols',
    before: rule(WEB),
    after: rule(WEB, AROUND).replace('   # these', ''),
    ports: ['TCP/80'],
    open: 'TCP 1-79, 81-65535; all UDP ports; all SCTP ports',
  },
  {
    name: 'a port by name goes where the name means it',
    before: rule(WEB, port('http') + port(9090)),
    after: rule(WEB, port(9090)),
    ports: ['TCP/8080'],
    open: 'TCP 9090',
  },
  {
    name: 'a name is denied where a number allows it',
    before: rule(WEB, port(8080) + port(9090)),
    after: rule(WEB, port(9090)),
    ports: ['TCP/http'],
    open: 'TCP 9090',
  },
  {
    name: 'a wider selector leaves it out by its label',
    before: rule(SHOP, port(80)),
    after: rule(SHOP + NOT_WEB, port(80)),
  },
  {
    name: 'a term that leaves out another one takes it, too',
    before: rule(`${SHOP}            podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [api]}]}\n`),
    after: rule(
      `${SHOP}            podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [api, web]}]}\n`,
    ),
  },
  {
    name: 'all namespaces without one',
    before: rule(`          - namespaceSelector: {}\n`),
    after: rule(
      `          - namespaceSelector:\n                matchExpressions:\n                    - key: kubernetes.io/metadata.name\n                      operator: NotIn\n                      values:\n                          - shop\n`,
    ),
    from: { namespace: 'shop' },
  },
  {
    name: 'a rule without peers names everybody else',
    before: `      - ports: [{port: 80}]   # for all\n`,
    after: `      - ports: [{port: 80}]   # for all\n        from:\n          - namespaceSelector: {}\n${NOT_WEB}          - ipBlock:\n                cidr: 0.0.0.0/0\n                except:\n                    - 10.244.0.0/16\n`,
    ports: ['TCP/80'],
    more: [POD_CIDR],
  },
  {
    name: 'a block gets a hole',
    before: rule(`          - ipBlock:\n                cidr: 203.0.113.0/24   # office\n`, port(80)),
    after: rule(
      `          - ipBlock:\n                cidr: 203.0.113.0/24   # office\n                except:\n                    - 203.0.113.64/26\n`,
      port(80),
    ),
    from: { cidr: '203.0.113.64/26' },
    ports: ['TCP/80'],
  },
  {
    name: 'a block in flow style gets one more hole',
    before: `      - from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.9/32]}}]   # office\n`,
    after: `      - from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.9/32, 203.0.113.64/32]}}]   # office\n`,
    from: { host: '203.0.113.64' },
  },
  {
    name: 'two rules that both allow it',
    before: rule(WEB + ETL) + rule(WEB, port(80)),
    after: rule(ETL),
  },
]

/** Does the result mean what is expected, with each line as it was that the expected text has as well? How new lines are laid out is the splices' business. */
function expectText(result: string | undefined, before: string, expected: string): void {
  expect(plain(result ?? '')).toEqual(plain(expected))
  expect(inOrder(result ?? '', inOrder(expected, before.split('\n')))).toEqual(inOrder(expected, before.split('\n')))
}

const NOTHING: Tree = { type: 'scalar', value: null, style: 'plain', source: '', range: { from: 0, to: 0 } }

function plain(text: string): unknown {
  return toPlain(parseDocument(text).tree ?? NOTHING)
}

/** Those of the lines that a text has, one after the other. */
function inOrder(text: string, lines: readonly string[]): readonly string[] {
  const own = text.split('\n')
  let from = 0
  return lines.filter((line) => {
    const at = own.indexOf(line, from)
    if (at >= 0) from = at + 1
    return at >= 0
  })
}

const asked = (from: End, ports: readonly string[]): Extract<Intent, { type: 'deny' }> => ({
  type: 'deny',
  from,
  to: db,
  ports,
})

const json = (from: unknown): string =>
  JSON.stringify(
    { ...(toPlain(parseDocument(HEAD).tree ?? NOTHING) as object), spec: { podSelector: {}, ingress: [{ from }] } },
    null,
    2,
  )

const titles = (made: Plan): readonly (readonly [string, readonly string[]])[] =>
  [made, ...made.others].map((one) => [one.title, unwanted(one)])

const check = (name: string, ports: string, rest = 'expect: allowed'): string => `  - name: ${name} # mine
    from: { namespace: shop, workload: Deployment/web }
    to: { namespace: data, workload: Deployment/db }
    ports: ${ports}
    ${rest}
`

const crlf = (text: string): string => text.replaceAll('\n', '\r\n')

describe('deny narrows what allows', () => {
  test.each(SHAPES)('$name', ({ before, after, from = web, ports = [], open = 'no ports', more = [] }) => {
    const text = HEAD + before + FOOT
    const done = carryOut([APPS, text, ...more], asked(from, ports))
    expectText(done.text, text, HEAD + after + FOOT)
    expect(done.text?.startsWith(HEAD) && done.text.endsWith(FOOT)).toBe(true)
    expect(done.open).toBe(open)
    expect(unwanted(done.made)).toEqual([])
    expect(done.made.needsPreview).toBe(true)
    expect(done.made.title).toBe('Close it at data/db (ingress)')
  })

  test.each(SHAPES)('$name, with CRLF', ({ before, after, from = web, ports = [], more = [] }) => {
    const text = crlf(HEAD + before + FOOT)
    const done = carryOut([APPS, text, ...more], asked(from, ports))
    expectText(done.text, text, crlf(HEAD + after + FOOT))
    expect(done.text?.replaceAll('\r\n', '')).not.toContain('\n')
  })

  test('in JSON', () => {
    const peers = [{ podSelector: { matchLabels: { app: 'etl' } } }, { namespaceSelector: {} }]
    const done = carryOut([APPS, json(peers)], asked(web, []))
    const term = { key: 'app', operator: 'NotIn', values: ['web'] }
    expect(JSON.parse(done.text ?? '')).toEqual(
      JSON.parse(json([peers[0], { ...peers[1], podSelector: { matchExpressions: [term] } }])),
    )
  })

  test('in two policies, one of them for others, too: what these lose is opened again, or it is listed', () => {
    const all = policy(
      'all',
      'data',
      `{ podSelector: {}, ingress: [{ from: [${FROM_WEB}, { podSelector: {} }], ports: [{ port: 80 }] }] }`,
    )
    const own = policy(
      'db',
      'data',
      `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [${FROM_WEB}] }] }`,
    )
    const { made, open } = carryOut([APPS, all + own], asked(web, ['TCP/80']))
    expect(open).toBe('TCP 1-79, 81-65535; all UDP ports; all SCTP ports')
    expect([made.title, unwanted(made)]).toEqual(['Close it at data/db (ingress), and keep the others', []])
    expect(made.others.map((other) => [other.title, unwanted(other)])).toEqual([
      ['Close it at data/db (ingress)', ['- shop/Deployment/web → data/Deployment/etl TCP 80']],
    ])
  })

  test('at either end, where both are isolated', () => {
    const ingress = policy('db', 'data', `{ podSelector: {}, ingress: [{ from: [${FROM_WEB}, { podSelector: {} }] }] }`)
    const egress = policy(
      'web',
      'shop',
      '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{}] }',
    )
    const { made } = carryOut([APPS, ingress + egress, POD_CIDR], asked(web, []))
    const titles = [made, ...made.others].map(({ title }) => title)
    expect(titles).toContain('Close it at data/db (ingress)')
    expect(titles).toContain('Close it at shop/web (egress)')
  })

  test('for a named block where that is all that is known to hold the pods, or not at all', () => {
    const block = policy('db', 'data', '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }')
    const made = planOf(worldOf(filesOf(APPS, block)), asked(web, []))
    expect(made.refusal).toContain('The block 10.0.0.0/8 may hold addresses of shop/web')
    const told = carryOut([APPS, block, POD_CIDR], asked(web, []))
    expect(told.text).toContain('except')
    expect(told.open).toBe('no ports')
  })

  test('not where the text can not be edited, and says so', () => {
    const anchored = policy(
      'db',
      'data',
      `{ podSelector: {}, ingress: [{ from: &peers [${FROM_WEB}, { podSelector: {} }] }, { from: *peers, ports: [{ port: 80 }] }] }`,
    )
    const made = planOf(worldOf(filesOf(APPS, anchored)), asked(web, []))
    expect(made.refusal).toContain('data/db can’t be edited here')
  })
})

const FROM_WEB =
  '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }, podSelector: { matchLabels: { app: web } } }'

function policy(name: string, home: string, spec: string, managed = false): string {
  const labels = managed ? ', labels: { app.kubernetes.io/managed-by: drawbridge }' : ''
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${home}${labels} }\nspec: ${spec}\n---\n`
}

describe('the last rule', () => {
  const own = policy(
    'db-ingress',
    'data',
    `{ podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], ingress: [{ from: [${FROM_WEB}] }] }`,
    true,
  )
  const others = policy('default-deny', 'data', '{ podSelector: {}, policyTypes: [Ingress] }')

  test('of a policy that was made for the edge takes it away where another one still isolates', () => {
    const { made, text, open } = carryOut([APPS, others + own], asked(web, []))
    expect(text).toBe(others)
    expect(made.sentences[0]).toBe('Removes the policy data/db-ingress: data/default-deny still isolates data/db.')
    expect(open).toBe('no ports')
    expect(unwanted(made)).toEqual([])
  })

  test('of one that alone isolates leaves it without rules', () => {
    const { made, text, open } = carryOut([APPS, own], asked(web, []))
    expect(text).toContain('ingress: []')
    expect(made.sentences).toContain('Leaves data/db-ingress without rules for ingress: it allows nothing any more.')
    expect(open).toBe('no ports')
    expect(unwanted(made)).toEqual([])
  })

  test('of one that alone isolates others leaves it without rules, so that nothing opens', () => {
    const wide = own.replace('{ matchLabels: { app: db } }', '{}')
    const one = policy('db', 'data', '{ podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress] }')
    const { made, text } = carryOut([APPS, one + wide], asked(web, []))
    expect(text).toContain('ingress: []')
    expect(made.opens).toEqual([])
  })

  test('of one that was written by hand leaves it, too', () => {
    const { text } = carryOut([APPS, others + own.replace(/, labels: .*? \} \}/, ' }')], asked(web, []))
    expect(text).toContain('ingress: []')
  })

  test('for egress, where nothing else says so, says that the policy is about egress', () => {
    const implied = policy(
      'web',
      'shop',
      '{ podSelector: { matchLabels: { app: web } }, egress: [{ to: [{ namespaceSelector: {} }] }] }',
    )
    const files = filesOf(APPS, implied)
    const made = planOf(worldOf(files), { type: 'deny', from: web, to: { anyNamespace: true }, ports: [] })
    expect(made.refusal).toBeUndefined()
    const after = applied(files, made)
    expect(after[1]?.text).toContain('policyTypes: [Ingress, Egress]')
    expect(openIn(after, web, { internet: true })).toBe('no ports')
  })
})

describe('deny where nothing isolates the destination', () => {
  const checks = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: c }
checks:
  - name: api may query db
    from: { namespace: shop, workload: Deployment/api }
    to: { namespace: data, workload: Deployment/db }
    ports: [TCP/5432]
    expect: allowed
`
  test('isolates it, and keeps all else, the loaded workloads, or what the checks need', () => {
    const { made, open } = carryOut([APPS, POD_CIDR, checks], asked(web, ['TCP/5432']))
    expect(open).toBe('TCP 1-5431, 5433-65535; all UDP ports; all SCTP ports')
    expect(titles(made)).toEqual([
      ['Isolate data/db, and keep all else', []],
      ['Isolate data/db, and keep what the loaded workloads do', ['- internet → data/Deployment/db all ports']],
      [
        'Isolate data/db, and keep what the checks need',
        [
          '- shop/Deployment/web → data/Deployment/db all ports but TCP 5432',
          '- shop/Deployment/api → data/Deployment/db all ports but TCP 5432',
          '- shop/Deployment/cache → data/Deployment/db all ports',
          '- data/Deployment/etl → data/Deployment/db all ports',
          '- internet → data/Deployment/db all ports',
        ],
      ],
    ])
    const warnings = [made, ...made.others].flatMap((one) => one.warnings)
    expect(warnings).toEqual([])
  })

  test('without the pod CIDR says that the outside is cut', () => {
    const { made } = carryOut([APPS], asked(web, []))
    const all = [made, ...made.others].find(({ title }) => title.endsWith('keep all else'))
    expect(all?.warnings.join()).toContain('The pod CIDR in the settings would help')
    expect(all && unwanted(all)).toEqual(['- internet → data/Deployment/db all ports'])
  })

  test('isolates the source where the destination is outside, and keeps DNS', () => {
    const dns = deployment('kube-dns', 'kube-system', 'k8s-app: kube-dns')
    const files = filesOf(APPS, dns)
    const made = planOf(worldOf(files), { type: 'deny', from: web, to: { internet: true }, ports: [] })
    expect(made.refusal).toBeUndefined()
    for (const way of [made, ...made.others]) {
      expect(openIn(applied(files, way), web, { internet: true })).toBe('no ports')
      expect(openIn(applied(files, way), web, at('kube-dns', 'kube-system'))).toMatch(
        /all ports|TCP 53(, 8080)?; UDP 53/,
      )
      expect(way.dns.lost).toEqual([])
    }
  })

  test('keeps of a check about a whole namespace all but the end', () => {
    const all = checks.replace('shop, workload: Deployment/api', 'shop')
    const files = filesOf(APPS, all)
    const made = planOf(worldOf(files), asked(web, []))
    const least = [made, ...made.others].find(({ title }) => title.endsWith('what the checks need'))
    const after = least ? applied(files, least) : files
    expect([web, api, at('cache')].map((end) => openIn(after, end, db))).toEqual(['no ports', 'TCP 5432', 'TCP 5432'])
  })
})

describe('deny is refused', () => {
  const admin = `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: open }
spec:
  priority: 5
  subject: { namespaces: {} }
  ingress: [{ name: all, action: Allow, from: [{ namespaces: {} }] }]
  egress: [{ name: out, action: Allow, to: [{ namespaces: {} }] }]
`

  test.each<[string, readonly string[], Intent, string]>([
    [
      'where a cluster-scoped policy opens it',
      [APPS, admin],
      asked(web, []),
      'Rule 1 “all” of the admin policy open allows shop/web → data/db',
    ],
    ['for a pod to itself', [APPS], { type: 'deny', from: web, to: web, ports: [] }, 'A pod always reaches itself'],
    [
      'outside of the cluster',
      [APPS],
      { type: 'deny', from: { internet: true }, to: { cidr: '10.0.0.0/8' }, ports: [] },
      'must be in the cluster',
    ],
    [
      'for a host that is a name',
      [APPS],
      { type: 'deny', from: web, to: { host: 'example.com' }, ports: [] },
      'can’t name a host',
    ],
    ['for a port that nobody declares', [APPS], asked(web, ['TCP/grpc']), 'declares no port TCP/grpc'],
    [
      'for an end that is not there',
      [APPS],
      { type: 'deny', from: at('nobody'), to: db, ports: [] },
      'shop/nobody has no pods',
    ],
  ])('%s', (_, texts, intent, reason) => {
    const made = planOf(worldOf(filesOf(...texts)), intent)
    expect(made.refusal).toContain(reason)
    expect(made.changes).toEqual([])
  })

  test('for ingress alone by a cluster-scoped policy, it is closed at the source', () => {
    const ingress = admin.slice(0, admin.indexOf('  egress'))
    const { open, made } = carryOut([APPS, ingress], asked(web, []))
    expect(open).toBe('no ports')
    expect(made.title).toContain('Isolate shop/web')
  })
})

describe('the checks of a denial', () => {
  const head = 'apiVersion: drawbridge/v1alpha1\nkind: ConnectivityChecks\nmetadata: { name: c }\nchecks:\n'
  const open = policy('db', 'data', `{ podSelector: {}, ingress: [{ from: [${FROM_WEB}, { podSelector: {} }] }] }`)

  test.each([
    [
      'one about the same is turned around',
      check('query', '[TCP/5432]'),
      [['web must not reach db on TCP 5432', ['TCP/5432'], 'denied']],
    ],
    [
      'one about more loses these ports',
      check('query', '[TCP/5432, TCP/80]'),
      [
        ['query', ['TCP/80'], 'allowed'],
        ['web must not reach db on TCP 5432', ['TCP/5432'], 'denied'],
      ],
    ],
    [
      'a denied one that is there stays one',
      check('never', '[5432/tcp]', 'expect: denied'),
      [['never', ['5432/tcp'], 'denied']],
    ],
  ])('%s', (_, text, expected) => {
    const files = filesOf(APPS, open, head + text)
    const made = planOf(worldOf(files), asked(web, ['TCP/5432']))
    const after = worldOf(applied(files, made)).loaded.checks
    expect(after.map(({ name, ports, expect: wanted }) => [name, ports, wanted])).toEqual(expected)
    expect(made.warnings).toEqual([])
  })

  test('what is denied already gets only its check', () => {
    const { made } = carryOut([APPS, open], { type: 'deny', from: api, to: db, ports: [] })
    expect(made.changes.map(({ path }) => path)).toEqual(['checks.yaml'])
    expect(made.sentences[0]).toContain('is denied already')
  })
})
