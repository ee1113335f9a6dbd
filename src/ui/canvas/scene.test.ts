import { describe, expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import { endId, endName } from '#core/model/end.ts'
import type { Edge, NamespaceCard, Picture, WorkloadCard } from '#core/model/picture.ts'
import { sceneOf, type Scene, type SceneView } from './scene.ts'

const REF = { document: 'd', path: [], range: { from: 0, to: 0 } }

function namespace(name: string): NamespaceCard {
  return { name, loaded: true, labels: {}, defaultDeny: { ingress: 'off', egress: 'off' }, policies: [], stale: false }
}

function workload(id: string, more: Partial<WorkloadCard> = {}): WorkloadCard {
  const [space = '', kind = '', name = ''] = id.split('/')
  const flags = { hostNetwork: false, finished: false, sketch: false, assumed: false, stale: false }
  const isolated = { ingress: 'no', egress: 'no' } as const
  return { id, namespace: space, kind, name, replicas: 1, ports: [], labels: {}, isolated, refs: [], ...flags, ...more }
}

function endOf(text: string): End {
  if (text === 'internet') return { internet: true }
  const [space = '', ...rest] = text.split('/')
  return rest.length === 0 ? { namespace: space } : { namespace: space, workload: rest.join('/') }
}

function edge(from: string, to: string, more: Partial<Edge> = {}): Edge {
  const [a, b] = [endOf(from), endOf(to)]
  const ports = more.ports ?? 'TCP 80'
  return {
    id: `${endId(a)}→${endId(b)} ${ports}`,
    layers: ['rules'],
    from: a,
    to: b,
    ports,
    status: 'allowed',
    label: ports,
    name: `${endName(a)} → ${endName(b)} ${ports}: ${more.status ?? 'allowed'}`,
    blockedAt: 'none',
    checks: [],
    rules: [],
    stale: false,
    ...more,
  }
}

function check(outcome: 'broken' | 'holds'): Edge['checks'] {
  return [{ ref: REF, name: 'c', expect: 'allowed', outcome }]
}

const counts = {
  documents: 0,
  workloads: 0,
  pods: 0,
  namespaces: 0,
  policies: 0,
  services: 0,
  ignored: 0,
  defaulted: 0,
}

function scene(edges: readonly Edge[], view: Partial<SceneView> = {}, more: Partial<Picture> = {}): Scene {
  const picture: Picture = {
    revision: 1,
    namespaces: [namespace('shop'), namespace('data')],
    workloads: ['shop/Deployment/web', 'shop/Deployment/api', 'data/StatefulSet/db'].map((id) => workload(id)),
    outside: [{ internet: true }],
    edges,
    documents: [],
    problems: [],
    checks: [],
    counts: { ...counts, unloadedNamespaces: 0, unevaluated: [], ignoredKinds: [] },
    ...more,
  }
  const layers = { checks: true, rules: true, reach: false }
  return sceneOf(picture, [], { layers, placed: [], closed: new Set(), ...view })
}

const toDb = edge('shop/Deployment/web', 'data/StatefulSet/db', { ports: 'TCP 5432' })
const denied = edge('shop/Deployment/api', 'data/StatefulSet/db', {
  ports: 'TCP 5432',
  status: 'denied',
  blockedAt: 'source',
})
const inside = edge('shop/Deployment/web', 'shop/Deployment/api')

describe('an open scene', () => {
  test('has one line per connection with its own name; TCP goes without saying in the label', () => {
    const [line] = scene([toDb]).lines
    expect(line).toMatchObject({ id: toDb.id, label: '5432', name: 'shop/web → data/db TCP 5432: allowed' })
  })

  test('cuts a label that would cover the picture', () => {
    const long = { ...toDb, label: 'declared TCP 8080, 9100 ✓ · others ✕' }
    expect(scene([long]).lines[0]?.label).toBe('declared TCP 8080, …')
  })

  test('shows a connection while one of its layers is on', () => {
    const both = edge('shop/Deployment/web', 'data/StatefulSet/db', { layers: ['checks', 'rules'] })
    expect(scene([both], { layers: { checks: false, rules: true, reach: false } }).lines).toHaveLength(1)
    expect(scene([both], { layers: { checks: false, rules: false, reach: false } }).lines).toHaveLength(0)
  })

  test('leaves out finished workloads and lines whose ends are not on the canvas', () => {
    const gone = edge('shop/Deployment/web', 'shop/Deployment/gone')
    const done = workload('shop/Job/done', { finished: true })
    const result = scene([gone, edge('shop/Deployment/web', 'shop/Job/done')], {}, { workloads: [done] })
    expect(result.lines).toHaveLength(0)
    expect(result.boxes.flatMap((box) => box.workloads)).toHaveLength(0)
  })

  test('tells a namespace called internet from the internet', () => {
    const result = scene([edge('internet', 'shop')], {}, { namespaces: [namespace('internet'), namespace('shop')] })
    expect(result.lines[0]).toMatchObject({ from: 'internet', to: 'ns shop' })
    expect(result.boxes.map((box) => box.card.name)).toContain('internet')
  })

  test('shows each outside end once, whether named or placed', () => {
    const placed: End[] = [{ internet: true }, { cidr: '10.0.0.0/8' }]
    expect(scene([], { placed }).outside.map(endId)).toEqual(['internet', 'cidr:10.0.0.0/8'])
  })

  test('says what is broken and what is as wanted', () => {
    const broken = { ...denied, checks: check('broken') }
    const wanted = { ...toDb, checks: check('holds') }
    expect(scene([broken, wanted, inside]).lines.map((line) => [line.broken, line.asWanted])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ])
  })
})

describe('a closed namespace', () => {
  const closed = new Set(['shop'])

  test('bundles its connections to the same end, with a count and a verdict of them all', () => {
    const result = scene([toDb, denied, inside], { closed })
    expect(result.lines).toHaveLength(1)
    expect(result.lines[0]).toMatchObject({
      from: 'ns shop',
      to: 'data/StatefulSet/db',
      status: 'partial',
      label: '1 ✓ · 1 ✕',
      name: 'shop → data/StatefulSet/db, 2 connections: 1 allowed, 1 denied',
    })
  })

  test('keeps the one verdict of a bundle that agrees, and a single connection as it is', () => {
    const agreed = scene([denied, { ...denied, id: 'other', from: toDb.from }], { closed }).lines[0]
    expect(agreed).toMatchObject({ status: 'denied', label: '2', blockedAt: 'source' })
    expect(scene([toDb], { closed }).lines[0]).toMatchObject({ id: toDb.id, name: toDb.name })
  })

  test('hides what is inside and counts it', () => {
    const result = scene([inside], { closed })
    expect(result.lines).toHaveLength(0)
    expect(result.boxes[0]).toMatchObject({ closed: true, inside: 1 })
  })

  test('to and fro are two lines', () => {
    const back = edge('data/StatefulSet/db', 'shop/Deployment/web')
    expect(scene([toDb, back], { closed: new Set(['shop', 'data']) }).lines).toHaveLength(2)
  })
})
