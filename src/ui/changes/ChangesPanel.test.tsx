import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import type { Effects } from '#core/model/effects.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { tellEffects } from '#ui/kit/effects.ts'
import { fakeApp } from '#ui/shell/fakeApp.testkit.ts'
import { BeforeBanner } from './BeforeBanner.tsx'
import { ChangesPanel } from './ChangesPanel.tsx'

const WEB = { namespace: 'shop', workload: 'Deployment/web' }
const DB = { namespace: 'data', workload: 'StatefulSet/db' }
const NONE: Effects = {
  opened: 0,
  closed: 0,
  other: 0,
  dns: { lost: [], gained: [] },
  checks: { broken: [], mended: [] },
  workloads: { come: 0, gone: 0 },
  groups: [],
  more: 0,
}
const SOME: Effects = {
  ...NONE,
  opened: 3,
  closed: 1,
  dns: { lost: [WEB, DB], gained: [] },
  groups: [
    {
      concern: 'replicas',
      from: { namespace: 'shop' },
      to: { namespace: 'data' },
      counts: { opened: 3, closed: 1, other: 0 },
      lines: [{ from: WEB, to: DB, opened: 'TCP 80', closed: 'TCP 443', other: '' }],
    },
  ],
}

function show(parts: Parameters<typeof fakeApp>[0] = {}) {
  const app = fakeApp(parts)
  render(
    <AppProvider app={app}>
      <BeforeBanner />
      <ChangesPanel />
    </AppProvider>,
  )
  return app
}

afterEach(cleanup)

test('one line tells the numbers, and nothing of what is not', () => {
  expect(tellEffects(SOME)).toBe('+3 −1 connections, DNS lost for 2 workloads')
  expect(tellEffects({ ...NONE, opened: 1 })).toBe('+1 connection')
  expect(tellEffects({ ...NONE, other: 2 })).toBe('2 connections changed otherwise')
  expect(tellEffects({ ...NONE, checks: { broken: ['a'], mended: ['b', 'c'] } })).toBe(
    '1 check broken, 2 checks mended',
  )
  expect(tellEffects(NONE)).toBe('')
})

test('changes are listed in groups with what they are about, and a click selects the connection', async () => {
  const app = show({ analysis: { changes: { revision: 1, edges: [], effects: SOME } } })
  expect(screen.getByRole('heading', { name: /Replicas among themselves.*shop → data.*\+3 −1/ })).toBeDefined()
  expect(screen.getByText(/DNS lost for shop\/web, data\/db/)).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: /shop\/web → data\/db.*opened TCP 80.*closed TCP 443/ }))
  expect(app.calls).toContainEqual(['selectConnection', WEB, DB])
})

test('what is compared with can be chosen, pinned and shown', async () => {
  const app = show({ analysis: { changes: { revision: 1, edges: [], effects: NONE } } })
  expect(screen.getByText(/The last edit changed no connection/)).toBeDefined()
  expect(screen.queryByRole('tab', { name: 'Pinned' })).toBeNull()
  await userEvent.click(screen.getByRole('tab', { name: 'Opened' }))
  await userEvent.click(screen.getByRole('button', { name: /Pin this state/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Show before' }))
  expect(app.calls).toEqual([['setChangesSince', 'opened'], ['pinBaseline'], ['setComparing', true]])
})

test('while before is shown, a banner says so and leads back', async () => {
  const app = show({ view: { comparing: true, changesSince: 'pinned', pinned: 4 } })
  expect(screen.getByRole('status').textContent).toContain('Showing before')
  expect(screen.getByRole('button', { name: 'Show before' }).getAttribute('aria-pressed')).toBe('true')
  await userEvent.click(screen.getByRole('button', { name: /Show now/ }))
  expect(app.calls).toContainEqual(['setComparing', false])
})
