import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument, toPlain } from './parse.ts'
import { editedOf } from './edited.ts'
import { flowLike } from './flowLike.ts'
import { writeYaml } from './write.ts'

function plain(text: string): unknown {
  const { tree, problems } = parseDocument(text)
  expect(problems).toEqual([])
  return tree && JSON.parse(JSON.stringify(toPlain(tree)))
}

function writeFlow(value: unknown, json: boolean): string {
  const text = json ? '{"a": 1}' : 'a: 1\n'
  const { tree } = parseDocument(text)
  return tree ? flowLike(editedOf(text, tree, []), value, { models: [], margin: undefined }) : ''
}

const POLICY = { spec: { podSelector: {}, ingress: [{ from: [{ a: 1, b: 2 }], ports: [[80, '80']] }], egress: [] } }

describe('writeYaml', () => {
  test('lays out as kubectl prints', () => {
    expect(writeYaml(POLICY)).toBe(
      `spec:
  podSelector: {}
  ingress:
  - from:
    - a: 1
      b: 2
    ports:
    - - 80
      - '80'
  egress: []
`,
    )
  })

  test('takes the habit of a text', () => {
    expect(writeYaml({ a: { b: [{ c: 1, d: { e: 2 } }] } }, { indent: 4, indentLists: true })).toBe(
      `a:
    b:
        - c: 1
          d:
              e: 2
`,
    )
  })

  test.each<[unknown, string]>([
    ...['on', 'y', 'No', '80', '0777', '0o17', '1_000', '1e3', '.5', '.inf', '~', 'null', '', '2001-12-14', '<<'].map(
      (text): [string, string] => [text, `'${text}'`],
    ),
    ...[
      '- a',
      'a: b',
      'a #b',
      '#a',
      '*a',
      '&a',
      '!a',
      '%a',
      '@a',
      '`a',
      '{a',
      '[a',
      ', a',
      '? a',
      ' a',
      'a ',
      '---',
    ].map((text): [string, string] => [text, `'${text}'`]),
    ['web', 'web'],
    ['a#b', 'a#b'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['yEs', 'yEs'],
    ["it's", "it's"],
    ['\u0001x\ny', '"\\u0001x\\ny"'],
    ['x\u2028y\nz', '"x\\u2028y\\nz"'],
    ['two\nlines\n', '|\n  two\n  lines'],
    ['two\n\nlines', '|-\n  two\n\n  lines'],
    [' two\nlines\n\n', '" two\\nlines\\n\\n"'],
    [null, 'null'],
    [1.5, '1.5'],
    [{ a: undefined }, '{}'],
  ])('%j stands behind its key as %s', (value, expected) => {
    expect(writeYaml({ key: value })).toBe(`key: ${expected}\n`)
  })

  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(...Array.from(' \n\t:-#,[]{}&*!|>\'"%@`?~<=\\aon01._e+xf\r\u0085\u2028\uFEFF\u0000')),
    }),
  )
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.constantFrom(true, false, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(text, tie('value'), { maxKeys: 3 }),
    ),
  }))
  const habit = fc.record({ indent: fc.constantFrom(2, 3, 4), indentLists: fc.boolean() })

  test('whatever it writes reads back equal', () => {
    fc.assert(
      fc.property(value, habit, (own, layout) => {
        expect(plain(writeYaml({ own }, layout))).toEqual(JSON.parse(JSON.stringify({ own })))
        expect(plain(writeYaml(own, layout).replaceAll('\n', '\r\n')) ?? null).toEqual(JSON.parse(JSON.stringify(own)))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([':a', 'a?b', '?', 'a, b', '[a', 'on', '80'])('%j is quoted within brackets', (own) => {
    expect(writeFlow({ [own]: [own] }, false)).toBe(`{'${own}': ['${own}']}`)
  })

  test('on one line, too, as YAML and as JSON', () => {
    fc.assert(
      fc.property(value, (own) => {
        const flow = writeFlow([own], false)
        expect(flow).not.toContain('\n')
        expect(plain(`own: ${flow}\n`)).toEqual(JSON.parse(JSON.stringify({ own: [own] })))
        expect(JSON.parse(writeFlow(own, true))).toEqual(JSON.parse(JSON.stringify(own)))
      }),
      { numRuns: 2000 },
    )
  })
})
