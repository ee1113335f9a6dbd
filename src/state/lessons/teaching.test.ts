import { expect, test } from 'vitest'
import { filesAfter } from '#lessons/filesAfter.ts'
import { selectedMeansClosed } from '#lessons/basics/selectedMeansClosed.ts'
import { settled, texts } from '../app.testkit.ts'
import { shownPicture } from '../shown.ts'
import { memoryStorage } from '../storage.ts'
import { attempt, graded, open, state, textStore, until, write } from './lessons.testkit.ts'
import { createProgress } from './progress.ts'

const lesson = selectedMeansClosed

const solutionText = filesAfter(lesson, lesson.solution).find(({ path }) => path === 'policies.yaml')?.text ?? ''

test('a lesson opens as a workspace of its own, and leaving returns to the one before, which is as it was', async () => {
  const app = await open()
  await app.actions.newWorkspace('Mine')
  app.actions.apply([{ type: 'create', path: 'mine.yaml', text: 'a: 1\n' }], 'test')
  await app.teaching.start(lesson)
  expect(texts(app)).toEqual(Object.fromEntries(lesson.files.map(({ path, text }) => [path, text])))
  expect(state(app).open?.lesson.id).toBe(lesson.id)
  await app.teaching.leave()
  expect(texts(app)).toEqual({ 'mine.yaml': 'a: 1\n' })
  expect(state(app).open).toBeUndefined()
})

test('a lesson that nobody touched leaves nothing behind; one that was begun goes on where it was, after a reload, too', async () => {
  const [storage, kept] = [memoryStorage(), textStore()]
  const app = await open(storage, kept)
  const count = app.documents.getState().workspaces.length
  await app.teaching.start(lesson)
  await app.teaching.leave()
  expect(app.documents.getState().workspaces.length).toBe(count)
  await app.teaching.start(lesson)
  write(app, 'policies.yaml', '# mine\n')
  app.teaching.hint()
  await app.teaching.leave()
  expect(app.documents.getState().workspaces.length).toBe(count + 1)
  await app.flush()
  app.dispose()
  const again = await open(storage, kept)
  await again.teaching.start(lesson)
  expect(texts(again)['policies.yaml']).toBe('# mine\n')
  expect(attempt(again)?.hints).toBe(1)
})

test('what the policies do is sealed until the learner has predicted; then it is told, right or wrong', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  await graded(app)
  expect(app.analysis.getState().sealed).toBe(true)
  app.teaching.guess(0, 'allowed')
  app.teaching.guess(1, 'allowed')
  app.teaching.guess(2, 'allowed')
  await app.teaching.tell()
  expect(state(app).truths.map(({ status }) => status)).toEqual(['allowed', 'denied', 'allowed'])
  expect(app.analysis.getState().sealed).toBe(false)
  app.teaching.guess(0, 'denied')
  expect(attempt(app)?.guesses).toEqual(['allowed', 'allowed', 'allowed'])
})

test('what is to be predicted is drawn as the learner says it, then as it is; with the task come the goals that are shown', async () => {
  const app = await open()
  const drawn = () => shownPicture(app.analysis.getState())?.edges.map(({ status, name }) => `${status} ${name}`) ?? []
  await app.teaching.start(lesson)
  await graded(app)
  app.teaching.guess(0, 'allowed')
  app.teaching.guess(1, 'allowed')
  expect(drawn()).toEqual([
    'allowed gazette/editor → gazette/archive TCP 5432: you say allowed',
    'allowed gazette/reporter → gazette/archive TCP 5432: you say allowed',
    'undetermined gazette/archive → gazette/reporter all ports: what do you say?',
  ])
  const [, second] = app.analysis.getState().asked?.edges ?? []
  app.actions.select({ type: 'edge', id: second?.id ?? '' })
  await settled()
  expect(app.analysis.getState().explanation).toBeUndefined()
  app.teaching.guess(2, 'allowed')
  await app.teaching.tell()
  expect(
    drawn()
      .filter((one) => one.includes('reporter'))
      .toSorted(),
  ).toEqual([
    'allowed gazette/archive → gazette/reporter all ports: allowed',
    'denied gazette/reporter → gazette/archive TCP 5432: denied',
  ])
  expect(app.analysis.getState().asked?.edges.map(({ blockedAt }) => blockedAt)).toEqual([
    'none',
    'destination',
    'none',
  ])
  expect(new Set(drawn()).size).toBe(drawn().length)
  app.actions.select({ type: 'edge', id: second?.id ?? '' })
  await until(app, () => app.analysis.getState().explanation !== undefined)
  app.teaching.goTo('do')
  expect(drawn()).toEqual([
    'allowed gazette/editor → gazette/archive all ports: allowed',
    'denied gazette/reporter → gazette/archive TCP 5432: denied, but a goal wants it allowed',
    'denied readers/subscriber → gazette/archive all ports: denied, as the goal wants',
  ])
  expect(app.view.getState().selection).toBeUndefined()
  await app.teaching.leave()
  expect(app.analysis.getState().asked).toBeUndefined()
})

test('a goal is drawn as it fares, and not beside the line of a rule once it is reached; hidden ones and those of a sealed exam are not', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  await graded(app)
  app.teaching.goTo('do')
  const goals = () => shownPicture(app.analysis.getState())?.edges.filter(({ goal }) => goal) ?? []
  const missed = () => goals().filter(({ goal }) => goal?.outcome === 'broken')
  expect(missed().length).toBeGreaterThan(0)
  const shown = lesson.goals.filter((goal) => goal.shown).length
  expect(app.analysis.getState().asked?.edges).toHaveLength(shown)
  write(app, 'policies.yaml', solutionText)
  await until(app, () => attempt(app)?.passed === true)
  expect(missed()).toEqual([])
  const pairs = shownPicture(app.analysis.getState())?.edges.map(({ from, to }) => JSON.stringify([from, to])) ?? []
  expect(new Set(pairs).size).toBe(pairs.length)
  const exam = await open()
  await exam.teaching.start(lesson)
  exam.teaching.setExam(true)
  exam.teaching.goTo('do')
  await graded(exam)
  expect(shownPicture(exam.analysis.getState())?.edges).toEqual([])
})

test('a course stays as it is put together, whatever is written meanwhile', async () => {
  const app = await open()
  app.teaching.editCourse({ title: 'Friday' })
  app.teaching.editCourse({ files: [{ name: 'a.json', text: '{}' }] })
  app.teaching.draftLesson()
  app.teaching.editDraft({ title: 'Mine' })
  expect(state(app).courseDraft).toEqual({ title: 'Friday', files: [{ name: 'a.json', text: '{}' }] })
})

test('each edit is graded; the right one passes, and is kept as done with its hints and predictions', async () => {
  const kept = textStore()
  const app = await open(memoryStorage(), kept)
  await app.teaching.start(lesson)
  for (const index of [0, 1, 2]) app.teaching.guess(index, 'allowed')
  await app.teaching.tell()
  app.teaching.hint()
  await graded(app)
  expect(state(app).graded?.passed).toBe(false)
  write(app, 'policies.yaml', solutionText)
  await until(app, () => attempt(app)?.passed === true)
  expect(state(app).progress.get(lesson.id)?.done).toMatchObject({ hints: 1, right: 2, asked: 3, solution: false })
  expect(createProgress(kept).read().progress.get(lesson.id)?.done?.right).toBe(2)
  app.teaching.reset()
  expect(createProgress(kept).read().progress.size).toBe(0)
})

test('in an exam nothing passes until it is handed in', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  app.teaching.setExam(true)
  expect(app.analysis.getState().sealed).toBe(true)
  write(app, 'policies.yaml', solutionText)
  await until(app, () => state(app).graded?.passed === true)
  expect(attempt(app)?.passed).toBe(false)
  app.teaching.handIn()
  await until(app, () => attempt(app)?.passed === true)
  expect(app.analysis.getState().sealed).toBe(false)
  expect(state(app).progress.get(lesson.id)?.done?.exam).toBe(true)
})

test('the solution is applied in one undo step, is no secret in what is kept, and starting again brings back the start', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  write(app, 'policies.yaml', '# mine\n')
  app.actions.apply([{ type: 'create', path: 'extra.yaml', text: '# more\n' }], 'test')
  app.teaching.apply('solution')
  expect(texts(app)).toEqual(
    Object.fromEntries(filesAfter(lesson, lesson.solution).map((file) => [file.path, file.text])),
  )
  await until(app, () => attempt(app)?.passed === true)
  expect(state(app).progress.get(lesson.id)?.done?.solution).toBe(true)
  app.actions.undo()
  expect(texts(app)['policies.yaml']).toBe('# mine\n')
  expect(texts(app)['extra.yaml']).toBe('# more\n')
  app.teaching.apply('start')
  expect(texts(app)).toEqual(Object.fromEntries(lesson.files.map((file) => [file.path, file.text])))
  expect(attempt(app)).toMatchObject({ step: 'read', passed: false, hints: 0 })
})

test('a connection is revealed step by step, its cards first and the line at last', async () => {
  const app = await open()
  await app.teaching.start(lesson)
  await graded(app)
  const connection = lesson.predict[1]
  if (!connection) throw new Error('the lesson predicts less')
  await app.teaching.reveal('reporter → archive', connection)
  expect(state(app).reveal?.at).toBe(0)
  expect(app.view.getState().linked.cards).toEqual(['gazette/Deployment/reporter'])
  app.teaching.step(-1)
  app.teaching.step(1)
  app.teaching.step(1)
  expect(app.view.getState().linked.cards).toEqual(['gazette/Deployment/archive'])
  app.teaching.step(1)
  expect(app.view.getState().selection).toBeUndefined()
  app.teaching.step(1)
  app.teaching.step(1)
  await until(app, () => app.view.getState().selection?.type === 'edge')
  expect(state(app).reveal?.at).toBe(4)
  app.teaching.endReveal()
  expect(app.view.getState().selection).toBeUndefined()
})

test('what an author writes is tested, handed out as a file, opened and solved by somebody else', async () => {
  const author = await open()
  await author.actions.newWorkspace('Course')
  const checks = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: goals }
checks:
  - name: reporters read the archive
    from: { namespace: gazette, workload: Deployment/reporter }
    to: { namespace: gazette, workload: Deployment/archive }
    ports: [TCP/5432]
    expect: allowed
  - name: subscribers do not
    from: { namespace: readers, workload: Deployment/subscriber }
    to: { namespace: gazette, workload: Deployment/archive }
    expect: denied
`
  const files = [...lesson.files, ...lesson.unseen, { path: 'checks.yaml', text: checks }]
  author.actions.apply(
    files.map(({ path, text }) => ({ type: 'create', path, text })),
    'test',
  )
  await until(author, () => author.analysis.getState().picture?.edges.some(({ checks }) => checks.length > 0) ?? false)
  author.teaching.draftLesson()
  expect((await author.teaching.test()).type).toBe('problems')
  author.teaching.snapshot('start')
  write(author, 'policies.yaml', solutionText)
  author.teaching.snapshot('solution')
  author.teaching.editDraft({
    title: 'My lesson',
    idea: 'One *idea*.',
    task: 'Do it.',
    remember: 'This.',
    hints: ['Look.'],
    unseen: ['printing.yaml'],
  })
  const tested = await author.teaching.test()
  expect(tested).toMatchObject({ type: 'graded', start: { passed: false }, solution: { passed: true } })
  const handed = author.teaching.draftText()
  expect(handed?.name).toBe('my-lesson.lesson.json')

  const learner = await open()
  await learner.actions.open([{ path: handed?.name ?? '', content: handed?.text ?? '' }])
  expect(Object.keys(texts(learner))).toEqual(['cluster.yaml', 'policies.yaml'])
  expect(state(learner).open?.lesson.goals.map(({ name }) => name)).toEqual([
    'reporters read the archive',
    'subscribers do not',
  ])
  write(learner, 'policies.yaml', solutionText)
  learner.teaching.goTo('do')
  await until(learner, () => attempt(learner)?.passed === true)
  expect(learner.teaching.summary('today')).toContain('## My lesson')
})

test('a file that is no lesson is told, and changes nothing', async () => {
  const app = await open()
  const before = texts(app)
  await app.actions.open([
    { path: 'bad.lesson.json', content: '{"format":"drawbridge-lesson","version":1,"lesson":{}}' },
  ])
  expect(app.view.getState().notices.at(-1)?.text).toMatch(/no lesson that can be opened/)
  expect(texts(app)).toEqual(before)
})

test('hand-ins are graded again, good and bad; what is none is told by its line', async () => {
  const learner = await open()
  learner.teaching.setName('Kim')
  await learner.teaching.start(lesson)
  const bad = learner.teaching.handInText()
  write(learner, 'policies.yaml', solutionText)
  const good = learner.teaching.handInText()
  const room = await open()
  await room.teaching.load()
  const { handIns, problems } = await room.teaching.regrade(`${good}\nhello\n${bad}`)
  expect(handIns.map(({ name, graded }) => [name, graded?.passed])).toEqual([
    ['Kim', true],
    ['Kim', false],
  ])
  expect(problems).toEqual([expect.stringContaining('Line 2')])
  const [first] = handIns
  if (!first) throw new Error('nothing was graded')
  await room.teaching.openHandIn(first)
  expect(texts(room)['policies.yaml']).toBe(solutionText)
})
