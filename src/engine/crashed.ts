import type { Request, Response } from './protocol.ts'

/** What a piece of work is doing right now; it is told as it goes on, so that a crash can name its place. */
export interface Doing {
  what: string
}

/** What a request begins with. */
export function beginning(request: Request): Doing {
  return { what: request.type === 'ask' ? `answering the question “${request.name}”` : 'taking in the texts' }
}

/** An exception as it is told: what was being done, and where in our code it broke. */
export function crashed(revision: number, request: Request, { what }: Doing, error: unknown): Response {
  const message = error instanceof Error ? error.message : String(error)
  const line = error instanceof Error ? codeLine(error) : undefined
  const asked = request.type === 'ask' ? { id: request.id } : {}
  return { type: 'crashed', revision, message, where: line === undefined ? what : `${what} (${line})`, ...asked }
}

// The innermost frame, in Chromium's and in Firefox' way of writing: `at f (https://…/worker.js:1:2)`, `f@https://…/worker.js:1:2`.
function codeLine({ stack = '', message }: Error): string | undefined {
  // Chromium writes the message first, which may hold anything.
  const frames = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack
  return /([^/\\()\s@]+:\d+:\d+)\)?$/m.exec(frames)?.[1]
}
