import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redactSecrets } from './secrets.ts'

const R = '"REDACTED"'

const secret = (value: string): string =>
  `kind: ConfigMap\r\ndata: {a: b}\r\n---\r\napiVersion: v1\r\nkind: Secret # mine\r\nmetadata: {name: s}\r\n` +
  `data:\r\n  # which\r\n  password:   ${value}  # base64\r\nstringData: { user: ${value} }\r\ntype: Opaque\r\n`

describe('taking the values of Secrets out of a text', () => {
  test('a text without Secrets stays as it is', () => {
    const text = 'apiVersion: v1\r\nkind: ConfigMap\r\ndata: {password: cGFzcw==} # Secret'
    expect(redactSecrets(text)).toEqual({ text, count: 0 })
  })

  test('keys, comments, line ends and other documents stay byte for byte', () => {
    expect(redactSecrets(secret('cGFzcw=='))).toEqual({ text: secret(R), count: 1 })
  })

  test.each([
    ['quoted', "data: {p: 'x: y'}", `data: {p: ${R}}`],
    ['double quoted', 'data: {p: "a\\"b"}', `data: {p: ${R}}`],
    ['literal', 'data:\n  p: |\n    line 1\n    line 2\n  q: x\n', `data:\n  p: ${R}\n  q: ${R}\n`],
    ['folded, kept', 'data:\n  p: >+\n    line 1\n\n\n', `data:\n  p: ${R}\n\n\n`],
    ['over several lines', 'data:\n  p: abc\n    def\n', `data:\n  p: ${R}\n`],
    ['anchored', 'data: {p: &a abc, q: *a}', `data: {p: &a ${R}, q: ${R}}`],
    ['a number', 'data: {p: 12}', `data: {p: ${R}}`],
    ['empty', 'data: {p: , q: null}\nstringData:\n', 'data: {p: , q: null}\nstringData:\n'],
    [
      'last applied',
      `metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"data":{"p":"abc"}}\n    note: n\n`,
      `metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: ${R}\n    note: n\n`,
    ],
  ])('%s', (_, before, after) => {
    const head = 'apiVersion: v1\nkind: Secret\n'
    expect(redactSecrets(head + before).text).toBe(head + after)
  })

  test('an anchor outside of the Secret is taken out, too', () => {
    const { text } = redactSecrets('x: &p hunter2\napiVersion: v1\nkind: Secret\ndata: {p: *p}\n')
    expect(text).not.toContain('hunter2')
  })

  test.each([
    ['YAML', 'kind: List\nitems:\n- kind: Secret\n  data:\n    p: abc\n- kind: ConfigMap\n  data:\n    p: kept\n', 1],
    [
      'a YAML SecretList',
      'kind: SecretList\nitems:\n- metadata: {name: a}\n  data: {p: abc}\n- data:\n    p: abc\n',
      2,
    ],
    [
      'JSON',
      '{"kind":"List","items":[{"kind":"Secret","data":{"p":"abc"}},{"kind":"ConfigMap","data":{"p":"kept"}}]}',
      1,
    ],
    ['JSON SecretList', '{"kind": "SecretList", "items": [{"data": {"p": "abc", "q": "abc"}}]}', 1],
    [
      'a flow list',
      'kind: List\nitems: [{kind: Secret, stringData: {p: abc}}, {kind: ConfigMap, data: {p: kept}}]\n',
      1,
    ],
    ['a list in a list', 'kind: List\nitems: [{kind: List, items: [{kind: Secret, data: {p: abc}}]}]\n', 1],
  ])('inside Lists: %s', (_, before, count) => {
    const redacted = redactSecrets(before)
    expect(redacted.text).toBe(before.replaceAll(/"abc"|abc/g, R))
    expect(redacted.count).toBe(count)
  })

  test.each([
    ['YAML', 'kind: Secret\n\tbroken\ndata:\n  p: abc\n  q: |\n    abc\n'],
    ['YAML in one line', 'kind: Secret\nfoo: [\ndata: {p: abc}\n'],
    ['JSON that was cut off', '{"kind": "Secret", "metadata": {}, "data": {"p": "abc", "q": "abc'],
    [
      'a last-applied annotation',
      'kind: Secret\n"\n    kubectl.kubernetes.io/last-applied-configuration: {"data":{"p":"abc"}}\n',
    ],
  ])('where the text is broken, values are taken out all the same: %s', (_, before) => {
    const redacted = redactSecrets(before)
    expect(redacted.text).not.toContain('abc')
    expect(redacted.count).toBe(1)
  })

  test("a chart's placeholders stay in a template", () => {
    const text = 'kind: Secret\ndata:\n  p: {{ .Values.p | b64enc }}\n'
    expect(redactSecrets(text).text).toBe(text)
  })

  test('twice is once', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (data) => {
        const { text } = redactSecrets(JSON.stringify({ kind: 'Secret', data }))
        expect(redactSecrets(text).text).toBe(text)
        expect(redactSecrets(text).count).toBe(0)
        expect(Object.keys((JSON.parse(text) as { data: object }).data)).toEqual(Object.keys(data))
      }),
    )
  })
})
