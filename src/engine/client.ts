import type { Picture } from '#core/model/picture.ts'
import { patchPicture } from './patch.ts'
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
  /** Tells what changed; `revision` must grow. The picture comes by `onPicture`; of several syncs the newest counts. */
  sync(revision: number, changes: readonly EngineChange[]): void
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
export interface Port {
  post(request: Request): void
  close(): void
}

/** Opens the other side; `failed` tells that it died without a word (out of memory, not loaded). */
export type Connect = (receive: (response: Response) => void, failed: (message: string) => void) => Port
