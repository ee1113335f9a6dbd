import { expect, test } from 'vitest'
import { load, treeOf } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import { whyNot } from '#core/yaml/shared.ts'
import { appendItem } from '#core/yaml/splice.ts'

const PEER = { podSelector: { matchLabels: { app: 'api' } } }
const FROM = ['spec', 'ingress', 0, 'from']

const item = (name: string, from: string): string => `- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata:
    name: ${name}
    namespace: shop
  spec:
    podSelector: {}
    ingress:
    - from:${from}
`
const ADDED = '\n      - podSelector:\n          matchLabels:\n            app: api'
const head = 'apiVersion: v1\nkind: List\nitems:\n'

const policy = (name: string, peers: readonly object[]): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: {}, ingress: [{ from: peers }] },
})

/** The file after a peer is added to each policy by itself; or why it isn't. */
function added(text: string): Readonly<Record<string, string | undefined>> {
  const loaded = load([{ path: 'a.yaml', text, counts: true }])
  expect(loaded.problems).toEqual([])
  const results = loaded.policies.map(({ name, ref }) => {
    const document = loaded.trees.get(ref.document)
    const tree = treeOf(loaded, ref.document)
    if (!document || !tree) throw new Error(`${name} has no text`)
    const edits = appendItem(document.text, tree, FROM, PEER)
    const moved = edits?.map((edit) => ({ ...edit, from: edit.from + document.from, to: edit.to + document.from }))
    return [name, moved ? applyEdits(text, moved) : whyNot(document.text, tree, FROM)] as const
  })
  return Object.fromEntries(results)
}

test('policies of a List are edited in place', () => {
  const [a, b] = ['\n      - podSelector: {} # a\n        # of a', '\n      - namespaceSelector: {}']
  expect(added(head + item('a', a) + item('b', b))).toEqual({
    'shop/a': head + item('a', a + ADDED) + item('b', b),
    'shop/b': head + item('a', a) + item('b', b + ADDED),
  })
})

test('a List in which anchors go across is edited where nothing is shared', () => {
  const [a, b, c] = [' &any\n      - podSelector: {}', ' *any', '\n      - namespaceSelector: {} # c\n        # of c']
  expect(added(head + item('a', a) + item('b', b) + item('c', c) + item('d', c))).toEqual({
    'shop/a': 'it is shared by an alias in another item of the List',
    'shop/b': 'it is shared by the alias *any in line 9',
    'shop/c': head + item('a', a) + item('b', b) + item('c', c + ADDED) + item('d', c),
    'shop/d': head + item('a', a) + item('b', b) + item('c', c) + item('d', c + ADDED),
  })
})

test('an item that its List tells the kind of is edited in place', () => {
  const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicyList
items:
- metadata: { name: a, namespace: shop }
  spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }
`
  expect(added(text)).toEqual({
    'shop/a': text.replace(
      '[{ podSelector: {} }]',
      '[{ podSelector: {} }, { podSelector: { matchLabels: { app: api } } }]',
    ),
  })
})

test.each([2, 4, '\t'])('items of a JSON List, indented by %j, stay JSON', (indent) => {
  const list = (...items: readonly object[]): string =>
    `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, indent)}\n`
  const any = { namespaceSelector: {} }
  expect(added(list(policy('a', [any]), policy('b', [any])))).toEqual({
    'shop/a': list(policy('a', [any, PEER]), policy('b', [any])),
    'shop/b': list(policy('a', [any]), policy('b', [any, PEER])),
  })
})
