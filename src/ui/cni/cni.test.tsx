import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import type { ComparedProfile, ShownProfile } from '#core/model/profile.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp, fakePicture } from '#ui/shell/fakeApp.testkit.ts'
import { CniBanner } from './CniBanner.tsx'
import { CniSelect } from './CniSelect.tsx'
import { CompareDialog } from './CompareDialog.tsx'
import { DetectDialog } from './DetectDialog.tsx'

afterEach(cleanup)

function show(what: ReactNode, profile?: ShownProfile) {
  const app = fakeApp({ analysis: { picture: fakePicture({ ...(profile && { profile }) }) } })
  render(<AppProvider app={app}>{what}</AppProvider>)
  return app
}

const FACT = { note: 'It only connects pods.', source: 'https://example.org/flannel', verified: false }

test('the banner says that nothing is enforced, with a source that asks nobody until it is clicked', () => {
  show(<CniBanner />, { id: 'flannel', name: 'Flannel', summary: '', enforcesNothing: FACT })
  expect(screen.getByRole('alert').textContent).toBe(
    'Flannel enforces no network policy: all is open. Source: example.org/flannel (not verified)',
  )
  expect(screen.getByRole('link').getAttribute('rel')).toContain('noreferrer')
})

test('there is no banner for the reference, nor for a CNI that enforces', () => {
  show(<CniBanner />)
  show(<CniBanner />, { id: 'cilium', name: 'Cilium', summary: '' })
  expect(screen.queryByRole('alert')).toBeNull()
})

test('the select names the CNI with its version', () => {
  show(<CniSelect />, { id: 'cilium', name: 'Cilium', summary: '', version: '1.16' })
  expect(screen.getByRole('button').getAttribute('aria-label')).toBe('CNI profile: Cilium 1.16')
})

test('a list of pods proposes a CNI with the line that shows it, and applies it with its version', () => {
  const app = show(<DetectDialog onClose={() => undefined} />)
  const dialog = screen.getByRole('dialog')
  expect(within(dialog).getByRole('button', { name: 'Use it' })).toHaveProperty('disabled', true)
  fireEvent.change(within(dialog).getByRole('textbox'), {
    target: { value: 'name: calico-node-4qk9x\n  image: docker.io/calico/node:v3.28.1' },
  })
  expect(within(dialog).getByRole('radio')).toHaveProperty('checked', true)
  expect(dialog.textContent).toContain('name: calico-node-4qk9x')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Use Calico' }))
  expect(app.calls).toContainEqual(['carryOut', { type: 'set-profile', id: 'calico', version: '3.28.1' }])
})

test('CNIs are asked about one after the other, and no more once it is stopped', async () => {
  const asked: string[] = []
  const waiting: ((column: ComparedProfile) => void)[] = []
  const fake = fakeApp({ analysis: { picture: fakePicture() } })
  const compareProfile = ({ id }: { readonly id: string }) => {
    asked.push(id)
    return new Promise<ComparedProfile>((resolve) => waiting.push(resolve))
  }
  const app = { ...fake, actions: { ...fake.actions, compareProfile } }
  render(
    <AppProvider app={app}>
      <CompareDialog onClose={() => undefined} />
    </AppProvider>,
  )
  expect(asked).toEqual(['calico'])
  const policies = [{ document: 'd', name: 'shop/db', effect: 'unknown' as const, facts: [] }]
  waiting.shift()?.({ profile: { id: 'calico' }, pairs: 6, differ: 2, open: 1, policies })
  expect((await screen.findByRole('row', { name: /^shop\/db/ })).textContent).toContain('? not known')
  expect(screen.getByRole('row', { name: /^Connections that differ/ }).textContent).toContain('2 of 61 not known')
  expect(asked).toEqual(['calico', 'cilium'])
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }))
  waiting.shift()?.({ profile: { id: 'cilium' }, pairs: 6, differ: 0, open: 0, policies: [] })
  expect(await screen.findByText('Stopped after 1.')).toBeTruthy()
  expect(asked).toEqual(['calico', 'cilium'])
})
