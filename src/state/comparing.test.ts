import { describe, expect, test } from 'vitest'
import { NO_EFFECTS } from '#core/compile/effects.ts'
import { createEngine } from '#engine/client.ts'
import { connectInProcess } from '#engine/connectInProcess.ts'
import type { Questions } from '#engine/protocol.ts'
import { emptyPicture, ids, settled, startApp, testEngine } from './app.testkit.ts'
import type { Changes } from './app.ts'
import { baselineOf, openedOf } from './baselines.ts'
import { createApp, type RunningApp } from './createApp.ts'

const file = (path: string, text: string, opened: string | undefined = text) => {
  return { path, text, opened, counts: true, encoding: { charset: 'utf-8', bom: false } } as const
}

describe('the texts to compare with', () => {
  test('as opened are without what was made here, and with what was deleted', () => {
    const files = [file('a', 'new', 'old'), { ...file('b', 'made'), opened: undefined }, file('c', 'same')]
    const opened = openedOf(files, [{ path: 'd', text: 'gone' }])
    expect(opened.map(({ path, text }) => `${path} ${text}`)).toEqual(['a old', 'c same', 'd gone'])
    expect(baselineOf(opened, files).map((one) => ('same' in one ? `${one.path} same` : one.path))).toEqual([
      'a',
      'c same',
      'd',
    ])
  })

  test('travel where only their reading is another', () => {
    const now = [{ ...file('a', 'text'), namespace: 'shop' }]
    expect(baselineOf([{ path: 'a', text: 'text', counts: true }], now)).toEqual([
      { path: 'a', text: 'text', counts: true },
    ])
  })
})

/** Starts the app on the real engine, with the living sample open. */
async function startReal(): Promise<RunningApp> {
  const app = createApp({ engine: (options) => createEngine(connectInProcess(), options), newId: ids() })
  await app.ready
  await changed(app, 'changes', ({ revision }) => revision > 0)
  return app
}

/** The next changes of the newest texts that are as wanted. */
function changed(
  app: RunningApp,
  key: 'changes' | 'compared',
  isWanted: (changes: Changes) => boolean,
): Promise<Changes> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const found = app.analysis.getState()[key]
      if (!found || found.revision < app.documents.getState().revision || !isWanted(found)) return false
      resolve(found)
      return true
    }
    if (look()) return
    const stop = app.analysis.subscribe(() => look() && stop())
  })
}

const MENDED = 'kubernetes.io/metadata.'

function mend(app: RunningApp): void {
  const path = 'policies/data.yaml'
  const text = app.documents.getState().files.find((one) => one.path === path)?.text ?? ''
  const from = text.indexOf('name: shop')
  app.actions.edit(path, [{ from, to: from, insert: MENDED }], 'typing')
}

describe('changes', () => {
  test('of an edit are told with its checks, and an undo tells the reverse', async () => {
    const app = await startReal()
    mend(app)
    const edit = await changed(app, 'changes', ({ effects }) => effects !== undefined)
    expect([edit.effects?.opened, edit.effects?.closed, edit.effects?.checks.mended]).toEqual([
      1,
      0,
      ['orders are stored'],
    ])
    expect(edit.edges.map(({ before, after }) => `${before} ${after}`)).toEqual(['denied allowed'])
    app.actions.undo()
    const undone = await changed(app, 'changes', ({ effects }) => effects?.closed === 1)
    expect([undone.effects?.opened, undone.effects?.checks.broken]).toEqual([0, ['orders are stored']])
    app.dispose()
  })

  test('beside what was opened and what was pinned are told as long as they are asked for', async () => {
    const app = await startReal()
    mend(app)
    await changed(app, 'changes', ({ effects }) => effects?.opened === 1)
    app.actions.setChangesSince('opened')
    expect((await changed(app, 'compared', () => true)).effects?.opened).toBe(1)
    app.actions.pinBaseline()
    expect(app.view.getState().changesSince).toBe('pinned')
    expect((await changed(app, 'compared', ({ effects }) => effects?.opened === 0)).edges).toEqual([])
    app.actions.undo()
    expect((await changed(app, 'compared', ({ effects }) => effects?.closed === 1)).effects?.opened).toBe(0)
    app.actions.unpin()
    expect(app.view.getState()).toMatchObject({ changesSince: 'edit', pinned: undefined })
    await settled()
    expect(app.analysis.getState().compared).toBeUndefined()
    app.dispose()
  })

  test('show the picture as it was until the texts change', async () => {
    const app = await startReal()
    mend(app)
    const { edges } = await changed(app, 'changes', ({ effects }) => effects?.opened === 1)
    const id = edges[0]?.id
    app.actions.setComparing(true)
    await new Promise<void>((resolve) => {
      const stop = app.analysis.subscribe(({ before }) => {
        if (!before) return
        stop()
        resolve()
      })
    })
    const { before, picture } = app.analysis.getState()
    expect(before?.edges.find((edge) => edge.id === id)?.status).toBe('denied')
    expect(picture?.edges.find((edge) => edge.id === id)?.status).toBe('allowed')
    app.actions.undo()
    await changed(app, 'changes', ({ effects }) => effects?.closed === 1)
    expect(app.analysis.getState().before).toBeUndefined()
    expect(app.view.getState().comparing).toBe(false)
    app.dispose()
  })

  test('of another workspace know no pin of the one before', async () => {
    const app = await startReal()
    app.actions.pinBaseline()
    await app.actions.newWorkspace('Other')
    await changed(app, 'changes', () => true)
    expect(app.view.getState()).toMatchObject({ changesSince: 'edit', pinned: undefined })
    app.dispose()
  })

  test('where nothing is known, before is not shown, and that is said', async () => {
    const answer: Questions['before']['answer'] = { known: false, edges: [], outside: [] }
    const { app } = await startApp({ testEngine: testEngine({ before: () => answer }) })
    app.actions.setComparing(true)
    await settled()
    expect(app.view.getState().comparing).toBe(false)
    expect(app.view.getState().notices.at(-1)?.text).toContain('nothing to compare with')
  })

  test('that the engine does not answer leave what is shown', async () => {
    const { app, engine } = await startApp({
      testEngine: testEngine({ changes: () => ({ known: true, effects: NO_EFFECTS, edges: [] }) }),
    })
    engine.show(emptyPicture(engine.revision()))
    await settled()
    expect(app.analysis.getState().changes.effects).toEqual(NO_EFFECTS)
  })
})

describe('a connection that nothing draws', () => {
  test('is selected with its answer, and follows the texts', async () => {
    const app = await startReal()
    app.actions.selectConnection(
      { namespace: 'shop', workload: 'Deployment/web' },
      { namespace: 'data', workload: 'Deployment/cache' },
    )
    await new Promise<void>((resolve) => {
      const stop = app.analysis.subscribe(({ explanation }) => {
        if (!explanation) return
        stop()
        resolve()
      })
    })
    const { reach, explanation } = app.analysis.getState()
    expect(reach.map(({ status }) => status)).toEqual(['denied'])
    expect(app.view.getState().selection).toEqual({ type: 'edge', id: reach[0]?.id })
    expect(explanation?.status).toBe('denied')
    app.dispose()
  })
})
