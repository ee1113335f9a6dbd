import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { Banners } from './Banners.tsx'
import { fakeApp, fakePicture } from './fakeApp.testkit.ts'

function show(unevaluated: readonly { readonly kind: string; readonly count: number }[], crash?: string): void {
  const { counts } = fakePicture()
  const app = fakeApp({ analysis: { picture: fakePicture({ counts: { ...counts, unevaluated } }), crash } })
  render(
    <AppProvider app={app}>
      <Banners />
    </AppProvider>,
  )
}

afterEach(cleanup)

test('policies that are not evaluated are counted by their kind', () => {
  show([
    { kind: 'CiliumNetworkPolicy', count: 2 },
    { kind: 'Antrea ClusterNetworkPolicy', count: 1 },
  ])
  expect(screen.getByRole('status').textContent).toBe(
    '2 CiliumNetworkPolicies, 1 Antrea ClusterNetworkPolicy are not evaluated: the pods they select are undetermined.',
  )
})

test('a single one is told as one', () => {
  show([{ kind: 'Calico NetworkPolicy', count: 1 }])
  expect(screen.getByRole('status').textContent).toBe(
    '1 Calico NetworkPolicy is not evaluated: the pods it selects are undetermined.',
  )
})

test('a mistake of ours is an alert, and nothing stands where all is well', () => {
  show([], 'Drawbridge made a mistake')
  expect(screen.getByRole('alert').textContent).toBe('Drawbridge made a mistake')
  expect(screen.queryByRole('status')).toBeNull()
})
