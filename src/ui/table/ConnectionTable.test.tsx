import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp, fakeEdge } from '#ui/shell/fakeApp.testkit.ts'
import { ConnectionTable } from './ConnectionTable.tsx'

const EDGES = [
  fakeEdge('web', 'api'),
  fakeEdge('api', 'db', { status: 'denied', blockedAt: 'destination' }),
  fakeEdge('backup', 'db'),
]

function show(edges = EDGES) {
  const app = fakeApp()
  render(
    <AppProvider app={app}>
      <ConnectionTable edges={edges} />
    </AppProvider>,
  )
  return app
}

const lines = (): string[] =>
  within(screen.getByRole('grid'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.getAttribute('aria-label') ?? '')

afterEach(cleanup)

test('one connection is told as one', () => {
  show([fakeEdge('web', 'api')])
  expect(screen.getByText('1 connection')).toBeDefined()
})

test('each line has the name of its edge', () => {
  show()
  expect(screen.getByRole('row', { name: 'shop/api → shop/db TCP 80: denied' })).toBeDefined()
})

test('a heading sorts by its column, and again the other way', async () => {
  show()
  expect(lines()[0]).toContain('shop/api →')
  await userEvent.click(screen.getByRole('button', { name: /From/ }))
  expect(lines()[0]).toContain('shop/web →')
  expect(screen.getByRole('columnheader', { name: /From/ }).getAttribute('aria-sort')).toBe('descending')
  await userEvent.click(screen.getByRole('button', { name: /Verdict/ }))
  expect(lines().at(-1)).toContain('denied')
})

test('text and verdict filter the lines, and the count says so', async () => {
  show()
  await userEvent.type(screen.getByRole('searchbox'), 'db')
  expect(lines()).toHaveLength(2)
  await userEvent.selectOptions(screen.getByLabelText('Verdict'), 'denied')
  expect(lines()).toEqual(['shop/api → shop/db TCP 80: denied'])
  expect(screen.getByText('1 of 3 connections')).toBeDefined()
})

test('arrow keys go from line to line, and Enter selects', async () => {
  const app = show()
  await userEvent.tab()
  screen.getAllByRole('row')[1]?.focus()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(document.activeElement?.getAttribute('aria-label')).toContain('shop/backup → shop/db')
  expect(app.calls).toContainEqual(['select', { type: 'edge', id: 'backup→db' }])
})

test('a name that looks like markup stays text', () => {
  show([fakeEdge('<img src=x onerror=alert(1)>', 'db')])
  expect(document.querySelector('img')).toBeNull()
  expect(screen.getByText('shop/<img src=x onerror=alert(1)>')).toBeDefined()
})

test('a line has a menu of what can be done with its connection, by button and by key', async () => {
  const app = show()
  await userEvent.click(screen.getByRole('button', { name: 'Actions for shop/web → shop/api TCP 80: allowed' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: /^Deny/ }))
  const deny = { type: 'deny', from: EDGES[0]?.from, to: EDGES[0]?.to, ports: [] }
  expect(app.calls).toContainEqual(['carryOut', deny])
  screen.getByRole('row', { name: /shop[/]backup/ }).focus()
  await userEvent.keyboard('{Shift>}{F10}{/Shift}')
  expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toContain('Change ports …P')
})

test('the keys of the menu work on the line itself, and one that means nothing there says why', async () => {
  const app = show()
  screen.getByRole('row', { name: /shop[/]web/ }).focus()
  await userEvent.keyboard('x')
  expect(app.calls.at(-1)).toMatchObject(['carryOut', { type: 'deny' }])
  await userEvent.keyboard('a')
  expect(app.calls.at(-1)).toEqual(['notify', 'info', 'It is allowed already.'])
  await userEvent.keyboard('{Delete}')
  expect(app.calls.at(-1)).toEqual(['notify', 'info', expect.stringContaining('Nobody drew this connection')])
})
