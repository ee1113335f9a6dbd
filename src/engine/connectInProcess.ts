import type { Connect } from './client.ts'
import { createDriver } from './driver.ts'
import { createSession, type Session } from './handle.ts'

/**
 * The engine in this thread, for Node: same interface, same order of messages, no worker. Everything that crosses is
 * cloned as a worker would, so that what isn't plain data fails here, too.
 */
export function connectInProcess(session: () => Session = createSession): Connect {
  return (receive) => {
    let closed = false
    const take = createDriver(session(), {
      post: (response) => !closed && receive(structuredClone(response)),
      later: (run) => void setTimeout(() => !closed && run(), 0),
      now: () => performance.now(),
    })
    return {
      post: (request) => take(structuredClone(request)),
      close: () => {
        closed = true
      },
    }
  }
}
