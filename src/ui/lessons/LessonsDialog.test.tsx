import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { openByDefault } from '#lessons/basics/openByDefault.ts'
import { podsAndLabels } from '#lessons/basics/podsAndLabels.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp } from '#ui/shell/fakeApp.testkit.ts'
import { LessonsDialog } from './LessonsDialog.tsx'

afterEach(cleanup)

test('what was handed out last stands first, and is what one begins with', async () => {
  const courses = ['Monday', 'Friday'].map((title) => ({ title, lessons: [openByDefault] }))
  const app = fakeApp({ teaching: { lessons: [podsAndLabels], courses } })
  render(
    <AppProvider app={app}>
      <LessonsDialog onClose={() => undefined} />
    </AppProvider>,
  )
  const groups = screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent.split(' ')[0])
  expect(groups.slice(0, 3)).toEqual(['Friday', 'Monday', 'Basics'])
  await userEvent.click(screen.getByRole('button', { name: 'Begin' }))
  expect(app.calls.at(-1)).toEqual(['start', openByDefault, 'Friday'])
})
