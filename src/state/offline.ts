import type { Clock } from './clock.ts'

/**
 * What the page does for the service worker. `offer` hands the user a way to take the new version; `reload` opens the page
 * anew; `stuck` says that the browser has not let the new version take over.
 */
export interface OfflineOptions {
  readonly offer: (apply: () => void) => void
  readonly reload: () => void
  readonly stuck: () => void
  readonly clock: Clock
}

/** Taking over is a matter of milliseconds. */
const LONG = 5_000

/**
 * Keeps the app for use without a network. A version that is found later waits until the user takes it; where another
 * tab has taken it, this one says so and stays as it is.
 */
export async function keepOffline(
  workers: ServiceWorkerContainer,
  { offer, reload, stuck, clock }: OfflineOptions,
): Promise<ServiceWorkerRegistration | undefined> {
  let controlled = workers.controller !== null
  let asked = false
  workers.addEventListener('controllerchange', () => {
    if (asked) reload()
    // The very first worker takes the page that has brought it in: nothing new.
    else if (controlled) offer(reload)
    controlled = true
  })
  // Undefined where it is blocked.
  const registration = (await workers.register('./sw.js', { updateViaCache: 'none' })) as
    | ServiceWorkerRegistration
    | undefined
  const take = (): void => {
    const { waiting } = registration ?? {}
    asked = true
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no target
    waiting?.postMessage('take over')
    // Chromium lets a new worker wait now and then, although it has been asked to take over.
    if (waiting) clock.after(LONG, stuck)
    else reload()
  }
  if (registration?.waiting && controlled) offer(take)
  registration?.addEventListener('updatefound', () => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && controlled) offer(take)
    })
  })
  return registration
}
