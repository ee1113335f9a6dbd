import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { LESSONS } from '#lessons/index.ts'
import { InlineMarkdown, Markdown } from './Markdown.tsx'

const shown = (text: string): HTMLElement => render(<Markdown text={text} />).container
const html = (text: string): string => render(<InlineMarkdown text={text} />).container.innerHTML

test('what is written is set apart: emphasis, code, lists, headings', () => {
  expect(html('A **bold** and *soft* `**code**`, snake_case_name')).toBe(
    'A <strong>bold</strong> and <em>soft</em> <code>**code**</code>, snake_case_name',
  )
  const list = shown('# Head\n\n- one\n- two\n\n```yaml\na: *b*\n```')
  expect(list.querySelectorAll('li')).toHaveLength(2)
  expect(list.querySelector('h1')).toBeNull()
  expect(list.querySelector('pre')?.textContent).toBe('a: *b*\n')
})

test('a tag is text, a link is its words with an address that one can read, a picture its words', () => {
  expect(shown('<img src=x onerror=alert(1)> and <b>you</b>').textContent).toContain('<b>you</b>')
  const hostile = shown(
    '<script>alert(1)</script>\n\n[run](javascript:alert(1)) ![x](data:text/html,1) <a href="x">y</a>',
  )
  expect(hostile.querySelector('script, a, img, [href], [src]')).toBeNull()
  expect(hostile.textContent).toMatch(/run x <a href="x">y/)
  expect(html('see [the docs](https://a.example/b)')).toBe('see the docs (https://a.example/b)')
})

test('our lessons leave no mark of Markdown behind', () => {
  const texts = LESSONS.flatMap(({ idea, task, remember, hints }) => [
    idea,
    task,
    remember,
    ...hints.map((one) => one.text),
  ])
  for (const text of texts) {
    const page = shown(text)
    for (const code of page.querySelectorAll('code, pre')) code.remove()
    expect(page.textContent).not.toMatch(/\*\*|`|^#|^- /m)
  }
})
