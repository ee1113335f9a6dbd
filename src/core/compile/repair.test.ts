import { describe, expect, test } from 'vitest'
import { evaluate, verdictOf } from '#core/evaluate/evaluate.ts'
import { explain } from '#core/explain/explain.ts'
import { at, CLUSTER, policy, service } from '#core/explain/nearMiss.testkit.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import type { End } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import type { NearMiss } from '#core/model/nearMiss.ts'
import { statusOf } from '#core/model/status.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { plan } from './plan.ts'

interface Asked {
  readonly from: End
  readonly to: End
  readonly ports: readonly string[]
}

const ASKED: Asked = { from: at('web'), to: at('db'), ports: ['TCP/8080'] }

function evaluationOf(files: readonly SourceFile[]) {
  const loaded = load(files)
  return { loaded, evaluation: evaluate(loaded.cluster, loaded.policies, loaded.settings) }
}

function firstMiss(files: readonly SourceFile[], { from, to, ports }: Asked): NearMiss {
  const { halves } = explain(evaluationOf(files).evaluation, from, to, ports)
  const [miss] = halves.flatMap(({ misses }) => misses)
  if (!miss) throw new Error('no miss')
  return miss
}

function planFor(files: readonly SourceFile[], intent: Intent): Plan {
  return plan(intent, { files, ...evaluationOf(files), revision: 1 })
}

function apply(files: readonly SourceFile[], { changes }: Plan): readonly SourceFile[] {
  const edited = files.map((file) => {
    const change = changes.find(({ type, path }) => type === 'edit' && path === file.path)
    return change?.type === 'edit' ? { ...file, text: applyEdits(file.text, change.edits) } : file
  })
  const created = changes.flatMap((change) =>
    change.type === 'create' ? [{ path: change.path, text: change.text, counts: true }] : [],
  )
  return [...edited, ...created]
}

/** The lines that differ, `-` and `+`, for one run of lines. */
function diff(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < old.length && old[start] === now[start]) start++
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++
  return [
    ...old.slice(start, old.length - end).map((line) => `-${line}`),
    ...now.slice(start, now.length - end).map((line) => `+${line}`),
  ]
}

const world = (text: string): readonly SourceFile[] => [
  { path: 'cluster.yaml', text: CLUSTER, counts: true },
  { path: 'policies.yaml', text, counts: true },
]

/** All ways, best first: the title, and the lines of the policies that change. */
function waysOf(files: readonly SourceFile[], asked: Asked): { readonly made: Plan; readonly ways: readonly Way[] } {
  const made = planFor(files, { type: 'repair', ...asked, miss: firstMiss(files, asked) })
  const ways = made.refusal === undefined ? [made, ...made.others] : []
  return {
    made,
    ways: ways.map((one) => ({ title: one.title, lines: linesOf(files, one), status: statusAfter(files, one, asked) })),
  }
}

interface Way {
  readonly title: string
  readonly lines: readonly string[]
  readonly status: string
}

function linesOf(files: readonly SourceFile[], made: Plan): readonly string[] {
  const after = apply(files, made)
  return files.flatMap(({ text }, i) => diff(text, after[i]?.text ?? ''))
}

function statusAfter(files: readonly SourceFile[], made: Plan, { from, to, ports }: Asked): string {
  const { evaluation } = evaluationOf(apply(files, made))
  const verdict = verdictOf(evaluation, from, to)
  const pods = 'workload' in to ? (evaluation.workloads.get(`${to.namespace}/${to.workload}`)?.pods ?? []) : []
  return verdict ? statusOf(verdict, askedPorts(ports, pods).ports) : 'missing'
}

interface Row {
  readonly what: string
  readonly text: string
  readonly about?: Partial<Asked>
  /** The kind of the miss, what the best way is called, and the lines that it changes. */
  readonly kind: NearMiss['kind']
  readonly title: string
  readonly lines: readonly string[]
  /** What the next way is called. */
  readonly next: string
}

const DENY = policy('deny', 'policyTypes: [Ingress]')
const SERVICE = service('db', '{ port: 80, targetPort: http }')

/** A policy for `db` with these lines as its one ingress rule. */
const rule = (...lines: readonly string[]): string =>
  policy('db-in', ['ingress:', ...lines.map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`)].join('\n'))

const WEB = ['from:', '  - podSelector: { matchLabels: { app: web } }']

const TABLE: readonly Row[] = [
  {
    what: 'another case, in flow style',
    text: rule('from:', '  # the shop', '  - podSelector: { matchLabels: { app: Web } }'),
    kind: 'label-value',
    title: 'Change app: Web to app: web',
    lines: [
      '-        - podSelector: { matchLabels: { app: Web } }',
      '+        - podSelector: { matchLabels: { app: web } }',
    ],
    next: 'Add shop/web to rule 1 of db-in',
  },
  {
    what: 'a slip, before a comment',
    text: rule('from:', '  - podSelector:', '      matchLabels:', '        app: wbe # slip'),
    kind: 'label-value',
    title: 'Change app: wbe to app: web',
    lines: ['-              app: wbe # slip', '+              app: web # slip'],
    next: 'Add shop/web to rule 1 of db-in',
  },
  {
    what: 'a rule for somebody else keeps its peer',
    text: rule('from:', '  - podSelector:', '      matchLabels:', '        app: api'),
    kind: 'label-value',
    title: 'Add shop/web to rule 1 of db-in',
    lines: ['+        - podSelector:', '+            matchLabels:', '+              app: web'],
    next: 'Change app: api to app: web',
  },
  {
    what: 'a slip in an expression',
    text: rule('from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, Web] }] } }]'),
    kind: 'label-value',
    title: 'Change app: Web to app: web',
    lines: [
      '-    - from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, Web] }] } }]',
      '+    - from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, web] }] } }]',
    ],
    next: 'Add shop/web to rule 1 of db-in',
  },
  {
    what: 'an expression without the value',
    text: rule('from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, etl] }] } }]'),
    kind: 'label-value',
    title: 'Add web to the values of app',
    lines: [
      '-    - from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, etl] }] } }]',
      '+    - from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, etl, web] }] } }]',
    ],
    next: 'Add shop/web to rule 1 of db-in',
  },
  {
    what: 'an expression that leaves it out',
    text: rule('from: [{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [web, api] }] } }]'),
    kind: 'label-value',
    title: 'Take web out of app NotIn web, api',
    lines: [
      '-    - from: [{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [web, api] }] } }]',
      '+    - from: [{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [api] }] } }]',
    ],
    next: 'Add shop/web to rule 1 of db-in',
  },
  {
    what: 'another key',
    text: rule('from:', '  - podSelector:', '      matchLabels:', '        name: web'),
    kind: 'label-absent',
    title: 'Change name: web to app: web',
    lines: ['-              name: web', '+              app: web'],
    next: 'Add shop/web to rule 1 of db-in',
  },
  {
    what: 'another key in an expression',
    text: rule('from: [{ podSelector: { matchExpressions: [{ key: name, operator: In, values: [web] }] } }]'),
    kind: 'label-absent',
    title: 'Change name In web to app: web',
    lines: [
      '-    - from: [{ podSelector: { matchExpressions: [{ key: name, operator: In, values: [web] }] } }]',
      '+    - from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [web] }] } }]',
    ],
    next: 'Add shop/web to rule 1 of db-in',
  },
  {
    what: 'a label too many',
    text: rule('from:', '  - podSelector:', '      matchLabels:', '        app: web', '        tier: front'),
    kind: 'label-absent',
    title: 'Take tier: front out',
    lines: ['-              tier: front'],
    next: 'Add shop/web to rule 1 of db-in',
  },
  {
    what: 'a namespace by the wrong key',
    text: rule('from:', '  - namespaceSelector:', '      matchLabels:', '        name: data'),
    about: { from: at('web', 'data') },
    kind: 'namespace-label',
    title: 'Change name: data to kubernetes.io/metadata.name: data',
    lines: ['-              name: data', '+              kubernetes.io/metadata.name: data'],
    next: 'Add data/web to rule 1 of db-in',
  },
  {
    what: "a slip in a namespace's label",
    text: rule('from:', '  - namespaceSelector:', '      matchLabels:', '        team: bule'),
    about: { from: at('web', 'data') },
    kind: 'namespace-label',
    title: 'Change team: bule to team: blue',
    lines: ['-              team: bule', '+              team: blue'],
    next: 'Add data/web to rule 1 of db-in',
  },
  {
    what: 'no namespaceSelector',
    text: rule('from:', '  - podSelector:', '      matchLabels:', '        app: etl'),
    about: { from: at('etl', 'data') },
    kind: 'own-namespace',
    title: 'Add the namespace data',
    lines: [
      '+          namespaceSelector:',
      '+            matchLabels:',
      '+              kubernetes.io/metadata.name: data',
    ],
    next: 'Add data/etl to rule 1 of db-in',
  },
  {
    what: 'one item that was meant as two',
    text: rule(
      'from:',
      '  - namespaceSelector:',
      '      matchLabels:',
      '        team: blue',
      '    podSelector:',
      '      matchLabels:',
      '        app: api',
    ),
    about: { from: at('api') },
    kind: 'and-for-or',
    title: 'Make two peers of one',
    lines: [
      '-        - namespaceSelector:',
      '-            matchLabels:',
      '-              team: blue',
      '-          podSelector:',
      '-            matchLabels:',
      '-              app: api',
      '+        - podSelector:',
      '+            matchLabels:',
      '+              app: api',
      '+        - namespaceSelector:',
      '+            matchLabels:',
      '+              team: blue',
    ],
    next: 'Add shop/api to rule 1 of db-in',
  },
  {
    what: 'two items that were meant as one',
    text: rule(
      'from:',
      '  - namespaceSelector:',
      '      matchLabels:',
      '        name: data',
      '  - podSelector:',
      '      matchLabels:',
      '        app: etl',
    ),
    about: { from: at('etl', 'data') },
    kind: 'or-for-and',
    title: 'Make one peer of two',
    lines: [
      '-        - namespaceSelector:',
      '-            matchLabels:',
      '-              name: data',
      '-        - podSelector:',
      '-            matchLabels:',
      '-              app: etl',
      '+        - podSelector:',
      '+            matchLabels:',
      '+              app: etl',
      '+          namespaceSelector:',
      '+            matchLabels:',
      '+              kubernetes.io/metadata.name: data',
    ],
    next: 'Add data/etl to rule 1 of db-in',
  },
  {
    what: 'the only exception of a block',
    text: rule('from:', '  - ipBlock:', '      cidr: 203.0.113.0/24', '      except: [203.0.113.8/30]'),
    about: { from: { host: '203.0.113.9' } },
    kind: 'address',
    title: 'Take 203.0.113.8/30 out of the exceptions',
    lines: ['-            except: [203.0.113.8/30]'],
    next: 'Add 203.0.113.9 to rule 1 of db-in',
  },
  {
    what: 'one of the exceptions of a block',
    text: rule(
      'from:',
      '  - ipBlock:',
      '      cidr: 203.0.113.0/24',
      '      except:',
      '        - 203.0.113.8/30',
      '        - 203.0.113.64/26',
    ),
    about: { from: { host: '203.0.113.9' } },
    kind: 'address',
    title: 'Take 203.0.113.8/30 out of the exceptions',
    lines: ['-              - 203.0.113.8/30'],
    next: 'Add 203.0.113.9 to rule 1 of db-in',
  },
  {
    what: 'an address outside of a block',
    text: rule('from:', '  - ipBlock:', '      cidr: 203.0.113.0/24'),
    about: { from: { host: '198.51.100.1' } },
    kind: 'address',
    title: 'Add 198.51.100.1 to rule 1 of db-in',
    lines: ['+        - ipBlock:', '+            cidr: 198.51.100.1/32'],
    next: 'Amend db-in',
  },
  {
    what: "the Service's port",
    text: rule(...WEB, 'ports:', '  - port: 80') + SERVICE,
    kind: 'service-port',
    title: 'Change TCP/80 to TCP/8080',
    lines: ['-        - port: 80', '+        - port: 8080'],
    next: 'Add TCP 8080 to rule 1 of db-in',
  },
  {
    what: 'another port',
    text: rule(...WEB, 'ports:', '  - protocol: TCP', '    port: 9090'),
    kind: 'port',
    title: 'Add TCP 8080 to rule 1 of db-in',
    lines: ['+        - protocol: TCP', '+          port: 8080'],
    next: 'Change TCP/9090 to TCP/8080',
  },
  {
    what: 'a slip in the name of a port',
    text: rule(...WEB, 'ports:', '  - port: htpp'),
    kind: 'named-port',
    title: 'Change TCP/htpp to TCP/http',
    lines: ['-        - port: htpp', '+        - port: http'],
    next: 'Add TCP 8080 to rule 1 of db-in',
  },
  {
    what: 'the name of a port with another protocol',
    text: rule(...WEB, 'ports:', '  - port: http', '    protocol: UDP'),
    kind: 'named-port',
    title: 'Change UDP/http to TCP/http',
    lines: ['-          protocol: UDP', '+          protocol: TCP'],
    next: 'Add TCP 8080 to rule 1 of db-in',
  },
  {
    what: 'a name that no port has',
    text: rule(...WEB, 'ports: [{ port: metrics }]'),
    kind: 'named-port',
    title: 'Change TCP/metrics to TCP/8080',
    lines: ['-      ports: [{ port: metrics }]', '+      ports: [{ port: 8080 }]'],
    next: 'Add TCP 8080 to rule 1 of db-in',
  },
  {
    what: 'another protocol',
    text: rule(...WEB, 'ports:', '  - protocol: UDP', '    port: 8080'),
    kind: 'protocol',
    title: 'Change UDP/8080 to TCP/8080',
    lines: ['-        - protocol: UDP', '+        - protocol: TCP'],
    next: 'Add TCP 8080 to rule 1 of db-in',
  },
  {
    what: 'a direction that is not listed',
    text: policy('db-in', 'policyTypes: [Egress]\ningress:\n  - {}') + DENY,
    kind: 'policy-types',
    title: 'Add Ingress to policyTypes',
    lines: ['-  policyTypes: [Egress]', '+  policyTypes: [Egress, Ingress]'],
    next: 'Amend deny',
  },
  {
    what: 'a policy that nearly selects the pods',
    text: policy('typo', 'ingress:\n  - {}', '{ matchLabels: { app: DB } }') + DENY,
    kind: 'label-value',
    title: 'Change app: DB to app: db',
    lines: ['-  podSelector: { matchLabels: { app: DB } }', '+  podSelector: { matchLabels: { app: db } }'],
    next: 'Amend deny',
  },
  {
    what: 'nothing close',
    text: DENY,
    kind: 'no-rule',
    title: 'Amend deny',
    lines: [
      '+  ingress:',
      '+    - from:',
      '+        - podSelector: { matchLabels: { app: web } }',
      '+      ports:',
      '+        - protocol: TCP',
      '+          port: 8080',
    ],
    next: 'New policy db-ingress',
  },
]

describe('each kind of near miss has its smallest fix, which opens the connection', () => {
  test.each(TABLE)('$what', ({ text, about, kind, title, lines, next }) => {
    const asked = { ...ASKED, ...about }
    const files = world(text)
    expect(firstMiss(files, asked).kind).toBe(kind)
    const { made, ways } = waysOf(files, asked)
    expect(ways.find((one) => one.title === title)).toEqual({ title, lines, status: 'allowed' })
    expect(ways.map((one) => one.title)).toContain(next)
    const changing = [made, ...made.others].map((one) => [...one.opens, ...one.closes].some(({ wanted }) => !wanted))
    expect(changing).toEqual(changing.toSorted((a, b) => Number(a) - Number(b)))
    expect(ways.filter(({ status }) => status !== 'allowed')).toEqual([])
  })
})

const admin = (rules: string): string => `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: guard }
spec:
  tier: Admin
  priority: 10
  subject: { pods: { podSelector: { matchLabels: { app: db } } } }
  ingress:
${rules}---
`
const DENIES = '    - { name: nobody, action: Deny, from: [{ namespaces: {} }] }\n'

const first = (text: string, about: Partial<Asked> = {}): readonly string[] =>
  waysOf(world(text), { ...ASKED, ...about }).ways.map(({ title }) => title)

describe('of the ways to mend', () => {
  const ports = 'ports: [{ protocol: UDP, port: 5353 }]'

  test('the mend comes before an addition where neither changes anything else', () => {
    const slip = rule('from:', '  - podSelector: { matchLabels: { app: Web } }', 'ports: [{ port: 8080 }]')
    expect(first(slip).slice(0, 2)).toEqual(['Change app: Web to app: web', 'Add shop/web to rule 1 of db-in'])
  })

  test('one that closes what is open is never what was asked for, and comes after one that only adds', () => {
    const made = waysOf(world(rule(...WEB, ports.replace('UDP', 'TCP'))), { ...ASKED, ports: ['UDP/5353'] }).made
    expect(made.title).toBe('Add UDP 5353 to rule 1 of db-in')
    const change = made.others.find(({ title }) => title === 'Change TCP/5353 to UDP/5353')
    expect(change?.closes.map(({ ports: closed, wanted }) => [closed, wanted])).toEqual([['TCP 5353', false]])
    const service80 = first(rule(...WEB, 'ports: [{ port: 80 }]') + SERVICE)
    expect([service80[0], service80.at(-1)]).toEqual(['Add TCP 8080 to rule 1 of db-in', 'Change TCP/80 to TCP/8080'])
  })

  test('one that opens more comes after one that opens nothing besides', () => {
    const both = rule(
      'from:',
      '  - namespaceSelector: { matchLabels: { team: blue } }',
      '    podSelector: { matchLabels: { app: api } }',
      'ports: [{ port: 8080 }]',
    )
    const titles = first(both, { from: at('api') })
    expect(titles[0]).toBe('Add shop/api to rule 1 of db-in')
    expect(titles).toContain('Make two peers of one')
  })

  test('a few lines in the policies of both sides come before a new policy', () => {
    const out = policy(
      'web-out',
      'policyTypes: [Egress]\negress:\n  - to: [{ podSelector: { matchLabels: { app: api } } }]\n    ports: [{ port: 8080 }]',
      '{ matchLabels: { app: web } }',
    )
    const own = rule('from:', '  - podSelector: { matchLabels: { app: api } }', 'ports: [{ port: 8080 }]')
    const { made } = waysOf(world(out + own), ASKED)
    const sizes = [made, ...made.others].filter(({ opens, closes }) =>
      [...opens, ...closes].every(({ wanted }) => wanted),
    )
    expect(sizes.map(({ lines }) => lines.added)).toEqual(
      sizes.map(({ lines }) => lines.added).toSorted((a, b) => a - b),
    )
    expect(made.title).not.toContain('new policy')
  })
})

describe('what is no slip of a rule', () => {
  test('the missing half alone is written, and the edge is open', () => {
    const out = policy(
      'web-out',
      'policyTypes: [Egress]\negress:\n  - to: [{ podSelector: { matchLabels: { app: Db } } }]',
      '{ matchLabels: { app: web } }',
    )
    const { made, ways } = waysOf(world(out + DENY), ASKED)
    const mend = [made, ...made.others].find(({ title }) => title.includes('by a new policy'))
    expect(mend?.title).toBe('Change app: Db to app: db, and open the other side by a new policy, db-ingress')
    expect(mend?.sentences.slice(0, 2)).toEqual([
      'Changes app: Db to app: db in rule 1 of shop/web-out.',
      'Adds the policy shop/db-ingress to policies.yaml.',
    ])
    expect(ways.every(({ status }) => status === 'allowed')).toBe(true)
  })

  test('a question about the port of the Service is answered with the one behind it', () => {
    const text = rule(...WEB, 'ports: [{ port: 8080 }]') + SERVICE
    const { made } = waysOf(world(text), { ...ASKED, ports: ['TCP/80'] })
    expect(made.refusal).toBe(
      'TCP 80 is the port of the Service db; its pods listen on 8080, which is what policies see, and the rule allows that. Ask for TCP 8080 instead.',
    )
    expect(made.help.map(({ intent }) => intent)).toEqual([{ type: 'allow', ...ASKED }])
  })

  test('what an admin policy denies is refused with the exception that it takes; the near miss has told the rule', () => {
    const { made } = waysOf(world(admin(DENIES)), ASKED)
    expect(made.refusal).toBe(
      'An ingress rule in front of it would help: Accept from shop/web on TCP 8080, in a policy whose subject takes in shop/db.',
    )
  })

  test('a slip in an admin rule that accepts is put right where it stands', () => {
    const accept = '    - action: Accept\n      from: [{ pods: { podSelector: { matchLabels: { app: Web } } } }]\n'
    const files = world(admin(accept + DENIES))
    const { halves } = explain(evaluationOf(files).evaluation, ASKED.from, ASKED.to, ASKED.ports)
    const misses = halves.flatMap((half) => half.misses)
    expect(misses.map(({ kind }) => kind)).toEqual(['admin-deny', 'label-value'])
    const [, miss] = misses
    const made = miss && planFor(files, { type: 'repair', ...ASKED, miss })
    expect(made?.title).toBe('Change app: Web to app: web')
    expect(made && statusAfter(files, made, ASKED)).toBe('allowed')
  })

  test('text that an alias repeats is left alone: another way is offered', () => {
    const text = rule('from:', '  - podSelector: &who { matchLabels: { app: Web } }', '  - podSelector: *who')
    const { ways } = waysOf(world(text), ASKED)
    expect(ways.map(({ title }) => title)).not.toContain('Change app: Web to app: web')
    expect(ways.every(({ status }) => status === 'allowed')).toBe(true)
    expect(ways.length).toBeGreaterThan(0)
  })
})
