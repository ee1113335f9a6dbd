import { describe, expect, test } from 'vitest'
import { applyEdits } from '#core/model/edit.ts'
import type { TextEdit } from '#core/model/text.ts'
import { mergeItems, splitItem } from './items.ts'
import { readText } from './surgery.testkit.ts'
import { addEntry, appendItem, insertItem, removeAt, renameKey, setScalar } from './splice.ts'
import type { Tree } from './tree.ts'

type Splice = (text: string, tree: Tree) => TextEdit[] | undefined

function after(text: string, splice: Splice): string | undefined {
  const read = readText(text)
  if (!read) throw new Error(`it does not parse: ${text}`)
  const edits = splice(text, read.tree)
  return edits && applyEdits(text, edits)
}

const PEER = { podSelector: { matchLabels: { app: 'api' } } }
const RULE = { from: [PEER], ports: [{ port: 80, protocol: 'TCP' }] }
const appended: Splice = (text, tree) => appendItem(text, tree, ['from'], PEER)
const ruled: Splice = (text, tree) => appendItem(text, tree, ['ingress'], RULE)

describe('a new item is written like its neighbours', () => {
  test.each<[string, string, Splice, string]>([
    [
      'block among blocks, as deep as they are',
      'from:\n-   podSelector:\n        matchLabels:\n            app: web\nto:\n  - a: 1\n',
      appended,
      'from:\n-   podSelector:\n        matchLabels:\n            app: web\n-   podSelector:\n        matchLabels:\n            app: api\nto:\n  - a: 1\n',
    ],
    [
      'in braces where they are, padded alike',
      'from:\n  - { podSelector: { matchLabels: { app: web } } } # web\n',
      appended,
      'from:\n  - { podSelector: { matchLabels: { app: web } } } # web\n  - { podSelector: { matchLabels: { app: api } } }\n',
    ],
    [
      'in braces below the same key only',
      "from:\n  - podSelector: {matchLabels: {app: 'web'}}\n",
      appended,
      "from:\n  - podSelector: {matchLabels: {app: 'web'}}\n  - podSelector: {matchLabels: {app: 'api'}}\n",
    ],
    [
      'with its dash on a line of its own',
      'from:\n  -\n    podSelector: {}\n',
      appended,
      'from:\n  -\n    podSelector: {}\n  -\n    podSelector:\n      matchLabels:\n        app: api\n',
    ],
    [
      'in their order of keys',
      'ingress:\n- ports:\n  - protocol: UDP\n    port: 53\n  from: []\n',
      ruled,
      'ingress:\n- ports:\n  - protocol: UDP\n    port: 53\n  from: []\n- ports:\n  - protocol: TCP\n    port: 80\n  from:\n  - podSelector:\n      matchLabels:\n        app: api\n',
    ],
    [
      'behind an empty line where they are',
      'from:\n  - a: 1\n\n  # two\n  - a: 2\n\nto: []\n',
      appended,
      'from:\n  - a: 1\n\n  # two\n  - a: 2\n\n  - podSelector:\n      matchLabels:\n        app: api\n\nto: []\n',
    ],
    [
      'like the twin of its key, where it is the first',
      'from: []\nto:\n- podSelector: { matchLabels: { app: "web" } }\n',
      appended,
      'from:\n- podSelector: { matchLabels: { app: "api" } }\nto:\n- podSelector: { matchLabels: { app: "web" } }\n',
    ],
    [
      'behind the comments that are its last one’s or the list’s, in front of those that are not',
      'from:\n  - a: 1\n    # of 1\n  # of the list\n# of what comes\nto: []\n',
      appended,
      'from:\n  - a: 1\n    # of 1\n  # of the list\n  - podSelector:\n      matchLabels:\n        app: api\n# of what comes\nto: []\n',
    ],
    [
      'with CRLF',
      'from:\r\n- a # c\r\nx: 1\r\n',
      (t, tree) => appendItem(t, tree, ['from'], 'b'),
      'from:\r\n- a # c\r\n- b\r\nx: 1\r\n',
    ],
    [
      'in front of `...`',
      'from:\n- a\n...\n',
      (t, tree) => appendItem(t, tree, ['from'], 'b'),
      'from:\n- a\n- b\n...\n',
    ],
    [
      'JSON with tabs',
      '{\n\t"from": [\n\t\t{\n\t\t\t"podSelector": {}\n\t\t}\n\t]\n}\n',
      appended,
      '{\n\t"from": [\n\t\t{\n\t\t\t"podSelector": {}\n\t\t},\n\t\t{\n\t\t\t"podSelector": {\n\t\t\t\t"matchLabels": {\n\t\t\t\t\t"app": "api"\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t]\n}\n',
    ],
    [
      'JSON over lines into an empty list',
      '{\n    "from": [],\n    "to": []\n}',
      appended,
      '{\n    "from": [\n        {\n            "podSelector": {\n                "matchLabels": {\n                    "app": "api"\n                }\n            }\n        }\n    ],\n    "to": []\n}',
    ],
    [
      'JSON on one line, without blanks',
      '{"from":[{"podSelector":{}}]}',
      appended,
      '{"from":[{"podSelector":{}},{"podSelector":{"matchLabels":{"app":"api"}}}]}',
    ],
    [
      'an entry in the quotes of the others',
      'matchLabels:\n  "app": "web"\n',
      (t, tree) => addEntry(t, tree, ['matchLabels'], ['tier', 'db']),
      'matchLabels:\n  "app": "web"\n  "tier": "db"\n',
    ],
  ])('%s', (_, text, splice, expected) => {
    expect(after(text, splice)).toBe(expected)
  })
})

describe('in its place', () => {
  test.each<[string, string, Splice, string]>([
    [
      'an item goes above the comment of the one behind it',
      'from:\n- a\n# about b\n- b\n',
      (t, tree) => insertItem(t, tree, ['from', 1], 'new'),
      'from:\n- a\n- new\n# about b\n- b\n',
    ],
    [
      'an item comes first',
      'from: [ a ]\n',
      (t, tree) => insertItem(t, tree, ['from', 0], 'new'),
      'from: [ new, a ]\n',
    ],
    ['an item comes last', 'from: [a]\n', (t, tree) => insertItem(t, tree, ['from', 1], 'new'), 'from: [a, new]\n'],
    ['a scalar keeps its quotes', "a: 'x' # c\n", (t, tree) => setScalar(t, tree, ['a'], 'z'), "a: 'z' # c\n"],
    ['a scalar gets quotes', 'a: x # c\n', (t, tree) => setScalar(t, tree, ['a'], '80'), "a: '80' # c\n"],
    ['a number loses them', 'a: "80" # c\n', (t, tree) => setScalar(t, tree, ['a'], 8080), 'a: 8080 # c\n'],
    [
      'a key keeps its quotes',
      'matchLabels:\n  "app": web # c\n',
      (t, tree) => renameKey(t, tree, ['matchLabels', 'app'], 'app.kubernetes.io/name'),
      'matchLabels:\n  "app.kubernetes.io/name": web # c\n',
    ],
    [
      'a key gets quotes',
      'matchLabels: {app: web}\n',
      (t, tree) => renameKey(t, tree, ['matchLabels', 'app'], 'on'),
      "matchLabels: {'on': web}\n",
    ],
    [
      'an alias goes, not what it stands for',
      'a: &x 1\nb: *x # c\n',
      (t, tree) => setScalar(t, tree, ['b'], 2),
      'a: &x 1\nb: 2 # c\n',
    ],
    [
      'an item leaves with its empty line',
      'from:\n- a\n\n- b\n\n- c\n',
      (t, tree) => removeAt(t, tree, ['from', 1]),
      'from:\n- a\n\n- c\n',
    ],
    [
      'two items become one by a blank',
      'from:\n  - namespaceSelector: {} # any\n  - podSelector: {}\n',
      (t, tree) => mergeItems(t, tree, ['from', 0]),
      'from:\n  - namespaceSelector: {} # any\n    podSelector: {}\n',
    ],
    [
      'two in braces become one',
      'from: [{ a: 1 }, { b: 2 }]\n',
      (t, tree) => mergeItems(t, tree, ['from', 0]),
      'from: [{ a: 1, b: 2 }]\n',
    ],
    [
      'two of different styles become one',
      'from:\n- { a: 1 } # c\n- b: 2\n',
      (t, tree) => mergeItems(t, tree, ['from', 0]),
      'from:\n- { a: 1, b: 2 } # c\n',
    ],
    [
      'one item becomes two by a dash',
      'from:\n- namespaceSelector: {} # any\n  podSelector: {}\n',
      (t, tree) => splitItem(t, tree, ['from', 0], 'podSelector'),
      'from:\n- namespaceSelector: {} # any\n- podSelector: {}\n',
    ],
    [
      'one in braces becomes two',
      'from:\n- { a: 1, b: 2 } # c\n',
      (t, tree) => splitItem(t, tree, ['from', 0], 'b'),
      'from:\n- { a: 1 }\n- { b: 2 } # c\n',
    ],
    [
      'one of JSON becomes two',
      '{\n  "from": [\n    {\n      "a": 1,\n      "b": 2\n    }\n  ]\n}',
      (t, tree) => splitItem(t, tree, ['from', 0], 'b'),
      '{\n  "from": [\n    {\n      "a": 1\n    },\n    {\n      "b": 2\n    }\n  ]\n}',
    ],
  ])('%s', (_, text, splice, expected) => {
    expect(after(text, splice)).toBe(expected)
  })

  test.each<[string, string, Splice]>([
    ['a key whose new name is taken', 'a: 1\nb: 2\n', (t, tree) => renameKey(t, tree, ['a'], 'b')],
    ['a scalar that is none', 'a: [1]\n', (t, tree) => setScalar(t, tree, ['a'], 1)],
    ['items with a key in common', '- a: 1\n- a: 2\n', (t, tree) => mergeItems(t, tree, [0])],
    ['the last item and nothing', '- a: 1\n', (t, tree) => mergeItems(t, tree, [0])],
    ['an item at its first key', '- a: 1\n  b: 2\n', (t, tree) => splitItem(t, tree, [0], 'a')],
  ])('%s stays', (_, text, splice) => {
    expect(after(text, splice)).toBeUndefined()
  })
})
