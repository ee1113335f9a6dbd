import { describe, expect, test } from 'vitest'
import type { Edge } from '#core/model/picture.ts'
import { filterRows, rowOf, sortRows } from './rows.ts'

function edge(from: string, to: string, more: Partial<Edge> = {}): Edge {
  return {
    id: `${from}→${to}`,
    layers: ['rules'],
    from: { namespace: 'shop', workload: `Deployment/${from}` },
    to: { namespace: 'shop', workload: `Deployment/${to}` },
    ports: 'TCP 80',
    label: 'TCP 80',
    name: `shop/${from} → shop/${to} TCP 80: allowed`,
    status: 'allowed',
    blockedAt: 'none',
    checks: [],
    rules: [],
    stale: false,
    ...more,
  }
}

const REF = { document: 'd', path: [], range: { from: 0, to: 1 } }
const names = (rows: readonly { readonly edge: Edge }[]): string[] => rows.map((row) => row.edge.id)

describe('the lines of the table', () => {
  test('a broken check says what was expected, and where it is blocked', () => {
    const check = { ref: REF, name: 'c', expect: 'allowed', outcome: 'broken' } as const
    const row = rowOf(edge('web', 'db', { status: 'denied', blockedAt: 'destination', checks: [check] }))
    expect(row.texts.why).toBe('broken: should be allowed; ingress is blocked at the destination')
    expect(row.texts.from).toBe('shop/web')
  })

  test('numbers sort by value, both ways', () => {
    const rows = [10, 9, 100].map((n) => rowOf(edge(`web-${n}`, 'db')))
    expect(names(sortRows(rows, { column: 'from', descending: false }))).toEqual([
      'web-9→db',
      'web-10→db',
      'web-100→db',
    ])
    expect(names(sortRows(rows, { column: 'from', descending: true }))[0]).toBe('web-100→db')
  })

  test('every word of the filter must be there, letter case aside', () => {
    const rows = [rowOf(edge('web', 'db')), rowOf(edge('api', 'db')), rowOf(edge('web', 'api'))]
    expect(names(filterRows(rows, 'WEB db', ''))).toEqual(['web→db'])
  })

  test('the verdict filter keeps one verdict', () => {
    const rows = [rowOf(edge('web', 'db', { status: 'denied' })), rowOf(edge('api', 'db'))]
    expect(names(filterRows(rows, '', 'denied'))).toEqual(['web→db'])
    expect(names(filterRows(rows, '', ''))).toHaveLength(2)
  })
})
