import { expect, test } from 'vitest'
import { load, treeOf } from '#core/load/load.ts'
import { exportText } from './strip.ts'

/** The first document of a text, as it is exported. */
function exported(text: string): string {
  const loaded = load([{ path: 'a.yaml', text, counts: true }])
  const id = loaded.documents.find(({ kind }) => kind !== '')?.id ?? ''
  const tree = treeOf(loaded, id)
  if (!tree) throw new Error('it does not parse')
  return exportText(loaded.trees.get(id)?.text ?? '', tree)
}

const CLEAN = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: "db" # quoted by hand
  namespace: shop
spec:
  podSelector: {} # everybody
`

test('comments, order and quoting survive; what the server fills in goes', () => {
  const live = CLEAN.replace(
    '  namespace: shop\n',
    `  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"a": 1}
  creationTimestamp: "2024-01-01T00:00:00Z"
  generation: 2
  namespace: shop
  resourceVersion: "42"
  uid: 0b5f
  managedFields:
  - manager: kubectl
`,
  )
  expect(exported(`# the head\n---\n${live}status: {}\n`)).toBe(CLEAN)
})

test('other annotations stay', () => {
  const text = CLEAN.replace(
    '  namespace: shop\n',
    "  namespace: shop\n  annotations:\n    team: 'x'\n    kubectl.kubernetes.io/last-applied-configuration: '{}'\n",
  )
  expect(exported(text)).toBe(
    CLEAN.replace('  namespace: shop\n', "  namespace: shop\n  annotations:\n    team: 'x'\n"),
  )
})

test.each([
  [
    'an item of a List, with its comments',
    `apiVersion: v1\nkind: List\nitems:\n- apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n  metadata:\n    name: "db" # quoted by hand\n    namespace: shop\n    uid: x\n  spec:\n    podSelector: {} # everybody\n`,
  ],
  [
    'an item of a NetworkPolicyList, which names no kind of its own',
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems:\n  - metadata:\n      name: "db" # quoted by hand\n      namespace: shop\n    spec:\n      podSelector: {} # everybody\n`,
  ],
  ['CRLF and a byte order mark', `\uFEFF${CLEAN}`.replaceAll('\n', '\r\n')],
])('%s becomes a document of its own', (_, text) => {
  expect(exported(text)).toBe(CLEAN)
})

test('JSON becomes YAML, ambiguous texts quoted', () => {
  const item = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'db', namespace: 'shop', uid: 'x', labels: { a: 'on', b: '1' } },
    spec: { podSelector: {} },
  }
  expect(exported(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [item] }))).toBe(
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: db\n  namespace: shop\n  labels:\n    a: 'on'\n    b: '1'\nspec:\n  podSelector: {}\n`,
  )
})

test('what a splice can not take out is written anew', () => {
  const text = CLEAN.replace('namespace: shop\n', 'namespace: shop\n  uid: &id x\n  labels: { id: *id }\n')
  const result = exported(text)
  expect(result).not.toContain('uid')
  expect(result).toContain('name: db')
})
