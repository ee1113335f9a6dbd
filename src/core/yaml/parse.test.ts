import fc from 'fast-check'
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDocument, toPlain } from './parse.ts'
import { at, type Tree } from './tree.ts'

function plain(text: string): unknown {
  const { tree } = parseDocument(text)
  return tree && toPlain(tree)
}

const value = (scalar: string): unknown => (plain(`a: ${scalar}`) as Record<string, unknown> | undefined)?.['a']
const codes = (text: string): string[] => parseDocument(text).problems.map(({ code }) => code)

// What kubectl 1.32 makes of unquoted scalars (stack.md 3; semantics.md B.6).
describe('scalars are read as kubectl reads them', () => {
  test.each<[string, unknown]>([
    ...['on', 'On', 'ON', 'yes', 'Yes', 'y', 'Y', 'true', 'True', 'TRUE'].map((word): [string, unknown] => [
      word,
      true,
    ]),
    ...['off', 'Off', 'no', 'NO', 'n', 'N', 'false', 'False'].map((word): [string, unknown] => [word, false]),
    ['yEs', 'yEs'],
    ['~', null],
    ['null', null],
    ['Null', null],
    ['', null],
    ['0777', 511],
    ['0o777', 511],
    ['0x1F', 31],
    ['0b11', 3],
    ['1_000', 1000],
    ['1e3', 1000],
    ['08', 8],
    ['1.10', 1.1],
    ['.5', 0.5],
    ['-12', -12],
    ['22:30', '22:30'],
    ['2001-12-14', '2001-12-14'],
    ['"on"', 'on'],
    ["'80'", '80'],
    ['!!str 80', '80'],
    ['!foo 1', '1'],
    ['web', 'web'],
  ])('%s', (scalar, expected) => expect(value(scalar)).toEqual(expected))

  // Go's FormatFloat(x, 'g', -1, 32), tried with Go.
  test.each([
    ['1.0', '1'],
    ['1.10', '1.1'],
    ['1e3', '1000'],
    ['1e6', '1e+06'],
    ['123456789.5', '1.2345679e+08'],
    ['2097152.5', '2.0971525e+06'],
    ['0.00001', '1e-05'],
    ['1234567', '1234567'],
    ['0x10', '16'],
    ['-0.0', '-0'],
    ['-.Inf', '-.inf'],
    ['"1.0"', '1.0'],
  ])('the key %s becomes %s', (key, text) => expect(Object.keys(plain(`${key}: x`) as object)).toEqual([text]))

  test('keys become texts', () => {
    expect(plain('on: 1\nno: 2\n1.0: 3\n')).toEqual({ true: 1, false: 2, 1: 3 })
  })

  test.each(['.inf', '-.inf', '.nan'])('%s is refused, as kubectl refuses it', (scalar) => {
    expect(codes(`a: ${scalar}`)).toEqual(['infinite-number'])
  })
})

describe('what is wrong is said at its place', () => {
  test.each<[string, string, string, string]>([
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', 'duplicate-key', 'a'],
    ['an alias of nothing', 'a: *x\n', 'unknown-alias', '*x'],
    ['an alias inside of its anchor', 'a: &x [*x]\n', 'cyclic-alias', '*x'],
    ['broken indentation', 'a: b: c\n', 'yaml-syntax', ': c'],
    ['a wrong tag', 'a: !!int web\n', 'wrong-tag', 'web'],
    ['a merge of no mapping', 'a:\n  <<: 1\n', 'wrong-merge', '1'],
    ['a list as a key', '[a]: 1\n', 'wrong-key', '[a]'],
    ['null as a key', '~: 1\n', 'wrong-key', '~'],
    ['text behind the mark', '--- {a: 1}\n', 'document-mark', '--- {a: 1}'],
    ['a mark that is none', 'a: 1\n---b\nc: 2\n', 'document-mark', '---b'],
    ['four dashes', 'a: 1\n----\nb: 2\n', 'document-mark', '----'],
    ['a second document without a mark', 'a: 1\n...\nb: 2\n', 'more-documents', '...'],
    ['a quote that is not closed', 'a: 1\nb: "x\nc: 2\n', 'yaml-syntax', '"'],
    ['a single quote that is not closed', "a: 'it''s\nc: 2\n", 'yaml-syntax', "'"],
    ['a bracket that is not closed', 'a: [1, [2]\n', 'yaml-syntax', '['],
    ['a tab that indents', 'a:\n\tb: 1\n', 'yaml-syntax', '\tb: 1'],
    ['a control character', 'a: \u0001\n', 'yaml-syntax', '\u0001'],
  ])('%s', (_, text, code, place) => {
    const [problem] = parseDocument(text).problems
    expect(problem?.code).toBe(code)
    expect(text.slice(problem?.range.from, problem?.range.to)).toBe(place)
  })

  test('of two equal keys the last one counts', () => expect(plain('a: 1\na: 2\n')).toEqual({ a: 2 }))

  test.each([
    ['a:\n\tb: 1\n', 'Use spaces'],
    ['a: "\\p"\n', 'single quotes'],
    ['a: [1 2\n', 'not closed'],
    ['a: [b: c d: e]\n', 'comma'],
    ['a: b\nc\n', 'colon'],
    ['%YAML 1.2\na: 1\n', 'Delete the line'],
    [`${'['.repeat(200)}${']'.repeat(200)}`, '100 levels'],
  ])('%j is told what to do', (text, advice) => {
    expect(parseDocument(text).problems[0]?.message).toContain(advice)
  })

  test('50,000 keys are looked through in no time, and a repeated one is found', () => {
    const keys = Array.from({ length: 50_000 }, (_, i) => `key${i}: 1`).join('\n')
    expect(codes(`${keys}\nkey7: 2\n`)).toEqual(['duplicate-key'])
  })

  test('a key that stands there very often is told of a hundred times, not more', () => {
    expect(codes('a: 1\n'.repeat(102))).toHaveLength(100)
    expect(codes(`${'a: 1\n'.repeat(102)}b: 1\nb: 2\n`)).toHaveLength(101)
  })

  test('a billion laughs cost a message', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`)
    expect(codes(`l0: &l0 ha\n${levels.join('\n')}\n`)).toContain('too-many-aliases')
  })

  test('prototype keys are keys like any other', () => {
    const read = plain('__proto__: { polluted: true }\nconstructor: 1\n') as object
    expect(Object.keys(read)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('merges are resolved, and own keys win', () => {
    expect(plain('x: &x { a: 1, b: 2 }\nz:\n  <<: *x\n  b: 3\n')).toEqual({ x: { a: 1, b: 2 }, z: { a: 1, b: 3 } })
  })

  test('a merge wins over what stands above it, as kubectl has it', () => {
    expect(plain('x: &x { a: 1, b: 2 }\nz:\n  b: 3\n  <<: *x\n')).toMatchObject({ z: { a: 1, b: 2 } })
  })

  test('of several merged mappings the first has the say', () => {
    const text = 'x: &x { a: 1 }\nv: &v { a: 2, b: 2 }\nz:\n  <<: [*x, *v]\n'
    expect(plain(text)).toMatchObject({ z: { a: 1, b: 2 } })
  })

  test('`<<` in quotes is a key like any other', () => expect(plain('"<<": 1\n')).toEqual({ '<<': 1 }))

  test('byte order marks are no part of a key', () => {
    expect(plain('\uFEFFa: 1\n')).toEqual({ a: 1 })
    expect(plain('---\n\uFEFFa: 1\n')).toEqual({ a: 1 })
    expect(plain('--- # two\r\n\uFEFFa: 1\r\n')).toEqual({ a: 1 })
  })
})

describe('places', () => {
  const text = `# head
spec: # why
  list:
    - a: "x" # one
      b: [1, { c: 2 }, 'd'] # two
    -
  empty:
  block: |
    text
  commented: | # a > b | c
    text
  kept: |+
    text

  last: yes
`
  const { tree } = parseDocument(text)
  const source = (...path: (string | number)[]): string => {
    const node = at(tree, path)
    return node ? text.slice(node.range.from, node.range.to) : 'nothing'
  }

  test.each<[(string | number)[], string]>([
    [['spec', 'list', 0, 'a'], '"x"'],
    [['spec', 'list', 0, 'b'], "[1, { c: 2 }, 'd']"],
    [['spec', 'list', 0, 'b', 1], '{ c: 2 }'],
    [['spec', 'list', 0], `a: "x" # one\n      b: [1, { c: 2 }, 'd']`],
    [['spec', 'list', 1], ''],
    [['spec', 'empty'], ''],
    [['spec', 'block'], '|\n    text'],
    [['spec', 'commented'], '| # a > b | c\n    text'],
    [['spec', 'kept'], '|+\n    text\n'],
    [['spec', 'last'], 'yes'],
    [['nowhere'], 'nothing'],
  ])('%j', (path, expected) => expect(source(...path)).toBe(expected))

  test('every scalar stands where its range says, whatever is around it', () => {
    const leaf = fc.constantFrom('web', 'a b', "it's", 'on', '', '#x', 'a: b')
    const { any } = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('k', 'l', 'm'), tie('any'), { maxKeys: 3 }),
      ),
    }))
    const check = (node: Tree, json: string): boolean => {
      if (node.type === 'sequence') return node.items.every((item) => check(item, json))
      if (node.type === 'mapping') return node.entries.every((entry) => check(entry.value, json))
      return JSON.parse(json.slice(node.range.from, node.range.to)) === node.value
    }
    fc.assert(
      fc.property(any, fc.constantFrom(0, 2), (model, indent) => {
        const json = JSON.stringify({ root: model }, null, indent)
        const parsed = parseDocument(json)
        expect(parsed.tree && check(parsed.tree, json)).toBe(true)
      }),
    )
  })
})

test('no text makes it throw', () => {
  const bits = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    '&x ',
    '*x',
    '"',
    "'",
    '|',
    '>',
    '#',
    '!!int ',
    '\t',
    '<<',
    '?',
    '\r\n',
    '\uFEFF',
    '---\n',
    '\u0000',
  )
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 40 }), (parts) => {
      expect(parseDocument(parts.join('')).problems).toBeInstanceOf(Array)
    }),
    { numRuns: 3000 },
  )
})

test('the manifests of ../shared parse', () => {
  const folder = join('..', 'shared')
  if (!existsSync(folder)) return console.warn('\n!! ../shared is absent: its manifests were not parsed.\n')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /samples.*\.yaml$/.test(path),
  )
  expect(files.length).toBeGreaterThan(20)
  const broken = files.flatMap((path) =>
    readFileSync(join(folder, path), 'utf8')
      .split(/^---$/m)
      .flatMap((text) => parseDocument(text).problems.map(({ message }) => `${path}: ${message}`)),
  )
  expect(broken).toEqual([])
})
