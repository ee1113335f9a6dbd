import { createDriver } from './driver.ts'
import { createSession } from './handle.ts'
import type { Request } from './protocol.ts'

// A message to oneself is a macrotask without the 4 ms that nested timers cost; messages from the page come in between.
const bell = new MessageChannel()
let rung: (() => void) | undefined
bell.port1.addEventListener('message', () => rung?.())
bell.port1.start()

const receive = createDriver(createSession(), {
  post: (response) => self.postMessage(response, {}),
  later: (run) => {
    rung = run
    bell.port2.postMessage(undefined)
  },
  now: () => performance.now(),
})

self.addEventListener('message', (event: MessageEvent<Request>) => receive(event.data))
