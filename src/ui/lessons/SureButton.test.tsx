import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { SureButton } from './SureButton.tsx'

afterEach(cleanup)

test('what can’t be undone is asked once, and the focus stays', async () => {
  let done = 0
  render(<SureButton label="Drop it …" sure="Really drop it" onSure={() => done++} />)
  await userEvent.click(screen.getByRole('button', { name: 'Drop it …' }))
  expect(done).toBe(0)
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Really drop it' }))
  await userEvent.keyboard('{Enter}')
  expect(done).toBe(1)
  expect(screen.getByRole('button', { name: 'Drop it …' })).toBeDefined()
})
