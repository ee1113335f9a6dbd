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

describe('too many edges fold into bundles between namespaces', () => {
  test('that count what is in them by status', () => {
    const [bundle, ...rest] = foldEdges([
      edge('a', 'x', 'allowed'),
      edge('b', 'x', 'allowed'),
      edge('b', 'y', 'denied'),
    ])
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
    expect(bundle?.rules.map(({ document }) => document)).toEqual(['a', 'b', 'b'])
  })

  test('of which one where all agree has their status and their blocking end', () => {
    const [bundle] = foldEdges([edge('a', 'x', 'denied'), edge('b', 'y', 'denied')])
    expect(bundle).toMatchObject({ status: 'denied', label: '2 connections', blockedAt: 'source' })
  })

  test('but outside ends stay themselves, and a check stays a line of its own', () => {
    const check = edge('a', 'x', 'allowed', ['checks', 'rules'])
    const folded = foldEdges([edge('a', 'internet', 'allowed'), check, edge('b', 'x', 'allowed')])
    expect(folded[0]).toBe(check)
    expect(folded.map(({ id }) => id)).toEqual(['a→x', 'shop→internet folded', 'shop→data folded'])
  })
})
