import { expect, test } from 'vitest'
import { fullAddress } from './EmbedBar.tsx'

test.each([
  ['https://a.example/x/?embed#w1.abc', 'https://a.example/x/#w1.abc'],
  ['https://a.example/x/index.html?embed&theme=dark', 'https://a.example/x/index.html'],
  ['file:///home/drawbridge.html?embed#w1.abc', 'file:///home/drawbridge.html#w1.abc'],
])('%s opens in full at %s', (embedded, full) => {
  expect(fullAddress(embedded)).toBe(full)
})
