import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, encode, ofString } from './encoding.ts'

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values)

test.each([
  ['UTF-8', [0x61, 0xc3, 0xa9], 'aé', 'utf-8', false],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x61], 'a', 'utf-8', true],
  ['UTF-16 LE, as PowerShell writes it', [0xff, 0xfe, 0x61, 0, 0xe9, 0], 'aé', 'utf-16le', true],
  ['UTF-16 BE', [0xfe, 0xff, 0, 0x61, 0, 0xe9], 'aé', 'utf-16be', true],
])('%s is read, and written back as it came', (_name, values, text, charset, bom) => {
  const decoded = decode(bytes(...values))
  expect(decoded).toEqual({ text, encoding: { charset, bom } })
  expect([...encode(decoded.text, decoded.encoding)]).toEqual(values)
})

test('invalid UTF-8 is shown and can’t be edited', () => {
  const decoded = decode(bytes(0x61, 0xff, 0x62))
  expect(decoded.text).toBe('a�b')
  expect(decoded.readOnly).toContain('not valid UTF-8')
})

test('only the first of two marks belongs to the encoding', () => {
  expect(decode(bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x61)).text).toBe('\uFEFFa')
  expect(ofString('\uFEFFa')).toEqual({ text: 'a', encoding: { charset: 'utf-8', bom: true } })
})

function survives(text: string, charset: 'utf-8' | 'utf-16le' | 'utf-16be'): void {
  expect(decode(encode(text, { charset, bom: true })).text).toBe(text)
}

test('every text survives every encoding', () => {
  const charset = fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const)
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), charset, survives))
})
