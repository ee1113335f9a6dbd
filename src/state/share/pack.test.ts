import { deflateSync, strToU8 } from 'fflate'
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSlices } from '../clock.ts'
import { testClock } from '../app.testkit.ts'
import { FRESH_VIEW } from '../stores.ts'
import { toBase64Url } from './base64.ts'
import { isLink, packFile, packLink, unpackFile, unpackLink } from './pack.ts'
import { LINK_LIMIT, type SharedView, type SharedWorkspace } from './shared.ts'

const slices = () => createSlices(testClock(), new AbortController().signal)
const linkOf = (value: unknown, version = 'w1'): string =>
  `#${version}.${toBase64Url(deflateSync(strToU8(JSON.stringify(value))))}`
const VIEW: SharedView = { ...FRESH_VIEW, activeFile: undefined, centre: 'graph', selection: undefined }
const FILE = { path: 'a.yaml', text: 'kind: Pod\n' }
const EMPTY: SharedWorkspace = { name: 'Shop', files: [], view: VIEW, lean: false }

const end = fc.oneof(
  fc.record({ cidr: fc.string() }),
  fc.record({ cidr: fc.string(), except: fc.array(fc.string()) }),
  fc.constantFrom({ internet: true } as const, { anywhere: true } as const),
  fc.record({ host: fc.string() }),
)
const place = fc.record({ x: fc.integer({ min: -9999, max: 9999 }), y: fc.integer({ min: -9999, max: 9999 }) })
const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined })
const workspaces: fc.Arbitrary<SharedWorkspace> = fc
  .record({
    name: fc.string({ minLength: 1 }).filter((name) => name.trim() === name),
    files: fc.uniqueArray(
      fc.record({
        path: fc.stringMatching(/^[a-z]{1,5}(\/[a-z.]{1,5}x)?[.]yaml$/),
        text: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constant('a: 1\r\n---\r\n')),
        encoding: fc.record({
          charset: fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const),
          bom: fc.boolean(),
        }),
        counts: fc.boolean(),
        namespace: optional(fc.string()),
        readOnly: optional(fc.string()),
      }),
      { selector: ({ path }) => path, maxLength: 6 },
    ),
    view: fc.record({
      positions: fc.dictionary(
        fc.string().filter((id) => id !== '__proto__'),
        place,
      ),
      layers: fc.record({ checks: fc.boolean(), rules: fc.boolean(), reach: fc.boolean() }),
      reachDenied: fc.boolean(),
      placed: fc.array(end),
      closedNamespaces: fc.array(fc.string()),
      activeFile: optional(fc.string()),
      hint: optional(fc.string()),
      centre: fc.constantFrom('graph' as const, 'table' as const),
      selection: optional(fc.record({ type: fc.constantFrom('edge' as const, 'card' as const), id: fc.string() })),
    }),
    lean: fc.boolean(),
    lesson: optional(fc.jsonValue({ maxDepth: 4 }).filter((lesson) => !JSON.stringify(lesson).includes('-0'))),
  })
  // The order of a record's keys is not what is shared.
  .map((shared) => JSON.parse(JSON.stringify(shared)) as SharedWorkspace)

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a workspace', () => {
  test('comes back from a link and from a file as it was', async () => {
    await fc.assert(
      fc.asyncProperty(workspaces, async (shared) => {
        const { fragment = '', size } = await packLink(shared, slices())
        expect(fragment).toHaveLength(size)
        expect(fragment).toMatch(/^#w1[.][\w-]+$/)
        expect(plain(await unpackLink(fragment, slices()))).toEqual(shared)
        expect(plain(unpackFile(packFile(shared)))).toEqual(shared)
      }),
      { numRuns: 150 },
    )
  })

  test('that is too long for a link is told so, and still goes into a file', async () => {
    let noise = ''
    for (let n = 1; noise.length < 60_000; n = (n * 48_271) % 2_147_483_647) noise += n.toString(36)
    const files = [{ ...FILE, text: noise, encoding: { charset: 'utf-8', bom: false }, counts: true }] as const
    const { fragment, size } = await packLink({ ...EMPTY, files }, slices())
    expect(fragment).toBeUndefined()
    expect(size).toBeGreaterThan(LINK_LIMIT)
    expect(unpackFile(packFile({ ...EMPTY, files }))).toMatchObject({ files: [{ text: noise }] })
  })
})

const noise = (length: number): string => {
  let text = ''
  for (let n = 1; text.length < length; n = (n * 48_271) % 2_147_483_647) text += n.toString(36)
  return text.slice(0, length)
}

const packed = (length: number) => packLink({ ...EMPTY, name: noise(length) }, slices())

describe('a link', () => {
  test('is found in an address and in a sentence around it', async () => {
    const { fragment } = await packLink({ ...EMPTY, name: 'Found' }, slices())
    for (const text of [fragment, `https://a.example/x/?embed${fragment}`, `(see <file:///b.html${fragment}>).`]) {
      expect(isLink(text ?? '')).toBe(true)
      expect(await unpackLink(text ?? '', slices())).toMatchObject({ name: 'Found' })
    }
    for (const text of ['https://a.example/#why', '#w1', '#w12345.abc', '#x1.abc', 'w1.abc'])
      expect(isLink(text)).toBe(false)
    expect(await unpackLink('#w1.', slices())).toEqual({ problem: 'damaged' })
  })

  test('of a later version is not taken for a broken one', async () => {
    expect(await unpackLink('#w2.abc', slices())).toEqual({ problem: 'newer' })
    expect(unpackFile('{"drawbridge":"w12"}')).toEqual({ problem: 'newer' })
    expect(await unpackLink('#constructor.abc', slices())).toEqual({ problem: 'no workspace' })
  })

  test.each<[string, object]>([
    ['oops', { problem: 'damaged' }],
    ['', { problem: 'damaged' }],
    ['7', { problem: 'no workspace' }],
    ['null', { problem: 'no workspace' }],
    ['{"drawbridge":1,"files":[]}', { problem: 'no workspace' }],
    ['{"drawbridge":"v1","files":[]}', { problem: 'no workspace' }],
    ['{"drawbridge":"w12345","files":[]}', { problem: 'no workspace' }],
    ['{"drawbridge":"w0","files":[]}', { problem: 'newer' }],
  ])('whose file holds %s is not opened', (text, problem) => expect(unpackFile(text)).toEqual(problem))

  test('is made up to 30,000 letters, the sign before it included', async () => {
    let [fits, tooLong] = [30_000, 60_000]
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2)
      const { fragment } = await packed(middle)
      if (fragment === undefined) tooLong = middle
      else fits = middle
    }
    const [last, first] = [await packed(fits), await packed(tooLong)]
    expect([last.fragment?.length, last.size]).toEqual([last.size, last.size])
    expect(last.size).toBeGreaterThan(LINK_LIMIT - 10)
    expect(last.size).toBeLessThanOrEqual(LINK_LIMIT)
    expect([first.fragment, first.size > LINK_LIMIT]).toEqual([undefined, true])
  })

  test('that was cut off is told so, wherever it was cut', async () => {
    const { fragment = '' } = await packLink({ ...EMPTY, name: 'Cut off' }, slices())
    for (let length = 4; length < fragment.length; length++)
      expect(await unpackLink(fragment.slice(0, length), slices())).toEqual({ problem: 'damaged' })
  })
})

const layers = (hidden: unknown) =>
  (unpackFile(JSON.stringify({ drawbridge: 'w1', files: [], view: { hidden } })) as SharedWorkspace).view.layers

describe('a hostile link', () => {
  test('that is a bomb goes off in no memory', async () => {
    const bomb = `#w1.${toBase64Url(deflateSync(new Uint8Array(32 * 1024 * 1024), { level: 9 }))}`
    expect(bomb.length).toBeLessThan(300_000)
    expect(await unpackLink(bomb, slices())).toEqual({ problem: 'too large' })
  })

  test('that is longer than any of ours is not even unpacked', async () => {
    expect(await unpackLink(`#w1.${'A'.repeat(300_001)}`, slices())).toEqual({ problem: 'too large' })
  })

  test.each([
    ['no JSON', '"'],
    ['a list', []],
    ['null', null],
    ['no files', { drawbridge: 'w1', name: 'a' }],
    ['files that are a number', { drawbridge: 'w1', files: 3 }],
    ['a file without a path', { drawbridge: 'w1', files: [{ text: 'a' }] }],
    ['a text that is a list', { drawbridge: 'w1', files: [{ path: 'a', text: ['a'] }] }],
    ['a null among the files', { drawbridge: 'w1', files: [null] }],
    ['too many files', { drawbridge: 'w1', files: Array.from({ length: 5001 }, () => FILE) }],
    ['many files of one path', { drawbridge: 'w1', files: Array.from({ length: 200 }, () => FILE) }],
    ['a path without an end', { drawbridge: 'w1', files: [{ path: 'a'.repeat(5000), text: '' }] }],
  ])('that holds %s is refused', async (_, value) => {
    expect(await unpackLink(linkOf(value), slices())).toEqual({ problem: 'no workspace' })
  })

  test('with a lesson that is nested without an end is refused', async () => {
    const deep = `{"drawbridge":"w1","files":[],"lesson":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect(unpackFile(deep)).toEqual({ problem: 'no workspace' })
  })

  test('cannot reach what all objects have in common, nor a folder above', async () => {
    const json = `{"drawbridge":"w1","__proto__":{"polluted":1},"files":[{"path":"../../etc/passwd","text":"","__proto__":{"polluted":1}},{"path":"__proto__","text":""}],"view":{"positions":[["__proto__",1,2],["constructor",1,2],["a/b",3,4]],"__proto__":{"polluted":1}}}`
    const shared = unpackFile(json) as SharedWorkspace
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(shared.files.map(({ path }) => path)).toEqual(['etc/passwd', '__proto__'])
    expect(Object.entries(shared.view.positions)).toEqual([
      ['constructor', { x: 1, y: 2 }],
      ['a/b', { x: 3, y: 4 }],
    ])
    expect(JSON.stringify(shared)).not.toContain('polluted')
  })

  test('with a view of nonsense opens with a fresh view', async () => {
    const view = {
      positions: [['a', 'x', 2], ['b', 1e300, 0], ['c', null, 1], 7, ['d']],
      hidden: { rules: true },
      placed: [{ namespace: 'x' }, 'internet', { cidr: 3 }, null],
      closed: [1, {}],
      file: 7,
      hint: ['<b>'],
      centre: 'mars',
      selection: { type: 'workspace', id: 'a' },
    }
    expect(
      await unpackLink(linkOf({ drawbridge: 'w1', name: 7, files: [FILE, FILE], view, lean: 'yes' }), slices()),
    ).toEqual({
      name: 'Shared',
      files: ['a.yaml', 'a-2.yaml'].map((path) => ({
        path,
        text: FILE.text,
        encoding: { charset: 'utf-8', bom: false },
        counts: true,
      })),
      view: VIEW,
      lean: false,
    })
  })

  test('of which a field is odd is read without it', () => {
    const file = { ...FILE, namespace: 7, readOnly: {}, charset: 'latin-1', bom: 1, counts: 0 }
    const view = {
      positions: [
        ['a', 1, 2, 3],
        ['b', 1],
        ['c', 50_000, -50_000],
        ['d', 0, 50_001],
        ['e', -50_001, 0],
        [7, 1, 1],
      ],
      reachDenied: 1,
      placed: [
        { host: 7, anywhere: 1 },
        { cidr: '10.0.0.0/8', except: [1, '10.1.0.0/16'] },
        { cidr: '10.0.0.0/8', except: 'all' },
        { anywhere: true },
        { internet: 'yes' },
      ],
      selection: { type: 'card', id: 'x'.repeat(4001) },
    }
    const shared = unpackFile(JSON.stringify({ drawbridge: 'w1', files: [file], view, lean: 1 })) as SharedWorkspace
    expect(shared).toEqual({
      name: 'Shared',
      files: [{ ...FILE, encoding: { charset: 'utf-8', bom: false }, counts: true }],
      view: {
        ...VIEW,
        positions: { c: { x: 50_000, y: -50_000 } },
        placed: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidr: '10.0.0.0/8' }, { anywhere: true }],
      },
      lean: false,
    })
  })

  test('shows a layer that a later version may show at first only where this one does', () => {
    expect(layers(['checks', 'mars'])).toEqual({ ...FRESH_VIEW.layers, checks: false })
    expect(layers(['checks', 'rules', 'reach'])).toEqual({ checks: false, rules: false, reach: false })
    expect(layers('checks')).toEqual(FRESH_VIEW.layers)
  })

  test.each<[string, number, number]>([
    ['files', 5000, 5001],
    ['files of one path', 101, 102],
    ['levels of a lesson', 64, 65],
  ])('may hold so many %s: %i, and not %i', (what, most, more) => {
    const shared = (n: number): object => {
      if (what === 'files') return { files: Array.from({ length: n }, (_, i) => ({ ...FILE, path: `${i}.yaml` })) }
      if (what === 'files of one path') return { files: Array.from({ length: n }, () => FILE) }
      return { files: [], lesson: JSON.parse('['.repeat(n) + ']'.repeat(n)) as unknown }
    }
    const read = (n: number) => unpackFile(JSON.stringify({ drawbridge: 'w1', ...shared(n) }))
    expect(read(most)).not.toHaveProperty('problem')
    expect(read(more)).toEqual({ problem: 'no workspace' })
  })

  test('cannot fill the screen with a name, nor turn the sentences around in which it is told', () => {
    const json = JSON.stringify({
      drawbridge: 'w1',
      name: `\u202Eevil\u0000\n${'n'.repeat(3000)}`,
      files: [{ path: 'a\u202E\n/b.yaml', text: 'a: \u202E', readOnly: 'r'.repeat(3000) }],
      view: { hint: 'h'.repeat(3000), positions: [['a', 60_000, 0]] },
    })
    const { name, files, view } = unpackFile(json) as SharedWorkspace
    expect(name).toMatch(/^evil n{95}$/)
    expect(files).toMatchObject([{ path: 'a /b.yaml', text: 'a: \u202E', readOnly: 'r'.repeat(300) }])
    expect(view).toMatchObject({ hint: 'h'.repeat(300), positions: {} })
  })

  test('with any JSON at any place is refused or read, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(workspaces, fc.jsonValue(), fc.nat(), async (shared, odd, at) => {
        const value = JSON.parse(packFile(shared)) as Record<string, unknown>
        const holders = [value, value['view'], ...(value['files'] as unknown[])] as Record<string, unknown>[]
        const holder = holders[at % holders.length] ?? value
        const keys = Object.keys(holder)
        holder[keys[at % keys.length] ?? 'files'] = odd
        expect(await unpackLink(linkOf(value), slices())).toBeTypeOf('object')
      }),
      { numRuns: 200 },
    )
  })
})

// Links that stand in books and chats: they are never written anew. Each is beside what it has to be read as.
describe('golden links', () => {
  const folder = join(import.meta.dirname, 'golden')
  const links = readdirSync(folder).filter((name) => name.endsWith('.txt'))

  test('there are some of each version', () => {
    expect(links.filter((name) => name.endsWith('.w1.txt')).length).toBeGreaterThanOrEqual(3)
  })

  test.each(links)('%s opens as ever', async (name) => {
    const expected: unknown = JSON.parse(readFileSync(join(folder, name.replace(/txt$/, 'json')), 'utf8'))
    expect(plain(await unpackLink(readFileSync(join(folder, name), 'utf8'), slices()))).toEqual(expected)
  })
})
