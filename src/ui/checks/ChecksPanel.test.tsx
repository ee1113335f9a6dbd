import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import type { CheckOutcome, CheckResult } from '#core/model/check.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp, fakeEdge, fakePicture } from '#ui/shell/fakeApp.testkit.ts'
import { ChecksBadge } from './ChecksBadge.tsx'
import { ChecksPanel } from './ChecksPanel.tsx'
import { EditCheckDialog } from './EditCheckDialog.tsx'

const ref = (at: number) => ({ document: 'd', path: ['checks', at], range: { from: 0, to: 1 } })
const result = (at: number, name: string, outcome: CheckOutcome, why = ''): CheckResult => ({
  check: {
    ref: ref(at),
    name,
    from: { namespace: 'shop', workload: 'Deployment/web' },
    to: { namespace: 'shop', workload: 'Deployment/db' },
    ports: ['TCP/5432'],
    expect: 'allowed',
  },
  outcome,
  why: why === '' ? [] : [{ text: why }],
})
const CHECKS = [
  result(0, 'first', 'holds'),
  result(1, 'second', 'missing', 'shop/db is not loaded.'),
  result(2, 'third', 'broken', 'TCP 5432 is closed.'),
]

function show(checks: readonly CheckResult[], writable = true) {
  const edges = [
    fakeEdge('web', 'db', { checks: [{ ref: ref(2), name: 'third', expect: 'allowed', outcome: 'broken' }] }),
  ]
  const app = fakeApp({ documents: { writable }, analysis: { picture: fakePicture({ checks, edges }) } })
  render(
    <AppProvider app={app}>
      <ChecksBadge />
      <ChecksPanel />
    </AppProvider>,
  )
  return app
}

const lines = (): readonly string[] => screen.getAllByRole('listitem').map((line) => line.textContent)

afterEach(cleanup)

test('what is broken comes first, then what is not known, each with why; the badge counts what holds', () => {
  show(CHECKS)
  expect(screen.getByText('1 of 3 hold')).toBeTruthy()
  expect(lines().map((line) => /first|second|third/.exec(line)?.[0])).toEqual(['third', 'second', 'first'])
  expect(lines()[0]).toContain('TCP 5432 is closed.')
  expect(lines()[0]).toContain('shop/web → shop/db TCP 5432 must be allowed')
  expect(lines()[1]).toContain('something is missing:')
})

test('failing ones can be listed alone, and a click selects the edge of a check', async () => {
  const user = userEvent.setup()
  const app = show(CHECKS)
  await user.click(screen.getByRole('tab', { name: 'Failing 2' }))
  expect(lines()).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: /^third/ }))
  expect(app.calls).toContainEqual(['select', { type: 'edge', id: 'web→db' }])
  await user.click(screen.getByRole('button', { name: /^second/ }))
  expect(app.calls.at(-1)?.[0]).toBe('selectConnection')
})

test('a check is edited and forgotten from its line, but not where the workspace is read only', async () => {
  const user = userEvent.setup()
  const app = show(CHECKS)
  await user.click(screen.getByRole('button', { name: 'Forget third' }))
  expect(app.calls).toContainEqual(['carryOut', { type: 'forget', check: ref(2) }])
  await user.click(screen.getByRole('button', { name: 'Edit third' }))
  expect(app.calls).toContainEqual(['openDialog', { type: 'edit-check', check: ref(2) }])
  cleanup()
  show(CHECKS, false)
  expect(screen.queryByRole('button', { name: 'Forget third' })).toBeNull()
})

test('without checks the panel says what they are for', () => {
  show([])
  expect(screen.getByText(/turns red when an edit breaks it/)).toBeTruthy()
  expect(screen.queryByText(/hold$/)).toBeNull()
})

test('the form refuses a name that is taken and what is no port, and hands the rest on as one intent', async () => {
  const user = userEvent.setup()
  const app = fakeApp({ analysis: { picture: fakePicture({ checks: CHECKS }) } })
  render(
    <AppProvider app={app}>
      <EditCheckDialog check={ref(2)} onClose={() => undefined} />
    </AppProvider>,
  )
  const form = within(screen.getByRole('dialog'))
  const [name, ports] = [form.getByLabelText('Name'), form.getByLabelText(/^Ports/)]
  const save = form.getByRole<HTMLButtonElement>('button', { name: 'Save' })
  await user.clear(name)
  await user.type(name, 'first')
  expect(form.getByRole('alert').textContent).toBe('Another check is called so.')
  expect(save.disabled).toBe(true)
  await user.clear(name)
  await user.type(name, 'new')
  await user.clear(ports)
  await user.type(ports, 'TCP/99999')
  expect(form.getByRole('alert').textContent).toContain('not a port')
  await user.clear(ports)
  await user.type(ports, 'http, UDP/53')
  await user.click(form.getByLabelText('denied'))
  await user.click(save)
  const next = { name: 'new', ports: ['http', 'UDP/53'], expect: 'denied' }
  expect(app.calls).toContainEqual(['carryOut', { type: 'edit-check', check: ref(2), next }])
})
