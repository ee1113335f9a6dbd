import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connectWorker } from '#engine/connectWorker.ts'
import { createEngine } from '#engine/client.ts'
import { realClock } from '#state/clock.ts'
import { createApp } from '#state/createApp.ts'
import { idbStorage } from '#state/idbStorage.ts'
import { noLocks, webLocks } from '#state/locks.ts'
import { keepOffline } from '#state/offline.ts'
import { createProgress } from '#state/lessons/progress.ts'
import { createPreferences } from '#state/preferences.ts'
import { isLink } from '#state/share/pack.ts'
import { App } from '#ui/App.tsx'

// In an article nothing is kept, and nothing of what the reader has here is shown.
const embedded = new URLSearchParams(location.search).has('embed')
const app = createApp({
  engine: (options) => createEngine(connectWorker, options),
  // Absent without a secure context (plain http in a class room): then every tab may write. In an article nobody does.
  locks: !embedded && 'locks' in navigator ? webLocks(navigator.locks, new BroadcastChannel('drawbridge')) : noLocks,
  link: isLink(location.hash) ? location.hash : undefined,
  ...(embedded
    ? { lookOnly: true }
    : {
        storage: idbStorage(),
        preferences: createPreferences(smallStore()),
        progress: createProgress(smallStore()),
      }),
})

if (!embedded) {
  document.addEventListener('visibilitychange', () => void app.flush())
  window.addEventListener('pagehide', () => void app.flush())
  void app.linkOpened.then(forgetLink)
  if (import.meta.env.PROD && 'serviceWorker' in navigator && location.protocol !== 'file:') void stayOffline()
}
// A link that is put into the address bar of the open app loads no page.
window.addEventListener('hashchange', () => {
  if (isLink(location.hash)) void app.actions.openLink(location.hash).then((opened) => !embedded && forgetLink(opened))
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App app={app} />
  </StrictMode>,
)

// Else a reload would open it once more. A link that could not be opened stays, for another try.
function forgetLink(opened: boolean): void {
  if (opened) history.replaceState(history.state, '', location.pathname + location.search)
}

const STUCK =
  'The browser keeps the new version waiting: close all tabs of Drawbridge, then open it again. All is saved.'

async function stayOffline(): Promise<void> {
  try {
    const registration = await keepOffline(navigator.serviceWorker, {
      offer: (apply) => app.actions.offerUpdate(apply),
      reload,
      stuck: () => app.actions.notify('warning', STUCK),
      clock: realClock,
    })
    // The page may stay open for weeks.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') registration?.update().catch(() => undefined)
    })
  } catch {
    // Private windows and policies of a company forbid it: the app works, with a network.
  }
}

// Between the click and the new worker somebody may have typed on: that is saved first, too, else the page stays.
function reload(): void {
  app.actions.offerUpdate(() => location.reload())
  void app.actions.update()
}

// Reading `localStorage` throws where the user forbids it.
function smallStore(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
