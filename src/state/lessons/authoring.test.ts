import { expect, test } from 'vitest'
import { bothHalves } from '#lessons/basics/bothHalves.ts'
import { selectedMeansClosed as lesson } from '#lessons/basics/selectedMeansClosed.ts'
import { courseAsText, lessonAsText, readLesson } from '#lessons/format.ts'
import { texts } from '../app.testkit.ts'
import type { RunningApp } from '../createApp.ts'
import { attempt, graded, open, state, until, write } from './lessons.testkit.ts'

const CHECKS = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: goals }
checks:
  - name: reporters stay out
    from: { namespace: gazette, workload: Deployment/reporter }
    to: { namespace: gazette, workload: Deployment/archive }
    ports: [TCP/5432]
    expect: denied
`

/** An author's app with the texts of a lesson, and a goal. */
async function author(): Promise<RunningApp> {
  const app = await open()
  await app.actions.newWorkspace('Course')
  const files = [...lesson.files, ...lesson.unseen, { path: 'checks.yaml', text: CHECKS }]
  const created = files.map(({ path, text }) => ({ type: 'create' as const, path, text }))
  app.actions.apply(created, 'test')
  await until(app, () => app.analysis.getState().picture?.edges.some(({ checks }) => checks.length > 0) ?? false)
  app.teaching.draftLesson()
  return app
}
const WORDS = { title: 'Mine, all mine!', idea: 'a', task: 'b', remember: 'c' }
const own = { ...lesson, id: 'own', title: 'My own' }

test('a draft takes over the goals, and stays when it is opened again', async () => {
  const app = await author()
  expect(app.view.getState().dialog).toEqual({ type: 'author' })
  expect(state(app).draft?.goals.map(({ goal }) => goal.name)).toEqual(['reporters stay out'])
  expect(state(app).draft?.id).toMatch(/^lesson-[a-z0-9]{1,8}$/)
  app.teaching.editDraft({ title: 'Kept', goals: [] })
  app.teaching.draftLesson()
  expect(state(app).draft).toMatchObject({ title: 'Kept', goals: [] })
  app.teaching.takeChecks()
  expect(state(app).draft?.goals).toHaveLength(1)
  app.teaching.dropDraft()
  app.teaching.editDraft({ title: 'Nobody’s' })
  expect(state(app).draft).toBeUndefined()
})

test('snapshots are of the texts without the checks, and come back without touching them', async () => {
  const app = await author()
  app.teaching.snapshot('start')
  const start = texts(app)
  write(app, 'policies.yaml', '# solved\n')
  app.teaching.snapshot('solution')
  expect(state(app).draft?.start?.map(({ path }) => path)).not.toContain('checks.yaml')
  app.teaching.restore('start')
  expect(texts(app)).toEqual(start)
  app.teaching.restore('solution')
  expect(texts(app)).toEqual({ ...start, 'policies.yaml': '# solved\n' })
})

test('a lesson is handed out once nothing of it is wrong, under a name made of its title', async () => {
  const app = await author()
  expect(app.teaching.draftText()).toBeUndefined()
  app.teaching.snapshot('start')
  app.teaching.snapshot('solution')
  app.teaching.editDraft(WORDS)
  expect(app.teaching.draftText()?.name).toBe('mine-all-mine.lesson.json')
  app.teaching.editDraft({ title: 'Ähm' })
  expect(app.teaching.draftText()?.name).toBe('hm.lesson.json')
  app.teaching.editDraft({ title: '规则' })
  expect(app.teaching.draftText()?.name).toBe('lesson.lesson.json')
})

test('a test says how both do, and is out of date with the next edit of the draft', async () => {
  const app = await author()
  app.teaching.snapshot('start')
  app.teaching.snapshot('solution')
  app.teaching.editDraft(WORDS)
  expect(await app.teaching.test()).toMatchObject({
    type: 'graded',
    start: { passed: true },
    solution: { passed: true },
  })
  expect(state(app).tested?.type).toBe('graded')
  app.teaching.editDraft({ minutes: 5 })
  expect(state(app).tested).toBeUndefined()
  const running = app.teaching.test()
  app.teaching.editDraft({ minutes: 6 })
  await running
  expect(state(app).tested).toBeUndefined()
  app.teaching.dropDraft()
  expect(await app.teaching.test()).toEqual({ type: 'problems', problems: ['There is no lesson.'] })
})

test('a course is its lessons in their order, those of other courses with them', async () => {
  const { teaching } = await open()
  const other = courseAsText({ title: 'Other', lessons: [lesson, bothHalves] })
  const made = teaching.courseText(' Friday ', [lessonAsText(own), other])
  expect('text' in made && readLesson(made.text)).toEqual({
    type: 'course',
    course: { title: 'Friday', lessons: [own, lesson, bothHalves] },
  })
})

test.each<[string, string, readonly string[], RegExp]>([
  ['a file that is none', 'Friday', [lessonAsText(own), '{}'], /format is none of/],
  ['no title', ' ', [lessonAsText(own)], /title is empty/],
  ['a lesson twice', 'Friday', [lessonAsText(own), lessonAsText(own)], /names an id twice/],
  ['no lessons', 'Friday', [], /lessons is empty/],
])('a course with %s is not handed out', async (_, title, files, said) => {
  const { teaching } = await open()
  expect(teaching.courseText(title, files)).toEqual({ problem: expect.stringMatching(said) as string })
})

test('lessons of a course follow each other, go with a link as lessons of it, and are handed in as such', async () => {
  const app = await open()
  const course = { title: 'Friday', lessons: [own, bothHalves] }
  expect(await app.teaching.openText(courseAsText(course))).toBeUndefined()
  await app.teaching.start(own, 'Friday')
  expect(app.teaching.next()).toEqual({ lesson: bothHalves, course: 'Friday' })
  write(app, 'policies.yaml', '# mine\n')
  const share = await app.actions.share({ exact: true, ips: false })
  const handIn = app.teaching.handInText() ?? ''
  await app.teaching.start(bothHalves, 'Friday')
  expect(app.teaching.next()).toBeUndefined()
  const carried = await app.actions.share({ exact: true, ips: false })

  const other = await open()
  await other.actions.openLink(share?.fragment ?? '')
  expect(state(other).open).toMatchObject({ lesson: own, course: 'Friday', attempt: { step: 'do' } })
  expect(state(other).courses).toEqual([{ title: 'Friday', lessons: [own] }])
  // Of a course it is, though it is called as one of ours.
  await other.actions.openLink(carried?.fragment ?? '')
  expect(state(other).open).toMatchObject({ lesson: { id: bothHalves.id }, course: 'Friday' })
  expect(state(other).courses).toHaveLength(1)

  expect((await app.teaching.regrade(handIn)).handIns).toMatchObject([{ lesson: own, graded: { passed: false } }])
  const [stranger] = (await (await open()).teaching.regrade(handIn)).handIns
  expect([stranger?.lesson, stranger?.graded, stranger?.title]).toEqual([undefined, undefined, 'My own'])
})

test('what is handed in are the texts that count; it opens at the task, and back leads to where one was', async () => {
  const app = await open()
  await app.teaching.load()
  await app.teaching.start(lesson)
  app.actions.apply([{ type: 'create', path: 'notes.yaml', text: '# no\n' }], 'test')
  app.actions.setFileCounts('notes.yaml', false)
  const { handIns } = await app.teaching.regrade(app.teaching.handInText() ?? '')
  const [one] = handIns
  expect(one?.files.map(({ path }) => path)).toEqual(lesson.files.map(({ path }) => path))
  await app.teaching.leave()
  await app.actions.newWorkspace('Teacher’s')
  if (one) await app.teaching.openHandIn({ ...one, name: '' })
  expect(app.documents.getState().workspace.name).toBe(`Somebody: ${lesson.title}`)
  expect(attempt(app)).toMatchObject({ step: 'do', predicted: 'skipped', clock: false })
  await graded(app)
  await app.teaching.leave()
  expect(app.documents.getState().workspace.name).toBe('Teacher’s')
})
