import { describe, expect, test } from 'vitest'
import { ids, settled, testClock, testEngine, texts } from './app.testkit.ts'
import { createApp, type RunningApp } from './createApp.ts'
import type { Leave, Lock, Locks } from './locks.ts'
import { createPreferences } from './preferences.ts'
import { memoryStorage } from './storage.ts'

// All tabs of one browser.
function browser(): () => Locks {
  const held = new Map<string, Leave>()
  const hold = (name: string, leave: Leave): Lock => {
    held.set(name, leave)
    return { release: () => void (held.get(name) === leave && held.delete(name)) }
  }
  return () => ({
    acquire: async (name, leave) => (held.has(name) ? undefined : hold(name, leave)),
    async takeOver(name, leave) {
      await held.get(name)?.(true)
      return hold(name, leave)
    },
  })
}

async function tabs(): Promise<{ first: RunningApp; second: RunningApp }> {
  const storage = memoryStorage()
  const locks = browser()
  const preferences = createPreferences(undefined)
  const tab = (name: string): RunningApp =>
    createApp({
      engine: testEngine().start,
      clock: testClock(),
      storage,
      preferences,
      locks: locks(),
      newId: ids(name),
    })
  const first = tab('a')
  await first.ready
  await first.actions.newWorkspace('Shared')
  first.actions.apply([{ type: 'create', path: 'a.yaml', text: 'one' }], 'a file')
  await first.flush()
  const second = tab('b')
  await second.ready
  return { first, second }
}

describe('two tabs with one workspace', () => {
  test('the second reads, and says why it does not write', async () => {
    const { first, second } = await tabs()
    expect(first.documents.getState().writable).toBe(true)
    expect(second.documents.getState().writable).toBe(false)
    second.actions.edit('a.yaml', [{ from: 0, to: 0, insert: 'x' }], 'typing')
    expect(texts(second)).toEqual({ 'a.yaml': 'one' })
    expect(second.view.getState().notices.at(-1)?.text).toContain('Another tab')
  })

  test('the second may take over, with what the first had not saved yet', async () => {
    const { first, second } = await tabs()
    first.actions.edit('a.yaml', [{ from: 3, to: 3, insert: ' more' }], 'typing')
    await second.actions.takeOver()
    await settled()
    expect(texts(second)).toEqual({ 'a.yaml': 'one more' })
    expect(second.documents.getState().writable).toBe(true)
    expect(first.documents.getState().writable).toBe(false)
    first.actions.edit('a.yaml', [{ from: 0, to: 0, insert: 'lost' }], 'typing')
    expect(texts(first)).toEqual({ 'a.yaml': 'one more' })
  })

  test('a workspace is free again when its tab goes to another', async () => {
    const { first, second } = await tabs()
    const { id } = first.documents.getState().workspace
    await first.actions.newWorkspace('Other')
    await second.actions.newWorkspace('Third')
    await second.actions.openWorkspace(id)
    expect(second.documents.getState().writable).toBe(true)
  })
})
