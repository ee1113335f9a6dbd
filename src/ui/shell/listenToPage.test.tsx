import { cleanup, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { fakeApp } from './fakeApp.testkit.ts'
import { listenToPage } from './listenToPage.ts'

let stop = (): void => {}

function listen(view = {}) {
  const app = fakeApp({ view })
  const { container } = render(
    <>
      <section data-region tabIndex={-1} aria-label="one">
        <input aria-label="field" />
        <input type="checkbox" aria-label="box" />
      </section>
      <section data-region tabIndex={-1} aria-label="two" />
    </>,
  )
  stop = listenToPage(app, container)
  return { app, container }
}

// jsdom has no clipboard events of its own.
function paste(target: Element, text: string): void {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, { clipboardData: { files: [], getData: () => text } })
  target.dispatchEvent(event)
}

afterEach(() => {
  stop()
  cleanup()
})

test('a paste anywhere becomes a file, but not one into a field', () => {
  const { app, container } = listen()
  paste(container.querySelector('input') ?? container, 'kind: Pod')
  expect(app.calls).toEqual([])
  paste(container, 'kind: Pod')
  expect(app.calls).toEqual([['paste', 'kind: Pod']])
})

test('nothing is pasted behind an open dialog', () => {
  const { app, container } = listen({ dialog: { type: 'export' } })
  paste(container, 'kind: Pod')
  expect(app.calls).toEqual([])
})

test('undo and redo are the page\u2019s, except in a field', async () => {
  const { app, container } = listen()
  container.querySelector<HTMLElement>('[aria-label=field]')?.focus()
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(app.calls).toEqual([])
  container.querySelector<HTMLElement>('[aria-label=box]')?.focus()
  await userEvent.keyboard('{Control>}z{/Control}{Control>}{Shift>}z{/Shift}{/Control}{Control>}y{/Control}')
  expect(app.calls).toEqual([['undo'], ['redo'], ['redo']])
})

test('F6 goes from region to region and Ctrl-K finds', async () => {
  const { app } = listen()
  await userEvent.keyboard('{F6}{F6}')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('two')
  await userEvent.keyboard('{Control>}k{/Control}')
  expect(app.calls).toEqual([['openDialog', { type: 'find' }]])
})
