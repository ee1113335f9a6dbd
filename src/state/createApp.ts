import { explanationMarkdown } from '#core/explain/markdown.ts'
import type { Actions, App } from './app.ts'
import { createAnalysis, type StartEngine } from './analysis.ts'
import { type Clock, realClock } from './clock.ts'
import { changesOf, createDocuments, type Documents } from './documents.ts'
import { createComparing } from './comparing.ts'
import { createDrafts } from './drafts.ts'
import type { Change } from './content.ts'
import { createImporter, type Importer } from './incoming/importer.ts'
import { redactTyped } from './incoming/redact.ts'
import { tellSecrets } from './incoming/told.ts'
import { createTeaching } from './lessons/createTeaching.ts'
import { createProgress, type ProgressStore } from './lessons/progress.ts'
import { isLesson, takeLessons } from './lessons/takeLessons.ts'
import type { SavedTeaching, Teaching } from './lessons/teaching.ts'
import { type Locks, lookOnly, noLocks } from './locks.ts'
import { createNotices, type Notices } from './notices.ts'
import type { Place } from './places.ts'
import { createPreferences, type Preferences } from './preferences.ts'
import { LIVING_SAMPLE, SAMPLES } from './samples.ts'
import { memoryStorage, type Storage } from './storage.ts'
import { isLink } from './share/pack.ts'
import { createSharing, isShared, type Sharing } from './share/sharing.ts'
import { createStores, type Stores } from './stores.ts'
import { createUpdating } from './updating.ts'
import { createViewActions } from './viewActions.ts'
import { createWorkspaces, type Workspaces } from './workspaces.ts'

/** What the app stands on; everything but the engine has a default that forgets with the page. */
export interface AppOptions {
  readonly engine: StartEngine
  readonly storage?: Storage | undefined
  readonly clock?: Clock | undefined
  readonly preferences?: Preferences | undefined
  readonly locks?: Locks | undefined
  /** What is kept of lessons, beside the workspaces. */
  readonly progress?: ProgressStore | undefined
  /** Texts that were never given before, for workspaces. */
  readonly newId?: (() => string) | undefined
  /** The link that the page was opened with: its workspace is opened instead of the last one. */
  readonly link?: string | undefined
  /** The page only shows: nothing can be changed, nothing is kept. */
  readonly lookOnly?: boolean | undefined
}

/** An app with its beginning and end. */
export interface RunningApp extends App {
  /** Done once the last workspace (or the living sample) is open. */
  readonly ready: Promise<void>
  /** The same: whether the link of the options was opened. */
  readonly linkOpened: Promise<boolean>
  /** Saves at once what is not saved yet: for `visibilitychange` and `pagehide`. */
  readonly flush: () => Promise<void>
  readonly dispose: () => void
}

interface Parts {
  readonly ready: Promise<void>
  readonly stores: Stores
  readonly documents: Documents
  readonly notices: Notices
  readonly importer: Importer
  readonly workspaces: Workspaces
  readonly sharing: Sharing
  readonly teaching: Teaching
}

/** The whole application without a screen. It opens the last workspace by itself. */
export function createApp(options: AppOptions): RunningApp {
  const clock = options.clock ?? realClock
  const preferences = options.preferences ?? createPreferences(undefined)
  const { theme, panels, planStyle } = preferences.read()
  const stores = createStores({ theme, panels, planStyle })
  if (options.lookOnly === true) stores.documents.setState({ lookOnly: true })
  const notices = createNotices(stores.view, clock)
  const analysis = createAnalysis(stores, options.engine, {
    clock,
    onShown: () => {
      follow()
      lessons.follow()
    },
  })
  const documents = createDocuments(stores, clock, {
    onTexts: analysis.sync,
    onStep: notices.settle,
    onChange: () => workspaces.touched(),
  })
  const storage = options.storage ?? memoryStorage()
  const locks = options.lookOnly === true ? lookOnly : (options.locks ?? noLocks)
  const newId = options.newId ?? randomId
  const taught = { saved: () => lessons.saved(), show: (saved?: SavedTeaching) => lessons.show(saved) }
  const kept = { storage, locks, newId, livingSample: LIVING_SAMPLE, teaching: taught }
  const workspaces = createWorkspaces({ stores, documents, notices, clock, preferences, ...kept })
  const importer = createImporter({ stores, documents, analysis, notices, clock })
  const sharing = createSharing({ stores, documents, analysis, notices, workspaces, clock, lessons: () => lessons })
  const { follow, ...comparing } = createComparing({ stores, documents, analysis, notices })
  const progress = options.progress ?? createProgress(undefined)
  const around = { stores, documents, analysis, notices, workspaces, preferences, clock }
  const lessons = createTeaching({ ...around, kept: progress, newId, ready: () => ready })
  const { teaching } = lessons
  const linkOpened = sharing.start(options.link)
  const ready = linkOpened.then(() => undefined)
  const parts = { ready, stores, documents, notices, importer, workspaces, sharing, teaching }
  const { cancelPlans, ...drafts } = createDrafts({ stores, documents, analysis, notices, preferences, clock })
  const actions: Actions = guard(stores, notices, {
    ...createViewActions({ stores, documents, analysis, notices, preferences, onSaved: workspaces.touched }),
    ...comparing,
    ...drafts,
    ...fileActions(parts),
    ...workspaceActions(parts),
    ...createUpdating(stores, notices, workspaces.flush),
    cancel: () => void (importer.cancel() || cancelPlans() || analysis.cancel()),
    explanationText() {
      const { explanation } = stores.analysis.getState()
      return explanation && explanationMarkdown(explanation, (ref) => lineOf(documents, analysis.place(ref)))
    },
    compareProfile: async (profile) => (await analysis.engine.ask('profile', { profile }))?.compared,
    suggestChecks: async () => (await analysis.engine.ask('suggest', {}))?.suggested,
    readTests: (text) => analysis.engine.ask('read-tests', { text }),
    async complete(path, offset) {
      const text = documents.file(path)?.text
      // Elsewhere there is nothing to offer, and large texts don't cross to the engine with each key.
      if (text === undefined || !text.includes('ConnectivityChecks')) return undefined
      return (await analysis.engine.ask('complete', { text, offset }))?.completions
    },
    liveTests: (format) => analysis.engine.ask('live-tests', { format }),
    async exportBundle(options) {
      const answer = await analysis.engine.ask('export', { options, ...openedTexts(documents), deleted: [] })
      return (
        answer?.bundle ?? { files: [], commands: [], leftOut: ['Drawbridge could not write the export; try it again.'] }
      )
    },
  })
  return {
    ...stores,
    actions,
    teaching,
    ready,
    linkOpened,
    flush: workspaces.flush,
    dispose: analysis.dispose,
  }
}

// `db.yaml:54`
function lineOf(documents: Documents, place: Place | undefined): string | undefined {
  const text = place && documents.file(place.file)?.text
  if (!place || text === undefined) return undefined
  return `${place.file}:${text.slice(0, place.range.from).split(/\r\n|\n|\r/).length}`
}

// What comes in while the last workspace is still on its way waits for it: it would be lost otherwise.
function fileActions({ ready, documents, importer, notices, stores, sharing, teaching }: Parts) {
  const once = (run: () => Promise<void>): Promise<void> =>
    stores.documents.getState().workspace.id === '' ? ready.then(run) : run()
  return {
    open: (incoming) =>
      once(async () => {
        // Nothing comes between the call and the import, so that it can be cancelled at once.
        if (!incoming.some((file) => isShared(file) || isLesson(file))) return await importer.open(incoming)
        const others = await takeLessons(await sharing.openFiles(incoming), { teaching, notices })
        if (others.length > 0) await importer.open(others)
      }),
    paste: (text) =>
      once(async () => {
        if (isLink(text) && !/\s/.test(text.trim())) return void (await sharing.openLink(text))
        const [rest] = await takeLessons([{ path: pastedPath(text), content: text }], { teaching, notices })
        if (rest) await importer.paste(rest)
      }),
    resolveConflict: importer.resolveConflict,
    edit(path, edits) {
      const redacted = redactTyped(documents.file(path)?.text ?? '', edits)
      const changes: Change[] = [{ type: 'edit', path, edits }]
      if (redacted) changes.push({ type: 'edit', path, edits: [redacted.edit] })
      const done = documents.commit(changes, `typing in ${path}`, { typing: true })
      if (redacted && done) notices.say('info', tellSecrets(redacted.secrets) ?? '')
    },
    apply: (changes, label) => void documents.commit(changesOf(changes, documents.content()), label),
    undo: documents.undo,
    redo: documents.redo,
    closeFile: (path) => void documents.commit([{ type: 'remove', path, forget: true }], `closing ${path}`),
    renameFile(path, to) {
      if (path === to || to.trim() === '') return
      if (documents.commit([{ type: 'rename', path, to: to.trim() }], `renaming ${path}`)) {
        if (stores.view.getState().activeFile === path) stores.view.setState({ activeFile: to.trim() })
      } else notices.say('warning', `There is a file ${to} already.`)
    },
    setFileCounts(path, counts) {
      const { namespace } = documents.file(path) ?? {}
      const label = counts ? `counting ${path}` : `not counting ${path}`
      documents.commit([{ type: 'reading', path, counts, namespace }], label)
    },
    setFileNamespace(path, namespace) {
      const { counts = true } = documents.file(path) ?? {}
      documents.commit([{ type: 'reading', path, counts, namespace }], `namespace of ${path}`)
    },
  } satisfies Partial<Actions>
}

function pastedPath(text: string): string {
  return /^\s*[{[]/.test(text) ? 'pasted.json' : 'pasted.yaml'
}

function workspaceActions({ ready, workspaces, importer, documents, stores, sharing }: Parts) {
  return {
    share: sharing.share,
    lessonLink: sharing.lessonLink,
    openLink: (link) => ready.then(() => sharing.openLink(link)),
    newWorkspace: workspaces.create,
    openWorkspace: workspaces.open,
    renameWorkspace: workspaces.rename,
    deleteWorkspace: workspaces.remove,
    openSample: (id) => workspaces.openSample(SAMPLES.find((sample) => sample.id === id) ?? LIVING_SAMPLE),
    takeOver: workspaces.takeOver,
    closeDialog() {
      const { dialog } = stores.view.getState()
      if (dialog?.type === 'conflict') return void importer.resolveConflict('cancel')
      stores.view.setState({ dialog: undefined })
      if (dialog?.type === 'preview' && dialog.redo === true) documents.redo()
    },
  } satisfies Partial<Actions>
}

const WRITING = [
  'open',
  'paste',
  'edit',
  'apply',
  'undo',
  'redo',
  'closeFile',
  'renameFile',
  'setFileCounts',
  'setFileNamespace',
  'renameWorkspace',
  'move',
  'tidy',
  'startDraft',
  'finishDraft',
  'carryOut',
  'accept',
  'chooseAgain',
] as const satisfies readonly (keyof Actions)[]

const ONLY_SHOWN = 'This is only shown here: open it in Drawbridge to change it.'
const ELSEWHERE = 'Another tab has this workspace open for writing: take it over to change it here.'

// What would write does nothing but say why, where another tab has the workspace.
function guard({ documents }: Stores, notices: Notices, actions: Actions): Actions {
  const guarded = WRITING.map((name) => {
    const action = actions[name] as (...args: readonly unknown[]) => unknown
    return [
      name,
      (...args: readonly unknown[]) => {
        if (documents.getState().writable) return action(...args)
        notices.say('warning', documents.getState().lookOnly === true ? ONLY_SHOWN : ELSEWHERE)
        return Promise.resolve()
      },
    ]
  })
  return { ...actions, ...(Object.fromEntries(guarded) as Partial<Actions>) }
}

// The texts as opened, of files that differ from them now (nothing, for those made here), and of those that were deleted.
function openedTexts(documents: Documents) {
  const { files, gone } = documents.content()
  const changed = files.flatMap(({ path, text, opened }) => (opened === text ? [] : [{ path, text: opened ?? '' }]))
  return { opened: [...changed, ...gone] }
}

// `crypto.randomUUID` is missing where the page is not served securely.
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
