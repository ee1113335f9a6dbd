import { describe, expect, test } from 'vitest'
import { evaluateWithProfile } from '#core/evaluate/profiled.ts'
import { joined, loadText, policyText } from '#core/load/load.testkit.ts'
import { suggestChecks } from './suggest.ts'

interface Parts {
  readonly port?: number | undefined
  readonly env?: string | undefined
  readonly namespace?: string | undefined
  readonly more?: string | undefined
}

function workload(name: string, { port, env, namespace = 'shop', more = '' }: Parts = {}): string {
  const ports = port === undefined ? '' : `, ports: [{name: main, containerPort: ${port}}]`
  const values = env === undefined ? '' : `, env: [{name: URL, value: ${JSON.stringify(env)}}]`
  const template = `{metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, image: i${ports}${values}${more}}]}}`
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {selector: {matchLabels: {app: ${name}}}, template: ${template}}\n`
}

function service(name: string, ports = '[{name: sql, port: 80, targetPort: main}]', more = ''): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {selector: {app: ${name}}, ports: ${ports}${more}}\n`
}

const ONLY_WEB = policyText(
  'db',
  '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}',
)
const DB = workload('db', { port: 5432 })

function suggested(...texts: readonly string[]): readonly string[] {
  const loaded = loadText(joined(...texts))
  const profiled = evaluateWithProfile(loaded.cluster, loaded.policies, loaded.settings)
  return suggestChecks(profiled, loaded.checks).map(
    ({ check, reason, outcome }) => `${check.name}: ${outcome}. ${reason}`,
  )
}

const all = (peer: string): string => policyText('db', `{podSelector: {}, ingress: [{from: [${peer}]}]}`)
const saved = (fields: string): string =>
  `apiVersion: drawbridge/v1alpha1\nkind: ConnectivityChecks\nmetadata: {name: a}\nchecks: [{name: web may reach db on TCP 5432, to: {namespace: shop, workload: Deployment/db}, ${fields}}]\n`
const rest = (fields: string): readonly string[] =>
  suggested(workload('web'), DB, ONLY_WEB, saved(fields)).map((text) => text.split(':')[0] ?? '')

const CALLED = 'web may reach db on TCP 5432: holds. web names'

describe('what a workload names in its env and arguments', () => {
  test.each([
    'db',
    'db:80',
    'db.shop',
    'db.shop.svc',
    'DB.shop.svc.cluster.local.',
    'postgres://user:pass@db:80/app?x=1',
    'http://db/path',
    'other:1,db.shop:80',
    'db-0.db.shop.svc',
    'db-0.db',
    'db:5432',
  ])('%s is the Service', (env) => {
    expect(suggested(workload('web', { env }), DB, service('db'))[0]).toMatch(CALLED)
  })

  test.each([
    'the db is here',
    'db.data',
    'db.shop.example.org',
    'a.b.c.shop.svc',
    'x.db.shop.z.svc',
    '10.0.0.1:80',
    'dbs',
    'x'.repeat(3000),
  ])('%s is not', (env) => {
    expect(suggested(workload('web', { env }), DB, service('db'))[0]).not.toMatch(CALLED)
  })

  test('an argument counts, and a port chooses among those of the Service', () => {
    const ports = '[{name: sql, port: 80, targetPort: 5432}, {name: admin, port: 81, targetPort: 9000}]'
    const web = (more: string): string => suggested(workload('web', { more }), DB, service('db', ports))[0] ?? ''
    expect(web(', args: [--to, "http://db:81"]')).toBe(
      'web may reach db on TCP 9000: holds. web names db in an argument.',
    )
    expect(web(', command: [run, "--db=db:80"]')).toMatch('web may reach db on TCP 5432')
    expect(web(', args: [db]')).toMatch('web may reach db on TCP 5432, TCP 9000')
  })

  test('also where it is denied today, which is said', () => {
    const [first] = suggested(workload('api', { env: 'db' }), workload('web'), DB, service('db'), ONLY_WEB)
    expect(first).toBe('api may reach db on TCP 5432: broken. api names db in env URL.')
  })
})

describe('what is open to the outside', () => {
  test('an Ingress, and Services that are', () => {
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in, namespace: shop}\nspec: {defaultBackend: {service: {name: db, port: {name: sql}}}}\n'
    expect(suggested(DB, service('db', undefined, ', type: LoadBalancer'), ingress)).toEqual([
      'the ingress controller may reach db on TCP 5432: holds. Ingress shop/in leads there.',
      'the internet may reach db on TCP 5432: holds. Service shop/db is a LoadBalancer: it is open to the outside.',
    ])
  })
})

describe('what is true today', () => {
  test('who gets in where policies isolate, and that nobody else does', () => {
    expect(suggested(workload('web'), workload('api'), DB, ONLY_WEB)).toEqual([
      'web may reach db on TCP 5432: holds. Policies let it in today.',
      'only web may reach db on TCP 5432: holds. Policies keep everybody else out today.',
    ])
  })

  test('a whole namespace, where its pods to come get in, too', () => {
    expect(suggested(workload('web'), DB, all('{podSelector: {}}')).at(-1)).toMatch(
      'only all of shop may reach db on TCP 5432: holds.',
    )
    expect(suggested(workload('web'), DB, all('{namespaceSelector: {}}')).at(-1)).toMatch(
      'only all pods may reach db on TCP 5432: holds.',
    )
    expect(suggested(workload('web'), DB, all('{podSelector: {}}, {ipBlock: {cidr: 203.0.113.0/24}}')).at(-1)).toMatch(
      'only all of shop and 203.0.113.0/24 may reach db on TCP 5432: holds.',
    )
  })

  test('that the internet is kept out, where it is not known who else gets in', () => {
    const policy = all('{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 203.0.113.0/24}}')
    expect(suggested(workload('web'), workload('api'), DB, policy).at(-1)).toBe(
      'the internet must not reach db on TCP 5432: holds. Policies keep the internet out today.',
    )
  })

  test('of many that get in none is named', () => {
    const many = Array.from({ length: 9 }, (_, i) => workload(`w${i}`))
    const policy = all('{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [x]}]}}')
    expect(suggested(...many, DB, policy).map((text) => text.split(':')[0])).toEqual([
      'only all of shop may reach db on TCP 5432',
    ])
  })

  test('not of pods in the network of their nodes', () => {
    const node = DB.replace('spec: {containers', 'spec: {hostNetwork: true, containers')
    expect(suggested(workload('web'), node)).toEqual([])
  })

  test('that anyone gets in', () => {
    const open = policyText('db', '{podSelector: {}, ingress: [{}]}')
    expect(suggested(workload('web'), DB, open)).toEqual([
      'the internet may reach db on TCP 5432: holds. Policies let anyone in today.',
    ])
  })

  test('where nothing isolates, that the namespace reaches what Services and containers offer', () => {
    expect(suggested(workload('web', { port: 8080 }), DB, service('db'))).toEqual([
      'all of shop may reach db on TCP 5432: holds. Service shop/db leads there, and every pod of shop reaches it today.',
      'all of shop may reach web on TCP 8080: holds. It declares the port, and every pod of shop reaches it today.',
    ])
    expect(suggested(DB, service('db'))).toEqual([])
  })
})

test('what a saved check speaks of is left out, whatever it expects', () => {
  const web = 'from: {namespace: shop, workload: Deployment/web}'
  const only = 'only web may reach db on TCP 5432'
  expect(rest(`${web}, ports: [5432], expect: allowed`)).toEqual([only])
  expect(rest(`${web}, expect: denied`)).toEqual([only])
  expect(rest('only: [{internet: true}], ports: [TCP/5432]')).toEqual(['shop/web may reach shop/db on TCP 5432'])
  expect(rest(`${web}, ports: [TCP/80], expect: allowed`)).toEqual(['shop/web may reach shop/db on TCP 5432', only])
})

function outcomesUnder(profile: string): readonly string[] {
  const text = `apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: {name: s}\nprofile: ${profile}\n`
  return suggested(workload('web'), DB, ONLY_WEB, text).map((one) => one.slice(0, one.indexOf('.')))
}

test('how a suggestion fares is the CNI’s word', () => {
  const called = 'web may reach db on TCP 5432: holds'
  expect(outcomesUnder('reference')).toEqual([called, 'only web may reach db on TCP 5432: holds'])
  expect(outcomesUnder('flannel')).toEqual([called, 'only web may reach db on TCP 5432: broken'])
})
