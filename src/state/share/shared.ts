import type { SavedView } from '../storage.ts'
import type { WorkspaceFile } from '../app.ts'
import type { ViewState } from '../view.ts'

/** The part of the view that goes with a shared workspace: what is kept with it, and what is being looked at. */
export type SharedView = SavedView & Pick<ViewState, 'centre' | 'selection'>

/** A workspace on its way from one browser to another. What it was opened as stays at home. */
export interface SharedWorkspace {
  readonly name: string
  readonly files: readonly Omit<WorkspaceFile, 'opened'>[]
  readonly view: SharedView
  /** Only what verdicts read (design.md 9). */
  readonly lean: boolean
  /**
   * The lesson that is taken in it, or, without files, a lesson or a course that is handed out: plain JSON of
   * `lessons/format`; whoever reads it checks it.
   */
  readonly lesson?: unknown
}

/** The version that is written; all that were ever written are read (`share/golden`). */
export const FORMAT = 'w1'

/** Longer fragments are cut by mail and chat programs: then a file is handed out. In characters, `#` included. */
export const LINK_LIMIT = 30_000

/** The ending of a shared workspace as a file. */
export const FILE_ENDING = '.drawbridge'
