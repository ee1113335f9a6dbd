import type { StoreApi } from 'zustand/vanilla'
import type { End } from '#core/model/end.ts'
import type { ExportBundle, ExportOptions } from '#core/model/exporting.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import type { Edge, Explanation, Layer, OfferedPort, Picture } from '#core/model/picture.ts'
import type { DocumentId, FileChange, Ref, TextEdit, TextRange } from '#core/model/text.ts'

/** How a file's bytes are written back: nothing of it is visible in `text` (design.md 8, Bytes). */
export interface Encoding {
  readonly charset: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly bom: boolean
}

/** One text of the workspace. `text` keeps its line ends; the byte order mark lives in `encoding`. */
export interface WorkspaceFile {
  readonly path: string
  readonly text: string
  readonly encoding: Encoding
  /** The text as it came in; undefined for a file that was made here. "Changed" is against this. */
  readonly opened?: string | undefined
  /** False: shown, but without a say in verdicts (overlays, templates). */
  readonly counts: boolean
  /** Read into documents without `metadata.namespace`; undefined: `default`. */
  readonly namespace?: string | undefined
  /** Why it can't be edited; undefined where it can. */
  readonly readOnly?: string | undefined
}

/** Whether the workspace is on disk (IndexedDB). */
export type Saving = { readonly status: 'saving' | 'saved' } | { readonly status: 'failed'; readonly why: string }

/** The texts: the only truth (design.md 2), replaced as a whole on each change. */
export interface DocumentsState {
  readonly workspace: { readonly id: string; readonly name: string }
  readonly workspaces: readonly { readonly id: string; readonly name: string; readonly changed: number }[]
  readonly files: readonly WorkspaceFile[]
  readonly revision: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** What undo would take back, for the button's name: `Undo typing in shop.yaml`. */
  readonly undoLabel?: string | undefined
  readonly redoLabel?: string | undefined
  readonly saving: Saving
  /** False where another tab has the workspace open for writing. */
  readonly writable: boolean
}

/** What the engine made of the texts; replaced as a whole, never saved. */
export interface AnalysisState {
  readonly picture?: Picture | undefined
  /** True while a newer revision is being evaluated. */
  readonly pending: boolean
  readonly progress?: { readonly label: string; readonly done: number; readonly total: number } | undefined
  /** The engine failed (our bug): what to tell; the last good picture stays. */
  readonly crash?: string | undefined
  /** Edges of the reach layer for the selected card; empty without one. */
  readonly reach: readonly Edge[]
  /** Explanation of the selected edge; undefined while none is selected or it is on its way. */
  readonly explanation?: Explanation | undefined
  /** Ids of edges whose status changed by the last edit, and counts: `+1 opened, -2 closed`. */
  readonly changes: {
    readonly opened: readonly string[]
    readonly closed: readonly string[]
    readonly revision: number
  }
}

/** What is selected on canvas, in the table or in the text. `edge` ids are `Edge.id`, `card` ids `endId`s. */
export type Selection = { readonly type: 'edge'; readonly id: string } | { readonly type: 'card'; readonly id: string }

/** A position on the canvas, in canvas units; of a workload relative to its namespace's box. */
export interface Position {
  readonly x: number
  readonly y: number
}

/** A connection that is being drawn: the small form asks for its ports. */
export interface Draft {
  readonly from: End
  readonly to: End
  readonly offers: readonly OfferedPort[]
  readonly loading: boolean
  /** Set when the engine refused or the ports don't parse. */
  readonly problem?: string | undefined
}

/** A message that the user should see; `undo` offers the undo button with it. */
export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'warning' | 'error'
  readonly text: string
  readonly undo?: boolean | undefined
}

/** A dialog that is open, one at a time. */
export type Dialog =
  | { readonly type: 'paste' }
  | { readonly type: 'samples' }
  | { readonly type: 'export' }
  | { readonly type: 'workspaces' }
  | { readonly type: 'find' }
  | { readonly type: 'add-namespace' }
  | { readonly type: 'add-workload'; readonly namespace?: string | undefined }
  | { readonly type: 'add-ip-block' }
  | { readonly type: 'preview'; readonly plan: Plan }
  | { readonly type: 'dns'; readonly namespace: string }
  | { readonly type: 'conflict'; readonly paths: readonly string[] }

/** Everything about the screen that is not in the texts; positions and layers are saved with the workspace. */
export interface ViewState {
  readonly selection?: Selection | undefined
  readonly positions: Readonly<Record<string, Position>>
  readonly layers: Readonly<Record<Layer, boolean>>
  /** Denied edges of the reach layer too (design.md 8: only on request). */
  readonly reachDenied: boolean
  readonly centre: 'graph' | 'table'
  readonly activeFile?: string | undefined
  /** Ask the editor to show a span; `at` changes with every ask. */
  readonly reveal?: { readonly file: string; readonly range: TextRange; readonly at: number } | undefined
  /** Spans that the editor highlights: the rules that decide the selected edge. */
  readonly highlights: readonly { readonly file: string; readonly range: TextRange }[]
  /** Edges of the rule that the cursor is in. */
  readonly highlightedEdges: readonly string[]
  readonly theme: 'system' | 'light' | 'dark'
  readonly panels: { readonly left: boolean; readonly right: boolean; readonly bottom: 'why' | 'problems' | 'none' }
  /** Ends that the user has put outside the boxes and that nothing names yet. */
  readonly placed: readonly End[]
  readonly closedNamespaces: readonly string[]
  readonly draft?: Draft | undefined
  readonly dialog?: Dialog | undefined
  readonly notices: readonly Notice[]
  /** The one line that says what to do next (`undefined`: dismissed). */
  readonly hint?: string | undefined
}

/** A file that comes in by paste, drop or dialog: bytes or text, with its path as far as known. */
export interface IncomingFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** Everything that the user can do. Nothing else writes the stores. No action throws for a user's mistake. */
export interface Actions {
  /** Adds texts as files of the workspace: takes out Secrets' values, unpacks zips, asks on conflict. Says what it read in a notice. */
  open(incoming: readonly IncomingFile[]): Promise<void>
  /** A paste outside the editor: becomes a new file (`pasted.yaml`, `pasted-2.yaml`). */
  paste(text: string): Promise<void>
  /** Answers the conflict dialog. */
  resolveConflict(answer: 'replace' | 'keep-both' | 'cancel'): Promise<void>
  /** Stops a long import or evaluation; what is there stays. */
  cancel(): void
  /** Text edits from Monaco, offsets in the file's own text (see editorText.ts for the normalised view). One history entry per burst. */
  edit(path: string, edits: readonly TextEdit[], origin: 'typing'): void
  /** Changes to files as one undo step; `label` names it for the undo button. */
  apply(changes: readonly FileChange[], label: string): void
  undo(): void
  redo(): void
  /** Forget a file: no delete lines in the export. Undoable. */
  closeFile(path: string): void
  renameFile(path: string, to: string): void
  setFileCounts(path: string, counts: boolean): void
  setFileNamespace(path: string, namespace: string | undefined): void
  /** An empty workspace beside the others; the present one stays. */
  newWorkspace(name?: string): Promise<void>
  openWorkspace(id: string): Promise<void>
  renameWorkspace(name: string): void
  /** Removes it from the list; the notice's undo brings it back. */
  deleteWorkspace(id: string): Promise<void>
  /** Opens a sample (`public/samples`) as a new workspace; undefined: the living sample. */
  openSample(id: string): Promise<void>
  takeOver(): Promise<void>

  select(selection: Selection | undefined): void
  /** Puts the cursor's rule in relation to edges: `offset` in the file's own text. */
  cursor(path: string, offset: number): void
  /** Shows a place in the editor, opening its file and the right panel. */
  reveal(ref: Ref): void
  revealDocument(id: DocumentId): void
  setActiveFile(path: string): void
  move(id: string, position: Position): void
  /** Forgets the positions that the user set: the layout is computed anew. Undoable. */
  tidy(): void
  setLayer(layer: Layer, on: boolean): void
  setReachDenied(on: boolean): void
  setCentre(centre: ViewState['centre']): void
  setTheme(theme: ViewState['theme']): void
  setPanels(panels: Partial<ViewState['panels']>): void
  toggleNamespace(name: string): void
  openDialog(dialog: Dialog): void
  closeDialog(): void
  dismissNotice(id: number): void
  dismissHint(): void
  notify(tone: Notice['tone'], text: string): void

  /** Begins to draw: opens the small form for the ports, with offers from the engine. */
  startDraft(from: End, to: End): Promise<void>
  cancelDraft(): void
  /** Ends it: plans `allow`, applies at once if nothing else changes, else previews. `ports` as in checks; none: all. */
  finishDraft(ports: readonly string[]): Promise<void>
  /** Plans any intent; applies or previews it by the same rule. */
  carryOut(intent: Intent): Promise<void>
  /** Accepts the previewed plan. */
  accept(plan: Plan): Promise<void>
  /** Puts an IP block or the internet on the canvas (view state until something names it). */
  place(end: End): void
  unplace(end: End): void
  exportBundle(options: ExportOptions): Promise<ExportBundle>
}

/** The whole application without a screen. */
export interface App {
  readonly documents: StoreApi<DocumentsState>
  readonly analysis: StoreApi<AnalysisState>
  readonly view: StoreApi<ViewState>
  readonly actions: Actions
}
