import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { createSlices } from '../clock.ts'
import { testClock } from '../app.testkit.ts'
import { isZip, unzip, ZIP_ENTRIES } from './unzip.ts'

const POD = 'kind: Pod\nmetadata: {name: a}\n'.repeat(50)
const slices = createSlices(testClock(), new AbortController().signal)
const open = (files: Record<string, Uint8Array>) => unzip(zipSync(files, { level: 9 }), slices)

test('manifests are unpacked by path, anything else is counted', async () => {
  const zip = await open({
    'shop/a.yaml': strToU8(POD),
    'shop/b.json': strToU8('{}'),
    'shop/logo.png': strToU8('x'),
    '__MACOSX/shop/._a.yaml': strToU8('x'),
    'shop/.git/config.yaml': strToU8('x'),
  })
  expect(zip.files.map(({ path }) => path)).toEqual(['shop/a.yaml', 'shop/b.json'])
  expect(new TextDecoder().decode(zip.files[0]?.content)).toBe(POD)
  expect(zip).toMatchObject({ skipped: 3, problem: undefined })
})

test('a bomb is refused by what it really unpacks to', async () => {
  const bomb = await open({ 'bomb.yaml': new Uint8Array(60 * 1024 * 1024) })
  expect(bomb.files).toEqual([])
  expect(bomb.problem).toBe('bomb.yaml unpacks to more than 50 MB')
})

test('many small bombs are refused by their sum', async () => {
  const part = new Uint8Array(40 * 1024 * 1024)
  const zip = await open({ 'a.yaml': part, 'b.yaml': part, 'c.yaml': part })
  expect(zip.problem).toBe('c.yaml unpacks to more than 100 MB')
})

test('a zip of too many files is refused', async () => {
  const names = Array.from({ length: ZIP_ENTRIES + 1 }, (_, i) => [`${i}.yaml`, new Uint8Array(1)] as const)
  expect((await open(Object.fromEntries(names))).problem).toBe('it holds more than 5000 files')
})

test('a damaged zip is a message, not an exception', async () => {
  const bytes = zipSync({ 'a.yaml': strToU8(POD) })
  bytes.fill(0xff, 40, 60)
  expect((await unzip(bytes, slices)).problem).toBeDefined()
  expect(isZip(bytes)).toBe(true)
  expect(isZip(strToU8(POD))).toBe(false)
})

test('a zip that is cut off is a message', async () => {
  const noise = Uint8Array.from({ length: 60_000 }, (_, i) => (i * 7919) % 251)
  const bytes = zipSync({ 'a.yaml': noise })
  const cut = await unzip(bytes.subarray(0, bytes.length / 3), slices)
  expect(cut.problem).toBeDefined()
  expect(cut.files).toEqual([])
})
