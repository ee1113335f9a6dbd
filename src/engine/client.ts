import type { Picture } from '#core/model/picture.ts'
import { patchPicture, type PicturePatch } from './patch.ts'
import type {
  Answered,
  AnswerResponse,
  AskRequest,
  Crash,
  EngineChange,
  EngineFile,
  Progress,
  QuestionName,
  Questions,
  Request,
  Response,
} from './protocol.ts'

/** The engine as the rest of the app sees it. Nothing of it throws; a question that can't be answered gives undefined. */
export interface Engine {
  /** Tells what changed; `revision` must grow, `step` is as in a `SyncRequest`. The picture comes by `onPicture`; of several syncs the newest counts. */
  sync(revision: number, changes: readonly EngineChange[], step?: number): void
  /** Asks; answered for the newest texts, after their picture. Undefined where the engine crashed, restarted or stopped. */
  ask<Q extends QuestionName>(name: Q, question: Questions[Q]['question']): Promise<Answered<Q> | undefined>
  /** Stops the sync that is running: its texts stay known, its picture never comes; the next sync goes on from there. */
  cancel(): void
  /** Ends the worker; open questions give undefined. */
  dispose(): void
}

/** Who listens, and where whole texts come from when a crashed worker starts again. */
export interface EngineOptions {
  /** All files as they are now (those of the last `sync`). */
  readonly files: () => readonly EngineFile[]
  readonly onPicture: (picture: Picture) => void
  /** Undefined: nothing long is running any more. */
  readonly onProgress?: ((progress: Progress | undefined) => void) | undefined
  readonly onCrash?: ((crash: Crash) => void) | undefined
  readonly onCancelled?: ((revision: number) => void) | undefined
}

/** The other side of the border: a worker, or a session in this thread. */
interface Port {
  post(request: Request): void
  close(): void
}

/** Opens the other side; `failed` tells that it died without a word (out of memory, not loaded). */
export type Connect = (receive: (response: Response) => void, failed: (message: string) => void) => Port

interface Connection {
  readonly port: Port
  picture: Picture | undefined
}

/** An engine over a connection. A crash of a sync restarts the other side with whole texts, once per revision. */
export function createEngine(connect: Connect, options: EngineOptions): Engine {
  const questions = createQuestions()
  let connection: Connection | undefined
  let revision = -1
  let shown = -1
  let retried = -1

  const disconnect = (): void => {
    connection?.port.close()
    connection = undefined
    questions.giveUp()
    options.onProgress?.(undefined)
  }
  const start = (): void => {
    const receive = (response: Response): void => {
      if (connection === opened) take(opened, response)
    }
    const failed = (message: string): void => {
      if (connection === opened) crash({ revision, message, where: 'running in the background' })
    }
    const opened: Connection = { port: connect(receive, failed), picture: undefined }
    connection = opened
    opened.port.post({ type: 'sync', revision, changes: [{ type: 'workspace', files: options.files().map(bare) }] })
  }
  const crash = (what: Crash): void => {
    disconnect()
    options.onCrash?.(what)
    if (retried === revision) return
    retried = revision
    start()
  }
  const show = (from: Connection, patch: PicturePatch): void => {
    const picture = patchPicture(from.picture, patch)
    if (!picture)
      return crash({
        revision,
        message: 'A picture came that fits to no other.',
        where: 'putting the picture together',
      })
    from.picture = picture
    options.onProgress?.(undefined)
    if (picture.revision < shown) return
    shown = picture.revision
    options.onPicture(picture)
  }
  const take = (from: Connection, response: Response): void => {
    if (response.type === 'picture') show(from, response.patch)
    else if (response.type === 'answer') questions.settle(response.id, response)
    else if (response.type === 'crashed' && response.id === undefined) crash(response)
    else tell(response, questions, options)
  }

  return {
    sync(next, changes, step) {
      revision = next
      if (connection) connection.port.post({ type: 'sync', revision, changes, step })
      else start()
    },
    ask: (name, question) => questions.ask(connection?.port, name, question),
    cancel: () => connection?.port.post({ type: 'cancel' }),
    dispose: disconnect,
  }
}

// What changes nothing but what the listeners know.
function tell(
  response: Exclude<Response, { readonly type: 'picture' | 'answer' }>,
  questions: OpenQuestions,
  { onProgress, onCancelled, onCrash }: EngineOptions,
): void {
  switch (response.type) {
    case 'progress':
      return onProgress?.({ label: response.label, done: response.done, total: response.total })
    case 'cancelled':
      onProgress?.(undefined)
      return onCancelled?.(response.revision)
    case 'crashed':
      if (response.id !== undefined) questions.settle(response.id, undefined)
      return onCrash?.(response)
  }
}

/** Questions that are on their way. */
interface OpenQuestions {
  ask<Q extends QuestionName>(
    port: Port | undefined,
    name: Q,
    question: Questions[Q]['question'],
  ): Promise<Answered<Q> | undefined>
  settle(id: number, answer: AnswerResponse | undefined): void
  /** Nobody will answer them any more. */
  giveUp(): void
}

function createQuestions(): OpenQuestions {
  const open = new Map<number, (answer: AnswerResponse | undefined) => void>()
  let nextId = 1
  return {
    ask: (port, name, question) =>
      new Promise((resolve) => {
        if (!port) return resolve(undefined)
        const id = nextId++
        open.set(id, (response) => resolve(response && read<typeof name>(response)))
        port.post({ type: 'ask', id, name, question } as AskRequest)
      }),
    settle(id, answer) {
      open.get(id)?.(answer)
      open.delete(id)
    },
    giveUp() {
      for (const resolve of open.values()) resolve(undefined)
      open.clear()
    },
  }
}

// What else the caller keeps with its files doesn't travel.
function bare({ path, text, counts, namespace }: EngineFile): EngineFile {
  return { path, text, counts, namespace }
}

// The name of a question decides the shape of its answer, which the compiler can't follow through the border.
function read<Q extends QuestionName>(response: AnswerResponse): Answered<Q> {
  return { ...response.answer, revision: response.revision }
}
