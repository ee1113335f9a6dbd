import { expect, test } from 'vitest'
import { fuzzyFind, fuzzyScore } from './fuzzy.ts'

test('letters must come in order', () => {
  expect(fuzzyScore('bd', 'data/db')).toBeUndefined()
  expect(fuzzyScore('db', 'data/db')).toBeDefined()
})

test('a whole word comes before scattered letters, and short before long', () => {
  const found = fuzzyFind(['shop/web-backend', 'wide/elbow', 'shop/web'], 'web', (text) => text)
  expect(found).toEqual(['shop/web', 'shop/web-backend', 'wide/elbow'])
})

test('an empty query keeps the order and the limit', () => {
  expect(fuzzyFind(['b', 'a', 'c'], ' ', (text) => text, 2)).toEqual(['b', 'a'])
})
