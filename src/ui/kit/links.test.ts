import { expect, test } from 'vitest'
import { addressOf, embedCode, isLocalFile, kilobytes } from './links.ts'

test('a link leads to where the app is open, whatever stands behind it there', () => {
  expect(addressOf('https://a.example/x/?a=1#old', '#w1.b')).toBe('https://a.example/x/#w1.b')
  expect(addressOf('file:///m/drawbridge.html', '#w1.b')).toBe('file:///m/drawbridge.html#w1.b')
  expect([isLocalFile('file:///m/a.html'), isLocalFile('http://file:1/')]).toEqual([true, false])
})

test('a name is a title and nothing else', () => {
  expect(embedCode('https://a.example/', '#w1.b', 'A "good" & bad\u003e one')).toBe(
    '<iframe src="https://a.example/?embed#w1.b" title="A &quot;good&quot; &amp; bad> one" width="100%" height="480" loading="lazy" style="border: 1px solid #8886; border-radius: 8px"></iframe>',
  )
})

test.each([
  [12, '0.1 kB'],
  [2432, '2.5 kB'],
  [30_000, '30 kB'],
  [30_001, '31 kB'],
])('%i characters are %s', (characters, text) => {
  expect(kilobytes(characters)).toBe(text)
})
