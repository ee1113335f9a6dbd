import type { StartEngine } from './analysis.ts'
import { createApp, type RunningApp } from './createApp.ts'
import { idbStorage } from './idbStorage.ts'
import { type Locks, noLocks, webLocks } from './locks.ts'
import { createPreferences, type TextStore } from './preferences.ts'

/** The app on what this browser offers: IndexedDB, localStorage and Web Locks, as far as it has them and lets us. */
export function createBrowserApp(engine: StartEngine): RunningApp {
  const app = createApp({
    engine,
    storage: idbStorage(),
    preferences: createPreferences(textStore()),
    locks: browserLocks(),
  })
  // A page that is hidden may never be shown again: phones and tab savers end it without a word.
  const save = (): void => void app.flush()
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && save())
  window.addEventListener('pagehide', save)
  return app
}

// Web Locks need a secure context; a class room's plain http has none (design.md 9).
function browserLocks(): Locks {
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) return noLocks
  return webLocks(navigator.locks, new BroadcastChannel('drawbridge'))
}

// Where the user forbids storage, even asking for it throws.
function textStore(): TextStore | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}
