import { expect, test } from 'vitest'
import { bothHalves } from '#lessons/basics/bothHalves.ts'
import { selectedMeansClosed as lesson } from '#lessons/basics/selectedMeansClosed.ts'
import { filesAfter } from '#lessons/filesAfter.ts'
import { testClock, texts } from '../app.testkit.ts'
import type { RunningApp } from '../createApp.ts'
import { createPreferences } from '../preferences.ts'
import { memoryStorage } from '../storage.ts'
import { attempt, graded, open, state, textStore, until, write } from './lessons.testkit.ts'

const POLICIES = 'policies.yaml'
const SOLUTION = filesAfter(lesson, lesson.solution).find(({ path }) => path === POLICIES)?.text ?? ''
const names = (app: RunningApp) =>
  app.documents
    .getState()
    .workspaces.map(({ name }) => name)
    .toSorted()
const done = (app: RunningApp) => state(app).progress.get(lesson.id)?.done
const solve = async (app: RunningApp) => {
  app.teaching.goTo('do')
  write(app, POLICIES, SOLUTION)
  await until(app, () => attempt(app)?.passed === true)
}

test('the time counts while the lesson is open, over leaving and coming back, and stops when it is solved', async () => {
  const clock = testClock()
  const [storage, kept] = [memoryStorage(), textStore()]
  const app = await open(storage, kept, { clock })
  expect(app.teaching.elapsed()).toBe(0)
  await clock.tick(50_000)
  await app.teaching.start(lesson)
  await clock.tick(4_900)
  expect(app.teaching.elapsed()).toBe(4)
  app.teaching.hint()
  await app.teaching.leave()
  await clock.tick(60_000)
  expect(app.teaching.elapsed()).toBe(0)
  await app.flush()
  app.dispose()
  const again = await open(storage, kept, { clock })
  await again.teaching.start(lesson)
  await clock.tick(5_200)
  expect(again.teaching.elapsed()).toBe(10)
  await solve(again)
  await clock.tick(99_000)
  expect(again.teaching.elapsed()).toBe(10)
  expect(done(again)).toMatchObject({ at: 120_100, seconds: 10 })
  await again.teaching.leave()
  await again.teaching.start(lesson)
  await clock.tick(7_000)
  expect(again.teaching.elapsed()).toBe(10)
})

test('starting again starts the clock anew, and leaves it shown or hidden as it was', async () => {
  const clock = testClock()
  const app = await open(memoryStorage(), textStore(), { clock })
  await app.teaching.start(lesson)
  expect(attempt(app)?.clock).toBe(false)
  app.teaching.setClock(true)
  await clock.tick(30_000)
  await app.teaching.tell()
  expect(state(app).truths).toHaveLength(3)
  app.teaching.apply('start')
  expect(state(app).truths).toEqual([])
  expect(attempt(app)).toMatchObject({ clock: true, predicted: 'no', guesses: [undefined, undefined, undefined] })
  expect(app.teaching.elapsed()).toBe(0)
})

test('a lesson against the clock begins with the clock on', async () => {
  const app = await open()
  await app.teaching.start({ ...lesson, seconds: 60 })
  expect(attempt(app)?.clock).toBe(true)
})

test.each<[string, (app: RunningApp) => void]>([
  ['a guess', (app) => app.teaching.guess(1, 'denied')],
  ['a hint', (app) => app.teaching.hint()],
  ['a look at the solution', (app) => app.teaching.peek()],
  ['going on to the task', (app) => app.teaching.goTo('do')],
  ['an exam', (app) => app.teaching.setExam(true)],
])('%s is a beginning that is kept', async (_, begin) => {
  const app = await open()
  await app.teaching.start(lesson)
  begin(app)
  const before = attempt(app)
  await app.teaching.leave()
  await app.teaching.start(lesson)
  expect({ ...attempt(app), spent: 0 }).toEqual({ ...before, spent: 0 })
})

test('from lesson to lesson the way back leads to the workspace before the first', async () => {
  const app = await open()
  await app.actions.newWorkspace('Mine')
  await app.teaching.start(lesson)
  await app.teaching.start(bothHalves)
  expect(names(app)).toEqual(['A small shop', `Lesson: ${bothHalves.title}`, 'Mine'])
  await app.teaching.leave()
  expect(app.documents.getState().workspace.name).toBe('Mine')
})

test('to start the lesson that is open changes nothing', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  const { workspace } = app.documents.getState()
  const before = state(app).open
  await app.teaching.start(lesson)
  expect(app.documents.getState().workspace).toEqual(workspace)
  expect(state(app).open).toBe(before)
  expect(names(app)).toHaveLength(2)
})

test('a lesson whose workspace was deleted opens anew', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  app.teaching.hint()
  const { id } = app.documents.getState().workspace
  await app.teaching.leave()
  await app.actions.deleteWorkspace(id)
  await app.teaching.start(lesson)
  expect(attempt(app)?.hints).toBe(0)
  expect(texts(app)).toEqual(Object.fromEntries(lesson.files.map(({ path, text }) => [path, text])))
})

test('where the workspace to return to is gone, another one that is no lesson opens, or the sample', async () => {
  const app = await open()
  const sample = app.documents.getState().workspace.id
  await app.actions.newWorkspace('Mine')
  const mine = app.documents.getState().workspace.id
  await app.teaching.start(lesson)
  app.teaching.hint()
  await app.actions.deleteWorkspace(mine)
  await app.teaching.leave()
  expect(app.documents.getState().workspace.id).toBe(sample)
  await app.teaching.start(bothHalves)
  app.teaching.hint()
  await app.actions.deleteWorkspace(sample)
  await app.teaching.leave()
  expect(app.documents.getState().workspace.name).toBe('A small shop')
  expect(state(app).open).toBeUndefined()
})

test('a lesson has the panels that it needs; after it they are as the user likes them', async () => {
  const preferences = createPreferences(undefined)
  preferences.write({ panels: { left: false, right: true, bottom: 'problems' } })
  const app = await open(memoryStorage(), textStore(), { preferences })
  await app.teaching.start(lesson)
  expect(app.view.getState().panels).toEqual({ left: true, right: true, bottom: 'none' })
  await app.teaching.leave()
  expect(app.view.getState().panels).toEqual({ left: false, right: true, bottom: 'problems' })
})

test('hints come one by one, and there are no more than there are', async () => {
  const app = await open()
  app.teaching.hint()
  await app.teaching.start(lesson)
  for (let n = 0; n < lesson.hints.length + 2; n++) app.teaching.hint()
  expect(attempt(app)?.hints).toBe(lesson.hints.length)
})

test('who goes on without predicting has skipped it; who was told is not said to have', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  app.teaching.goTo('predict')
  expect(attempt(app)).toMatchObject({ step: 'predict', predicted: 'no' })
  app.teaching.goTo('do')
  expect(attempt(app)).toMatchObject({ step: 'do', predicted: 'skipped' })
  await solve(app)
  expect(done(app)).toMatchObject({ hints: 0, exam: false })
  expect(done(app)?.right).toBeUndefined()
  app.teaching.apply('start')
  await app.teaching.tell()
  app.teaching.goTo('do')
  expect(attempt(app)).toMatchObject({ step: 'do', predicted: 'told' })
})

test('an exam begins with the task; to end it without handing in tells at once how the answer does', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  app.teaching.setExam(true)
  expect(attempt(app)?.step).toBe('do')
  write(app, POLICIES, SOLUTION)
  await until(app, () => state(app).graded?.passed === true)
  expect(attempt(app)?.passed).toBe(false)
  app.teaching.setExam(false)
  expect(app.analysis.getState().sealed).toBe(false)
  await until(app, () => attempt(app)?.passed === true)
  expect(done(app)?.exam).toBe(false)
})

test('what was done by oneself takes the place of what the solution did, and not the other way round', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  app.teaching.apply('solution')
  await until(app, () => attempt(app)?.passed === true)
  expect(done(app)?.solution).toBe(true)
  app.teaching.apply('start')
  app.teaching.hint()
  await solve(app)
  expect(done(app)).toMatchObject({ solution: false, hints: 1 })
  app.teaching.apply('start')
  app.teaching.apply('solution')
  await until(app, () => attempt(app)?.passed === true)
  expect(done(app)).toMatchObject({ solution: false, hints: 1 })
})

test('what was told is told again after the page is loaded anew', async () => {
  const [storage, kept] = [memoryStorage(), textStore()]
  const app = await open(storage, kept)
  await app.teaching.start(lesson)
  app.teaching.guess(0, 'denied')
  await app.teaching.tell()
  await app.flush()
  app.dispose()
  const again = await open(storage, kept)
  await until(again, () => state(again).truths.length > 0)
  expect(state(again).truths.map(({ status }) => status)).toEqual(['allowed', 'denied', 'allowed'])
  expect(attempt(again)).toMatchObject({ predicted: 'told', guesses: ['denied', undefined, undefined] })
})

test('the solution is shown as what it changes, and nothing where no lesson is open', async () => {
  const app = await open()
  expect(app.teaching.solution()).toEqual([])
  await app.teaching.start(lesson)
  await graded(app)
  expect(app.teaching.solution().map((one) => [one.type, 'path' in one && one.path])).toEqual([['edit', POLICIES]])
  write(app, POLICIES, SOLUTION)
  expect(app.teaching.solution()).toEqual([])
})

test('who mends the text before they have read on is told at once that it is solved', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  write(app, POLICIES, SOLUTION)
  await until(app, () => attempt(app)?.passed === true)
  expect(attempt(app)).toMatchObject({ step: 'do', predicted: 'skipped' })
})
