import { expect, test } from 'vitest'
import { groupBy } from './group.ts'

test('things are grouped in order, by any key', () => {
  expect([...groupBy(['web', 'db', 'api', 'cache'], (text) => text.length)]).toEqual([
    [3, ['web', 'api']],
    [2, ['db']],
    [5, ['cache']],
  ])
})
