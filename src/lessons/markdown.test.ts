import { expect, test } from 'vitest'
import { partsOf, readMarkdown } from './markdown.ts'
import { LESSONS } from './index.ts'

const plain = (text: string) => ({ text, look: 'plain' })

test('paragraphs are parted by empty lines, and their lines flow', () => {
  expect(readMarkdown('One\ntwo.\n\n\nThree.')).toEqual([
    { type: 'paragraph', parts: [plain('One two.')] },
    { type: 'paragraph', parts: [plain('Three.')] },
  ])
})

test('emphasis and code stand apart; inside code nothing is read', () => {
  expect(partsOf('A **bold** and *soft* or _soft_ `**code**`.')).toEqual([
    plain('A '),
    { text: 'bold', look: 'strong' },
    plain(' and '),
    { text: 'soft', look: 'em' },
    plain(' or '),
    { text: 'soft', look: 'em' },
    plain(' '),
    { text: '**code**', look: 'code' },
    plain('.'),
  ])
})

test('code stands apart in what is emphasised, too', () => {
  expect(partsOf('**without `from`**')).toEqual([
    { text: 'without ', look: 'strong' },
    { text: 'from', look: 'code' },
  ])
})

test('stars and underscores that emphasise nothing are left alone', () => {
  expect(partsOf('2 * 3 * 4, snake_case_name, a*')).toEqual([plain('2 * 3 * 4, snake_case_name, a*')])
})

test('lists, headings and fenced code', () => {
  expect(readMarkdown('# Head\n- one\n- two\n  more\n\n1. first\n```yaml\na: *b*\n```\nend')).toEqual([
    { type: 'heading', parts: [plain('Head')] },
    { type: 'list', ordered: false, items: [[plain('one')], [plain('two more')]] },
    { type: 'list', ordered: true, items: [[plain('first')]] },
    { type: 'code', text: 'a: *b*' },
    { type: 'paragraph', parts: [plain('end')] },
  ])
})

test('a tag is text, and a link is its words, with an address that one can read', () => {
  expect(partsOf('<img src=x onerror=alert(1)>')).toEqual([plain('<img src=x onerror=alert(1)>')])
  expect(partsOf('[run](javascript:alert(1))')[0]?.text).not.toContain('javascript:alert(1)](')
  expect(partsOf('see [the docs](https://a.example/b)')).toEqual([plain('see the docs (https://a.example/b)')])
  expect(partsOf('![x](data:text/html,1)')).toEqual([plain('x')])
})

test('hostile texts are read in no time', () => {
  const began = performance.now()
  for (const one of ['*', '_', '`', '[', '**a', '](', '_a ', '- ', '```\n']) readMarkdown(one.repeat(30_000))
  expect(performance.now() - began).toBeLessThan(3_000)
})

test('our lessons leave no mark of Markdown behind', () => {
  const texts = LESSONS.flatMap(({ idea, task, remember, hints }) => [
    idea,
    task,
    remember,
    ...hints.map((one) => one.text),
  ])
  const left = texts.flatMap((text) =>
    readMarkdown(text).flatMap((block) => {
      if (block.type === 'code') return []
      const lines = block.type === 'list' ? block.items : [block.parts]
      return lines.flat().filter(({ look, text }) => look !== 'code' && /\*\*|`/.test(text))
    }),
  )
  expect(left).toEqual([])
})
