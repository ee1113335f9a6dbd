import EngineWorker from './worker.ts?worker'
import type { Connect } from './client.ts'
import type { Response } from './protocol.ts'

/** Opens a worker; an error that it doesn't tell itself (out of memory, not loaded) is reported as failed. */
export const connectWorker: Connect = (receive, failed) => {
  const worker = new EngineWorker({ name: 'drawbridge engine' })
  worker.addEventListener('message', (event: MessageEvent<Response>) => receive(event.data))
  worker.addEventListener('messageerror', () => failed('A message could not be read.'))
  worker.addEventListener('error', (event) => failed(messageOf(event)))
  return { post: (request) => worker.postMessage(request, []), close: () => worker.terminate() }
}

function messageOf({ message, filename, lineno, colno }: ErrorEvent): string {
  if (!message) return 'The worker could not be started.'
  return filename ? `${message} (${filename.slice(filename.lastIndexOf('/') + 1)}:${lineno}:${colno})` : message
}
