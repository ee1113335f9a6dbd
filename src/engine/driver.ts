import type { QuestionName, Request, Response } from './protocol.ts'
import type { Session, Steps } from './handle.ts'

/** What the driver needs from its surroundings: where responses go, a macrotask, and a clock in milliseconds. */
export interface Surroundings {
  readonly post: (response: Response) => void
  readonly later: (run: () => void) => void
  readonly now: () => number
}

// A slice between two looks at the mailbox: short enough that a cancel feels immediate, long enough to cost nothing.
const SLICE_MS = 12

// Nobody reads a progress bar that lives shorter, or that changes more often.
const PROGRESS_MS = 100

// Who types faster than the engine draws still wants to see something now and then.
const STARVING_MS = 300

// Asked after each picture, by nobody's click.
const BACKGROUND: ReadonlySet<QuestionName> = new Set(['changes', 'grade', 'profile'])

/**
 * Runs a session's generators in slices, so that a newer sync or a cancel is seen while older work is under way.
 * A sync goes before questions, which so speak of the newest texts; a newer sync takes the place of the older,
 * unless nothing but edits came for so long that the older had better be shown first. What an edit changed may take long
 * in a large cluster, and nobody has clicked for it: it waits behind what somebody has.
 */
export function createDriver(session: Session, surroundings: Surroundings): (request: Request) => void {
  let sync: Steps | undefined
  let nextSync: Steps | undefined
  let hungrySince: number | undefined
  let questions: Steps[] = []
  let background: Steps[] = []
  let waiting = false
  let told = 0

  const tell = (response: Response): void => {
    if (response.type === 'progress') {
      if (surroundings.now() < told + PROGRESS_MS) return
      told = surroundings.now()
    }
    surroundings.post(response)
  }
  const wake = (): void => {
    if (waiting) return
    waiting = true
    surroundings.later(run)
  }
  const step = (): void => {
    const steps = sync ?? questions[0] ?? background[0]
    const next = steps?.next()
    if (next?.value) tell(next.value)
    if (!next?.done) return
    if (steps === sync) finishSync()
    else if (steps === questions[0]) questions = questions.slice(1)
    else background = background.slice(1)
  }
  const finishSync = (): void => {
    sync = nextSync
    nextSync = undefined
    hungrySince = sync && surroundings.now()
  }
  const take = (steps: Steps, request: Request): void => {
    const now = surroundings.now()
    if (sync && isTyping(request) && now - (hungrySince ?? now) > STARVING_MS) {
      nextSync = steps
      return
    }
    sync = steps
    nextSync = undefined
    hungrySince ??= now
    told = now
  }
  const hasWork = (): boolean => (sync ?? questions[0] ?? background[0]) !== undefined
  const run = (): void => {
    waiting = false
    const end = surroundings.now() + SLICE_MS
    do step()
    while (hasWork() && surroundings.now() < end)
    if (hasWork()) wake()
  }
  return (request) => {
    const steps = session.handle(request)
    if (request.type === 'ask') (BACKGROUND.has(request.name) ? background : questions).push(steps)
    else take(steps, request)
    wake()
  }
}

function isTyping(request: Request): boolean {
  return request.type === 'sync' && request.changes.every((change) => change.type === 'edit')
}
