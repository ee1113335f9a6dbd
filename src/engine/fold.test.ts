import { describe, expect, test } from 'vitest'
import type { Edge } from '#core/model/picture.ts'
import type { Status } from '#core/model/verdict.ts'
import { foldEdges } from './fold.ts'

const edge = (from: string, to: string, status: Status, layers: Edge['layers'] = ['rules']): Edge => ({
  id: `${from}→${to}`,
  layers,
  from: { namespace: 'shop', workload: `Deployment/${from}` },
  to: to === 'internet' ? { internet: true } : { namespace: 'data', workload: `Deployment/${to}` },
  ports: 'TCP 80',
  status,
  label: 'TCP 80',
  name: '',
  blockedAt: status === 'denied' ? 'source' : 'none',
  checks: [],
  rules: [{ document: from, path: ['spec'], range: { from: 0, to: 1 } }],
  stale: false,
})

// So many that they fold: 600 between two other namespaces, which become one line.
const bulk = Array.from({ length: 600 }, (_, i): Edge => ({
  ...edge(`bulk-${i}`, 'sink', 'allowed'),
  from: { namespace: 'bulk', workload: `Deployment/bulk-${i}` },
}))

const folded = (...edges: readonly Edge[]): readonly Edge[] =>
  foldEdges([...edges, ...bulk], 20).filter(({ id }) => !id.startsWith('bulk'))

const inside = (i: number): Edge => ({
  ...edge(`a-${i}`, `b-${i}`, 'allowed'),
  to: { namespace: 'shop', workload: `Deployment/b-${i}` },
})

describe('too many edges fold into bundles between namespaces', () => {
  test('that count what is in them by status', () => {
    const [bundle, ...rest] = folded(edge('a', 'x', 'allowed'), edge('b', 'x', 'allowed'), edge('b', 'y', 'denied'))
    expect(rest).toEqual([])
    expect(bundle).toMatchObject({
      id: 'shop→data folded',
      from: { namespace: 'shop' },
      to: { namespace: 'data' },
      count: 3,
      status: 'partial',
      label: '2 ✓ · 1 ✕',
      name: 'shop → data 3 connections: partial (2 allowed, 1 denied)',
      blockedAt: 'none',
    })
    expect(bundle?.rules.map((rule) => rule.document)).toEqual(['a', 'b', 'b'])
  })

  test('of which one where all agree has their status and their blocking end', () => {
    const [bundle] = folded(edge('a', 'x', 'denied'), edge('b', 'y', 'denied'))
    expect(bundle).toMatchObject({ status: 'denied', label: '2 connections', blockedAt: 'source' })
  })

  test('but outside ends stay themselves, and a check stays a line of its own', () => {
    const check = edge('a', 'x', 'allowed', ['checks', 'rules'])
    const lines = folded(edge('a', 'internet', 'allowed'), check, edge('b', 'x', 'allowed'))
    expect(lines[0]).toBe(check)
    expect(lines.map((line) => line.id)).toEqual(['a→x', 'shop→internet folded', 'shop→data folded'])
  })

  test('but lines within a namespace only where folding between them is not enough', () => {
    expect(folded(inside(1), inside(2)).map((line) => line.id)).toEqual(['a-1→b-1', 'a-2→b-2'])
    const many = Array.from({ length: 501 }, (_, i) => inside(i))
    expect(folded(...many)).toMatchObject([{ id: 'shop→shop folded', count: 501 }])
  })

  test('but not where the canvas opens with closed namespaces and bundles them itself', () => {
    expect(foldEdges(bulk, 200)).toBe(bulk)
  })
})
