import { createEngine } from '#engine/client.ts'
import { connectInProcess } from '#engine/connectInProcess.ts'
import { settled, texts } from '../app.testkit.ts'
import { type AppOptions, createApp, type RunningApp } from '../createApp.ts'
import type { TextStore } from '../preferences.ts'
import { memoryStorage } from '../storage.ts'
import { createProgress } from './progress.ts'
import type { Attempt, TeachingState } from './teaching.ts'

/** A store for small texts that forgets with the test. */
export function textStore(): TextStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return { texts, getItem: (key) => texts.get(key) ?? null, setItem: (key, text) => void texts.set(key, text) }
}

const engine: AppOptions['engine'] = (own) => createEngine(connectInProcess(), own)

/** An app with the real engine in this thread. */
export async function open(
  storage = memoryStorage(),
  kept = textStore(),
  options: Partial<AppOptions> = {},
): Promise<RunningApp> {
  const app = createApp({ engine, storage, progress: createProgress(kept), ...options })
  await app.ready
  return app
}

/** What lessons show. */
export function state(app: RunningApp): TeachingState {
  return app.teaching.store.getState()
}

/** How far the learner is with the open lesson. */
export function attempt(app: RunningApp): Attempt | undefined {
  return state(app).open?.attempt
}

/** Waits until the lesson says so; fails after a while. */
export async function until(app: RunningApp, is: (app: RunningApp) => boolean): Promise<void> {
  for (let tries = 0; !is(app); tries++) {
    if (tries > 2000) throw new Error('it never came')
    await settled()
  }
}

/** Waits until the texts are graded. */
export function graded(app: RunningApp): Promise<void> {
  return until(app, () => state(app).graded !== undefined)
}

/** Types a whole text in the place of what is there. */
export function write(app: RunningApp, path: string, text: string): void {
  const before = texts(app)[path] ?? ''
  app.actions.edit(path, [{ from: 0, to: before.length, insert: text }], 'typing')
}
