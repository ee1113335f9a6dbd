import { describe, expect, test } from 'vitest'
import { holds, matches, type Requirement } from './labels.ts'
import { and, not, or, type Truth } from './truth.ts'

const TRUTHS: readonly Truth[] = ['yes', 'no', 'unknown']
const ref = { document: '', path: [], range: { from: 0, to: 0 } }
const term = (operator: Requirement['operator'], key: string, ...values: readonly string[]): Requirement => ({
  key,
  operator,
  values,
  ref,
})
const web = { labels: { app: 'web', empty: '' }, unknown: ['job'] }
const unloaded = { labels: { 'kubernetes.io/metadata.name': 'x' }, unknown: 'all' } as const

describe('selectors (semantics.md A.6)', () => {
  test.each([
    [term('In', 'app', 'web', 'db'), 'yes'],
    [term('In', 'app', 'WEB'), 'no'],
    [term('In', 'tier', ''), 'no'],
    [term('In', 'empty', ''), 'yes'],
    [term('NotIn', 'app', 'web'), 'no'],
    [term('NotIn', 'app', 'db'), 'yes'],
    [term('NotIn', 'tier', 'web'), 'yes'],
    [term('Exists', 'empty'), 'yes'],
    [term('Exists', 'tier'), 'no'],
    [term('DoesNotExist', 'app'), 'no'],
    [term('DoesNotExist', 'tier'), 'yes'],
    [term('Exists', 'constructor'), 'no'],
    [term('In', 'job', 'x'), 'unknown'],
    [term('NotIn', 'job', 'x'), 'unknown'],
    [term('Exists', 'job'), 'unknown'],
  ] as const)('%#: %j holds: %s', (requirement, truth) => expect(holds(requirement, web)).toBe(truth))

  test('all terms must hold, none at all is everything', () => {
    expect(matches([], web)).toBe('yes')
    expect(matches([term('In', 'app', 'web'), term('Exists', 'tier')], web)).toBe('no')
    expect(matches([term('In', 'app', 'web'), term('Exists', 'job')], web)).toBe('unknown')
    expect(matches([term('Exists', 'job'), term('In', 'app', 'web')], web)).toBe('unknown')
    expect(matches([term('In', 'app', 'db'), term('Exists', 'job')], web)).toBe('no')
  })

  test('of labels that are not loaded only the known ones are known', () => {
    expect(holds(term('In', 'kubernetes.io/metadata.name', 'x'), unloaded)).toBe('yes')
    expect(holds(term('In', 'kubernetes.io/metadata.name', 'y'), unloaded)).toBe('no')
    expect(holds(term('In', 'team', 'x'), unloaded)).toBe('unknown')
  })
})

test('three-valued logic: no decides an and, yes an or, and they mirror each other', () => {
  for (const a of TRUTHS)
    for (const b of TRUTHS) {
      expect(and(a, b)).toBe(a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'unknown')
      expect(or(a, b)).toBe(not(and(not(a), not(b))))
    }
  expect([and(), or()]).toEqual(['yes', 'no'])
})
