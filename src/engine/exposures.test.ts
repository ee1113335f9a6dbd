import { describe, expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import { edgeOf, file, openBench } from './engine.testkit.ts'

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: main, ports: [{ name: http, containerPort: 8080 }] }] }
`

const service = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
`

const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: edge } } }]
`

const settings = `apiVersion: drawbridge/v1alpha1
kind: DrawbridgeSettings
metadata: { name: settings }
ingressController: { namespace: edge, labels: { app: nginx } }
`

const EDGE = 'ingress-controller→shop/Deployment/web TCP/8080'
const CONTROLLER: End = { ingressController: true }
const web: End = { namespace: 'shop', workload: 'Deployment/web' }
const shop = [deployment('web'), deployment('api'), service, ingress].join('---\n')

async function open(...more: readonly string[]) {
  const bench = openBench()
  const files = [file('shop.yaml', shop), ...more.map((text, i) => file(`${i}.yaml`, text))]
  return { ...bench, picture: await bench.change({ type: 'workspace', files }) }
}

describe('what is exposed', () => {
  test('is an edge from the ingress controller, which is on the canvas, and leads to the backend in the text', async () => {
    const { picture } = await open()
    expect(picture.outside).toEqual([CONTROLLER])
    const edge = edgeOf(picture, EDGE)
    expect(edge).toMatchObject({ layers: ['rules'], status: 'allowed', ports: 'TCP 8080' })
    expect(edge.name).toBe('the ingress controller → shop/web TCP 8080: allowed')
    expect(edge.rules.map(({ path }) => path.join('.'))).toEqual(['spec.defaultBackend'])
  })

  test('is not known where a policy asks for labels of a controller that nobody placed, and known when somebody does', async () => {
    const bench = await open(policy)
    const { picture } = bench
    const edge = edgeOf(picture, EDGE)
    expect(edge.status).toBe('undetermined')
    expect(edge.rules.map(({ path }) => path.join('.'))).toEqual(['spec.defaultBackend', 'spec.ingress.0'])
    const placed = await bench.change({ type: 'create', path: 'settings.yaml', text: settings })
    expect(edgeOf(placed, EDGE).status).toBe('allowed')
  })

  test('comes and goes with the Ingress and with the Service', async () => {
    const bench = await open()
    const { picture } = bench
    expect(picture.edges.map(({ id }) => id)).toEqual([EDGE])
    expect((await bench.type('shop.yaml', 'number: 80', 'number: 81')).edges).toEqual([])
    expect((await bench.type('shop.yaml', 'number: 81', 'number: 80')).edges).toHaveLength(1)
    const moved = await bench.type('shop.yaml', 'selector: { app: web }, ports', 'selector: { app: api }, ports')
    expect(moved.edges.map(({ id }) => id)).toEqual(['ingress-controller→shop/Deployment/api TCP/8080'])
  })

  test('stays, dimmed, while the Ingress does not parse', async () => {
    const bench = await open()
    expect(edgeOf(bench.picture, EDGE).stale).toBe(false)
    const broken = await bench.type('shop.yaml', '{ number: 80 } } } }', '{ number: 80 } } }')
    expect(edgeOf(broken, EDGE).stale).toBe(true)
    const mended = await bench.type('shop.yaml', '{ number: 80 } } }', '{ number: 80 } } } }')
    expect(edgeOf(mended, EDGE).stale).toBe(false)
  })

  test('follows a policy about what the placed controller sends', async () => {
    const deny = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: edge }
spec: { podSelector: { matchLabels: { app: nginx } }, policyTypes: [Egress] }
`
    const bench = await open(settings, deny)
    const { picture } = bench
    expect(edgeOf(picture, EDGE)).toMatchObject({ status: 'denied', blockedAt: 'source' })
    expect(edgeOf(await bench.type('1.yaml', 'app: nginx', 'app: other'), EDGE).status).toBe('allowed')
    expect(edgeOf(await bench.type('1.yaml', 'app: other', 'app: nginx'), EDGE).status).toBe('denied')
  })

  test('merges with a check that asks the same', async () => {
    const check = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: shop }
checks:
  - { name: public, from: { ingressController: true }, to: { namespace: shop, workload: Deployment/web }, ports: [TCP/8080], expect: allowed }
`
    const { picture } = await open(check)
    expect(edgeOf(picture, EDGE)).toMatchObject({ layers: ['checks', 'rules'], checks: [{ outcome: 'holds' }] })
  })

  test('is found from the text of the Ingress', async () => {
    const { engine } = await open()
    const at = await engine.ask('cursor', { file: 'shop.yaml', offset: shop.indexOf('defaultBackend') })
    expect(at?.edges).toEqual([EDGE])
  })
})

describe('reach', () => {
  test('of the ingress controller is what is exposed, and nobody reaches it', async () => {
    const { engine } = await open()
    const answer = await engine.ask('reach', { end: CONTROLLER, denied: true })
    expect(answer?.edges.map(({ id }) => id)).toEqual([EDGE])
  })

  test('of a workload has the ingress controller where it is exposed, and only there', async () => {
    const { engine } = await open()
    const reached = async (end: End): Promise<readonly string[]> =>
      (await engine.ask('reach', { end, denied: true }))?.edges.map(({ id }) => id) ?? []
    expect(await reached(web)).toContain(EDGE)
    const ofApi = await reached({ namespace: 'shop', workload: 'Deployment/api' })
    expect(ofApi.filter((id) => id.includes('ingress-controller'))).toEqual([])
  })
})

test('the explanation says where to say where it runs', async () => {
  const { engine } = await open(policy)
  const answer = await engine.ask('explain', { from: CONTROLLER, to: web, ports: ['TCP/8080'] })
  const [egress, ingressHalf] = answer?.explanation.halves ?? []
  const text = (half: typeof egress): string =>
    half?.sentences.map((sentence) => sentence.map((part) => part.text).join('')).join(' ') ?? ''
  expect(text(egress)).toContain('Where the ingress controller runs is not known')
  expect(text(ingressHalf)).toContain('set ingressController in a DrawbridgeSettings document')
  expect(answer?.explanation.summary).toBe(
    'What is loaded does not tell whether the ingress controller may reach shop/web on TCP 8080.',
  )
})

describe('drawing from the ingress controller', () => {
  const intent = { type: 'allow', from: CONTROLLER, to: web, ports: ['TCP/8080'] } as const

  test('is refused while nobody said where it runs', async () => {
    const { engine } = await open(policy)
    const answer = await engine.ask('plan', { intent })
    expect(answer?.plan.refusal).toContain('Say where the ingress controller runs')
  })

  test('names its namespace and labels', async () => {
    const { engine } = await open(settings, policy.replace(': edge', ': other'))
    const answer = await engine.ask('plan', { intent })
    expect(answer?.plan.refusal).toBeUndefined()
    const text = JSON.stringify(answer?.plan.changes)
    expect(text).toContain('kubernetes.io/metadata.name: edge')
    expect(text).toContain('app: nginx')
    expect(text).toContain('ingressController: true')
  })
})
