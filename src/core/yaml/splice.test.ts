import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../model/edit.ts'
import type { FieldPath, TextEdit } from '../model/text.ts'
import { parseDocument, toPlain } from './parse.ts'
import { lineStart, nextLine } from './layout.ts'
import { addEntry, appendItem, removeAt, setValue } from './splice.ts'
import { at, type Tree } from './tree.ts'
import { writeYaml } from './write.ts'

function treeOf(text: string): Tree {
  const { tree, problems } = parseDocument(text)
  expect(problems).toEqual([])
  if (!tree) throw new Error(`no tree: ${text}`)
  return tree
}

function after(text: string, edits: TextEdit[] | undefined): string {
  if (!edits) throw new Error('no edit')
  return applyEdits(text, edits)
}

const POLICY = `# the database
spec:
  ingress: # who may come
    - from:
        - podSelector: { matchLabels: { app: web } } # the shop
        # - an old peer
        - podSelector:
            matchLabels:
              app: api
      ports:
        - port: 5432
  policyTypes: [Ingress]
`

type Splice = (text: string, tree: Tree) => TextEdit[] | undefined
const append =
  (path: FieldPath, value: unknown): Splice =>
  (text, tree) =>
    appendItem(text, tree, path, value)
const enter =
  (path: FieldPath, key: string, value: unknown): Splice =>
  (text, tree) =>
    addEntry(text, tree, path, [key, value])
const set =
  (path: FieldPath, value: unknown): Splice =>
  (text, tree) =>
    setValue(text, tree, path, value)
const remove =
  (path: FieldPath): Splice =>
  (text, tree) =>
    removeAt(text, tree, path)

describe('splices', () => {
  test.each<[string, (tree: Tree) => TextEdit[] | undefined, string]>([
    [
      'append a peer behind the last one, in its column',
      (tree) =>
        appendItem(POLICY, tree, ['spec', 'ingress', 0, 'from'], { podSelector: { matchLabels: { app: 'on' } } }),
      POLICY.replace(
        '              app: api\n',
        "              app: api\n        - podSelector:\n            matchLabels:\n              app: 'on'\n",
      ),
    ],
    [
      'append to a flow list in flow style',
      (tree) => appendItem(POLICY, tree, ['spec', 'policyTypes'], 'Egress'),
      POLICY.replace('[Ingress]', '[Ingress, Egress]'),
    ],
    [
      'remove an item with its trailing comment, and leave the comment below',
      (tree) => removeAt(POLICY, tree, ['spec', 'ingress', 0, 'from', 0]),
      POLICY.replace('        - podSelector: { matchLabels: { app: web } } # the shop\n', ''),
    ],
    [
      'remove the first key of an item and keep its dash',
      (tree) => removeAt(POLICY, tree, ['spec', 'ingress', 0, 'from']),
      '# the database\nspec:\n  ingress: # who may come\n    - ports:\n        - port: 5432\n  policyTypes: [Ingress]\n',
    ],
    [
      'leave an empty list where the last item goes',
      (tree) => removeAt(POLICY, tree, ['spec', 'ingress', 0]),
      '# the database\nspec:\n  ingress: [] # who may come\n  policyTypes: [Ingress]\n',
    ],
    [
      'add an entry behind the last one',
      (tree) => addEntry(POLICY, tree, ['spec'], ['podSelector', {}]),
      `${POLICY}  podSelector: {}\n`,
    ],
    [
      'set a scalar and keep what stands behind it',
      (tree) => setValue(POLICY, tree, ['spec', 'ingress', 0, 'ports', 0, 'port'], 80),
      POLICY.replace('5432', '80'),
    ],
  ])('%s', (_, splice, expected) => {
    expect(after(POLICY, splice(treeOf(POLICY)))).toBe(expected)
  })

  test.each([
    ['ingress: []\n', 'ingress:\n  - a: 1\n'],
    ['ingress:\n', 'ingress:\n  - a: 1\n'],
    ['ingress: [] # nobody\n', 'ingress: # nobody\n  - a: 1\n'],
    ['ingress: []\r\nx: 1\r\n', 'ingress:\r\n  - a: 1\r\nx: 1\r\n'],
    ['{"ingress": []}', '{"ingress": [{"a": 1}]}'],
    ['x:\n- 1\ningress: []\n', 'x:\n- 1\ningress:\n- a: 1\n'],
  ])('an empty list of %j takes its first item', (text, expected) => {
    expect(after(text, appendItem(text, treeOf(text), ['ingress'], { a: 1 }))).toBe(expected)
  })

  test.each<[string, string, Splice, string]>([
    ['quotes as the neighbours do', 'a: ["x"]\n', append(['a'], 'y'), 'a: ["x", "y"]\n'],
    ['quotes as the neighbours do, below each other', "a:\n- 'x'\n", append(['a'], "it's"), "a:\n- 'x'\n- 'it''s'\n"],
    ['keeps the quotes of a text', 'a: "x" # c\n', set(['a'], 'y'), 'a: "y" # c\n'],
    ['quotes what brackets would cut', 'a: [x]\n', append(['a'], 'y, z'), "a: [x, 'y, z']\n"],
    ['quotes keys', 'a: {b: 1}\n', enter(['a'], 'on', 1), "a: {b: 1, 'on': 1}\n"],
    ['leaves texts of JSON alone', '{"a": []}', append(['a'], '[ x ]'), '{"a": ["[ x ]"]}'],
    ['goes on in lines', '{\n  "a": [\n    1\n  ]\n}', append(['a'], 2), '{\n  "a": [\n    1,\n    2\n  ]\n}'],
    [
      'leaves comments with their items',
      'a: [\n  1, # one\n  2 # two\n ]\n',
      append(['a'], 3),
      'a: [\n  1, # one\n  2, # two\n  3\n ]\n',
    ],
    ['keeps a comma at the end', 'a: [\n  1, # one\n ]\n', append(['a'], 2), 'a: [\n  1, # one\n  2,\n ]\n'],
    [
      'goes behind the comments of the last item',
      'a:\n- b: 1\n  # c: 2\n# d\n',
      append(['a'], 2),
      'a:\n- b: 1\n  # c: 2\n- 2\n# d\n',
    ],
    ['goes behind kept empty lines', 'a:\n- |+\n  x\n\nb: 1\n', append(['a'], 2), 'a:\n- |+\n  x\n\n- 2\nb: 1\n'],
    ['needs no line end', 'a:\n- 1', append(['a'], 2), 'a:\n- 1\n- 2'],
    ['adds __proto__ like any other key', 'a: {}\n', enter(['a'], '__proto__', 1), 'a:\n  __proto__: 1\n'],
    [
      'keeps the comment of a list that is emptied',
      'a: # c\n  # d\n  - 1 # e\nb: 1\n',
      remove(['a', 0]),
      'a: [] # c\n  # d\nb: 1\n',
    ],
    ['takes the last of JSON with the comma before it', '{"a": 1, "b": 2}', remove(['b']), '{"a": 1}'],
    ['leaves comments of the others', 'a: [\n  1, # one\n  2 # two\n ]\n', remove(['a', 1]), 'a: [\n  1 # one\n ]\n'],
    [
      'takes the comments below an item, deeper than its dash',
      'a:\n- b: 1\n  # c: 2\n- 2\n',
      remove(['a', 0]),
      'a:\n- 2\n',
    ],
    ['takes the last line', 'a: 1\nb: 2', remove(['b']), 'a: 1'],
    ['replaces a block by a scalar', 'a: # c\n  b: 1 # d\nc: 1\n', set(['a'], 1), 'a: 1 # c\nc: 1\n'],
    ['replaces a scalar by a block', 'a: 1 # c\nc: 1\n', set(['a'], { b: [1] }), 'a: # c\n  b:\n    - 1\nc: 1\n'],
    ['drops a tag with its value', 'a: !!str 1\n', set(['a'], 2), 'a: 2\n'],
    ['fills a key without a colon', 'a: {b}\n', set(['a', 'b'], 2), 'a: {b: 2}\n'],
    [
      'keeps a text of several lines in its place',
      'a: 1\n    # deep\n',
      set(['a'], 'x\ny'),
      'a: "x\\ny"\n    # deep\n',
    ],
  ])('%s', (_, text, splice, expected) => {
    expect(after(text, splice(text, treeOf(text)))).toBe(expected)
  })

  test('in an item of a List, the place of the dash that is not seen stays as it is', () => {
    const item = '  apiVersion: v1\n  kind: Pod\n'
    expect(after(item, removeAt(item, treeOf(item), ['apiVersion']))).toBe('  kind: Pod\n')
    expect(removeAt(item, treeOf(item), ['apiVersion'])?.[0]?.from).toBe(2)
  })

  test.each<[string, string, Splice]>([
    ['a list that an alias repeats', 'a: &x [1]\nb: *x\n', append(['b'], 2)],
    ['a list that is repeated elsewhere', 'a: &x [1]\nb: *x\n', append(['a'], 2)],
    ['an anchor that is used elsewhere', 'a:\n- &x 1\n- 2\nb: *x\n', remove(['a', 0])],
    ['what holds such an anchor', 'a:\n- [&x 1]\n- 2\nb: *x\n', remove(['a', 0])],
    ['a merged key', 'a: &x {p: 1}\nb:\n  <<: *x\n', set(['b', 'p'], 2)],
    ['a key that a merge would bring back', 'a: &x {p: 1}\nb:\n  <<: *x\n  p: 2\n', remove(['b', 'p'])],
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', remove(['a'])],
    ['a key that is there', 'a: 1\n', enter([], 'a', 2)],
    ['a list that is none', 'a: 1\n', append(['a'], 2)],
    ['a path that is not there', 'a: 1\n', set(['b'], 2)],
    ['the whole document', 'a: 1\n', remove([])],
  ])('%s is left alone', (_, text, splice) => {
    const { tree } = parseDocument(text)
    expect(tree && splice(text, tree)).toBeUndefined()
  })
})

const leaf = fc.oneof(fc.constantFrom('on', '80', 'web', '', 'a b', '~', '# x', '0777'), fc.integer(), fc.boolean())
const { value: tree } = fc.letrec<{ value: unknown; map: Record<string, unknown>; list: unknown[] }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthIdentifier: 'd' }, leaf, tie('map'), tie('list')),
  map: fc.dictionary(fc.constantFrom('from', 'ports', 'app', 'on', 'x-y'), tie('value'), { minKeys: 1, maxKeys: 3 }),
  list: fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
}))
const document = fc.dictionary(fc.constantFrom('spec', 'metadata', 'kind'), tree, { minKeys: 1 })
const style = fc.constantFrom<[number, boolean, boolean]>(
  [2, true, false],
  [2, false, false],
  [4, true, false],
  [2, true, true],
)

function paths(value: unknown, path: FieldPath = []): FieldPath[] {
  if (typeof value !== 'object' || value === null) return [path]
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return [path, ...keys.flatMap((key) => paths((value as Record<string | number, unknown>)[key], [...path, key]))]
}

function get(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], value)
}

function removed(value: unknown, [step, ...rest]: FieldPath): unknown {
  if (Array.isArray(value))
    return rest.length === 0
      ? value.filter((_, i) => i !== step)
      : value.map((own: unknown, i) => (i === step ? removed(own, rest) : own))
  const entries = Object.entries(value as object)
  const kept = rest.length === 0 ? entries.filter(([key]) => key !== step) : entries
  return Object.fromEntries(kept.map(([key, own]) => [key, key === step && rest.length > 0 ? removed(own, rest) : own]))
}

/** Comments at line ends, where YAML takes them, so that splices have something to keep. */
function commented(text: string): string {
  return text.replaceAll(/^(\s*[\w-]+:)$/gm, '$1 # why').replaceAll(/(: \d+)$/gm, '$1 # note')
}

function plain(text: string): unknown {
  return JSON.parse(JSON.stringify(toPlain(treeOf(text))))
}

/** Does the edit stay within the lines of this node? */
function staysInside(text: string, edits: readonly TextEdit[], node: Tree | undefined): boolean {
  const from = node ? lineStart(text, node.range.from) - 1 : 0
  const to = node ? nextLine(text, node.range.to) : 0
  return edits.every((edit) => lineStart(text, edit.from) >= lineStart(text, from) && edit.to <= to)
}

describe('random documents', () => {
  const texts = fc.tuple(document, style, fc.boolean()).map(([value, [indent, indentLists, json], crlf]) => {
    const text = json ? JSON.stringify(value, null, 2) : commented(writeYaml(value, { indent, indentLists }))
    return { value: JSON.parse(JSON.stringify(value)) as unknown, text: crlf ? text.replaceAll('\n', '\r\n') : text }
  })

  test('what is written reads back equal', () => {
    fc.assert(
      fc.property(texts, ({ value, text }) => {
        expect(plain(text)).toEqual(value)
      }),
      { numRuns: 300 },
    )
  })

  test('any removal leaves exactly the rest', () => {
    fc.assert(
      fc.property(texts, fc.nat(), ({ value, text }, pick) => {
        const path = pathIn(value, pick)
        // What shares its line with a dash and stands alone there can't be taken out by itself.
        const edits = removeAt(text, treeOf(text), path)
        fc.pre(edits !== undefined)
        expect(plain(after(text, edits))).toEqual(removed(value, path))
        expect(staysInside(text, edits ?? [], at(treeOf(text), path.slice(0, -1)))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('any added item, entry or value is there, and nothing else changed', () => {
    fc.assert(
      fc.property(texts, fc.nat(), leaf, ({ value, text }, pick, added) => {
        const path = pathIn(value, pick)
        const item = { podSelector: { matchLabels: { app: added } } }
        const { edits, model } = addition({ text, value, path, item })
        expect(plain(after(text, edits))).toEqual(model)
      }),
      { numRuns: 500 },
    )
  })
})

interface Case {
  readonly text: string
  readonly value: unknown
  readonly path: FieldPath
  readonly item: unknown
}

/** What fits the place: an item for a list, an entry for a mapping, another value for a scalar; with the model after it. */
function addition({ text, value, path, item }: Case): { edits: TextEdit[] | undefined; model: unknown } {
  const old = get(value, path)
  const root = treeOf(text)
  if (Array.isArray(old))
    return { edits: appendItem(text, root, path, item), model: replaced(value, path, [...(old as unknown[]), item]) }
  if (typeof old === 'object' && old !== null)
    return { edits: addEntry(text, root, path, ['added', item]), model: replaced(value, path, { ...old, added: item }) }
  return { edits: setValue(text, root, path, item), model: replaced(value, path, item) }
}

function pathIn(value: unknown, pick: number): FieldPath {
  const all = paths(value).filter((path) => path.length > 0)
  return all[pick % all.length] ?? []
}

function replaced(value: unknown, [step, ...rest]: FieldPath, by: unknown): unknown {
  if (step === undefined) return by
  if (Array.isArray(value)) return value.map((own: unknown, i) => (i === step ? replaced(own, rest, by) : own))
  const entries = Object.entries(value as object).map(([key, own]) => [
    key,
    key === step ? replaced(own, rest, by) : own,
  ])
  return Object.fromEntries(entries)
}
