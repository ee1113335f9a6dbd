import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import type { Intent, Plan } from '#core/model/intent.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp, fakePicture, fakePlan } from '../fakeApp.testkit.ts'
import { PreviewDialog } from './PreviewDialog.tsx'

const WEB = { namespace: 'shop', workload: 'Deployment/web' }
const DB = { namespace: 'shop', workload: 'Deployment/db' }
const DENY: Intent = { type: 'deny', from: WEB, to: DB, ports: [] }
const change = (wanted: boolean) => ({ from: WEB, to: DB, ports: wanted ? 'TCP 80' : 'TCP 443', wanted })

function show(plan: Plan, view = {}) {
  const app = fakeApp({ view })
  render(
    <AppProvider app={app}>
      <PreviewDialog plan={plan} onClose={() => app.actions.closeDialog()} />
    </AppProvider>,
  )
  return app
}

afterEach(cleanup)

test('what was asked for and what changes besides are told apart', () => {
  const lines = [{ from: WEB, to: DB, opened: '', closed: 'TCP 443', other: '' }]
  const [from, to] = [{ namespace: 'shop' }, { namespace: 'data' }]
  const group = { concern: 'scrape', from, to, counts: { opened: 0, closed: 1, other: 0 }, lines } as const
  show(fakePlan(DENY, { closes: [change(true), change(false)], groups: [group] }))
  expect(screen.getByRole('list', { name: 'As you asked' }).textContent).toContain('closesshop/web → shop/dbTCP 80')
  const besides = screen.getByRole('group', { name: 'Besides, 1 change' })
  expect(besides.textContent).toBe('Besides, 1 changeMetricsshop → data−1shop/web → shop/dbclosed TCP 443')
  expect(screen.queryByText('Nothing else changes.')).toBeNull()
})

test('that nothing else changes is said', () => {
  show(fakePlan(DENY, { closes: [change(true)] }))
  expect(screen.getByText('Nothing else changes.')).toBeDefined()
})

test('DNS that is lost is named, with whom', () => {
  show(fakePlan(DENY, { dns: { lost: [WEB, DB], gained: [] } }))
  expect(screen.getByText('2 workloads').closest('p')?.textContent).toContain('shop/web, shop/db')
  expect(screen.queryByText('Nothing else changes.')).toBeNull()
})

test('another way shows its own effects and text, and is what Accept accepts', async () => {
  const other = fakePlan(DENY, {
    title: 'Close it at web',
    sentences: ['Isolates web.'],
    lines: { added: 9, removed: 0 },
    closes: [change(true), change(false)],
    changes: [{ type: 'create', path: 'web.yaml', text: 'kind: NetworkPolicy\n' }],
  })
  const app = show(fakePlan(DENY, { title: 'Amend db-ingress', sentences: ['Narrows rule 1.'], others: [other] }))
  const ways = within(screen.getByRole('group', { name: 'Two ways to do it' })).getAllByRole('radio')
  expect(ways.map((way) => (way as HTMLInputElement).checked)).toEqual([true, false])
  expect(screen.queryByText('web.yaml')).toBeNull()
  await userEvent.click(screen.getByRole('radio', { name: /Close it at web/ }))
  expect(screen.getByText('Isolates web.')).toBeDefined()
  expect(screen.queryByText('Narrows rule 1.')).toBeNull()
  expect(screen.getByText('web.yaml')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Accept' }))
  expect(app.calls).toContainEqual(['accept', other])
})

test('a refusal says why and offers what would help, to come back to what was asked', async () => {
  const intent = { type: 'add-labels', end: WEB, labels: { app: 'web' } } as const
  const app = show(
    fakePlan(DENY, { refusal: 'No label tells web apart.', help: [{ label: 'Add the label app: web', intent }] }),
  )
  expect(screen.getByText('No label tells web apart.')).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Add the label app: web' }))
  expect(app.calls).toContainEqual(['carryOut', intent, DENY])
})

test('how new policies are laid out can be chosen; while that is worked out it can be stopped', async () => {
  const text = 'kind: NetworkPolicy\n'
  const app = show(fakePlan(DENY, { changes: [{ type: 'create', path: 'new.yaml', text }] }), { planning: 'denying' })
  await userEvent.selectOptions(screen.getByLabelText('New policies'), 'one for each connection')
  expect(app.calls).toContainEqual(['setPlanStyle', 'per-edge'])
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }))
  expect(app.calls).toContainEqual(['cancel'])
})

test('where no policy is new, how new ones are laid out is no question', () => {
  show(fakePlan(DENY))
  expect(screen.queryByLabelText('New policies')).toBeNull()
})

test('under a CNI it is said by what the effects are told', () => {
  show(fakePlan(DENY))
  expect(screen.getByRole('dialog').textContent).not.toContain('as the API says')
  cleanup()
  const profile = { id: 'cilium', name: 'Cilium', summary: '' }
  const app = fakeApp({ analysis: { picture: fakePicture({ profile }) } })
  render(
    <AppProvider app={app}>
      <PreviewDialog plan={fakePlan(DENY)} onClose={() => undefined} />
    </AppProvider>,
  )
  expect(screen.getByRole('dialog').textContent).toContain('as the API says, not as Cilium does')
})
