import { describe, expect, test } from 'vitest'
import type { Cluster, ContainerPort, Exposure, Service, ServicePort } from '#core/model/cluster.ts'
import type { Labels } from '#core/model/labels.ts'
import { formatPorts, NO_PORTS } from '#core/model/ports.ts'
import { block, cluster, evaluated, known, pod, pods, policy, port, told, workload } from './build.testkit.ts'
import { verdictOf } from './evaluate.ts'
import { CONTROLLER, exposedPorts, exposedVerdict } from './exposed.ts'
import { selectsController } from './peers.ts'
import { permitted } from './permitted.ts'

const ref = { document: 'd', path: [], range: { from: 0, to: 0 } }
const http: ContainerPort = { name: 'http', port: 8080, protocol: 'TCP' }
const web = pod('web', { ports: [http, { name: 'dns', port: 53, protocol: 'UDP' }, { port: 9090, protocol: 'TCP' }] })

const servicePort = (port: number, targetPort: number | string, more: Partial<ServicePort> = {}): ServicePort => ({
  port,
  targetPort,
  protocol: 'TCP',
  ...more,
})

function service(ports: readonly ServicePort[], selector: Labels | undefined = { app: 'web' }): Service {
  return { namespace: 'shop', name: 'web', selector, headless: false, ports, ref }
}

const exposure = (port?: number | string, name = 'web'): Exposure => ({
  namespace: 'shop',
  service: name,
  port,
  name: `Ingress shop/${name}`,
  ref,
})

function exposing(services: readonly Service[], exposures: readonly Exposure[], more: Partial<Cluster> = {}): Cluster {
  return cluster([web], { services, exposures, ...more })
}

const portsOf = (one: Cluster): string => formatPorts(exposedPorts(one).get('shop/Deployment/web')?.ports ?? NO_PORTS)

const from = (text: string, namespaces?: string) => policy('p', '', { ingress: [{ peers: [pods(text, namespaces)] }] })

const lines = (...args: Parameters<typeof evaluated>): readonly string[] =>
  [...permitted(evaluated(...args))].flatMap(({ from: source, to: place, ports }) =>
    'ingressController' in source && 'workload' in place ? [`${place.workload.id} ${formatPorts(ports)}`] : [],
  )

describe('the ports that are exposed (corpora/README.md)', () => {
  const both = service([servicePort(80, 'http', { name: 'front' }), servicePort(81, 9090)])

  test.each([
    ['the port number', 80, 'TCP 8080'],
    ['the port name', 'front', 'TCP 8080'],
    ['the target port by name', 'http', 'TCP 8080'],
    ['the target port by number', 9090, 'TCP 9090'],
    ['a number as a text', '81', 'TCP 9090'],
    ['no port at all: every port', undefined, 'TCP 8080, 9090'],
    ['a port that the Service does not have', 82, 'no ports'],
  ])('the backend names %s', (_, wanted, expected) => {
    expect(portsOf(exposing([both], [exposure(wanted)]))).toBe(expected)
  })

  test('of two Service ports that fit, the first counts', () => {
    const twice = service([servicePort(80, 9090), servicePort(8080, 80)])
    expect(portsOf(exposing([twice], [exposure(80)]))).toBe('TCP 9090')
  })

  test.each([
    ['a target that no container declares', servicePort(80, 7000), 'no ports'],
    ['a name that no container declares', servicePort(80, 'metrics'), 'no ports'],
    ['a name that is declared for UDP', servicePort(80, 'dns'), 'no ports'],
    ['a number that is declared for UDP, as in netpol-analyzer', servicePort(80, 53), 'TCP 53'],
    ['a UDP port of the Service', servicePort(80, 8080, { protocol: 'UDP' }), 'no ports'],
  ])('%s', (_, one, expected) => {
    expect(portsOf(exposing([service([one])], [exposure(80)]))).toBe(expected)
  })

  test('a Service without a selector, or without the pods, or that is not there exposes nothing', () => {
    const one = servicePort(80, 8080)
    const without: Service = { namespace: 'shop', name: 'web', headless: false, ports: [one], ref }
    expect(exposedPorts(exposing([without], [exposure(80)])).size).toBe(0)
    expect(exposedPorts(exposing([service([one], { app: 'web', tier: 'x' })], [exposure(80)])).size).toBe(0)
    expect(exposedPorts(exposing([service([one])], [exposure(80, 'other')])).size).toBe(0)
  })

  test('a Service leads to pods that have all of its labels', () => {
    const labels = known({ app: 'web', tier: 'x' })
    const more = [
      pod('web', { ports: [http] }),
      pod('x', { labels: known({ tier: 'x' }) }),
      pod('y', { labels, ports: [http] }),
    ]
    const services = [service([servicePort(80, 'http')], { app: 'web', tier: 'x' })]
    const found = exposedPorts(cluster(more, { services, exposures: [exposure(80)] }))
    expect([...found.keys()]).toEqual(['shop/Deployment/y'])
  })

  test('several backends add up, and each is told', () => {
    const found = exposedPorts(exposing([both], [exposure(80), exposure(81)])).get('shop/Deployment/web')
    expect(formatPorts(found?.ports ?? NO_PORTS)).toBe('TCP 8080, 9090')
    expect(found?.by.map(({ port }) => port)).toEqual([80, 81])
  })

  test('finished pods and pods of other namespaces are not behind a Service', () => {
    const others = [pod('web', { ports: [http], finished: true }), pod('web', { ports: [http], namespace: 'other' })]
    const one = cluster(others, { services: [both], exposures: [exposure(80)] })
    expect(exposedPorts(one).size).toBe(0)
  })

  test('ten thousand workloads with a Service and an Ingress each are indexed, not searched', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => pod(`w${i}`, { ports: [http] }))
    const names = many.map(({ name }) => name)
    const big: Cluster = {
      ...cluster([]),
      workloads: many.map((one) => workload({ ...one, labels: known({ app: one.name, env: 'prod' }) })),
      services: names.map((name) => ({ ...service([servicePort(80, 'http')], { env: 'prod', app: name }), name })),
      exposures: names.map((name) => exposure(80, name)),
    }
    // Searching every workload for every Service would take minutes: the test's own limit tells.
    expect(exposedPorts(big).size).toBe(10_000)
  })
})

describe('the ingress controller as a source', () => {
  const here = exposing([service([servicePort(80, 'http')])], [exposure(80)])
  const controller = { namespace: 'edge', labels: { app: 'nginx' } }
  const to = { namespace: 'shop', workload: 'Deployment/web' }
  const answer = (...args: Parameters<typeof evaluated>): string => told(verdictOf(evaluated(...args), CONTROLLER, to))

  test.each([
    ['no policy', [], 'all ports'],
    ['default deny', [policy('p', '', { ingress: [] })], 'no ports'],
    ['any source', [policy('p', '', { ingress: [{ ports: [port(8080)] }] })], 'TCP 8080'],
    ['every pod of every namespace', [from('', '')], 'all ports'],
    ['labels of its namespace', [from('', 'team=edge')], 'no ports ? all ports'],
    ['its own labels', [from('app=nginx', '')], 'no ports ? all ports'],
    ["the policy's own namespace, which may be its", [from('')], 'no ports ? all ports'],
    ['a block', [policy('p', '', { ingress: [{ peers: [block('10.0.0.0/8')] }] })], 'no ports ? all ports'],
  ])('that nobody placed, against %s', (_, policies, expected) => {
    expect(answer(here, policies)).toBe(expected)
  })

  test.each([
    ['every pod of every namespace', [from('', '')], 'all ports'],
    ['labels of its namespace', [from('', 'team=edge')], 'no ports'],
    ['its own labels', [from('app=nginx', '')], 'no ports'],
    ["the policy's own namespace", [from('')], 'no ports'],
    ['no label', [from('!app', '!team')], 'all ports'],
    [
      'the name that tools give its namespace',
      [from('', 'kubernetes.io/metadata.name=ingress-controller-ns')],
      'all ports',
    ],
  ])('with absent labels, against %s', (_, policies, expected) => {
    expect(answer(here, policies, { unknownLabels: 'absent' })).toBe(expected)
  })

  test.each([
    ['its namespace by name', [from('', 'kubernetes.io/metadata.name=edge')], 'all ports'],
    ['its labels', [from('app=nginx', '')], 'all ports'],
    ['other labels', [from('app=other', '')], 'no ports'],
    ["the policy's own namespace", [from('')], 'no ports'],
    ['labels of a namespace that is not loaded', [from('', 'team=edge')], 'no ports ? all ports'],
  ])('that is placed, against %s', (_, policies, expected) => {
    expect(answer(here, policies, { ingressController: controller })).toBe(expected)
  })

  test('the labels of its namespace count where that is loaded', () => {
    const loaded = { ...here, namespaces: [{ name: 'edge', labels: known({ team: 'edge' }), loaded: true }] }
    expect(answer(loaded, [from('', 'team=edge')], { ingressController: controller })).toBe('all ports')
  })

  test('policies of its own namespace restrict what it sends, once somebody said where it is', () => {
    const deny = policy(
      'deny',
      '',
      { egress: [] },
      {
        subject: { type: 'pods', namespaces: { type: 'selector', selector: [] }, pods: [], ref },
      },
    )
    expect(answer(here, [deny], { ingressController: controller })).toBe('no ports')
    const unplaced = verdictOf(evaluated(here, [deny]), CONTROLLER, to)
    expect(told(unplaced)).toBe('all ports')
    expect(unplaced?.egress.exempt).toBe('unplaced')
    expect(selectsController(evaluated(here, [deny], { ingressController: controller }), deny)).toBe(true)
    expect(selectsController(evaluated(here, [deny]), deny)).toBe(false)
  })

  test('what the policies leave of the exposed ports is one answer', () => {
    const evaluation = evaluated(here, [policy('p', '', { ingress: [{ ports: [port(8080), port(9090)] }] })])
    const [own] = here.workloads
    const exposed = exposedPorts(here).get('shop/Deployment/web')
    const verdict = own && exposed && exposedVerdict(evaluation, own, exposed)
    expect(formatPorts(verdict?.allowed ?? NO_PORTS)).toBe('TCP 8080')
    const doubtful = own && exposed && exposedVerdict(evaluated(here, [from('app=nginx', '')]), own, exposed)
    expect(formatPorts(doubtful?.undetermined ?? NO_PORTS)).toBe('TCP 8080')
  })

  test('it is among the permitted connections, as a source only, unless nothing is open', () => {
    expect(lines(here)).toEqual(['shop/Deployment/web TCP 8080'])
    expect(lines(here, [policy('p', '', { ingress: [] })])).toEqual([])
    expect(lines(here, [from('app=nginx', '')])).toEqual([])
  })
})
