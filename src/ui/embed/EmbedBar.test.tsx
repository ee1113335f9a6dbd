import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { ShownProfile } from '#core/model/profile.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp, fakePicture } from '#ui/shell/fakeApp.testkit.ts'
import { EmbedBar, fullAddress } from './EmbedBar.tsx'

afterEach(cleanup)

function head(profile?: ShownProfile): string | null {
  const app = fakeApp({ analysis: { picture: fakePicture({ ...(profile && { profile }) }) } })
  render(
    <AppProvider app={app}>
      <EmbedBar />
    </AppProvider>,
  )
  return screen.getByRole('banner').textContent
}

test('an article says whose verdicts it shows, where they are not those of the API', () => {
  expect(head({ id: 'cilium', name: 'Cilium', summary: '', version: '1.16' })).toContain('CNI Cilium 1.16')
})

test.each([undefined, { id: 'reference', name: 'Kubernetes API', summary: '' }])(
  'an article of what the API says names no CNI',
  (profile) => {
    expect(head(profile)).not.toContain('CNI')
  },
)

test.each([
  ['https://a.example/x/?embed#w1.abc', 'https://a.example/x/#w1.abc'],
  ['https://a.example/x/index.html?embed&theme=dark', 'https://a.example/x/index.html'],
  ['file:///home/drawbridge.html?embed#w1.abc', 'file:///home/drawbridge.html#w1.abc'],
])('%s opens in full at %s', (embedded, full) => {
  expect(fullAddress(embedded)).toBe(full)
})
