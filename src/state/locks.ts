/** A workspace that this tab may write. */
export interface Lock {
  readonly release: () => void
}

/** Another tab takes the workspace. `mayWrite`: it waits for us to save; else it has taken it already, and a save would overwrite its own. */
export type Leave = (mayWrite: boolean) => Promise<void>

/** One tab writes a workspace, others read it. */
export interface Locks {
  /** Undefined where another tab has it. */
  readonly acquire: (name: string, leave: Leave) => Promise<Lock | undefined>
  /** Takes it from the tab that has it, which may save first. */
  readonly takeOver: (name: string, leave: Leave) => Promise<Lock>
}

const FREE: Lock = { release: () => {} }
const PATIENCE_MS = 1_500

/** Locks for a page without a secure context (plain http), or a browser without Web Locks: everybody may write. */
export const noLocks: Locks = { acquire: async () => FREE, takeOver: async () => FREE }

/** Nobody writes: for a page that only shows. */
export const lookOnly: Locks = { acquire: async () => undefined, takeOver: async () => FREE }

interface Held {
  stolen: boolean
  readonly giveUp: () => Promise<void>
}

/** Web Locks, with a word on a channel before one is taken away, so that the other tab saves first. */
export function webLocks(locks: LockManager, channel: BroadcastChannel): Locks {
  const held = new Map<string, Held>()
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') void held.get(event.data)?.giveUp()
  })

  const keep = (name: string, leave: Leave, release: () => void): { readonly lock: Lock; readonly mine: Held } => {
    const forget = (): boolean => held.get(name) === mine && held.delete(name)
    const mine: Held = {
      stolen: false,
      async giveUp() {
        if (!forget()) return
        // A tab that was asleep may hear the word after the lock was stolen: the manager's answer comes behind that news.
        await locks.query()
        await leave(!mine.stolen)
        release()
      },
    }
    held.set(name, mine)
    const lock: Lock = {
      release: () => {
        forget()
        release()
      },
    }
    return { lock, mine }
  }
  const hold = (name: string, options: LockOptions, leave: Leave): Promise<Lock | undefined> =>
    new Promise((resolve, reject) => {
      let mine: Held | undefined
      const granted = (lock: unknown): Promise<void> | undefined => {
        if (!lock) {
          resolve(undefined)
          return undefined
        }
        return new Promise<void>((release) => {
          const kept = keep(name, leave, release)
          mine = kept.mine
          resolve(kept.lock)
        })
      }
      // A lock that is stolen rejects long after it was granted.
      locks.request(name, options, granted).catch((error: unknown) => {
        if (!mine) return reject(error instanceof Error ? error : new Error(String(error)))
        mine.stolen = true
        if (held.get(name) === mine && held.delete(name)) void leave(false)
      })
    })

  return {
    // Where the browser refuses to lock at all, the user still wants to write.
    acquire: (name, leave) => hold(name, { ifAvailable: true }, leave).catch(() => FREE),
    async takeOver(name, leave) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
      channel.postMessage(name)
      const polite = await hold(name, { signal: AbortSignal.timeout(PATIENCE_MS) }, leave).catch(() => undefined)
      return polite ?? (await hold(name, { steal: true }, leave)) ?? FREE
    },
  }
}
