import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '#core/evaluate/evaluate.ts'
import { load } from '#core/load/load.ts'
import { deploymentText } from '#core/load/load.testkit.ts'
import { removeDocuments } from './documents.ts'
import { begin, textOf } from './draft.ts'

/** The file after the named Deployments went; undefined where the file went, too. */
function without(text: string, ...names: readonly string[]): string | undefined {
  const loaded = load([{ path: 'a.yaml', text, counts: true }])
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  const draft = begin({ files: loaded.files, loaded, evaluation, revision: 1 })
  const ids = loaded.documents.filter(({ name }) => names.includes(name.slice('shop/'.length))).map(({ id }) => id)
  const next = removeDocuments(draft, ids)
  if (!next) throw new Error(`${names.join()} could not be removed`)
  return textOf(next, 'a.yaml')
}

const [A, B, C] = ['a', 'b', 'c'].map((name) => deploymentText(name))
const ITEM = (name: string): string =>
  `- apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: ${name}, namespace: shop}\n  spec: {}\n`
const LIST = `apiVersion: v1\nkind: List\nitems:\n`
const JSON_ITEM = (name: string): string =>
  `    {\n      "apiVersion": "apps/v1",\n      "kind": "Deployment",\n      "metadata": {"name": "${name}", "namespace": "shop"}\n    }`
const json = (...names: readonly string[]): string =>
  `{\n  "apiVersion": "v1",\n  "kind": "List",\n  "items": [\n${names.map(JSON_ITEM).join(',\n')}\n  ]\n}\n`

test.each([
  ['the first part', `${A}---\n${B}---\n${C}`, ['a'], `${B}---\n${C}`],
  ['the first part of several that begin with a separator', `---\n${A}---\n${B}`, ['a'], `---\n${B}`],
  ['a part below a head without one', `# licence\n---\n${A}---\n${B}`, ['a'], `# licence\n---\n${B}`],
  ['a part in the middle', `${A}---\n# about b\n${B}---\n# about c\n${C}`, ['b'], `${A}---\n# about c\n${C}`],
  ['the last part', `${A}---\n${B}`, ['b'], A],
  ['several', `${A}---\n${B}---\n${C}`, ['c', 'a'], B],
  ['the only part, and its file', `# only this\n${A}`, ['a'], undefined],
  ['an item of a List', `${LIST}${ITEM('a')}${ITEM('b')}`, ['a'], `${LIST}${ITEM('b')}`],
  [
    'an item of a List, without the comment above the next one',
    `${LIST}${ITEM('a')}  # of a\n\n# of b\n${ITEM('b')}`,
    ['a'],
    `${LIST}# of b\n${ITEM('b')}`,
  ],
  [
    'the last item of a List with a comment about its items:',
    `${LIST.replace('items:', 'items: # the items:')}${ITEM('a')}`,
    ['a'],
    `apiVersion: v1\nkind: List\nitems: [] # the items:\n`,
  ],
  ['the last item of a List', `${LIST}${ITEM('a')}`, ['a'], `apiVersion: v1\nkind: List\nitems: []\n`],
  [
    'an item of a List behind other parts',
    `${A}---\n${LIST}${ITEM('b')}${ITEM('c')}`,
    ['c'],
    `${A}---\n${LIST}${ITEM('b')}`,
  ],
  ['an item of a JSON List', json('a', 'b', 'c'), ['b'], json('a', 'c')],
  ['the last item of a JSON List', json('a', 'b'), ['b'], json('a')],
])('%s goes, and nothing else', (_, text, names, expected) => {
  expect(without(text ?? '', ...names)).toBe(expected)
})

const NAMES = ['a', 'b', 'c', 'd']
const ANCHORED = `${LIST}${ITEM('a').replace('metadata: {', 'metadata: &m {')}${ITEM('b')}${ITEM('c')}${ITEM('d')}`

test.each<[string, string]>([
  ['parts', NAMES.map((name) => deploymentText(name)).join('---\n')],
  ['a List', LIST + NAMES.map(ITEM).join('')],
  ['a List that can not be cut', ANCHORED],
  ['a JSON List', json(...NAMES)],
  ['a JSON List on one line', json(...NAMES).replaceAll(/\s+/g, ' ')],
])('any documents of %s go, and the others stay as they are', (_, text) => {
  fc.assert(
    fc.property(fc.subarray(NAMES, { minLength: 1, maxLength: 3 }), (names) => {
      const left = load([{ path: 'a.yaml', text: without(text, ...names) ?? '', counts: true }])
      expect(left.problems.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(left.documents.map(({ name }) => name)).toEqual(
        NAMES.filter((name) => !names.includes(name)).map((name) => `shop/${name}`),
      )
    }),
  )
})
