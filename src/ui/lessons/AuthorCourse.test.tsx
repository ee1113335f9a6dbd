import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp } from '#ui/shell/fakeApp.testkit.ts'
import { AuthorCourse } from './AuthorCourse.tsx'

afterEach(cleanup)

test('lessons of a course are put into their order, and taken out one by one', async () => {
  const [a, b] = ['a.json', 'b.json'].map((name) => ({ name, text: name }))
  const files = [a, b, a].flatMap((one) => one ?? [])
  const app = fakeApp({ teaching: { courseDraft: { title: 'Friday', files } } })
  render(
    <AppProvider app={app}>
      <AuthorCourse />
    </AppProvider>,
  )
  expect(screen.getAllByRole('listitem')).toHaveLength(3)
  await userEvent.click(screen.getByRole('button', { name: 'Move b.json up' }))
  expect(app.calls.at(-1)).toEqual(['editCourse', { files: [b, a, a] }])
  await userEvent.click(screen.getByRole('button', { name: 'Remove b.json' }))
  expect(app.calls.at(-1)).toEqual(['editCourse', { files: [a, a] }])
})
