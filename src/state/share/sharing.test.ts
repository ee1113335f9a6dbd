import { describe, expect, test } from 'vitest'
import { emptyPicture, ids, settled, startApp, testClock, testEngine, texts } from '../app.testkit.ts'
import type { Lesson } from '#core/model/lesson.ts'
import { podsAndLabels as lesson } from '#lessons/basics/podsAndLabels.ts'
import { lessonAsText } from '#lessons/format.ts'
import type { IncomingFile } from '../app.ts'
import { createApp, type RunningApp } from '../createApp.ts'
import { createPreferences } from '../preferences.ts'
import { memoryStorage } from '../storage.ts'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  key: aHVzaA==\n'
const told = (app: RunningApp): readonly string[] => app.view.getState().notices.map(({ text }) => text)
const names = (app: RunningApp): readonly string[] =>
  app.documents
    .getState()
    .workspaces.map(({ name }) => name)
    .toSorted()

async function exactLink(app: RunningApp): Promise<string> {
  const share = await app.actions.share({ exact: true, ips: false })
  if (share?.fragment === undefined) throw new Error('no link')
  return share.fragment
}

async function sender(): Promise<RunningApp> {
  const { app } = await startApp()
  await app.actions.open([{ path: 'a.yaml', content: POD }])
  app.actions.renameWorkspace('Shared shop')
  app.actions.move('default/Pod/a', { x: 10.4, y: -3 })
  app.actions.setLayer('rules', false)
  app.actions.setCentre('table')
  app.actions.select({ type: 'card', id: 'default/Pod/a' })
  await settled()
  return app
}

describe('a link', () => {
  test('opens as a workspace of its own, as it was seen, and leaves the present one', async () => {
    const link = await exactLink(await sender())
    const { app } = await startApp()
    await app.actions.open([{ path: 'mine.yaml', content: 'mine: true\n' }])
    const mine = app.documents.getState().workspace.id
    expect(await app.actions.openLink(link)).toBe(true)
    await settled()
    expect(texts(app)).toEqual({ 'a.yaml': POD })
    expect(app.documents.getState().workspace.name).toBe('Shared shop')
    expect(app.view.getState()).toMatchObject({
      positions: { 'default/Pod/a': { x: 10, y: -3 } },
      layers: { checks: true, rules: false, reach: true },
      centre: 'table',
      activeFile: 'a.yaml',
      selection: { type: 'card', id: 'default/Pod/a' },
    })
    // As opened: nothing counts as changed.
    expect(app.documents.getState().files[0]?.opened).toBe(POD)
    expect(told(app).at(-1)).toContain('“Shared shop” came by a link')
    await app.actions.openWorkspace(mine)
    expect(texts(app)).toEqual({ 'mine.yaml': 'mine: true\n' })
    await app.actions.openLink(link)
    expect(names(app)).toEqual(expect.arrayContaining(['Shared shop', 'Shared shop 2', 'Test']))
  })

  test('that the page is opened with takes the place of the last workspace on the screen, not on the disk', async () => {
    const link = await exactLink(await sender())
    const [storage, preferences] = [memoryStorage(), createPreferences(undefined)]
    const options = { storage, preferences, clock: testClock(), newId: ids() }
    const first = createApp({ ...options, engine: testEngine().start })
    await first.ready
    const again = createApp({ ...options, engine: testEngine().start, link })
    await again.ready
    expect(texts(again)).toEqual({ 'a.yaml': POD })
    expect(names(again)).toEqual(['Shared shop', first.documents.getState().workspace.name].toSorted())
    // The next visit goes on with it.
    const third = createApp({ ...options, engine: testEngine().start })
    await third.ready
    expect(third.documents.getState().workspace.name).toBe('Shared shop')
  })

  test('that cannot be opened changes nothing and says why, also at the start', async () => {
    const link = await exactLink(await sender())
    const { app } = await startApp()
    const before = { ...app.documents.getState() }
    expect(await app.actions.openLink(link.slice(0, -20))).toBe(false)
    expect(await app.actions.openLink('#w9.abc')).toBe(false)
    expect(app.documents.getState()).toMatchObject({ workspace: before.workspace, workspaces: before.workspaces })
    expect(told(app)).toEqual([expect.stringContaining('cut off'), expect.stringContaining('newer Drawbridge')])
    const started = createApp({ engine: testEngine().start, clock: testClock(), link: '#w1.AAAA' })
    await started.ready
    expect(started.documents.getState().files.length).toBeGreaterThan(0)
    expect(told(started)).toEqual([expect.stringContaining('Nothing has changed here.')])
  })

  test('opens by a paste; a sentence with a link in it is a text like any other', async () => {
    const link = await exactLink(await sender())
    const { app } = await startApp()
    await app.actions.paste(` https://drawbridge.example/${link}\n`)
    expect(app.documents.getState().workspace.name).toBe('Shared shop')
    await app.actions.newWorkspace('Other')
    await app.actions.paste(`# see ${link}\n${POD}`)
    expect(app.documents.getState().workspace.name).toBe('Other')
    expect(Object.keys(texts(app))).toEqual(['pasted.yaml'])
  })

  test('that comes while another is opened has its turn after it: both are kept, and what was typed before', async () => {
    const one = await sender()
    const first = await exactLink(one)
    one.actions.renameWorkspace('Second shop')
    one.actions.edit('a.yaml', [{ from: 0, to: 0, insert: '# second\n' }], 'typing')
    const second = await exactLink(one)
    const storage = memoryStorage()
    const held = new Set<string>()
    const acquire = async (id: string) => {
      held.add(id)
      return { release: () => void held.delete(id) }
    }
    const { app } = await startApp({ storage, locks: { acquire, takeOver: acquire } })
    await app.actions.open([{ path: 'mine.yaml', content: 'mine: 1\n' }])
    app.actions.edit('mine.yaml', [{ from: 0, to: 0, insert: '# just typed\n' }], 'typing')
    await Promise.all([app.actions.openLink(first), app.actions.openLink(second)])
    const kept = await Promise.all((await storage.list()).map(({ id }) => storage.read(id)))
    expect(Object.fromEntries(kept.map((saved) => [saved?.name, saved?.files.map(({ text }) => text)]))).toMatchObject({
      Test: ['# just typed\nmine: 1\n'],
      'Shared shop': [POD],
      'Second shop': [`# second\n${POD}`],
    })
    const { id, name } = app.documents.getState().workspace
    expect([name, ...held]).toEqual(['Second shop', id])
  })

  test('waits for a start that is under way', async () => {
    const link = await exactLink(await sender())
    const app = createApp({ engine: testEngine().start, clock: testClock(), newId: ids() })
    await app.actions.openLink(link)
    expect(app.documents.getState().workspace.name).toBe('Shared shop')
  })
})

describe('a file', () => {
  test('opens like others, beside others', async () => {
    const share = await (await sender()).actions.share({ exact: true, ips: false })
    const { app } = await startApp()
    await app.actions.open([{ path: 'x/shop.drawbridge', content: new TextEncoder().encode(share?.file) }])
    expect(texts(app)).toEqual({ 'a.yaml': POD })
    expect(names(app)).toContain('Test')
    await app.actions.open([
      { path: 'broken.drawbridge', content: '{' },
      { path: 'b.yaml', content: POD.replace('name: a', 'name: b') },
    ])
    expect(Object.keys(texts(app))).toEqual(['a.yaml', 'b.yaml'])
    expect(told(app)).toContainEqual(expect.stringContaining('This file is damaged'))
  })
})

describe('Secrets', () => {
  test('never go out, and never come in', async () => {
    const { app } = await startApp()
    await app.actions.open([{ path: 's.yaml', content: 'kind: x\n' }])
    // Typed letter by letter a value stays here.
    for (const [at, letter] of SECRET.split('').entries())
      app.actions.edit('s.yaml', [{ from: at, to: at === 0 ? 8 : at, insert: letter }], 'typing')
    expect(texts(app)['s.yaml']).toContain('aHVzaA==')
    const share = await app.actions.share({ exact: true, ips: false })
    expect(share?.file).not.toContain('aHVzaA==')
    expect(share?.leftOut).toEqual(['The values of 1 Secret'])
    const { app: receiver } = await startApp()
    const content = JSON.stringify({ drawbridge: 'w1', name: 'x', files: [{ path: 's.yaml', text: SECRET }] })
    await receiver.actions.open([{ path: 'x.drawbridge', content }])
    expect(texts(receiver)['s.yaml']).not.toContain('aHVzaA==')
    expect(told(receiver).at(-1)).toContain('The values of 1 Secret were taken out')
  })
})

describe('lean', () => {
  test('is what the engine says verdicts read, and says so to whoever opens it', async () => {
    const engine = testEngine(
      {
        lean: ({ ips }) => ({
          copy: { files: [{ path: 'a.yaml', text: `ips: ${ips}\n` }], leftOut: ['Secret'], needsIps: !ips },
        }),
      },
      () => emptyPicture(0),
    )
    const { app } = await startApp({ testEngine: engine })
    expect((await app.actions.share({ exact: false, ips: false }))?.needsIps).toBe(true)
    const share = await app.actions.share({ exact: false, ips: true })
    expect(share?.leftOut).toEqual(['Secret'])
    const { app: receiver } = await startApp()
    await receiver.actions.openLink(share?.fragment ?? '')
    expect(texts(receiver)).toEqual({ 'a.yaml': 'ips: true\n' })
    expect(told(receiver).at(-1)).toContain('not the whole manifests')
  })
})

const handedOut = (value: unknown): IncomingFile[] => [
  { path: 'x.drawbridge', content: JSON.stringify({ drawbridge: 'w1', name: 'Lesson', files: [], lesson: value }) },
]
const openLesson = (app: RunningApp) => app.teaching.store.getState().open
const asJson = (one: Lesson): object => Object(JSON.parse(lessonAsText(one)))

describe('a lesson', () => {
  test('goes with the workspace in which it is taken, and on from the task; without one there is none', async () => {
    const { app } = await startApp()
    await app.teaching.start(lesson)
    app.actions.edit(lesson.files[0]?.path ?? '', [{ from: 0, to: 0, insert: '# mine\n' }], 'typing')
    const link = await exactLink(app)
    await app.teaching.leave()
    expect(JSON.parse((await app.actions.share({ exact: true, ips: false }))?.file ?? '')).not.toHaveProperty('lesson')
    const storage = memoryStorage()
    const { app: other } = await startApp({ storage })
    await other.actions.openLink(link)
    expect(texts(other)[lesson.files[0]?.path ?? '']).toMatch(/^# mine/)
    expect(openLesson(other)).toMatchObject({ lesson, attempt: { step: 'do', predicted: 'skipped' } })
    const { id } = other.documents.getState().workspace
    await other.actions.newWorkspace('Other')
    expect(openLesson(other)).toBeUndefined()
    expect(await storage.read(id)).toMatchObject({ teaching: { open: { lesson } } })
  })

  test('that is handed out by itself opens at its beginning; the first workspace is there all the same', async () => {
    const own = { ...lesson, id: 'own', title: 'Of my own' }
    const { app } = await startApp()
    const { fragment } = await app.actions.lessonLink('Of my own', lessonAsText(own))
    const other = createApp({ engine: testEngine().start, clock: testClock(), link: fragment })
    await other.ready
    await settled()
    expect(openLesson(other)).toMatchObject({ lesson: own, course: 'Of my own', attempt: { step: 'read' } })
    expect(names(other)).toEqual(['A small shop', 'Lesson: Of my own'])
    expect(other.teaching.store.getState().courses).toMatchObject([{ title: 'Of my own' }])
  })

  test('of ours is ours, whatever a link says under its name; of others it is never counted as ours', async () => {
    const forged = { ...asJson({ ...lesson, title: 'Forged', goals: lesson.goals.slice(0, 1) }) }
    const { app } = await startApp()
    const content = JSON.stringify({
      drawbridge: 'w1',
      name: 'x',
      files: [{ path: 'a.yaml', text: POD }],
      lesson: forged,
    })
    await app.actions.open([{ path: 'x.drawbridge', content }])
    expect(openLesson(app)).toMatchObject({ lesson, course: undefined })
    const strange = JSON.parse(content)
    strange.lesson.lesson.id = 'strange'
    await app.actions.open([{ path: 'y.drawbridge', content: JSON.stringify(strange) }])
    expect(openLesson(app)).toMatchObject({ lesson: { id: 'strange' }, course: 'Forged' })
  })

  test('that can’t be read stays out, with a message; the workspace opens', async () => {
    const { app } = await startApp()
    const content = JSON.stringify({
      drawbridge: 'w1',
      name: 'Broken',
      files: [{ path: 'a.yaml', text: POD }],
      lesson: { ...asJson(lesson), version: 'x' },
    })
    await app.actions.open([{ path: 'x.drawbridge', content }])
    expect(texts(app)).toEqual({ 'a.yaml': POD })
    expect(told(app).at(-1)).toMatch(/Its lesson stays out: This is no lesson that can be opened: version/)
    await app.actions.open(handedOut({ format: 'drawbridge-lesson', version: 1 }))
    expect(told(app).at(-1)).toMatch(/This is no lesson/)
    // It counts as not opened: its link stays in the address, for another try.
    const { fragment } = await app.actions.lessonLink('x', '{"format":"drawbridge-lesson","version":99}')
    const started = createApp({ engine: testEngine().start, clock: testClock(), link: fragment })
    expect(await started.linkOpened).toBe(false)
    expect(told(started).at(-1)).toMatch(/newer than this Drawbridge/)
    expect(texts(app)).toEqual({ 'a.yaml': POD })
  })
})

describe('a page that only shows', () => {
  test('shows the workspace of its link; nothing can be changed and nothing is kept', async () => {
    const link = await exactLink(await sender())
    const storage = memoryStorage()
    const app = createApp({ engine: testEngine().start, clock: testClock(), storage, link, lookOnly: true })
    await app.ready
    await settled()
    expect(app.documents.getState()).toMatchObject({ writable: false, lookOnly: true })
    expect(told(app)).toEqual([])
    app.actions.edit('a.yaml', [{ from: 0, to: 0, insert: 'x' }], 'typing')
    expect(texts(app)).toEqual({ 'a.yaml': POD })
    expect(told(app).at(-1)).toBe('This is only shown here: open it in Drawbridge to change it.')
    await app.flush()
    expect(await storage.list()).toEqual([])
  })
})

describe('a new version', () => {
  test('is taken only when the user says so, and only when all is saved', async () => {
    const storage = memoryStorage()
    let full = false
    const { app } = await startApp({
      storage: {
        ...storage,
        write: async (workspace) => {
          if (full) throw new DOMException('full', 'QuotaExceededError')
          await storage.write(workspace)
        },
      },
    })
    let applied = 0
    app.actions.offerUpdate(() => void applied++)
    expect(app.view.getState().updateReady).toBe(true)
    full = true
    await app.actions.open([{ path: 'a.yaml', content: POD }])
    await app.actions.update()
    expect(applied).toBe(0)
    expect(told(app).at(-1)).toContain('not saved')
    full = false
    app.actions.renameWorkspace('Again')
    await app.actions.update()
    expect(applied).toBe(1)
    app.actions.dismissUpdate()
    expect(app.view.getState().updateReady).toBe(false)
  })
})
