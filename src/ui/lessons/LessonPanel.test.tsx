import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Goal } from '#core/model/lesson.ts'
import { selectedMeansClosed as lesson } from '#lessons/basics/selectedMeansClosed.ts'
import type { Attempt, TeachingState } from '#state/lessons/teaching.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp, fakePicture } from '#ui/shell/fakeApp.testkit.ts'
import { LessonPanel } from './LessonPanel.tsx'

const BEGUN: Attempt = {
  step: 'do',
  guesses: ['allowed', 'denied', 'denied'],
  predicted: 'no',
  hints: 0,
  solution: false,
  exam: 'off',
  spent: 0,
  clock: false,
  passed: false,
}

function show(attempt: Partial<Attempt>, rest: Partial<TeachingState> = {}) {
  const app = fakeApp({
    analysis: { picture: fakePicture({}) },
    teaching: { open: { lesson, attempt: { ...BEGUN, ...attempt } }, ...rest },
  })
  render(
    <AppProvider app={app}>
      <LessonPanel />
    </AppProvider>,
  )
  const change = (patch: Partial<Attempt>): void =>
    act(() => {
      const { open } = app.teaching.store.getState()
      if (open) app.teaching.store.setState({ open: { ...open, attempt: { ...open.attempt, ...patch } } })
    })
  return { change }
}

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

test('the focus stays in the panel where the pressed button goes with the last hint, and waits for a dialog that closes', () => {
  vi.useFakeTimers()
  const { change } = show({ hints: lesson.hints.length - 1 })
  screen.getByRole('button', { name: /Another hint/ }).focus()
  change({ hints: lesson.hints.length })
  const panel = screen.getByRole('region', { name: 'Lesson' })
  expect(panel.contains(document.activeElement)).toBe(true)
  const other = document.body.appendChild(document.createElement('button'))
  other.focus()
  change({ exam: 'open' })
  expect(document.activeElement).toBe(other)
  other.remove()
  act(() => {
    vi.advanceTimersByTime(1000)
  })
  expect(panel.contains(document.activeElement)).toBe(true)
})

const told = (status: 'allowed' | 'denied') => ({ status, steps: [] })

test('nothing but the verdict has a sign where it is told what is true', () => {
  show({ step: 'predict', predicted: 'told' }, { truths: [told('allowed'), told('denied'), told('allowed')] })
  const lines = screen.getAllByRole('group').map((one) => one.querySelector('p')?.textContent)
  expect(lines).toEqual([
    'Right: it is  allowed.',
    'Right: it is  denied.',
    'Not quite: it is  allowed, you said denied.',
  ])
  for (const question of screen.getAllByRole('group'))
    expect(question.querySelector('svg')?.previousSibling?.textContent).toBe(': it is ')
})

test('a hidden goal is about a pod that one does not see, unless all its pods are there', () => {
  const goals = lesson.goals.map((goal) => ({ goal, outcome: 'broken' as const, why: [] }))
  const safe: Goal = {
    name: 'the safe is shut',
    from: { internet: true },
    to: { cidr: '10.20.0.0/16' },
    ports: [],
    expect: 'denied',
    shown: false,
  }
  const all = [...goals, { goal: safe, outcome: 'broken' as const, why: [] }]
  show({}, { graded: { passed: false, goals: all, constraints: [], rejected: [] } })
  expect(screen.getByText(/A pod that you don’t see: the printing press/)).toBeDefined()
  expect(screen.getByText(/A hidden goal: the safe is shut/)).toBeDefined()
})
