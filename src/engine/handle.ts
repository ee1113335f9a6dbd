import { evaluateWithProfile } from '#core/evaluate/profiled.ts'
import { type Loaded, loadSteps } from '#core/load/load.ts'
import type { Picture } from '#core/model/picture.ts'
import { answer } from './answers.ts'
import { beginning, crashed, type Doing } from './crashed.ts'
import { diffPictures } from './patch.ts'
import { noPast, type Past, passOn } from './past.ts'
import { type Drawing, drawSteps } from './picture.ts'
import type { AnswerResponse, AskRequest, EngineFile, Request, Response, SyncRequest } from './protocol.ts'
import { setScene } from './scene.ts'
import { applyChanges } from './workspace.ts'

/** Work in pieces: a response, or undefined where there is only a chance to look at the mailbox. */
export type Steps = Iterator<Response | undefined, void, void>

/**
 * The engine without its surroundings. `handle` takes the request in at once (no edit is ever lost) and gives back the
 * work, to be driven step by step, older before newer; whoever drives may drop older work at any step.
 */
export interface Session {
  handle(request: Request): Steps
}

interface State {
  files: readonly EngineFile[]
  revision: number
  /** What the newest finished work made of the texts. */
  drawing: Drawing | undefined
  /** The last picture that the other side has. */
  sent: Picture | undefined
  past: Past
  /** Grows when work that is under way must come to nothing: after a cancel, for another workspace. */
  epoch: number
}

type Work = Generator<Response | undefined, void, void>

/** A session that knows no file yet. */
export function createSession(): Session {
  const state: State = { files: [], revision: -1, drawing: undefined, sent: undefined, past: noPast(), epoch: 0 }
  return {
    handle(request) {
      const doing = beginning(request)
      try {
        return guarded(state, begin(state, request, doing), { request, doing })
      } catch (error) {
        return [crashed(state.revision, request, doing, error)].values()
      }
    },
  }
}

function begin(state: State, request: Request, doing: Doing): Work {
  switch (request.type) {
    case 'sync':
      takeIn(state, request)
      return syncWork(state, { ...request, files: state.files, epoch: state.epoch }, doing)
    case 'cancel':
      state.epoch++
      return cancelWork(state.revision)
    case 'ask':
      return askWork(state, request)
  }
}

// A crash in here is our bug (design.md: style 6); the last good drawing stays.
function* guarded(
  state: State,
  work: Work,
  { request, doing }: { readonly request: Request; readonly doing: Doing },
): Work {
  try {
    yield* work
  } catch (error) {
    yield crashed(state.revision, request, doing, error)
  }
}

function takeIn(state: State, { revision, changes }: SyncRequest): void {
  // Another workspace: nothing of the old one may shine through, least of all last good meanings.
  if (changes.some((change) => change.type === 'workspace')) {
    state.drawing = undefined
    state.sent = undefined
    state.past = noPast()
    state.epoch++
  }
  state.files = applyChanges(state.files, changes)
  state.revision = revision
}

/** The texts of one revision. */
interface Texts {
  readonly revision: number
  readonly files: readonly EngineFile[]
  readonly step?: number | undefined
  readonly epoch: number
}

function* syncWork(state: State, texts: Texts, doing: Doing): Work {
  const { revision } = texts
  const isOver = (): boolean => state.epoch !== texts.epoch
  const drawing = yield* workOut(state.drawing, texts, { doing, isOver })
  if (!drawing) return
  doing.what = 'sending the picture'
  passOn(state.past, state.drawing, texts.step)
  state.drawing = drawing
  const patch = diffPictures(state.sent, drawing.picture)
  state.sent = drawing.picture
  yield { type: 'picture', revision, patch }
}

type Worked<T> = Generator<Response | undefined, T | undefined, void>

/** How work is watched from outside. */
interface Watched {
  readonly doing: Doing
  readonly isOver: () => boolean
}

function* workOut(before: Drawing | undefined, { revision, files }: Texts, watched: Watched): Worked<Drawing> {
  const { doing, isOver } = watched
  doing.what = 'reading documents'
  const reading = loadSteps(files, before?.scene.loaded)
  const loaded: Loaded | undefined = yield* told(reading, { revision, label: 'Reading documents', isOver })
  if (!loaded || isOver()) return undefined
  doing.what = 'evaluating policies'
  const profiled = evaluateWithProfile(loaded.cluster, loaded.policies, loaded.settings, before?.scene.profiled)
  doing.what = 'drawing connections'
  const scene = setScene(revision, loaded, profiled)
  yield
  return yield* told(drawSteps(scene, before), { revision, label: 'Evaluating connections', isOver })
}

interface Telling {
  readonly revision: number
  readonly label: string
  readonly isOver: () => boolean
}

/** Drives steps and tells how far they are; undefined where they were stopped. */
function* told<T>(
  steps: Iterator<{ readonly done: number; readonly total: number }, T, void>,
  { revision, label, isOver }: Telling,
): Worked<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (isOver()) return undefined
    yield { type: 'progress', revision, label, done: step.value.done, total: step.value.total }
  }
}

function* cancelWork(revision: number): Work {
  yield { type: 'cancelled', revision }
}

function* askWork(state: State, request: AskRequest): Work {
  const drawing = state.drawing ?? emptyDrawing()
  const answering = answer(drawing, state.past, { name: request.name, question: request.question })
  const { revision } = drawing.scene
  if (!(Symbol.iterator in answering)) return yield answered(request, revision, answering)
  for (;;) {
    const step = answering.next()
    if (step.done) return yield answered(request, revision, step.value)
    yield
  }
}

function answered({ id, name }: AskRequest, revision: number, answer: unknown): Response {
  return { type: 'answer', id, name, revision, answer } as AnswerResponse
}

// Questions may come before the first texts, or after those were cancelled.
function emptyDrawing(): Drawing {
  const loaded = finish(loadSteps([], undefined))
  const profiled = evaluateWithProfile(loaded.cluster, loaded.policies, loaded.settings)
  return finish(drawSteps(setScene(-1, loaded, profiled)))
}

function finish<T>(steps: Iterator<unknown, T, void>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
