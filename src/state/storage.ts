import type { OpenedText } from '#engine/protocol.ts'
import type { WorkspaceFile } from './app.ts'
import type { ViewState } from './view.ts'
import type { SavedTeaching } from './lessons/teaching.ts'

/** The part of the view that belongs to a workspace and is kept with it. */
export type SavedView = Pick<
  ViewState,
  'positions' | 'layers' | 'reachDenied' | 'placed' | 'closedNamespaces' | 'activeFile' | 'hint'
>

/** A workspace in the list. `changed` is the time of its last save, in milliseconds since 1970. */
export interface WorkspaceEntry {
  readonly id: string
  readonly name: string
  readonly changed: number
}

/** A workspace as it is kept. `sample` says which sample it was opened from. */
export interface SavedWorkspace extends WorkspaceEntry {
  readonly files: readonly WorkspaceFile[]
  readonly gone: readonly OpenedText[]
  readonly view: SavedView
  readonly sample?: string | undefined
  /** The lesson that is taken or written in it. */
  readonly teaching?: SavedTeaching | undefined
}

/** Where workspaces are kept. A write is there as a whole or not at all; what fails rejects. */
export interface Storage {
  readonly list: () => Promise<readonly WorkspaceEntry[]>
  readonly read: (id: string) => Promise<SavedWorkspace | undefined>
  readonly write: (workspace: SavedWorkspace) => Promise<void>
  readonly remove: (id: string) => Promise<void>
}

/** A storage that forgets everything with the page: for tests, and where the browser has none. */
export function memoryStorage(): Storage {
  const kept = new Map<string, SavedWorkspace>()
  return {
    list: async () => [...kept.values()].map(({ id, name, changed }) => ({ id, name, changed })),
    read: async (id) => kept.get(id),
    write: async (workspace) => void kept.set(workspace.id, structuredClone(workspace)),
    remove: async (id) => void kept.delete(id),
  }
}

/** Why a save failed, in words that say what would help. */
export function whyNotSaved(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError')
    return 'The browser’s storage for this site is full. Export what you need, or delete workspaces that you no longer need.'
  if (name === 'SecurityError' || name === 'InvalidStateError')
    return 'The browser doesn’t let this page store anything (a private window?). Export before you close it.'
  const detail = error instanceof Error ? error.message : String(error)
  return `The browser could not store it (${detail}). Export before you close this page.`
}
