// @vitest-environment jsdom
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { checkLine, CHECK_WRITERS, type CheckLine } from './checkLines.ts'

test('junit is XML whatever a name holds', () => {
  const name = '<a href="x">&\'\n\t]]>\u0000\u001B[2J\uFFFE\uD800 é😀'
  const place = { file: 'a&b.yaml', line: 3 }
  const base = { ref: { document: '', path: [], range: { from: 0, to: 0 } }, ports: [], expect: 'allowed' } as const
  const ends = { from: { internet: true }, to: { namespace: 'a' } } as const
  const lines: readonly CheckLine[] = [
    checkLine({ check: { ...base, ...ends, name }, outcome: 'broken', why: [{ text: name }] }, place),
    checkLine({ check: { ...base, ...ends, name: 'b' }, outcome: 'holds', why: [] }, place),
  ]
  const text = [...CHECK_WRITERS.junit(lines, (_, plain) => plain)].join('')
  const document = new DOMParser().parseFromString(text, 'application/xml')
  const cases = [...document.querySelectorAll('testcase')]
  const read = '<a href="x">&\'\n\t]]>\uFFFD\uFFFD[2J\uFFFD\uFFFD é😀'
  expect(cases.map((one) => one.getAttribute('name'))).toEqual([read, 'b'])
  expect(document.querySelector('testsuites')?.getAttribute('failures')).toBe('1')
  expect(cases[0]?.querySelector('failure')?.textContent).toBe(`a&b.yaml:3: ${read}`)
  expect(cases[1]?.children).toHaveLength(0)
  expect(cases[0]?.getAttribute('classname')).toBe('a&b.yaml')
})

test('tap is YAML in its diagnostics, and a line for each check, whatever a name holds', () => {
  const text = 'a "b" \\ # \n...\nok 2\u0085\u2028\u007F\uFFFE\u001B[2J\uD800'
  const line = { name: text, why: text, outcome: 'broken', file: text, line: 1 } as unknown as CheckLine
  const out = [...CHECK_WRITERS.tap([line, line], (_, plain) => plain)].join('')
  expect(out.split(/[\n\u0085\u2028]/).filter((one) => /^(not )?ok/.test(one))).toHaveLength(2)
  const [, block = ''] = /\n {2}---\n([\s\S]*?)\n {2}[.]{3}\n/.exec(out) ?? []
  // YAML 1.2, 5.1.
  expect(block).not.toMatch(/[\u007F-\u009F\uFEFF\uFFFE\uFFFF]/)
  expect(load(block.replaceAll(/^ {2}/gm, ''))).toEqual({
    message: text,
    severity: 'fail',
    outcome: 'broken',
    at: { file: text, line: 1 },
  })
})

test('for people a name can not reach for the terminal', () => {
  const line = { name: 'a\u001B[2J\nb', why: '', outcome: 'holds', file: 'f', line: 1 } as unknown as CheckLine
  expect([...CHECK_WRITERS.txt([line], (_, plain) => plain)].join('')).toBe(
    'holds         a [2J b  f:1\n1 check: 1 holds.\n',
  )
})
