import type { Picture } from '#core/model/picture.ts'
import type { Engine, EngineOptions } from '#engine/client.ts'
import type { Answered, EngineChange, EngineFile, QuestionName, Questions } from '#engine/protocol.ts'
import { applyChanges } from '#engine/workspace.ts'
import type { Clock } from './clock.ts'
import { type AppOptions, createApp, type RunningApp } from './createApp.ts'
import { memoryStorage } from './storage.ts'

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  readonly tick: (ms: number) => Promise<void>
}

/** A clock at zero; `tick` runs what comes due, and lets promises settle. */
export function testClock(): TestClock {
  let now = 0
  let timers: readonly { at: number; run: () => void }[] = []
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    pause: settled,
    async tick(ms) {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { run } of due) run()
      await settled()
    },
  }
}

/** Lets everything that is promised happen. */
export function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}

type Answers = { [Q in QuestionName]?: (question: Questions[Q]['question']) => Questions[Q]['answer'] }

/** An engine that knows no policies: it keeps the files as told by edits, and draws what the test says. */
export interface TestEngine {
  readonly start: (options: EngineOptions) => Engine
  readonly files: () => readonly EngineFile[]
  readonly revision: () => number
  readonly synced: { readonly revision: number; readonly changes: readonly EngineChange[] }[]
  /** Draws a picture of the newest texts; by itself it draws nothing while `manual` is on. */
  readonly show: (part?: Partial<Picture>) => void
  readonly options: () => EngineOptions
  manual: boolean
  cancelled: number
}

/** An engine that answers questions as told. */
export function testEngine(
  answers: Answers = {},
  draw: (files: readonly EngineFile[]) => Partial<Picture> = () => ({}),
): TestEngine {
  let files: readonly EngineFile[] = []
  let revision = -1
  let options: EngineOptions | undefined
  const synced: { revision: number; changes: readonly EngineChange[] }[] = []
  const engine: TestEngine = {
    files: () => files,
    revision: () => revision,
    synced,
    manual: false,
    cancelled: 0,
    options: () => options ?? raise('not started'),
    show: (part) => options?.onPicture({ ...emptyPicture(revision), ...draw(files), ...part }),
    start(given) {
      options = given
      return {
        sync(next, changes) {
          revision = next
          files = applyChanges(files, changes)
          synced.push({ revision, changes })
          if (!engine.manual) queueMicrotask(() => revision === next && engine.show())
        },
        async ask<Q extends QuestionName>(name: Q, question: Questions[Q]['question']) {
          const answer = answers[name]?.(question)
          return answer ? ({ ...answer, revision } as unknown as Answered<Q>) : undefined
        },
        cancel: () => {
          engine.cancelled++
          const at = revision
          // As the worker does: texts that come right behind a cancel take its place.
          queueMicrotask(() => revision === at && given.onCancelled?.(at))
        },
        dispose: () => {},
      }
    },
  }
  return engine
}

/** A picture that shows nothing. */
export function emptyPicture(revision: number): Picture {
  return {
    revision,
    namespaces: [],
    workloads: [],
    outside: [],
    edges: [],
    documents: [],
    problems: [],
    checks: [],
    counts: {
      documents: 0,
      workloads: 0,
      pods: 0,
      namespaces: 0,
      policies: 0,
      services: 0,
      ignored: 0,
      defaulted: 0,
      unloadedNamespaces: 0,
      unevaluated: [],
      ignoredKinds: [],
    },
  }
}

/** An app with an empty workspace open, its clock and its engine. */
export async function startApp(
  options: Partial<AppOptions> & { readonly testEngine?: TestEngine } = {},
): Promise<{ app: RunningApp; clock: TestClock; engine: TestEngine }> {
  const clock = testClock()
  const engine = options.testEngine ?? testEngine()
  const app = createApp({ engine: engine.start, clock, storage: memoryStorage(), newId: ids(), ...options })
  await app.ready
  await app.actions.newWorkspace('Test')
  await settled()
  return { app, clock, engine }
}

/** `w1`, `w2`, … */
export function ids(prefix = 'w'): () => string {
  let n = 0
  return () => `${prefix}${++n}`
}

/** The texts by path. */
export function texts(app: RunningApp): Record<string, string> {
  return Object.fromEntries(app.documents.getState().files.map(({ path, text }) => [path, text]))
}

function raise(message: string): never {
  throw new Error(message)
}
