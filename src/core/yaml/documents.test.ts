import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutDocuments } from './documents.ts'
import { parseDocument, toPlain } from './parse.ts'
import { writeYaml } from './write.ts'

const ITEMS = `apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata:
    name: one
    annotations:
      note: |
        - not an item
        --- nor a document
- apiVersion: v1
  kind: Pod
  metadata: { name: two }
kind: List
metadata:
  resourceVersion: ""
`
const JSON_LIST = JSON.stringify(
  { apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'a]}' } }, { x: 1 }] },
  null,
  4,
)

function forms(text: string): string[] {
  return cutDocuments(text).map(({ form }) => form)
}

function items(text: string): unknown[] {
  const cut = cutDocuments(text).filter(({ form }) => form === 'item')
  return cut.map((chunk) => {
    const { tree } = parseDocument(chunk.text)
    return tree && JSON.parse(JSON.stringify(toPlain(tree)))
  })
}

describe('documents are cut at their marks', () => {
  test.each<[string, number]>([
    ['a: 1\n', 1],
    ['a: 1\n---\nb: 2\n', 2],
    ['---\na: 1\n--- # two\nb: 2\n', 2],
    ['a: 1\r\n---\r\nb: 2\r\n', 2],
    ['a: |\n  ---\n  text\n', 1],
    ['a: "x\u2028---"\n', 1],
    ['a: 1\n----\nb: 2\n', 1],
    ['', 1],
    ['a: 1\n\uFEFF---\n\uFEFFb: 2\n', 2],
    ['a: 1\r---\rb: 2\r', 2],
    ['{"a": "}{"}\n{"b": 2}{"c": 3}\n', 3],
    ['---\n{"a": 1}\n# end\n', 1],
    ['{a: 1}\n{b: 2\n', 2],
    ['{"kind": "List"', 1],
    [`kind: List\n${'\n'.repeat(100_000)}items:`, 1],
    [`{"kind": "List", "items": [{"a": "${'\\"x'.repeat(1_000_000)}`, 1],
  ])('%j', (text, count) => {
    const chunks = cutDocuments(text)
    expect(chunks).toHaveLength(count)
    expect(chunks.map((chunk) => chunk.text).join('')).toBe(text)
  })
})

describe('a List is cut into its items', () => {
  test('in YAML, flush with its key', () => {
    expect(forms(ITEMS)).toEqual(['rest', 'item', 'item', 'rest'])
    expect(items(ITEMS)).toMatchObject([{ metadata: { name: 'one' } }, { metadata: { name: 'two' } }])
    expect(cutDocuments(ITEMS)[1]?.list).toEqual({ apiVersion: 'v1', kind: 'List' })
  })

  test('in YAML, indented, with CRLF', () => {
    const indented = ITEMS.replace(
      /items:\n([^]*?)kind: List/,
      (_, own: string) => `items:\n${own.replaceAll(/^(?=.)/gm, '  ')}kind: List`,
    )
    expect(items(indented.replaceAll('\n', '\r\n'))).toMatchObject([
      { metadata: { name: 'one' } },
      { metadata: { name: 'two' } },
    ])
  })

  test('in JSON', () => {
    expect(items(JSON_LIST)).toEqual([{ metadata: { name: 'a]}' } }, { x: 1 }])
    expect(cutDocuments(JSON_LIST).find(({ form }) => form === 'item')?.list).toEqual({
      apiVersion: 'v1',
      kind: 'PodList',
    })
  })

  test('so that one broken item leaves the others alone', () => {
    const broken = ITEMS.replace('metadata: { name: two }', 'metadata: { name: two')
    expect(items(broken)).toMatchObject([{ metadata: { name: 'one' } }, undefined])
    const slipped = ITEMS.replace('  metadata:\n    name: one', 'metadata:\n    name: one')
    expect(items(slipped)).toMatchObject([undefined, { metadata: { name: 'two' } }])
    const inJson = JSON_LIST.replace('"x": 1', '"x" 1')
    expect(items(inJson)).toEqual([{ metadata: { name: 'a]}' } }, undefined])
  })

  test('with comments around, dashes on lines of their own, and what only looks like an anchor', () => {
    const text = `kind: List\napiVersion: v1\nitems: # all\n\n# the first\n-\n  run: rm *x || kill &y\n  a: &a 1\n  b: *a\n# the second\n- c: 2\n`
    expect(items(text)).toEqual([{ run: 'rm *x || kill &y', a: 1, b: 1 }, { c: 2 }])
  })

  test('in a stream of JSON objects', () => {
    expect(forms(`${JSON_LIST}\n${JSON_LIST}{"kind": "Pod"}`)).toEqual([
      ...forms(JSON_LIST),
      ...forms(JSON_LIST),
      'document',
    ])
  })

  test.each([
    ['an anchor may be used in another item', 'kind: List\nitems:\n- a: &x 1\n- b: *x\n'],
    ['it stands in flow style', 'kind: List\nitems: [{ a: 1 }]\n'],
    ['it has no items', 'kind: List\nitems: []\n'],
    ['its JSON is not closed', '{"kind": "List", "items": [{"a": 1}'],
    ['an item is no object', '{"kind": "List", "items": [{"a": 1}, 2]}'],
    ['something stands behind its JSON', '{"kind": "List", "items": [{"a": 1}]} x'],
    ['its items are not a list of their own', 'kind: List\nitems:\n  a:\n  - b: 1\n'],
    ['its head is broken', 'kind: List\nmetadata: {\nitems:\n- a: 1\n'],
    ['its head says so twice', 'kind: List\nitems:\n- a: 1\nkind: Pod\n'],
    ['it is no List after all', 'kind: Pod\nitems:\n- kind: List\n- b: 1\n'],
    ['its JSON is YAML in part', '{"kind": "List", \'a\': \'{\', "items": [{"a": 1}]}'],
  ])('but stays whole where %s', (_, text) => expect(forms(text)).toEqual(['document']))

  test('with the offsets that its text has in the file', () => {
    const text = `# before\n---\n${ITEMS}`
    const own = cutDocuments(text).map((chunk) => {
      const source = text.slice(chunk.from, chunk.to)
      return [chunk.form === 'item' ? source.replace('-', ' ') : source, chunk.text]
    })
    expect(own.map(([source]) => source)).toEqual(own.map(([, cut]) => cut))
  })
})

describe('random Lists', () => {
  const leaf = fc.oneof(
    fc.constantFrom('on', '- a', '---', '*x', '&x', '}', ']"', 'two\nlines\n', '', '# x'),
    fc.integer(),
  )
  const object = fc.dictionary(
    fc.constantFrom('kind', 'items', 'metadata', 'b'),
    fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(fc.constantFrom('kind', 'items'), leaf)),
    { minKeys: 1 },
  )
  const list = fc.record({
    apiVersion: fc.constant('v1'),
    items: fc.array(object, { minLength: 1 }),
    kind: fc.constant('PodList'),
  })
  const print = fc.constantFrom<(value: unknown) => string>(
    (value) => writeYaml(value),
    (value) => writeYaml(value, { indent: 2, indentLists: true }),
    (value) => writeYaml(value, { indent: 4, indentLists: true }).replaceAll('\n', '\r\n'),
    (value) => JSON.stringify(value),
    (value) => JSON.stringify(value, null, 4),
  )

  test('are cut into what they hold, and every chunk stands where it says', () => {
    fc.assert(
      fc.property(list, print, (value, write) => {
        const text = `---\n${write(value)}`
        expect(items(text)).toEqual(JSON.parse(JSON.stringify(value.items)))
        for (const { from, to, text: own, form } of cutDocuments(text)) {
          const source = text.slice(from, to)
          expect([source, source.replace('-', ' ')]).toContain(own)
          expect(form === 'rest' || parseDocument(own).problems.length === 0).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('lose nothing when any one line is spoilt, and what is left around the items has no fault of its own', () => {
    fc.assert(
      fc.property(
        list,
        print,
        fc.nat(),
        fc.constantFrom('x', '}', 'kind: Pod', '"', '- '),
        (value, write, pick, slip) => {
          const lines = write(value).split('\n')
          lines[pick % lines.length] = slip
          const text = lines.join('\n')
          const chunks = cutDocuments(text)
          const ends = [0, ...chunks.map(({ to }) => to)]
          const gaps = [...chunks.map(({ from }) => from), text.length].map((from, i) => text.slice(ends[i], from))
          expect(gaps.filter((gap) => !/^[\s,]*$/.test(gap))).toEqual([])
          const around = chunks.filter(({ form }) => form === 'rest')
          expect(parseDocument(around.map((chunk) => chunk.text).join('\n')).problems).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })
})
