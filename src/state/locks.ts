/** A workspace that this tab may write. */
export interface Lock {
  readonly release: () => void
}

/** One tab writes a workspace, others read it. */
export interface Locks {
  /** Undefined where another tab has it. `leave` is called when another tab takes it: save, and write no more. */
  readonly acquire: (name: string, leave: () => Promise<void>) => Promise<Lock | undefined>
  /** Takes it from the tab that has it, which may save first. */
  readonly takeOver: (name: string, leave: () => Promise<void>) => Promise<Lock>
}

const PATIENCE_MS = 1_500

/** Locks for a page without a secure context (plain http), or a browser without Web Locks: everybody may write. */
export const noLocks: Locks = {
  acquire: async () => ({ release: () => {} }),
  takeOver: async () => ({ release: () => {} }),
}

/** Web Locks, with a word on a channel before one is taken away, so that the other tab saves first. */
export function webLocks(locks: LockManager, channel: BroadcastChannel): Locks {
  const held = new Map<string, () => Promise<void>>()
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') void held.get(event.data)?.()
  })

  const hold = (name: string, options: LockOptions, leave: () => Promise<void>): Promise<Lock | undefined> =>
    new Promise((resolve, reject) => {
      const granted = (lock: unknown): Promise<void> | undefined => {
        if (!lock) return void resolve(undefined)
        return new Promise<void>((release) => {
          const mine = async (): Promise<void> => {
            if (held.get(name) === mine) held.delete(name)
            await leave()
            release()
          }
          held.set(name, mine)
          resolve({
            release: () => {
              if (held.get(name) === mine) held.delete(name)
              release()
            },
          })
        })
      }
      // A lock that was stolen rejects long after it was granted: then nobody listens to `reject`, but `leave` must know.
      locks.request(name, options, granted).catch((error: unknown) => {
        const leaving = held.get(name)
        held.delete(name)
        if (leaving) void leave()
        else reject(error instanceof Error ? error : new Error(String(error)))
      })
    })

  return {
    acquire: (name, leave) => hold(name, { ifAvailable: true }, leave),
    async takeOver(name, leave) {
      channel.postMessage(name)
      const patience = AbortSignal.timeout(PATIENCE_MS)
      const polite = await hold(name, { signal: patience }, leave).catch(() => undefined)
      return polite ?? ((await hold(name, { steal: true }, leave)) as Lock)
    },
  }
}
