import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ids, settled, startApp, testEngine, texts } from './app.testkit.ts'
import { createApp, type RunningApp } from './createApp.ts'
import { HISTORY_BYTES } from './history.ts'
import { memoryStorage } from './storage.ts'

const create = (path: string, text: string) => [{ type: 'create', path, text }] as const
const type = (app: RunningApp, path: string, from: number, insert: string, to = from): void =>
  app.actions.edit(path, [{ from, to, insert }], 'typing')

async function typeAndTakeBack(bursts: readonly (readonly (readonly [number, number, string])[])[]): Promise<void> {
  const { app } = await startApp()
  app.actions.apply(create('a.yaml', '0123456789'), 'a file')
  for (const cuts of bursts) {
    const size = texts(app)['a.yaml']?.length ?? 0
    const edits = cuts.map(([at, length, insert]) => {
      const from = Math.min(at, size)
      return { from, to: Math.min(from + length, size), insert }
    })
    const [a, b] = edits
    const apart = !a || !b || a.to < b.from || b.to < a.from
    app.actions.edit('a.yaml', apart ? edits : edits.slice(0, 1), 'typing')
  }
  const after = texts(app)['a.yaml']
  while (app.documents.getState().undoLabel?.startsWith('Undo typing')) app.actions.undo()
  expect(texts(app)['a.yaml']).toBe('0123456789')
  while (app.documents.getState().canRedo) app.actions.redo()
  expect(texts(app)['a.yaml']).toBe(after)
}

describe('history', () => {
  test('typing in one place joins into one step', async () => {
    const { app, clock } = await startApp()
    app.actions.apply(create('a.yaml', 'kind: Pod\n'), 'a file')
    for (const [i, letter] of 'metadata'.split('').entries()) {
      await clock.tick(100)
      type(app, 'a.yaml', 10 + i, letter)
    }
    expect(texts(app)).toEqual({ 'a.yaml': 'kind: Pod\nmetadata' })
    expect(app.documents.getState().undoLabel).toBe('Undo typing in a.yaml')
    app.actions.undo()
    expect(texts(app)).toEqual({ 'a.yaml': 'kind: Pod\n' })
    app.actions.redo()
    expect(texts(app)).toEqual({ 'a.yaml': 'kind: Pod\nmetadata' })
  })

  test('backspaces join the burst, before and after what was typed in it', async () => {
    const { app } = await startApp()
    app.actions.apply(create('a.yaml', 'abc'), 'a file')
    type(app, 'a.yaml', 3, 'x')
    type(app, 'a.yaml', 3, '', 4)
    type(app, 'a.yaml', 2, '', 3)
    type(app, 'a.yaml', 2, 'Z')
    expect(texts(app)).toEqual({ 'a.yaml': 'abZ' })
    app.actions.undo()
    expect(texts(app)).toEqual({ 'a.yaml': 'abc' })
  })

  test('typing with several cursors joins, too', async () => {
    const { app } = await startApp()
    app.actions.apply(create('a.yaml', 'a\nb\nc\n'), 'a file')
    const both = (first: number, second: number, insert: string, length = 0): void =>
      app.actions.edit(
        'a.yaml',
        [
          { from: second, to: second + length, insert },
          { from: first, to: first + length, insert },
        ],
        'typing',
      )
    both(1, 5, 'x')
    both(2, 7, 'yz')
    both(3, 10, '', 1)
    expect(texts(app)).toEqual({ 'a.yaml': 'axy\nb\ncxy\n' })
    app.actions.undo()
    expect(texts(app)).toEqual({ 'a.yaml': 'a\nb\nc\n' })
    app.actions.redo()
    expect(texts(app)).toEqual({ 'a.yaml': 'axy\nb\ncxy\n' })
  })

  test('bursts of any edits, joined or not, are taken back to the text before', async () => {
    const cut = fc.tuple(fc.nat(30), fc.nat(3), fc.string({ maxLength: 2 }))
    const burst = fc.array(fc.array(cut, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 12 })
    await fc.assert(fc.asyncProperty(burst, typeAndTakeBack), { numRuns: 500 })
  })

  test('a pause, another place or another file begins a new step', async () => {
    const { app, clock } = await startApp()
    app.actions.apply([...create('a.yaml', 'aaaa'), ...create('b.yaml', 'bbbb')], 'files')
    type(app, 'a.yaml', 4, '1')
    await clock.tick(500)
    type(app, 'a.yaml', 5, '2')
    type(app, 'a.yaml', 0, '3')
    type(app, 'b.yaml', 0, '4')
    const seen: unknown[] = []
    while (app.documents.getState().canUndo) {
      app.actions.undo()
      seen.push(Object.values(texts(app)).join(' '))
    }
    expect(seen).toEqual(['3aaaa12 bbbb', 'aaaa12 bbbb', 'aaaa1 bbbb', 'aaaa bbbb', ''])
  })

  test('typing after an undo does not join what was typed before it', async () => {
    const { app } = await startApp()
    app.actions.apply(create('a.yaml', ''), 'a file')
    type(app, 'a.yaml', 0, 'a')
    app.actions.apply([{ type: 'edit', path: 'a.yaml', edits: [{ from: 1, to: 1, insert: 'b' }] }], 'drawing')
    app.actions.undo()
    type(app, 'a.yaml', 1, 'c')
    app.actions.undo()
    expect(texts(app)).toEqual({ 'a.yaml': 'a' })
  })

  test('one order over texts, files and positions', async () => {
    const { app } = await startApp()
    app.actions.apply(create('a.yaml', 'a'), 'a file')
    app.actions.move('shop/Deployment/web', { x: 1, y: 2 })
    app.actions.renameFile('a.yaml', 'b.yaml')
    expect(app.documents.getState().undoLabel).toBe('Undo renaming a.yaml')
    app.actions.undo()
    expect(app.documents.getState().undoLabel).toBe('Undo move of web')
    expect(app.documents.getState().redoLabel).toBe('Redo renaming a.yaml')
    app.actions.undo()
    expect(app.view.getState().positions).toEqual({})
    app.actions.undo()
    expect(texts(app)).toEqual({})
    for (let i = 0; i < 3; i++) app.actions.redo()
    expect(texts(app)).toEqual({ 'b.yaml': 'a' })
    expect(app.view.getState().positions).toEqual({ 'shop/Deployment/web': { x: 1, y: 2 } })
  })

  test('an undo reveals the file and the place that it changes', async () => {
    const { app } = await startApp()
    app.actions.apply([...create('a.yaml', 'aaaa'), ...create('b.yaml', '')], 'files')
    app.actions.apply([{ type: 'edit', path: 'a.yaml', edits: [{ from: 2, to: 4, insert: '' }] }], 'x')
    app.actions.setActiveFile('b.yaml')
    app.actions.undo()
    expect(app.view.getState().activeFile).toBe('a.yaml')
    expect(app.view.getState().reveal).toMatchObject({ file: 'a.yaml', range: { from: 2, to: 4 } })
  })

  test('where the file that is shown is closed, its neighbour is shown', async () => {
    const { app } = await startApp()
    app.actions.apply([...create('a.yaml', ''), ...create('b.yaml', ''), ...create('c.yaml', '')], 'files')
    app.actions.setActiveFile('b.yaml')
    app.actions.closeFile('b.yaml')
    expect(app.view.getState().activeFile).toBe('c.yaml')
    app.actions.renameFile('c.yaml', 'd.yaml')
    expect(app.view.getState().activeFile).toBe('d.yaml')
    app.actions.closeFile('d.yaml')
    app.actions.closeFile('a.yaml')
    expect(app.view.getState().activeFile).toBeUndefined()
  })

  test('a file that is deleted keeps its opened text for the export, one that is closed does not', async () => {
    const asked: unknown[] = []
    const engine = testEngine({
      export: ({ opened }) => (asked.push(opened), { bundle: { files: [], commands: [], leftOut: [] } }),
    })
    const { app } = await startApp({ testEngine: engine })
    await app.actions.open(['a', 'b', 'c', 'd'].map((name) => ({ path: `${name}.yaml`, content: name })))
    app.actions.apply([{ type: 'delete', path: 'a.yaml' }], 'deleting')
    app.actions.closeFile('b.yaml')
    type(app, 'c.yaml', 0, 'new ')
    const options = { what: 'changed', workloads: true, sketches: false, layout: 'one-file' } as const
    await app.actions.exportBundle(options)
    for (let i = 0; i < 3; i++) app.actions.undo()
    await app.actions.exportBundle(options)
    app.actions.redo()
    await app.actions.exportBundle(options)
    const a = { path: 'a.yaml', text: 'a' }
    expect(asked).toEqual([[{ path: 'c.yaml', text: 'c' }, a], [], [a]])
  })

  test('moving a card changes no text, so that the engine hears nothing', async () => {
    const { app, engine } = await startApp()
    const before = engine.synced.length
    app.actions.move('shop/Deployment/web', { x: 1, y: 2 })
    expect(engine.synced.length).toBe(before)
  })

  test('the oldest steps are dropped once edited text passes the bound, the newest never', async () => {
    const { app, clock } = await startApp()
    const piece = HISTORY_BYTES / 8
    app.actions.apply(create('a.yaml', ''), 'a file')
    for (let i = 0; i < 6; i++) {
      await clock.tick(1000)
      type(app, 'a.yaml', 0, String(i).repeat(piece))
    }
    let undone = 0
    while (app.documents.getState().canUndo) {
      app.actions.undo()
      undone++
    }
    expect(undone).toBe(3)
    expect(texts(app)['a.yaml']).toHaveLength(3 * piece)
  })

  test('the engine follows every change by edits, undone and redone, and agrees on the texts', async () => {
    const path = fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml')
    const at = fc.nat(12)
    const act = fc.oneof(
      fc.record({ do: fc.constant('edit' as const), path, at, length: fc.nat(3), insert: fc.string({ maxLength: 3 }) }),
      fc.record({
        do: fc.constant('create' as const),
        path,
        at,
        length: fc.nat(3),
        insert: fc.string({ maxLength: 6 }),
      }),
      fc.record({
        do: fc.constantFrom(
          'delete' as const,
          'close' as const,
          'rename' as const,
          'counts' as const,
          'undo' as const,
          'redo' as const,
          'wait' as const,
        ),
        path,
        at,
        length: fc.nat(3),
        insert: path,
      }),
    )
    const run = async (acts: readonly (typeof act extends fc.Arbitrary<infer T> ? T : never)[]): Promise<void> => {
      const { app, engine, clock } = await startApp()
      for (const { do: what, path, at, length, insert } of acts) {
        const size = texts(app)[path]?.length ?? 0
        const from = Math.min(at, size)
        const { actions } = app
        if (what === 'edit') type(app, path, from, insert, Math.min(from + length, size))
        if (what === 'create') actions.apply(create(path, insert), 'create')
        if (what === 'delete') actions.apply([{ type: 'delete', path }], 'delete')
        if (what === 'close') actions.closeFile(path)
        if (what === 'rename') actions.renameFile(path, insert)
        if (what === 'counts') actions.setFileCounts(path, at % 2 === 0)
        if (what === 'undo') actions.undo()
        if (what === 'redo') actions.redo()
        if (what === 'wait') await clock.tick(600)
        const files = app.documents.getState().files.map(({ path, text, counts }) => ({ path, text, counts }))
        expect(engine.files().map(({ path, text, counts }) => ({ path, text, counts }))).toEqual(files)
      }
      while (app.documents.getState().canUndo) app.actions.undo()
      expect(app.documents.getState().files).toEqual([])
    }
    await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 25 }), run), { numRuns: 200 })
  })
})

describe('workspaces', () => {
  test('a reload brings everything back', async () => {
    const storage = memoryStorage()
    const { app, clock } = await startApp({ storage })
    app.actions.apply(create('a.yaml', 'kind: Pod'), 'a file')
    app.actions.move('shop/Deployment/web', { x: 3, y: 4 })
    app.actions.setLayer('rules', false)
    app.actions.place({ cidr: '10.0.0.0/8' })
    expect(app.documents.getState().saving).toEqual({ status: 'saving' })
    await clock.tick(500)
    expect(app.documents.getState().saving).toEqual({ status: 'saved' })

    const again = createApp({ engine: testEngine().start, storage, newId: ids('again') })
    await again.ready
    expect(texts(again)).toEqual({ 'a.yaml': 'kind: Pod' })
    expect(again.documents.getState().workspace.name).toBe('Test')
    const { positions, layers, placed } = again.view.getState()
    expect(positions).toEqual({ 'shop/Deployment/web': { x: 3, y: 4 } })
    expect(layers.rules).toBe(false)
    expect(placed).toEqual([{ cidr: '10.0.0.0/8' }])
  })

  test('nothing is saved before half a second is over, and at once on flush', async () => {
    const storage = memoryStorage()
    const { app, clock } = await startApp({ storage })
    const { id } = app.documents.getState().workspace
    app.actions.apply(create('a.yaml', 'x'), 'a file')
    await clock.tick(499)
    expect((await storage.read(id))?.files).toEqual([])
    await app.flush()
    expect((await storage.read(id))?.files).toHaveLength(1)
  })

  test('whoever types without a pause is saved, too', async () => {
    const storage = memoryStorage()
    const { app, clock } = await startApp({ storage })
    const { id } = app.documents.getState().workspace
    app.actions.apply(create('a.yaml', ''), 'a file')
    for (let at = 0; at < 4; at++) {
      app.actions.edit('a.yaml', [{ from: at, to: at, insert: 'x' }], 'typing')
      await clock.tick(200)
    }
    expect((await storage.read(id))?.files[0]?.text).toMatch(/^x+$/)
  })

  test('a full disk is told, and the texts live on when another workspace is opened', async () => {
    const storage = memoryStorage()
    const full = Object.assign(new Error('no room'), { name: 'QuotaExceededError' })
    let room = true
    const write: typeof storage.write = (saved) => (room ? storage.write(saved) : Promise.reject(full))
    const { app, clock } = await startApp({ storage: { ...storage, write } })
    const { id } = app.documents.getState().workspace
    app.actions.apply(create('a.yaml', 'precious'), 'a file')
    room = false
    await clock.tick(500)
    const { saving } = app.documents.getState()
    expect(saving).toMatchObject({ status: 'failed', why: expect.stringContaining('storage for this site is full') })
    room = true
    await app.actions.newWorkspace()
    room = false
    await app.actions.openWorkspace(id)
    expect(texts(app)).toEqual({ 'a.yaml': 'precious' })
  })

  test('deleting the open workspace opens another, and undo brings it back', async () => {
    const { app, clock } = await startApp()
    const { id } = app.documents.getState().workspace
    app.actions.apply(create('a.yaml', 'x'), 'a file')
    await clock.tick(500)
    await app.actions.deleteWorkspace(id)
    expect(app.documents.getState().workspace.id).not.toBe(id)
    expect(app.documents.getState().workspaces.map((entry) => entry.id)).not.toContain(id)
    expect(app.view.getState().notices.at(-1)).toMatchObject({ undo: true })
    app.actions.undo()
    await settled()
    expect(app.documents.getState().workspace.id).toBe(id)
    expect(texts(app)).toEqual({ 'a.yaml': 'x' })
  })

  test('a new workspace leaves the present one as it is', async () => {
    const { app } = await startApp()
    const { id } = app.documents.getState().workspace
    app.actions.apply(create('a.yaml', 'x'), 'a file')
    await app.actions.newWorkspace('Test')
    expect(app.documents.getState().workspace.name).toBe('Test 2')
    expect(texts(app)).toEqual({})
    expect(app.documents.getState().canUndo).toBe(false)
    await app.actions.openWorkspace(id)
    expect(texts(app)).toEqual({ 'a.yaml': 'x' })
  })
})
