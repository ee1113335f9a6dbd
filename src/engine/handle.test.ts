import { describe, expect, test } from 'vitest'
import { connectInProcess } from './connectInProcess.ts'
import { edgeOf, file, openBench } from './engine.testkit.ts'
import { createSession } from './handle.ts'
import type { Response } from './protocol.ts'

const workload = (namespace: string, name: string, port: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: main
          ports: [{ name: main, containerPort: ${port} }]
`

const namespace = (name: string): string => `apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { kubernetes.io/metadata.name: ${name} } }
`

const cluster = [
  namespace('shop'),
  workload('shop', 'web', 8080),
  workload('shop', 'db', 5432),
  workload('shop', 'spy', 80),
].join('---\n')

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: { matchLabels: { app: web } }
      ports:
        - { protocol: TCP, port: 5432 }
`

const checks = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: shop }
checks:
  - name: web may query db
    from: { namespace: shop, workload: Deployment/web }
    to: { namespace: shop, workload: Deployment/db }
    ports: [TCP/5432]
    expect: allowed
  - name: spy may not
    from: { namespace: shop, workload: Deployment/spy }
    to: { namespace: shop, workload: Deployment/db }
    ports: [TCP/5432]
    expect: denied
`

const WEB_DB = 'shop/Deployment/web→shop/Deployment/db TCP/5432'
const SPY_DB = 'shop/Deployment/spy→shop/Deployment/db TCP/5432'

const shop = [file('cluster.yaml', cluster), file('policy.yaml', policy), file('checks.yaml', checks)]

async function openShop() {
  const bench = openBench()
  return { bench, picture: await bench.change({ type: 'workspace', files: shop }) }
}

describe('a picture of the workspace', () => {
  test('a check and a rule that ask the same are one edge, with its verdict', async () => {
    const { picture } = await openShop()
    expect(edgeOf(picture, WEB_DB)).toMatchObject({
      layers: ['checks', 'rules'],
      status: 'allowed',
      ports: 'TCP 5432',
      asked: ['TCP/5432'],
      name: 'shop/web → shop/db TCP 5432: allowed',
      blockedAt: 'none',
    })
    expect(edgeOf(picture, WEB_DB).checks).toMatchObject([
      { name: 'web may query db', expect: 'allowed', outcome: 'holds' },
    ])
  })

  test('a denied edge says which end blocks it', async () => {
    const { picture } = await openShop()
    expect(edgeOf(picture, SPY_DB)).toMatchObject({
      layers: ['checks'],
      status: 'denied',
      blockedAt: 'destination',
      name: 'shop/spy → shop/db TCP 5432: denied',
      checks: [{ outcome: 'holds' }],
    })
  })

  test('cards carry ports and locks, the namespace its switches', async () => {
    const { picture } = await openShop()
    const db = picture.workloads.find((card) => card.name === 'db')
    expect(db).toMatchObject({
      id: 'shop/Deployment/db',
      replicas: 2,
      ports: [{ name: 'main', port: 5432, protocol: 'TCP' }],
      isolated: { ingress: 'yes', egress: 'no' },
    })
    expect(picture.namespaces).toMatchObject([
      { name: 'shop', loaded: true, defaultDeny: { ingress: 'mixed', egress: 'off' }, policies: ['shop/db'] },
    ])
  })
})

describe('one keystroke', () => {
  test('turns one edge, keeps its id, and leaves every other part the very same object', async () => {
    const { bench, picture } = await openShop()
    const after = await bench.type('policy.yaml', 'app: web', 'app: spy')
    expect(edgeOf(after, WEB_DB)).toMatchObject({ status: 'denied', checks: [{ outcome: 'broken' }] })
    expect(edgeOf(after, SPY_DB)).toMatchObject({ status: 'allowed', checks: [{ outcome: 'broken' }] })
    const back = await bench.type('policy.yaml', 'app: spy', 'app: web')
    expect(back.edges).toEqual(picture.edges)
    expect(after.workloads).toBe(picture.workloads)
    expect(after.namespaces).toBe(picture.namespaces)
  })

  test('that means nothing repaints no edge, and no card of another document', async () => {
    const { bench, picture } = await openShop()
    const after = await bench.type('cluster.yaml', 'app: spy } }\n    spec', 'app: spy } } # a comment\n    spec')
    expect(after.edges).toBe(picture.edges)
    expect(after.workloads.slice(0, 2)).toEqual(picture.workloads.slice(0, 2))
    expect(after.workloads[0]).toBe(picture.workloads[0])
  })

  test('that changes a label moves what the rule names', async () => {
    const { bench } = await openShop()
    const after = await bench.type(
      'cluster.yaml',
      'metadata: { labels: { app: db } }',
      'metadata: { labels: { app: store } }',
    )
    expect(edgeOf(after, SPY_DB)).toMatchObject({ status: 'allowed', checks: [{ outcome: 'broken' }] })
    expect(edgeOf(after, WEB_DB).layers).toEqual(['checks'])
  })

  test('gives the same picture as reading everything anew', async () => {
    const { bench } = await openShop()
    await bench.type('policy.yaml', 'port: 5432', 'port: 543')
    const edited = await bench.type('policy.yaml', 'app: web', 'app: spy')
    const fresh = await openBench().change({
      type: 'workspace',
      files: shop.map((one) =>
        one.path === 'policy.yaml'
          ? file(one.path, policy.replace('5432', '543').replace('app: web', 'app: spy'))
          : one,
      ),
    })
    expect(edited.edges.map(({ id, status, label }) => ({ id, status, label }))).toEqual(
      fresh.edges.map(({ id, status, label }) => ({ id, status, label })),
    )
  })
})

describe('a document that breaks', () => {
  test('keeps its last good meaning on the canvas, dimmed, until it parses again', async () => {
    const { bench, picture } = await openShop()
    const broken = await bench.type('policy.yaml', '  podSelector: {', '  podSelector: [{')
    expect(edgeOf(broken, WEB_DB)).toMatchObject({ stale: true, layers: ['checks', 'rules'] })
    expect(broken.problems).toMatchObject([{ file: 'policy.yaml', severity: 'error' }])
    const mended = await bench.type('policy.yaml', '  podSelector: [{', '  podSelector: {')
    expect(mended.edges).toEqual(picture.edges)
    expect(mended.problems).toEqual([])
  })

  test('a workload keeps its card', async () => {
    const { bench } = await openShop()
    const broken = await bench.type('cluster.yaml', 'metadata: { name: db,', 'metadata: [ name: db,')
    expect(broken.workloads.map(({ name, stale }) => [name, stale])).toEqual([
      ['web', false],
      ['db', true],
      ['spy', false],
    ])
  })

  test('nothing of another workspace shines through', async () => {
    const { bench } = await openShop()
    const other = await bench.change({
      type: 'workspace',
      files: [file('policy.yaml', policy.replace('podSelector: {', 'podSelector: [{'))],
    })
    expect(other.edges).toEqual([])
    expect(other.workloads).toEqual([])
  })
})

describe('the newest texts count', () => {
  test('of several syncs in a row only the last is drawn, with the edits of all', async () => {
    const { bench } = await openShop()
    bench.send({
      type: 'edit',
      path: 'policy.yaml',
      edits: [{ from: policy.indexOf('app: web'), to: policy.indexOf('app: web') + 8, insert: 'app: spy' }],
    })
    const after = await bench.type('policy.yaml', 'port: 5432', 'port: 5433')
    expect(bench.pictures.map(({ revision }) => revision)).toEqual([1, 3])
    expect(edgeOf(after, 'shop/Deployment/spy→shop/Deployment/db TCP/5433').status).toBe('allowed')
  })

  test('a cancelled sync keeps its texts, and the next one draws them', async () => {
    const { bench } = await openShop()
    bench.send({
      type: 'edit',
      path: 'policy.yaml',
      edits: [{ from: policy.indexOf('app: web'), to: policy.indexOf('app: web') + 8, insert: 'app: spy' }],
    })
    bench.engine.cancel()
    expect(await bench.next()).toBeUndefined()
    expect(bench.cancelled).toEqual([2])
    const after = await bench.type('policy.yaml', 'port: 5432', 'port: 5433')
    expect(edgeOf(after, 'shop/Deployment/spy→shop/Deployment/db TCP/5433').status).toBe('allowed')
  })

  test('an answer speaks of the texts that were sent before the question', async () => {
    const { bench } = await openShop()
    const at = policy.indexOf('app: web')
    const revision = bench.send({
      type: 'edit',
      path: 'policy.yaml',
      edits: [{ from: at, to: at + 8, insert: 'app: spy' }],
    })
    const end = { namespace: 'shop', workload: 'Deployment/spy' }
    const answer = await bench.engine.ask('reach', { end, denied: false })
    expect(answer?.revision).toBe(revision)
    expect(
      answer?.edges.find((edge) => edge.id === 'shop/Deployment/spy→shop/Deployment/db all ports')?.label,
    ).toContain('TCP 5432 ✓')
  })
})

describe('a bug in the engine', () => {
  test('is told, and the engine starts again with whole texts', async () => {
    const { bench, picture } = await openShop()
    bench.engine.sync(2, [{ type: 'edit', path: 'gone.yaml', edits: [] }])
    expect(await bench.next()).toBeUndefined()
    expect(bench.crashes).toMatchObject([
      {
        where: expect.stringMatching(/^taking in the texts \(workspace\.ts:\d+:\d+\)$/) as string,
        message: expect.stringContaining('gone.yaml') as string,
      },
    ])
    const again = await bench.next()
    expect(again).toEqual({ ...picture, revision: 2 })
  })

  test('that comes back with the same texts is tried once, then waits for other texts', async () => {
    const real = createSession
    const breaking = () => {
      const session = real()
      const failing: ReturnType<typeof createSession> = {
        handle: (request) => {
          const text = JSON.stringify(request)
          if (!text.includes('BOOM')) return session.handle(request)
          const crash: Response = { type: 'crashed', revision: 1, message: 'boom', where: 'taking in the texts' }
          return [crash].values()
        },
      }
      return failing
    }
    const bench = openBench(connectInProcess(breaking))
    bench.send({ type: 'workspace', files: [file('a.yaml', 'BOOM: 1\n')] })
    await bench.next()
    await bench.next()
    expect(bench.crashes.length).toBe(2)
    const picture = await bench.change({ type: 'workspace', files: shop })
    expect(edgeOf(picture, WEB_DB).status).toBe('allowed')
    expect(bench.crashes.length).toBe(2)
  })

  test('a question before any texts is answered for an empty workspace once there is a connection', async () => {
    const bench = openBench()
    expect(await bench.engine.ask('offers', { from: { internet: true }, to: { internet: true } })).toBeUndefined()
    bench.send({ type: 'workspace', files: [] })
    expect(await bench.engine.ask('offers', { from: { internet: true }, to: { internet: true } })).toEqual({
      revision: 1,
      offers: [],
    })
  })
})
