import type { End } from '#core/model/end.ts'
import type { Picture } from '#core/model/picture.ts'
import type { Ref } from '#core/model/text.ts'
import type { Crash, EngineChange, Progress } from '#engine/protocol.ts'
import type { Engine, EngineOptions } from '#engine/client.ts'
import type { Selection } from './view.ts'
import type { Clock } from './clock.ts'
import { forEngine } from './documents.ts'
import { NO_CHANGES, type Stores } from './stores.ts'
import { followPlace, locate, locateDocument, type Place, type Since } from './places.ts'
import { createLinking, type Linking } from './linking.ts'
import { createSelecting } from './selecting.ts'

/** Opens the engine with who listens: the worker's client, or one in this thread. */
export type StartEngine = (options: EngineOptions) => Engine

/** What the engine says of the texts, and what follows from the selection. */
export interface Analysis {
  readonly engine: Engine
  /** Tells the engine what changed. */
  readonly sync: (revision: number, changes: readonly EngineChange[], step?: number) => void
  /** Follows a new selection. */
  readonly select: (selection: Selection | undefined) => void
  readonly selectConnection: (from: End, to: End) => Promise<void>
  /** Asks again for what hangs on the selection: reach, explanation, highlights. */
  readonly refresh: () => void
  /** What edge, rule and line mean to each other. */
  readonly linking: Linking
  /** The picture of this revision or a later one; undefined where it never comes (cancelled, crashed). */
  readonly whenShown: (revision: number) => Promise<Picture | undefined>
  readonly place: (ref: Ref) => Place | undefined
  readonly placeOfDocument: (id: string) => Place | undefined
  /** Stops the evaluation that is running. False where none is. */
  readonly cancel: () => boolean
  readonly dispose: () => void
}

interface Waiting {
  readonly revision: number
  readonly resolve: (picture: Picture | undefined) => void
}

/** What an analysis works with; `onShown` hears of each new picture. */
export interface AnalysisOptions {
  readonly clock: Clock
  readonly onShown: () => void
}

/** The analysis store, kept in step with the documents store. Pictures of another workspace or of older texts are dropped. */
export function createAnalysis(
  stores: Stores,
  startEngine: StartEngine,
  { clock, onShown }: AnalysisOptions,
): Analysis {
  const { documents, analysis, view } = stores
  let since: readonly { readonly revision: number; readonly changes: readonly EngineChange[] }[] = []
  let opened = 0
  let waiting: readonly Waiting[] = []

  const changesSince = (): Since => since.flatMap(({ changes }) => changes)
  const place = (ref: Ref): Place | undefined => locate(analysis.getState().picture, changesSince(), ref)
  const settle = (done: (revision: number) => boolean, picture: Picture | undefined): void => {
    const ready = waiting.filter(({ revision }) => done(revision))
    waiting = waiting.filter(({ revision }) => !done(revision))
    for (const { resolve } of ready) resolve(picture)
  }

  const selecting = createSelecting({ stores, engine: () => engine, place, clock })

  const linking = createLinking({ stores, engine: () => engine, place })

  const onPicture = (picture: Picture): void => {
    if (picture.revision < opened) return
    since = since.filter(({ revision }) => revision > picture.revision)
    const pending = picture.revision < documents.getState().revision
    analysis.setState({ picture, pending, crash: undefined })
    selecting.refresh()
    onShown()
    settle((revision) => revision <= picture.revision, picture)
  }
  const onCrash = (crash: Crash): void => {
    const shown = analysis.getState().picture ? ' What you see is the last good picture;' : ''
    const text = `Drawbridge made a mistake while ${crash.where}: ${sentence(crash.message)}${shown} ${shown ? 'your' : 'Your'} texts are safe.`
    analysis.setState(crash.id === undefined ? { crash: text, pending: false } : { crash: text })
    if (crash.id === undefined) settle((revision) => revision <= crash.revision, undefined)
  }
  const onCancelled = (revision: number): void => {
    if (revision === documents.getState().revision) analysis.setState({ pending: false })
    settle((wanted) => wanted <= revision, undefined)
  }
  const onProgress = (progress: Progress | undefined): void => analysis.setState({ progress })
  const engine: Engine = startEngine({
    files: () => documents.getState().files.map(forEngine),
    onPicture,
    onCrash,
    onCancelled,
    onProgress,
  })

  return {
    engine,
    sync(revision, changes, step) {
      const whole = changes.some(({ type }) => type === 'workspace')
      since = whole ? [] : [...since, { revision, changes }]
      if (whole) {
        opened = revision
        selecting.forget()
        linking.forget()
        settle(() => true, undefined)
      }
      analysis.setState(
        whole
          ? {
              picture: undefined,
              lenses: undefined,
              pending: true,
              reach: [],
              explanation: undefined,
              fixes: [],
              crash: undefined,
              changes: NO_CHANGES,
              compared: undefined,
              before: undefined,
            }
          : { pending: true },
      )
      // What is highlighted moves with the text until the next picture says where it is.
      view.setState(({ highlights }) => ({
        highlights: highlights.flatMap((span) => {
          const at = followPlace(span, changes)
          return at ? [{ ...span, ...at }] : []
        }),
      }))
      engine.sync(revision, changes, step)
    },
    refresh: selecting.refresh,
    select(selection) {
      linking.forget()
      selecting.select(selection)
    },
    selectConnection(from, to) {
      linking.forget()
      return selecting.selectConnection(from, to)
    },
    linking,
    whenShown(revision) {
      const { picture } = analysis.getState()
      if (picture && picture.revision >= revision) return Promise.resolve(picture)
      return new Promise((resolve) => {
        waiting = [...waiting, { revision, resolve }]
      })
    },
    place,
    placeOfDocument: (id) => locateDocument(analysis.getState().picture, changesSince(), id),
    cancel() {
      const { pending } = analysis.getState()
      if (pending) engine.cancel()
      return pending
    },
    dispose: () => engine.dispose(),
  }
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
