import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import type { ShownSet, ViewState } from '#state/view.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp } from '#ui/shell/fakeApp.testkit.ts'
import { LinkPanel } from './LinkPanel.tsx'

const spot = { file: 'a.yaml', range: { from: 0, to: 1 } }
const PEERS = {
  items: [
    { ...spot, text: 'adds 2 pods', set: { cards: ['web'], pods: 2, perhaps: 0, text: '2 pods in 1 workload: web' } },
    { ...spot, text: 'adds 2 pods', set: { cards: ['api'], pods: 2, perhaps: 0, text: '2 pods in 1 workload: api' } },
  ],
  whatIfs: [
    {
      text: 'As one item (AND): no pod that is loaded',
      set: { cards: [], pods: 0, perhaps: 0, text: 'no pod that is loaded' },
    },
  ],
}

function show(view: Partial<ViewState>) {
  const shown: ShownSet[] = []
  const app = fakeApp({ view })
  const actions = { ...app.actions, showSet: (set: ShownSet) => void shown.push(set) }
  render(
    <AppProvider app={{ ...app, actions }}>
      <LinkPanel />
    </AppProvider>,
  )
  return shown
}

afterEach(cleanup)

test('says in a polite region what the text points at, and shows it on request', async () => {
  const shown = show({ linked: { cards: ['web'], note: 'This peer selects web.', hovered: [], shown: 0 } })
  expect(screen.getByRole('status').textContent).toBe('This peer selects web.')
  await userEvent.click(screen.getByRole('button', { name: 'Show on canvas' }))
  expect(shown).toEqual([{ cards: ['web'], edges: [], note: 'This peer selects web.' }])
})

test('offers nothing to show where nobody is meant, and says what the line is for', () => {
  show({ linked: { cards: [], hovered: [], shown: 0 } })
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText(/Put the cursor into a rule/)).toBeDefined()
})

test('names each item of a list of peers and what if, by key too', async () => {
  const shown = show({ linked: { cards: [], note: 'x', peers: PEERS, hovered: [], shown: 0 } })
  const group = screen.getByRole('group', { name: 'This list of peers' })
  expect(
    within(group)
      .getAllByRole('button')
      .map(({ textContent }) => textContent),
  ).toEqual(['Item 1 adds 2 pods', 'Item 2 adds 2 pods', 'As one item (AND): no pod that is loaded'])
  within(group).getByRole('button', { name: 'Item 2 adds 2 pods' }).focus()
  await userEvent.keyboard('{Enter}')
  expect(shown).toEqual([{ cards: ['api'], edges: [], note: 'Item 2 adds 2 pods: 2 pods in 1 workload: api.' }])
})
