import { describe, expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import { file, openBench } from './engine.testkit.ts'

const texts = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: main
          ports: [{ name: http, containerPort: 8080 }, { containerPort: 9090 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: main
          ports: [{ containerPort: 53, protocol: UDP }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: http }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: api } } }]
      ports: [{ port: 9090 }]
    - from: [{ ipBlock: { cidr: 203.0.113.0/24 } }]
`

// Without it, a pod whose address is not known might be in the block that the policy names.
const settings = `apiVersion: drawbridge/v1alpha1
kind: DrawbridgeSettings
metadata: { name: settings }
podCidrs: [10.244.0.0/16]
`

const web: End = { namespace: 'shop', workload: 'Deployment/web' }
const api: End = { namespace: 'shop', workload: 'Deployment/api' }

async function open() {
  const bench = openBench()
  const picture = await bench.change({
    type: 'workspace',
    files: [file('shop.yaml', texts), file('settings.yaml', settings)],
  })
  return { ...bench, picture }
}

describe('offers', () => {
  test('are the container ports with their names, and Services with the pod port that they lead to', async () => {
    const { engine } = await open()
    expect((await engine.ask('offers', { from: api, to: web }))?.offers).toEqual([
      { port: 'TCP/8080', label: '8080 http' },
      { port: 'TCP/9090', label: '9090' },
      { port: 'TCP/8080', label: 'Service web: 80 → 8080' },
    ])
  })

  test('of a namespace are those of all its workloads', async () => {
    const { engine } = await open()
    const answer = await engine.ask('offers', { from: api, to: { namespace: 'shop' } })
    expect(answer?.offers.map(({ label }) => label)).toEqual(['8080 http', '9090', 'UDP 53', 'Service web: 80 → 8080'])
  })

  test('of an address block are none', async () => {
    const { engine } = await open()
    expect((await engine.ask('offers', { from: api, to: { cidr: '10.0.0.0/8' } }))?.offers).toEqual([])
  })
})

describe('reach', () => {
  test('asks for all ports, and names declared ones that are closed', async () => {
    const { engine } = await open()
    const edges = (await engine.ask('reach', { end: web, denied: false }))?.edges ?? []
    const incoming = edges.find((edge) => edge.id === 'shop/Deployment/api→shop/Deployment/web all ports')
    expect(incoming).toMatchObject({
      layers: ['reach'],
      status: 'partial',
      label: 'TCP 9090 ✓ · declared TCP 8080 ✕',
      name: 'shop/api → shop/web all ports: partial (TCP 9090 allowed, declared TCP 8080 denied)',
    })
    const outgoing = edges.find((edge) => edge.id === 'shop/Deployment/web→shop/Deployment/api all ports')
    expect(outgoing?.status).toBe('allowed')
  })

  test('shows what is closed only on request', async () => {
    const { engine } = await open()
    const shown = async (denied: boolean) =>
      ((await engine.ask('reach', { end: web, denied }))?.edges ?? [])
        .filter((edge) => edge.status === 'denied')
        .map((edge) => edge.id)
    expect(await shown(false)).toEqual([])
    expect(await shown(true)).toEqual(['internet→shop/Deployment/web all ports'])
  })

  test('shows replicas among themselves only where there are any', async () => {
    const { engine } = await open()
    const loops = async (end: End) =>
      ((await engine.ask('reach', { end, denied: true }))?.edges ?? []).filter(
        (edge) => JSON.stringify(edge.from) === JSON.stringify(edge.to),
      )
    expect((await loops(api)).length).toBe(1)
    expect(await loops(web)).toEqual([])
  })
})

describe('the table of all connections', () => {
  test('comes in slices that together hold every pair once', async () => {
    const { engine } = await open()
    const ids: string[] = []
    for (let start: number | undefined = 0; start !== undefined;) {
      const slice: { rows: readonly { id: string }[]; next?: number | undefined } | undefined = await engine.ask(
        'table',
        { start, limit: 1 },
      )
      ids.push(...(slice?.rows ?? []).map(({ id }) => id))
      start = slice?.next
    }
    expect(ids).toEqual([
      'shop/Deployment/web→shop/Deployment/api all ports',
      'shop/Deployment/api→shop/Deployment/web all ports',
      'shop/Deployment/api→shop/Deployment/api all ports',
    ])
  })

  test('can be narrowed to a text and to statuses', async () => {
    const { engine } = await open()
    const rows = async (text: string, statuses?: ['partial']) =>
      (await engine.ask('table', { start: 0, limit: 99, text, statuses }))?.rows.map(({ label }) => label)
    expect(await rows('9090')).toEqual(['TCP 9090 ✓ · declared TCP 8080 ✕'])
    expect(await rows('', ['partial'])).toEqual(['TCP 9090 ✓ · declared TCP 8080 ✕'])
    expect(await rows('nowhere')).toEqual([])
  })
})

describe('the cursor', () => {
  const NAMED = 'shop/Deployment/api→shop/Deployment/web TCP/9090'
  const FROM_BLOCK = 'cidr:203.0.113.0/24→shop/Deployment/web all ports'

  test('in a rule finds its edges', async () => {
    const { engine } = await open()
    const at = await engine.ask('cursor', { file: 'shop.yaml', offset: texts.indexOf('203.0') })
    expect(at?.edges).toEqual([FROM_BLOCK])
    expect(at?.rules.length).toBe(1)
  })

  test('elsewhere in a policy finds the edges of all its rules', async () => {
    const { engine } = await open()
    const at = await engine.ask('cursor', { file: 'shop.yaml', offset: texts.indexOf('policyTypes') })
    expect(at?.edges.toSorted()).toEqual([FROM_BLOCK, NAMED].toSorted())
  })

  test('in a workload finds its card', async () => {
    const { engine } = await open()
    const at = await engine.ask('cursor', { file: 'shop.yaml', offset: texts.indexOf('name: api') })
    expect(at).toMatchObject({ card: 'shop/Deployment/api', edges: [] })
  })

  test('outside every text finds nothing', async () => {
    const { engine } = await open()
    expect(await engine.ask('cursor', { file: 'gone.yaml', offset: 3 })).toMatchObject({ rules: [], edges: [] })
  })
})

describe('why and how', () => {
  test('a connection is explained with the verdict of its edge', async () => {
    const { engine } = await open()
    const answer = await engine.ask('explain', { from: api, to: web, ports: ['TCP/8080'] })
    expect(answer?.explanation).toMatchObject({ name: 'shop/api → shop/web TCP 8080: denied', status: 'denied' })
    expect(answer?.explanation.halves.map(({ direction }) => direction)).toEqual(['egress', 'ingress'])
  })

  test('a plan is made for the newest revision', async () => {
    const { engine } = await open()
    const intent = { type: 'allow', from: api, to: web, ports: ['TCP/8080'] } as const
    const answer = await engine.ask('plan', { intent })
    expect(answer?.plan).toMatchObject({ intent, revision: 1 })
  })

  test('an export comes back as a bundle', async () => {
    const { engine } = await open()
    const options = { what: 'everything', workloads: false, sketches: false, layout: 'one-file' } as const
    const answer = await engine.ask('export', { options, opened: [], deleted: [] })
    expect(answer?.bundle.commands.length).toBeGreaterThan(0)
  })

  test('a lean copy holds the policies, and less than the texts', async () => {
    const { engine } = await open()
    const answer = await engine.ask('lean', { ips: false })
    expect(answer?.copy.files.some(({ text }) => text.includes('kind: NetworkPolicy'))).toBe(true)
    expect(answer?.copy.leftOut.length).toBeGreaterThan(0)
  })
})

test('outside ends are those that rules name', async () => {
  const { picture } = await open()
  expect(picture.outside).toEqual([{ cidr: '203.0.113.0/24' }])
})
