/** Time as state sees it, so that tests own it. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  readonly now: () => number
  /** Runs something once, so many milliseconds from now; the answer stops it. */
  readonly after: (ms: number, run: () => void) => () => void
  /** Lets the page draw and take input before long work goes on. */
  readonly pause: () => Promise<void>
}

/** The machine's clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  pause: () => new Promise((resolve) => void setTimeout(resolve, 0)),
}

/** Long work in slices: `rest` pauses when a slice is over, and throws the signal's reason once the user has cancelled. */
export interface Slices {
  readonly rest: () => Promise<void>
}

// Two of them still fit between two frames of a slow screen.
const SLICE_MS = 12

/** Slices by this clock, ended by the signal. */
export function createSlices(clock: Clock, signal: AbortSignal): Slices {
  let began = clock.now()
  return {
    async rest() {
      signal.throwIfAborted()
      if (clock.now() - began < SLICE_MS) return
      await clock.pause()
      began = clock.now()
      signal.throwIfAborted()
    },
  }
}
