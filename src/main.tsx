import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connectWorker } from '#engine/connectWorker.ts'
import { createEngine } from '#engine/client.ts'
import { createApp } from '#state/createApp.ts'
import { idbStorage } from '#state/idbStorage.ts'
import { noLocks, webLocks } from '#state/locks.ts'
import { createPreferences } from '#state/preferences.ts'
import { App } from '#ui/App.tsx'

const app = createApp({
  engine: (options) => createEngine(connectWorker, options),
  storage: idbStorage(),
  preferences: createPreferences(smallStore()),
  // Absent without a secure context (plain http in a class room): then every tab may write.
  locks: 'locks' in navigator ? webLocks(navigator.locks, new BroadcastChannel('drawbridge')) : noLocks,
})

document.addEventListener('visibilitychange', () => void app.flush())
window.addEventListener('pagehide', () => void app.flush())

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App app={app} />
  </StrictMode>,
)

// Reading `localStorage` throws where the user forbids it.
function smallStore(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
