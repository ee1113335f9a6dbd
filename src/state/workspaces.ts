import type { Clock } from './clock.ts'
import type { Documents } from './documents.ts'
import type { Lock, Locks } from './locks.ts'
import type { Notices } from './notices.ts'
import type { Preferences } from './preferences.ts'
import { createSaver } from './saver.ts'
import type { LessonFile } from '#core/model/lesson.ts'
import type { SavedTeaching } from './lessons/teaching.ts'
import { type SavedView, type SavedWorkspace, type Storage, whyNotSaved } from './storage.ts'
import { FRESH_VIEW, NOT_LINKED, type Stores } from './stores.ts'
import type { Sample } from './samples/sample.ts'

/** The workspaces of this browser: which one is open, and that it is kept. */
export interface Workspaces {
  /** Opens what has come, else the workspace that was open last, or the living sample on a first visit. */
  readonly start: (adopted?: Adopted) => Promise<void>
  /** Something that is kept has changed. */
  readonly touched: () => void
  /** Saves now what is not saved yet. */
  readonly flush: () => Promise<void>
  readonly create: (name?: string) => Promise<void>
  readonly open: (id: string) => Promise<void>
  readonly rename: (name: string) => void
  readonly remove: (id: string) => Promise<void>
  readonly openSample: (sample: Sample) => Promise<void>
  /** Opens what came from elsewhere as a new workspace. */
  readonly adopt: (adopted: Adopted) => Promise<void>
  readonly openLiving: () => Promise<void>
  /** Opens texts as a workspace of their own; `show` is the file to show first. */
  readonly openTexts: (texts: TextsToOpen) => Promise<void>
  /** Removes a workspace that is not open, without a word. */
  readonly forget: (id: string) => Promise<void>
  readonly takeOver: () => Promise<void>
}

/** A workspace that came from elsewhere: by a link or a file. */
export type Adopted = Pick<SavedWorkspace, 'name' | 'files' | 'view' | 'teaching'>

/** Texts that become a workspace, with the lesson that they belong to. */
interface TextsToOpen {
  readonly name: string
  readonly files: readonly LessonFile[]
  readonly show?: string | undefined
  readonly teaching?: SavedTeaching | undefined
}

/** What workspaces work with. `newId` gives texts that no other workspace has. */
export interface WorkspacesContext {
  readonly stores: Stores
  readonly documents: Documents
  readonly notices: Notices
  readonly clock: Clock
  readonly storage: Storage
  readonly locks: Locks
  readonly preferences: Preferences
  readonly newId: () => string
  readonly livingSample: Sample
  /** The lesson of the workspace that is open: kept with it, and told of another. */
  readonly teaching: {
    readonly saved: () => SavedTeaching | undefined
    readonly show: (saved: SavedTeaching | undefined) => void
  }
}

/** Workspaces in a storage, one of them open, written by one tab at a time. */
export function createWorkspaces(context: WorkspacesContext): Workspaces {
  const { stores, documents, notices, storage, locks, clock } = context
  let sample: string | undefined
  let lock: Lock | undefined
  // Workspaces that could not be stored live on here until the page is closed.
  const unsaved = new Map<string, SavedWorkspace>()

  const saver = createSaver({
    clock,
    store: stores.documents,
    write: async () => {
      const saved = snapshot()
      await storage.write(saved)
      unsaved.delete(saved.id)
      list([saved, ...stores.documents.getState().workspaces.filter(({ id }) => id !== saved.id)])
    },
  })
  const snapshot = (): SavedWorkspace => {
    const { workspace } = stores.documents.getState()
    const { files, gone } = documents.content()
    return {
      ...workspace,
      changed: clock.now(),
      files,
      gone,
      view: viewOf(stores),
      sample,
      teaching: context.teaching.saved(),
    }
  }
  const list = (entries: readonly { id: string; name: string; changed: number }[]): void => {
    const workspaces = entries
      .map(({ id, name, changed }) => ({ id, name, changed }))
      .toSorted((a, b) => b.changed - a.changed)
    stores.documents.setState({ workspaces })
  }
  const leave = async (mayWrite: boolean): Promise<void> => {
    if (mayWrite) await saver.flush()
    lock = undefined
    stores.documents.setState({ writable: false })
    notices.say('warning', 'Another tab has taken this workspace over. Here you can read it, or take it back.')
  }
  const show = (saved: SavedWorkspace): void => {
    sample = saved.sample
    stores.documents.setState({ workspace: { id: saved.id, name: saved.name } })
    stores.view.setState({
      ...FRESH_VIEW,
      activeFile: saved.files[0]?.path,
      ...saved.view,
      centre: 'graph',
      selection: undefined,
      highlights: [],
      highlightedEdges: [],
      linked: NOT_LINKED,
      reveal: undefined,
      draft: undefined,
      dialog: undefined,
      notices: [],
    })
    context.teaching.show(saved.teaching)
    saver.quietly(() => documents.replace({ files: saved.files, gone: saved.gone, positions: saved.view.positions }))
    context.preferences.write({ workspace: saved.id })
  }
  // The present one is saved and let go before another is shown.
  const change = async (saved: SavedWorkspace, isNew: boolean): Promise<void> => {
    await saver.flush()
    if (stores.documents.getState().saving.status === 'failed') keepUnsaved()
    lock?.release()
    lock = await locks.acquire(saved.id, leave)
    stores.documents.setState({ writable: lock !== undefined })
    show(saved)
    if (!isNew) return
    saver.touched()
    await saver.flush()
  }
  const keepUnsaved = (): void => {
    const saved = snapshot()
    if (saved.id === '') return
    unsaved.set(saved.id, saved)
    list([saved, ...stores.documents.getState().workspaces.filter(({ id }) => id !== saved.id)])
  }
  const fresh = (adopted: Adopted, from?: Sample): SavedWorkspace => {
    const taken = new Set(stores.documents.getState().workspaces.map((entry) => entry.name))
    const name = freeName(adopted.name, taken)
    return { ...adopted, id: context.newId(), name, changed: clock.now(), gone: [], sample: from?.id }
  }
  const create = (name: string): Promise<void> => change(fresh({ name, files: [], view: FRESH_VIEW }), true)
  const openSample = async (chosen: Sample): Promise<void> => {
    const before = untouchedSample()
    const files = chosen.files.map(fileOfSample)
    const view: SavedView = { ...FRESH_VIEW, activeFile: chosen.show ?? files[0]?.path, hint: chosen.hint }
    await change(fresh({ name: chosen.name, files, view }, chosen), true)
    // A sample that nobody has touched can be opened again at any time: it doesn't pile up.
    if (before !== undefined) await forget(before)
  }
  const openTexts = ({ name, files, show, teaching }: TextsToOpen): Promise<void> => {
    const view: SavedView = { ...FRESH_VIEW, activeFile: show ?? files[0]?.path }
    return change(fresh({ name, files: files.map(fileOfSample), view, teaching }), true)
  }
  const untouchedSample = (): string | undefined => {
    const { workspace, files, canUndo, canRedo } = stores.documents.getState()
    const untouched = sample !== undefined && !canUndo && !canRedo && files.every((file) => file.text === file.opened)
    return untouched ? workspace.id : undefined
  }
  const forget = async (id: string): Promise<void> => {
    await storage.remove(id)
    list(stores.documents.getState().workspaces.filter((entry) => entry.id !== id))
  }
  const attempt = async (run: () => Promise<void>): Promise<void> => {
    try {
      await run()
    } catch (error) {
      stores.documents.setState({ saving: { status: 'failed', why: whyNotSaved(error) } })
    }
  }
  const openSaved = async (id: string): Promise<void> => {
    await saver.flush()
    const saved = unsaved.get(id) ?? (await storage.read(id))
    if (saved) await change(saved, false)
    else notices.say('error', 'This workspace is no longer there: it may have been deleted in another tab.')
  }
  const openNext = async (): Promise<void> => {
    const next = stores.documents.getState().workspaces[0]
    if (next) await openSaved(next.id)
    else await create('Untitled')
  }
  const bringBack = async (saved: SavedWorkspace, wasOpen: boolean): Promise<void> => {
    await storage.write(saved)
    list([saved, ...stores.documents.getState().workspaces])
    if (wasOpen) await change(saved, false)
  }
  const removeOpen = async (id: string): Promise<void> => {
    await saver.flush()
    await forget(id)
    await openNext()
  }

  return {
    touched: saver.touched,
    flush: saver.flush,
    async start(adopted) {
      await attempt(async () => list(await storage.list()))
      if (adopted) return attempt(() => change(fresh(adopted), true))
      const { workspaces } = stores.documents.getState()
      const wanted = workspaces.find(({ id }) => id === context.preferences.read().workspace) ?? workspaces[0]
      if (wanted) await attempt(() => openSaved(wanted.id))
      if (stores.documents.getState().workspace.id === '') await openSample(context.livingSample)
    },
    create: (name = 'Untitled') => attempt(() => create(name)),
    open: (id) => (id === stores.documents.getState().workspace.id ? Promise.resolve() : attempt(() => openSaved(id))),
    rename(name) {
      const { workspace } = stores.documents.getState()
      if (name.trim() === '' || name === workspace.name) return
      stores.documents.setState({ workspace: { ...workspace, name: name.trim() } })
      saver.touched()
    },
    remove: (id) =>
      attempt(async () => {
        const wasOpen = id === stores.documents.getState().workspace.id
        const saved = wasOpen ? snapshot() : await storage.read(id)
        if (!saved) return
        await (wasOpen ? removeOpen(id) : forget(id))
        documents.remember(`deleting workspace ${saved.name}`, {
          undo: () => void attempt(() => bringBack(saved, wasOpen)),
          redo: () => void attempt(() => forget(id)),
        })
        notices.say('info', `Workspace “${saved.name}” is deleted.`, true)
      }),
    openSample: (chosen) => attempt(() => openSample(chosen)),
    adopt: (adopted) => attempt(() => change(fresh(adopted), true)),
    openLiving: () => attempt(() => openSample(context.livingSample)),
    openTexts: (texts) => attempt(() => openTexts(texts)),
    forget: (id) => attempt(() => forget(id)),
    takeOver: () =>
      attempt(async () => {
        const { id } = stores.documents.getState().workspace
        lock = await locks.takeOver(id, leave)
        const saved = await storage.read(id)
        stores.documents.setState({ writable: true })
        if (saved) show(saved)
      }),
  }
}

function viewOf({ view }: Stores): SavedView {
  const { positions, layers, reachDenied, placed, closedNamespaces, activeFile, hint } = view.getState()
  return { positions, layers, reachDenied, placed, closedNamespaces, activeFile, hint }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let n = 2; ; n++) if (!taken.has(`${name} ${n}`)) return `${name} ${n}`
}

function fileOfSample({ path, text }: Sample['files'][number]): SavedWorkspace['files'][number] {
  return { path, text, opened: text, encoding: { charset: 'utf-8', bom: false }, counts: true }
}
