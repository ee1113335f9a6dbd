import type { FileChange, TextEdit, TextRange } from '#core/model/text.ts'
import type { EngineChange, EngineFile } from '#engine/protocol.ts'
import type { WorkspaceFile } from './app.ts'
import { applyChanges, type Change, type Content, fileAt } from './content.ts'
import type { Clock } from './clock.ts'
import { bringBack, type History, NO_HISTORY, record, type Step, takeBack } from './history.ts'
import type { Stores } from './stores.ts'

/** The texts and their history: the one place that changes them. */
export interface Documents {
  /** Everything that history speaks of, as it is now. */
  readonly content: () => Content
  readonly file: (path: string) => WorkspaceFile | undefined
  /** Applies changes as one undo step. False where nothing of it could be applied. */
  readonly commit: (changes: readonly Change[], label: string, how?: CommitOptions) => boolean
  readonly undo: () => void
  readonly redo: () => void
  /** Opens another content: history begins anew. */
  readonly replace: (content: Content) => void
  /** Puts a step on the history that changes no text. */
  readonly remember: (label: string, effects: NonNullable<Step['effects']>) => void
}

/** How a commit counts: keystrokes join into bursts. */
interface CommitOptions {
  readonly typing?: boolean | undefined
  /** Show what has changed in the editor. */
  readonly reveal?: boolean | undefined
}

/** Who has to hear of a change: the engine (with edits, not whole texts) and the saver. */
export interface Listeners {
  /** New texts; those of one burst of typing have the same `step`. */
  readonly onTexts: (revision: number, changes: readonly EngineChange[], step: number) => void
  /** History has moved: what a message offered to undo is no longer the last step. */
  readonly onStep: () => void
  /** Anything that is saved with the workspace has changed. */
  readonly onChange: () => void
}

/** Documents in the documents store, positions in the view store, one history over both. */
export function createDocuments(stores: Stores, clock: Clock, listeners: Listeners): Documents {
  let history: History = NO_HISTORY
  let gone: Content['gone'] = []
  let steps = 0

  const content = (): Content => ({
    files: stores.documents.getState().files,
    gone,
    positions: stores.view.getState().positions,
  })
  const put = (next: Content, engine: readonly EngineChange[]): void => {
    gone = next.gone
    if (next.positions !== stores.view.getState().positions) stores.view.setState({ positions: next.positions })
    const { revision: before, files } = stores.documents.getState()
    const revision = engine.length > 0 ? before + 1 : before
    stores.documents.setState({ files: next.files, revision, ...buttonsOf(history) })
    keepActive(stores, files)
    if (engine.length > 0) listeners.onTexts(revision, engine, steps)
    listeners.onChange()
  }
  const travel = (to: { step: Step; history: History } | undefined, direction: 'undo' | 'redo'): void => {
    if (!to) return
    history = to.history
    steps++
    listeners.onStep()
    const changes = direction === 'undo' ? to.step.backward : to.step.forward
    const before = content()
    const applied = applyChanges(before, changes)
    put(applied.content, applied.engine)
    show(stores, changes)
    to.step.effects?.[direction]()
  }

  return {
    content,
    file: (path) => fileAt(stores.documents.getState().files, path),
    commit(changes, label, { typing = false, reveal = false } = {}) {
      const applied = applyChanges(content(), changes)
      if (applied.inverse.length === 0) return false
      const step: Step = { label, forward: changes, backward: applied.inverse, at: clock.now(), typing }
      history = record(history, step)
      // A keystroke that joined its burst is not a step of its own.
      if (history.past.at(-1) === step) steps++
      listeners.onStep()
      put(applied.content, applied.engine)
      if (reveal) show(stores, worthShowing(changes))
      return true
    },
    undo: () => travel(takeBack(history), 'undo'),
    redo: () => travel(bringBack(history), 'redo'),
    replace(next) {
      history = NO_HISTORY
      steps++
      listeners.onStep()
      put(next, [{ type: 'workspace', files: next.files.map(forEngine) }])
    },
    remember(label, effects) {
      history = record(history, { label, forward: [], backward: [], at: clock.now(), typing: false, effects })
      listeners.onStep()
      stores.documents.setState(buttonsOf(history))
    },
  }
}

/** Changes as a plan or the interface describes them, in terms of the workspace. A new file is UTF-8 and counts. */
export function changesOf(changes: readonly FileChange[], content: Content): Change[] {
  let end = content.files.length
  return changes.map((change): Change => {
    switch (change.type) {
      case 'edit':
      case 'rename':
        return change
      case 'create':
        return { type: 'add', file: newFile(change.path, change.text), at: end++ }
      case 'delete':
        end--
        return { type: 'remove', path: change.path, forget: false }
    }
  })
}

/** A file as the engine reads it: without what only the workspace needs. */
export function forEngine({ path, text, counts, namespace }: WorkspaceFile): EngineFile {
  return { path, text, counts, namespace }
}

/** A file that was made here. */
function newFile(path: string, text: string): WorkspaceFile {
  return { path, text, encoding: { charset: 'utf-8', bom: false }, counts: true }
}

function buttonsOf(history: History): {
  canUndo: boolean
  canRedo: boolean
  undoLabel: string | undefined
  redoLabel: string | undefined
} {
  const [last, next] = [history.past.at(-1), history.future.at(-1)]
  return {
    canUndo: last !== undefined,
    canRedo: next !== undefined,
    undoLabel: last && `Undo ${last.label}`,
    redoLabel: next && `Redo ${next.label}`,
  }
}

// Where the file that is shown goes away, its neighbour takes its place.
function keepActive({ documents, view }: Stores, before: readonly WorkspaceFile[]): void {
  const { activeFile } = view.getState()
  const { files } = documents.getState()
  if (activeFile === undefined || fileAt(files, activeFile)) return
  const at = before.findIndex(({ path }) => path === activeFile)
  view.setState({ activeFile: files[Math.min(at, files.length - 1)]?.path })
}

// An undo reveals its file (design.md 8), at the end of what came back.
function show(stores: Stores, changes: readonly Change[]): void {
  const place = changes.map(placeOf).findLast((found) => found !== undefined)
  const file = fileAt(stores.documents.getState().files, place?.path)
  if (!place || !file) return
  const at = (stores.view.getState().reveal?.at ?? 0) + 1
  const reveal = place.range && { file: place.path, range: place.range, at }
  stores.view.setState(reveal ? { activeFile: place.path, reveal } : { activeFile: place.path })
}

// Of a plan's changes the policy is what the user wants to see, not the check beside it.
function worthShowing(changes: readonly Change[]): readonly Change[] {
  const others = changes.filter((change) => !placeOf(change)?.path.endsWith('checks.yaml'))
  return others.length > 0 ? others : changes
}

function placeOf(change: Change): { path: string; range?: TextRange } | undefined {
  switch (change.type) {
    case 'edit':
      return { path: change.path, range: placeOfEdits(change.edits) }
    case 'add':
    case 'restore':
    case 'replace':
      return { path: change.file.path }
    case 'rename':
      return { path: change.to }
    case 'reading':
      return { path: change.path }
    case 'remove':
    case 'positions':
      return undefined
  }
}

// Where the last edit's text stands once all edits are applied.
function placeOfEdits(edits: readonly TextEdit[]): TextRange {
  const sorted = edits.toSorted((a, b) => a.from - b.from)
  const last = sorted.at(-1) ?? { from: 0, to: 0, insert: '' }
  const shift = sorted.slice(0, -1).reduce((sum, edit) => sum + edit.insert.length - (edit.to - edit.from), 0)
  return { from: last.from + shift, to: last.from + shift + last.insert.length }
}
