/** What the page does for the service worker. `offer` hands the user a way to take the new version; `reload` opens the page anew. */
export interface OfflineOptions {
  readonly offer: (apply: () => void) => void
  readonly reload: () => void
}

/**
 * Keeps the app for use without a network. A version that is found later waits until the user takes it; where another
 * tab has taken it, this one says so and stays as it is.
 */
export async function keepOffline(
  workers: ServiceWorkerContainer,
  { offer, reload }: OfflineOptions,
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
    if (waiting) waiting.postMessage('take over')
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
