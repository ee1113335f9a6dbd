import { expect, test } from 'vitest'
import { evaluate } from '#core/evaluate/evaluate.ts'
import { load } from '#core/load/load.ts'
import { deploymentText } from '#core/load/load.testkit.ts'
import { removeDocument } from './documents.ts'
import { begin, textOf } from './draft.ts'

/** The file after the named Deployments went, one after the other; undefined where the file went, too. */
function without(text: string, ...names: readonly string[]): string | undefined {
  const loaded = load([{ path: 'a.yaml', text, counts: true }])
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  let draft = begin({ files: loaded.files, loaded, evaluation, revision: 1 })
  for (const name of names) {
    const info = draft.loaded.documents.find((one) => one.name === `shop/${name}`)
    const next = info && removeDocument(draft, info.id)
    if (!next) throw new Error(`${name} could not be removed`)
    draft = next
  }
  return textOf(draft, 'a.yaml')
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
  ['the first part of several that begin with a separator', `---\n${A}---\n${B}`, ['a'], B],
  ['a part in the middle', `${A}---\n# about b\n${B}---\n# about c\n${C}`, ['b'], `${A}---\n# about c\n${C}`],
  ['the last part', `${A}---\n${B}`, ['b'], A],
  ['one after the other', `${A}---\n${B}---\n${C}`, ['c', 'a'], B],
  ['the only part, and its file', `# only this\n${A}`, ['a'], undefined],
  ['an item of a List', `${LIST}${ITEM('a')}${ITEM('b')}`, ['a'], `${LIST}${ITEM('b')}`],
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
