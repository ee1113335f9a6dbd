import { describe, expect, test } from 'vitest'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import type { SourceFile } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import type { Intent, Plan, PlanStyle } from '#core/model/intent.ts'
import { formatPorts } from '#core/model/ports.ts'
import { plan } from './plan.ts'
import { carryOut, worldOf } from './world.testkit.ts'

const at = (workload: string, namespace = 'shop', kind = 'Deployment'): End => ({
  namespace,
  workload: `${kind}/${workload}`,
})

interface Pods {
  readonly labels?: string
  readonly namespace?: string
  readonly ports?: string
  readonly more?: string
}

function deployment(name: string, { labels = `app: ${name}`, namespace = 'shop', ports, more }: Pods = {}): string {
  const port = ports ?? '{ name: http, containerPort: 8080 }'
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec: { ${more ?? ''}containers: [{ name: main, image: x, ports: [${port}] }] }
---
`
}

const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n---\n`
const BOTH = namespace('shop') + namespace('data')
const APPS = `${BOTH}${deployment('web')}${deployment('api')}${deployment('db')}${deployment('job', { namespace: 'data' })}`

function policy(name: string, spec: string, metadata = ''): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: shop${metadata}
spec:
${spec.replaceAll(/^(?=.)/gm, '  ')}`
}

const DB = `podSelector:
  matchLabels:
    app: db
policyTypes: [Ingress]
ingress:
  # the api reads and writes
  - from:
      - podSelector:
          matchLabels: {app: api}
    ports:
      - port: 5432
`
const DENY_ALL = policy('default-deny', 'podSelector: {}\npolicyTypes: [Ingress, Egress]\n')

function files(...texts: readonly string[]): readonly SourceFile[] {
  return texts.map((text, i) => ({ path: `file-${i}.yaml`, text, counts: true }))
}

const allow = (from: End, to: End, ...ports: readonly string[]): Intent => ({ type: 'allow', from, to, ports })

function draw(start: readonly SourceFile[], intent: Intent, style?: PlanStyle): Plan {
  return plan(intent, { ...worldOf(start), revision: 1, style })
}

function drawAll(start: readonly SourceFile[], intents: readonly Intent[], style?: PlanStyle): readonly SourceFile[] {
  return intents.reduce((now, intent) => carryOut(now, draw(now, intent, style)), start)
}

function open(now: readonly SourceFile[], from: End, to: End): string {
  const verdict = verdictOf(worldOf(now).evaluation, from, to)
  return verdict ? formatPorts(verdict.allowed) : 'not there'
}

const textOf = (now: readonly SourceFile[], path: string): string => now.find((file) => file.path === path)?.text ?? ''
const names = (now: readonly SourceFile[]): readonly string[] => worldOf(now).loaded.policies.map(({ name }) => name)
const titles = ({ title, others }: Plan): readonly string[] => [title, ...others.map((other) => other.title)]

describe('a policy that was written by hand', () => {
  test('takes a peer where a rule has the ports, and keeps every other byte', () => {
    const start = files(APPS, policy('db', DB))
    const made = draw(start, allow(at('web'), at('db'), 'TCP/5432'))
    expect(titles(made)).toEqual(['Amend db', 'New policy db-ingress'])
    expect(made.sentences[0]).toBe('Adds from: web to rule 1 of db.')
    expect(made.needsPreview).toBe(false)
    const after = carryOut(start, made)
    const added = '      - podSelector:\n          matchLabels: {app: web}\n'
    const wanted = DB.replace('{app: api}\n', `{app: api}\n${added.replaceAll(/^ {4}/gm, '    ')}`)
    expect(textOf(after, 'file-1.yaml')).toBe(policy('db', wanted))
    expect(open(after, at('web'), at('db'))).toBe('TCP 5432')
  })

  test('takes a port where a rule has the peers, and the peers of no other', () => {
    const start = files(APPS, policy('db', DB))
    const made = draw(start, allow(at('api'), at('db'), 'TCP/9187', 'UDP/53'))
    expect(made.sentences[0]).toBe('Adds ports TCP 9187, UDP 53 to rule 1 of db.')
    const after = carryOut(start, made)
    expect(open(after, at('api'), at('db'))).toBe('TCP 5432, 9187; UDP 53')
    expect(open(after, at('web'), at('db'))).toBe('no ports')
  })

  test('takes a rule of its own where peers and ports are others: they are never multiplied', () => {
    const start = files(APPS, policy('db', DB))
    const made = draw(start, allow(at('web'), at('db'), 'TCP/9187'))
    expect(made.sentences[0]).toBe('Adds a rule to db: from web on TCP 9187.')
    const after = carryOut(start, made)
    expect([open(after, at('web'), at('db')), open(after, at('api'), at('db'))]).toEqual(['TCP 9187', 'TCP 5432'])
  })

  test('is met in its own words: a port by its name, a workload by more labels', () => {
    const named = DB.replace('port: 5432', 'port: http')
    const labels = `${BOTH}${deployment('web')}${deployment('api', { labels: 'app: api, tier: back' })}${deployment('db')}`
    const byName = draw(files(APPS, policy('db', named)), allow(at('web'), at('db'), 'TCP/8080'))
    expect(byName.sentences[0]).toBe('Adds from: web to rule 1 of db.')
    const wordy = DB.replace('{app: api}', '{tier: back}')
    const byLabels = draw(files(labels, policy('db', wordy)), allow(at('api'), at('db'), 'TCP/9187'))
    expect(byLabels.sentences[0]).toBe('Adds port TCP 9187 to rule 1 of db.')
  })

  test.each([
    'namespaceSelector: {matchLabels: {team: d}}',
    'namespaceSelector: {matchLabels: {team: d}}, podSelector: {matchLabels: {app: job}}',
  ])('is not widened by a port where its peers mean more than the workload that happens to be there: %s', (peer) => {
    const team = APPS.replace('{ name: data }', '{ name: data, labels: { team: d } }')
    const wide = DB.replace('podSelector:\n          matchLabels: {app: api}', `{${peer}}`)
    const made = draw(files(team, policy('db', wide)), allow(at('job', 'data'), at('db'), 'TCP/9187'))
    expect(made.sentences[0]).toBe('Adds a rule to db: from data/job on TCP 9187.')
  })

  test('that selects others, too, comes after a new one, and says what it would open for them', () => {
    const tier = DB.replace('app: db', 'tier: back')
    const apps = `${BOTH}${deployment('web')}${deployment('api')}${['db', 'cache'].map((name) => deployment(name, { labels: `app: ${name}, tier: back` })).join('')}`
    const made = draw(files(apps, policy('back', tier)), allow(at('web'), at('db'), 'TCP/5432'))
    expect(titles(made)).toEqual(['New policy db-ingress', 'Amend back'])
    const unwanted = made.others[0]?.opens.filter(({ wanted }) => !wanted)
    expect(unwanted).toEqual([{ from: at('web'), to: at('cache'), ports: 'TCP 5432', wanted: false }])
  })

  test('that selects others, too, comes after a new one even where the other half hides it', () => {
    const tier = 'podSelector: {}\negress:\n  - ports: [{ protocol: UDP, port: 53 }]\npolicyTypes: [Egress]\n'
    const made = draw(files(APPS, policy('db', DB), policy('dns', tier)), allow(at('web'), at('db'), 'TCP/5432'))
    expect(titles(made)[0]).toBe('Amend db, new policy web-egress')
    const wide = made.others.find(({ title }) => title === 'Amend db and dns')
    expect(wide?.opens.filter(({ wanted }) => !wanted).map(({ from }) => from)).toEqual([at('api')])
    expect(wide?.warnings).toEqual([
      'shop/dns selects shop/api, shop/db, too: what is added there is for them as well.',
    ])
  })

  test('for all pods of a namespace with one says that later ones get it, too', () => {
    const start = files(
      `${BOTH}${deployment('db')}${deployment('job', { namespace: 'data' })}`,
      policy('all', 'podSelector: {}\ningress:\n  - ports: [{ port: 80 }]\n'),
    )
    const made = draw(start, allow(at('job', 'data'), at('db'), 'TCP/5432'))
    expect(titles(made)).toEqual(['New policy db-ingress', 'Amend all'])
    expect(made.others[0]?.warnings).toEqual([
      'shop/all selects all pods of shop: those that come later get this, too.',
    ])
  })

  test('in the release of Helm comes last, and says what the next one does', () => {
    const start = files(APPS, policy('db', DB, '\n  labels: { app.kubernetes.io/managed-by: Helm }'))
    const made = draw(start, allow(at('web'), at('db'), 'TCP/5432'))
    expect(titles(made)).toEqual(['New policy db-ingress', 'Amend db'])
    expect(made.others[0]?.warnings[0]).toContain('the next release overwrites')
  })

  test.each<[string, readonly SourceFile[]]>([
    [
      'that another tool keeps',
      files(APPS, policy('db', DB, '\n  labels: { app.kubernetes.io/managed-by: kustomizer }')),
    ],
    ['that is the default deny of its namespace', files(APPS, DENY_ALL)],
    [
      'that the server would reject',
      files(
        APPS,
        policy('db', DB.replace('port: 5432', 'port: 99999')),
        policy('lock', DB.replace(/ingress:[^]*/, ''), '\n  labels: { app.kubernetes.io/managed-by: x }'),
      ),
    ],
    [
      'in a file that does not count',
      [...files(APPS, DENY_ALL), { path: 'draft.yaml', text: policy('db', DB), counts: false }],
    ],
    [
      'of egress alone',
      files(APPS, DENY_ALL, policy('db', 'podSelector: {matchLabels: {app: db}}\npolicyTypes: [Egress]\n')),
    ],
  ])('%s is never amended', (_, start) => {
    const made = draw(start, allow(at('web'), at('db'), 'TCP/5432'))
    expect(made.refusal).toBeUndefined()
    expect(titles(made).filter((title) => title.includes('Amend'))).toEqual([])
  })

  test('that an alias repeats gets its rule elsewhere', () => {
    const shared = DB.replace('from:\n', 'from: &whom\n').replace('ports:\n', 'ports: &ports\n')
    const aliased = `${shared}  - from: *whom\n    ports: [{ port: 81 }]\n`
    const start = files(APPS, policy('db', aliased))
    const made = draw(start, allow(at('web'), at('db'), 'TCP/5432'))
    expect(made.sentences[0]).toBe('Adds a rule to db: from web on TCP 5432.')
    expect(open(carryOut(start, made), at('web'), at('db'))).toBe('TCP 5432')
  })

  test('that needs a peer alone is tried before those that need a rule', () => {
    const other = DB.replace('port: 5432', 'port: 81')
    const start = files(APPS, policy('a', other), policy('b', other), policy('c', other), policy('d', DB))
    expect(draw(start, allow(at('web'), at('db'), 'TCP/5432')).title).toBe('Amend d')
  })

  test('comes after Drawbridge’s own where neither is longer, and the one in the fuller file before the other', () => {
    const rule = DB.replace(/ports:[^]*/, 'ports: [{ port: 80 }]\n')
    const own = policy('db-ingress', DB, '\n  labels: { app.kubernetes.io/managed-by: drawbridge }')
    const first = draw(files(APPS, policy('hand', DB), own), allow(at('web'), at('db'), 'TCP/5432'))
    expect(titles(first).slice(0, 2)).toEqual(['Amend db-ingress', 'Amend hand'])
    const full = `${policy('more', rule.replace('app: db', 'app: api'))}---\n${policy('second', DB)}`
    const second = draw(files(APPS, policy('first', DB), full), allow(at('web'), at('db'), 'TCP/5432'))
    expect(titles(second).slice(0, 2)).toEqual(['Amend second', 'Amend first'])
  })
})

describe('both halves', () => {
  test('are combined, the shortest first, and each way holds', () => {
    const egress = `podSelector: {matchLabels: {app: web}}
policyTypes: [Egress]
egress:
  - to:
      - podSelector: {matchLabels: {app: api}}
    ports: [{ protocol: TCP, port: 5432 }]
`
    const start = files(APPS, policy('db', DB), policy('web', egress))
    const made = draw(start, allow(at('web'), at('db'), 'TCP/5432'))
    expect(titles(made)).toEqual([
      'Amend db and web',
      'Amend web, new policy db-ingress',
      'Amend db, new policy web-egress',
      'New policies db-ingress and web-egress',
    ])
    expect(made.sentences.slice(0, 2)).toEqual(['Adds from: web to rule 1 of db.', 'Adds to: db to rule 1 of web.'])
    for (const way of [made, ...made.others]) expect(open(carryOut(start, way), at('web'), at('db'))).toBe('TCP 5432')
  })
})

describe('per edge', () => {
  const start = files(APPS, DENY_ALL, DENY_ALL.replace('namespace: shop', 'namespace: data'))

  test('each edge has a policy of its own, which says its direction where both are in one namespace', () => {
    const after = drawAll(
      start,
      [allow(at('web'), at('db'), 'TCP/80'), allow(at('api'), at('db'), 'TCP/80')],
      'per-edge',
    )
    expect(names(after).slice(1)).toEqual(
      expect.arrayContaining([
        'shop/allow-web-to-db-ingress',
        'shop/allow-web-to-db-egress',
        'shop/allow-api-to-db-ingress',
        'shop/allow-api-to-db-egress',
      ]),
    )
  })

  test('across namespaces the name is enough', () => {
    const after = drawAll(start, [allow(at('web'), at('job', 'data'), 'TCP/80')], 'per-edge')
    expect(names(after)).toEqual(expect.arrayContaining(['data/allow-web-to-job', 'shop/allow-web-to-job']))
  })

  test('another port of the edge joins it', () => {
    const edges = ['TCP/80', 'TCP/81'].map((port) => allow(at('web'), at('db'), port))
    const after = drawAll(start, edges, 'per-edge')
    expect(names(after)).toHaveLength(4)
    expect(open(after, at('web'), at('db'))).toBe('TCP 80-81')
  })

  test('a policy written by hand is the second choice', () => {
    const made = draw(files(APPS, policy('db', DB)), allow(at('web'), at('db'), 'TCP/5432'), 'per-edge')
    expect(titles(made)).toEqual(['New policy allow-web-to-db', 'Amend db'])
  })
})

describe('per namespace', () => {
  const start = files(`${APPS}${deployment('cache')}`, DENY_ALL)
  const edges = ['db', 'cache'].map((to) => allow(at('job', 'data'), at(to), 'TCP/80'))

  test('workloads that get the same rule share one policy, by a label that they share', () => {
    const after = drawAll(start, edges, 'per-namespace')
    expect(names(after)).toEqual(['shop/default-deny', 'shop/allow-from-job'])
    expect(textOf(after, 'file-1.yaml')).toContain('operator: In\n        values:\n          - cache\n          - db\n')
    expect(['db', 'cache', 'api'].map((to) => open(after, at('job', 'data'), at(to)))).toEqual([
      'TCP 80',
      'TCP 80',
      'no ports',
    ])
  })

  test('all workloads of the namespace are selected by nothing', () => {
    const two = files(
      `${BOTH}${deployment('db')}${deployment('cache')}${deployment('job', { namespace: 'data' })}`,
      DENY_ALL,
    )
    const after = drawAll(two, edges, 'per-namespace')
    expect(textOf(after, 'file-1.yaml').match(/podSelector: \{\}/g)).toHaveLength(2)
  })

  test('a label that others have, too, is none to share', () => {
    const tiers = ['db', 'cache'].map((name) => deployment(name, { labels: `app: ${name}, aa: back` })).join('')
    const others =
      deployment('web', { labels: 'app: db, aa: front' }) + deployment('api', { labels: 'app: api, aa: front' })
    const mixed = files(`${BOTH}${tiers}${others}${deployment('job', { namespace: 'data' })}`, DENY_ALL)
    const after = drawAll(mixed, edges, 'per-namespace')
    expect(textOf(after, 'file-1.yaml')).toContain('- key: aa\n')
    expect(['db', 'cache', 'web'].map((to) => open(after, at('job', 'data'), at(to)))).toEqual([
      'TCP 80',
      'TCP 80',
      'no ports',
    ])
  })

  test('no label that they share leaves each its own', () => {
    const odd = files(`${APPS}${deployment('cache', { labels: 'role: cache' })}`, DENY_ALL)
    const after = drawAll(odd, edges, 'per-namespace')
    expect(names(after)).toEqual(['shop/default-deny', 'shop/allow-from-job', 'shop/allow-from-job-2'])
  })

  test('forgetting takes one workload out, and the policy with the last', () => {
    const drawn = drawAll(start, edges, 'per-namespace')
    const forget = (now: readonly SourceFile[], i: number): Intent => {
      const check = worldOf(now).loaded.checks[i]
      return check ? { type: 'forget', check: check.ref } : allow(at('db'), at('db'))
    }
    const one = drawAll(drawn, [forget(drawn, 0)], 'per-namespace')
    expect([open(one, at('job', 'data'), at('db')), open(one, at('job', 'data'), at('cache'))]).toEqual([
      'no ports',
      'TCP 80',
    ])
    const none = drawAll(one, [forget(one, 0)], 'per-namespace')
    expect(names(none)).toEqual(['shop/default-deny'])
  })
})

describe('what is written', () => {
  test('keeps the name of a port only where all pods of the destination mean the same by it', () => {
    const mixed = `${APPS}${deployment('old', { namespace: 'data', ports: '{ containerPort: 1 }' })}`
    const deny = DENY_ALL.replace('namespace: shop', 'namespace: data')
    const start = files(mixed, deny)
    const after = drawAll(start, [allow(at('web'), { namespace: 'data' }, 'TCP/http')])
    expect(textOf(after, 'file-1.yaml')).toContain('port: 8080')
    expect(open(after, at('web'), at('old', 'data'))).toBe('TCP 8080')
    const same = drawAll(start, [allow(at('web'), at('job', 'data'), 'TCP/http')])
    expect(textOf(same, 'file-1.yaml')).toContain('port: http')
  })

  test.each<[string, End, string]>([
    [
      'all of another namespace',
      { namespace: 'data' },
      '- namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: data\n',
    ],
    ['all of its own', { namespace: 'shop' }, '- podSelector: {}\n'],
    ['all pods', { anyNamespace: true }, '- namespaceSelector: {}\n'],
    ['the internet', { internet: true }, '- ipBlock:\n            cidr: 0.0.0.0/0\n            except:\n'],
  ])('names %s as such', (_, from, expected) => {
    const deny = DENY_ALL.replace('Ingress, Egress', 'Ingress')
    const after = drawAll(files(APPS, deny), [allow(from, at('db'), 'TCP/80')])
    expect(textOf(after, 'file-1.yaml')).toContain(`    - from:\n        ${expected}`)
    expect(open(after, from, at('db'))).toBe('TCP 80')
  })

  test('names nobody where everybody is meant', () => {
    const after = drawAll(files(APPS, DENY_ALL), [allow({ anywhere: true }, at('db'), 'TCP/80')])
    expect(textOf(after, 'file-1.yaml')).toContain('  ingress:\n    - ports:\n')
  })

  test('opens the other half of all pods, too, where it is closed', () => {
    const after = drawAll(files(APPS, DENY_ALL), [allow({ anyNamespace: true }, at('db'), 'TCP/80')])
    expect(names(after)).toEqual(['shop/default-deny', 'shop/db-ingress', 'shop/all-egress'])
  })
})

describe('labels', () => {
  test('that do not tell two workloads apart are said, with the label that would beside the plan', () => {
    const twins = `${APPS}${deployment('twin', { labels: 'app: db' })}`
    const made = draw(files(twins, DENY_ALL), allow(at('web'), at('db'), 'TCP/80'))
    expect(made.warnings.join()).toContain('shop/twin')
    expect(made.opens.filter(({ wanted }) => !wanted).map(({ to }) => to)).toEqual([at('twin')])
    expect(made.help.map(({ intent }) => intent)).toEqual([
      { type: 'add-labels', end: at('db'), labels: { 'app.kubernetes.io/name': 'db' } },
    ])
  })

  test('that are missing are asked for', () => {
    const bare = `apiVersion: v1\nkind: Pod\nmetadata: { name: bare, namespace: shop }\nspec: { containers: [] }\n---\n`
    const made = draw(files(APPS, bare, DENY_ALL), allow(at('web'), at('bare', 'shop', 'Pod'), 'TCP/80'))
    expect(made.refusal).toContain('have no label in common')
    expect(made.help.map(({ label }) => label)).toEqual(['Add the label app: bare to shop/bare'])
  })

  test('that are missing do no harm where a policy selects the pods without any', () => {
    const bare = `apiVersion: v1\nkind: Pod\nmetadata: { name: bare, namespace: shop }\nspec: { containers: [] }\n---\n`
    const all = policy('all', 'podSelector: {}\ningress:\n  - ports: [{ port: 80 }]\n')
    const made = draw(files(APPS, bare, all), allow(at('web'), at('bare', 'shop', 'Pod'), 'TCP/5432'))
    expect(titles(made)).toEqual(['Amend all'])
    expect(made.needsPreview).toBe(true)
  })
})

const admin = (kind: string, version: string, spec: string): string =>
  `apiVersion: policy.networking.k8s.io/${version}\nkind: ${kind}\nmetadata: { name: ${kind === 'BaselineAdminNetworkPolicy' ? 'default' : 'guard'} }\nspec:\n${spec}`
describe('what no NetworkPolicy can open', () => {
  const ANP = admin(
    'AdminNetworkPolicy',
    'v1alpha1',
    `  priority: 5
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }
  ingress:
    - name: metrics
      action: Pass
      from: [{ namespaces: {} }]
      ports: [{ portNumber: { protocol: TCP, port: 9090 } }]
    - name: no-db
      action: Deny
      from: [{ namespaces: {} }]
`,
  )

  test('is refused by the name, rule and line of the admin policy, with the rule that would help', () => {
    const made = draw(files(APPS, ANP), allow(at('web'), at('db'), 'TCP/5432'))
    expect(made.refusal).toBe(
      'shop/web → shop/db is denied by rule 2 “no-db” (line 12 of file-1.yaml) of the AdminNetworkPolicy guard: it is asked before every NetworkPolicy, and none can override its Deny. An ingress rule in front of it would help: Allow from shop/web on TCP 5432, in a policy whose subject takes in shop/db.',
    )
    expect(made.changes).toEqual([])
  })

  test('is said of those pods of a namespace that the rule is about', () => {
    const some = ANP.replace(
      '{ namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }',
      '{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: db } } } }',
    )
    const made = draw(files(APPS, some), allow(at('web'), { namespace: 'shop' }, 'TCP/5432'))
    expect(made.refusal).toContain('shop/web → all of shop is denied at shop/db by rule 2')
    expect(made.refusal).toContain('a policy whose subject takes in shop/db.')
  })

  test('does not concern the ports that it passes on', () => {
    const made = draw(files(APPS, ANP, DENY_ALL), allow(at('web'), at('db'), 'TCP/9090'))
    expect(made.refusal).toBeUndefined()
  })

  test('is another thing than a baseline, which a NetworkPolicy overrides: it says what that changes, and keeps DNS', () => {
    const banp = admin(
      'BaselineAdminNetworkPolicy',
      'v1alpha1',
      `  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }
  egress:
    - action: Deny
      to: [{ namespaces: { matchLabels: { kubernetes.io/metadata.name: data } } }]
`,
    )
    const start = files(APPS, banp)
    const made = draw(start, allow(at('web'), at('job', 'data'), 'TCP/80'))
    expect(made.sentences[0]).toContain('Nothing isolates shop/web yet')
    expect(made.sentences).toContain('Keeps DNS open.')
    expect(made.needsPreview).toBe(true)
    expect(open(carryOut(start, made), at('web'), at('job', 'data'))).toBe('TCP 80')
  })

  test('because a policy of another kind may have its say is uncertain', () => {
    const cilium = `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: c, namespace: shop }\nspec: { endpointSelector: { matchLabels: { app: db } } }\n`
    const made = draw(files(APPS, cilium), allow(at('web'), at('db'), 'TCP/80'))
    expect(made.refusal).toBe(
      'No policy text makes shop/web → shop/db certain: what shop/c does to it is not known here.',
    )
  })

  test.each<[string, string, End, string]>([
    [
      'runs on its node',
      deployment('agent', { more: 'hostNetwork: true, ' }),
      at('agent'),
      'runs in the network of its nodes',
    ],
    ['is not loaded', '', at('nobody'), 'has no pods'],
    [
      'is finished',
      'apiVersion: v1\nkind: Pod\nmetadata: { name: done, namespace: shop, labels: { app: done } }\nspec: { containers: [] }\nstatus: { phase: Succeeded }\n---\n',
      at('done', 'shop', 'Pod'),
      'has no pods',
    ],
    ['is a name', '', { host: 'example.org' }, 'can’t name a host'],
    ['is a node', '', { node: 'n1' }, 'n1'],
  ])('because the source %s is refused, with the reason', (_, text, from, reason) => {
    const made = draw(files(APPS + text, DENY_ALL), allow(from, at('db'), 'TCP/80'))
    expect(made.refusal).toContain(reason)
    expect(made.changes).toEqual([])
  })

  test('because both ends are outside is refused', () => {
    const made = draw(files(APPS), allow({ internet: true }, { cidr: '10.0.0.0/8' }))
    expect(made.refusal).toContain('one end of the connection must be a workload or a namespace')
  })

  test('because the port has no number comes with those that are declared', () => {
    const made = draw(files(APPS), allow(at('web'), at('db'), 'TCP/grpc'))
    expect(made.help).toEqual([{ label: 'Allow TCP 8080 instead', intent: allow(at('web'), at('db'), 'TCP/8080') }])
  })
})
