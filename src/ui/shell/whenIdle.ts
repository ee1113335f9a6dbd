/** Loads something ahead of its need, once the page has nothing better to do; a failure shows when it is needed. */
export function whenIdle(load: () => Promise<unknown>): void {
  const ahead = (): void => void load().catch(() => undefined)
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(ahead, { timeout: 4000 })
  else setTimeout(ahead, 2000)
}
