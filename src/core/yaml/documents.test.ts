import { describe, expect, test } from 'vitest'
import { cutDocuments } from './documents.ts'
import { parseDocument, toPlain } from './parse.ts'

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
  })

  test.each([
    ['an anchor may be used in another item', 'kind: List\nitems:\n- a: &x 1\n- b: *x\n'],
    ['it stands in flow style', 'kind: List\nitems: [{ a: 1 }]\n'],
    ['it has no items', 'kind: List\nitems: []\n'],
    ['its JSON is not closed', '{"kind": "List", "items": [{"a": 1}'],
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
