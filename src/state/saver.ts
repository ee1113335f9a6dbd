import type { StoreApi } from 'zustand/vanilla'
import type { DocumentsState } from './app.ts'
import type { Clock } from './clock.ts'
import { whyNotSaved } from './storage.ts'

/** Keeps what is on disk up with what is on the screen, and says whether it is. */
export interface Saver {
  /** Something has changed: it is saved half a second later, together with all that changes until then. */
  readonly touched: () => void
  /** Saves at once what is not saved yet; done when it is, or has failed. */
  readonly flush: () => Promise<void>
  /** Runs something whose changes come from the disk and need not go there. */
  readonly quietly: (run: () => void) => void
}

/** What a saver works with: `write` saves everything as it is when it is called. */
export interface SaverContext {
  readonly clock: Clock
  readonly store: StoreApi<DocumentsState>
  readonly write: () => Promise<void>
}

const PAUSE_MS = 500

/** A saver over `write`; writes never overlap, and `saved` is said only when nothing is left to write. */
export function createSaver({ clock, store, write }: SaverContext): Saver {
  let dirty = false
  let quiet = false
  let stop: (() => void) | undefined
  let running: Promise<void> | undefined

  const run = async (): Promise<void> => {
    while (dirty && store.getState().writable) {
      dirty = false
      try {
        await write()
        if (!dirty) store.setState({ saving: { status: 'saved' } })
      } catch (error) {
        dirty = true
        return store.setState({ saving: { status: 'failed', why: whyNotSaved(error) } })
      }
    }
  }
  const flush = async (): Promise<void> => {
    stop?.()
    stop = undefined
    if (running) await running
    if (!dirty) return
    running = run().finally(() => {
      running = undefined
    })
    await running
  }
  return {
    flush,
    touched() {
      if (quiet || !store.getState().writable) return
      dirty = true
      if (store.getState().saving.status !== 'saving') store.setState({ saving: { status: 'saving' } })
      // Not put off by what follows: whoever types without a pause is saved, too.
      stop ??= clock.after(PAUSE_MS, () => void flush())
    },
    quietly(work) {
      quiet = true
      work()
      quiet = false
    },
  }
}
