import { describe, expect, test } from 'vitest'
import { type Arguments, choiceGiven, type Flag, readArguments, valueGiven } from './arguments.ts'
import { suggest } from './suggest.ts'

const FLAGS: readonly Flag[] = [
  { name: 'output', short: 'o', value: 'txt|json', about: '' },
  { name: 'focus', value: 'NS/NAME', multiple: true, about: '' },
  { name: 'strict', about: '' },
]
const read = (...args: readonly string[]): Arguments => readArguments(args, 'list', FLAGS)

describe('arguments', () => {
  test('paths, flags and values, in any order and form', () => {
    const args = read('a', '--strict', '-o', 'json', '-', '--focus=x/y', '--focus', 'x/z', '--', '--b')
    expect(args.paths).toEqual(['a', '-', '--b'])
    expect([...args.flags]).toEqual(['strict', 'output', 'focus'])
    expect(args.values.get('focus')).toEqual(['x/y', 'x/z'])
    expect(valueGiven(args, 'output')).toBe('json')
  })

  test('the last of several values counts where only one makes sense', () => {
    expect(valueGiven(read('-ojson', '--output', 'txt'), 'output')).toBe('txt')
  })

  test.each([
    [['--strct'], 'list has no flag --strct. Did you mean --strict?'],
    [['--nonsense-of-mine'], 'list has no flag --nonsense-of-mine. drawbridge list --help lists them.'],
    [['-x'], 'list has no flag -x. drawbridge list --help lists them.'],
    [['--strict=yes'], '--strict is on or off: it takes no value (yes).'],
    [['--output'], '--output needs a value: --output txt|json.'],
    [['-o', '--strict'], '-o needs a value: -o txt|json.'],
    [['--output='], '--output needs a value: --output txt|json.'],
  ])('%j is a mistake that says what to do', (args, message) => expect(() => read(...args)).toThrow(message))

  test('a value that has to be one of some', () => {
    expect(choiceGiven(read(), 'output', ['txt', 'json'])).toBe('txt')
    expect(choiceGiven(read('-o', 'json'), 'output', ['txt', 'json'])).toBe('json')
    expect(() => choiceGiven(read('-o', 'jsn'), 'output', ['txt', 'json'])).toThrow(
      '--output jsn: it can be txt or json. Did you mean json?',
    )
  })
})

test.each([
  ['lst', ' Did you mean list?'],
  ['expalin', ' Did you mean explain?'],
  ['list', ' Did you mean list?'],
  ['frobnicate', ''],
  ['', ''],
])('%s: the nearest word, if it is near%s', (word, hint) =>
  expect(suggest(word, ['list', 'query', 'explain'])).toBe(hint),
)
