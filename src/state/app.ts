import type { StoreApi } from 'zustand/vanilla'
import type { Completions } from '#core/checks/complete.ts'
import type { LiveFormat, LiveTests, ReadTests, SuggestedCheck } from '#core/model/check.ts'
import type { ChangedEdge, Effects } from '#core/model/effects.ts'
import type { End } from '#core/model/end.ts'
import type { ExportBundle, ExportOptions } from '#core/model/exporting.ts'
import type { Intent, Plan, PlanStyle } from '#core/model/intent.ts'
import type { Edge, Explanation, Layer, Picture } from '#core/model/picture.ts'
import type { ChosenProfile, ComparedProfile } from '#core/model/profile.ts'
import type { Direction } from '#core/model/rule.ts'
import type { DocumentId, FileChange, Ref, TextEdit } from '#core/model/text.ts'
import type { Teaching } from './lessons/teaching.ts'
import type {
  ChangesSince,
  Dialog,
  DraftOptions,
  FileLenses,
  Notice,
  Position,
  Selection,
  ShownSet,
  ViewState,
} from './view.ts'

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
  /** The page only shows: it is part of an article (`?embed`). */
  readonly lookOnly?: boolean | undefined
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
  /** Of the part of the file that was last asked about. */
  readonly lenses?: FileLenses | undefined
  /** Explanation of the selected edge; undefined while none is selected or it is on its way. */
  readonly explanation?: Explanation | undefined
  /** What would mend the near misses of the explanation, as far as it has been worked out. */
  readonly fixes: readonly Fix[]
  /** What the last edit did: all of one step of the history. */
  readonly changes: Changes
  /** The same beside other texts, while the view asks for them (`changesSince`). */
  readonly compared?: Changes | undefined
  /** The picture with its edges as they were, while the view is comparing: what canvas and table show instead. */
  readonly before?: Picture | undefined
  /** What the policies do must not be seen now: a learner is to find it out (state/lessons). */
  readonly sealed?: boolean | undefined
  /** What a lesson asks about: drawn beside the connections of the picture. */
  readonly asked?: Asked | undefined
}

/** Connections that a lesson asks about, and the ends of all that it will ask about, which stand on the canvas from the beginning. */
export interface Asked {
  readonly ends: readonly End[]
  readonly edges: readonly Edge[]
}

/** The plan that mends a near miss of the explanation (the `index`th of that half), or says why there is none. */
export interface Fix {
  readonly direction: Direction
  readonly index: number
  readonly plan: Plan
}

/** What became different, up to a revision. */
export interface Changes {
  readonly revision: number
  /** Undefined while it is not known: before the first edit, or where there is nothing to compare with. */
  readonly effects?: Effects | undefined
  /** The edges of the picture that are others now. */
  readonly edges: readonly ChangedEdge[]
}

/** A file that comes in by paste, drop or dialog: bytes or text, with its path as far as known. */
export interface IncomingFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** What goes with a workspace that is shared. */
export interface ShareOptions {
  /** The texts as they are, but never the values of Secrets; else only what verdicts read (design.md 9). */
  readonly exact: boolean
  /** With what verdicts read: the addresses of pods and nodes. */
  readonly ips: boolean
}

/** A workspace ready to be handed out. */
export interface Share {
  /** The fragment of a link, `#` included; undefined where it would be too long. */
  readonly fragment?: string | undefined
  /** How long the fragment is or would be, in characters. */
  readonly size: number
  /** The same as the text of a file. */
  readonly file: string
  /** What stays here, for people. */
  readonly leftOut: readonly string[]
  /** Addresses stay here that policies ask for: some verdicts may be others where it is opened. */
  readonly needsIps: boolean
}

/** Everything that the user can do. Nothing else writes the stores. No action throws for a user's mistake. */
export interface Actions {
  /** Adds texts as files of the workspace: takes out Secrets' values, unpacks zips, asks on conflict. Says what it read in a notice. */
  open(incoming: readonly IncomingFile[]): Promise<void>
  /** A paste outside the editor: becomes a new file (`pasted.yaml`, `pasted-2.yaml`). */
  paste(text: string): Promise<void>
  /** Answers the conflict dialog. */
  resolveConflict(answer: 'replace' | 'keep-both' | 'cancel'): Promise<void>
  /** Stops a long import, plan or evaluation; what is there stays. */
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
  /** Selects the connection between two ends, also where nothing draws it. */
  selectConnection(from: End, to: End): void
  /** Puts what the cursor is in in relation to cards and edges: `offset` in the file's own text. */
  cursor(path: string, offset: number): void
  /** The same for the pointer while it is over the text; undefined when it leaves. */
  point(at: { readonly path: string; readonly offset: number } | undefined): void
  /** Marks the lines that decide an edge while the pointer is over it; undefined when it leaves. */
  hoverEdge(id: string | undefined): void
  /** Highlights cards and edges on the canvas, and brings them in sight. */
  showSet(set: ShownSet): void
  /** Asks what the policies in a span of a file come to; the answer arrives as `lenses`. */
  readLenses(path: string, from: number, to: number): void
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

  /** Chooses what changes are counted from; `pinned` where nothing is pinned pins. */
  setChangesSince(since: ChangesSince): void
  /** Remembers the texts as they are now, to compare with. */
  pinBaseline(): void
  unpin(): void
  /** Shows canvas and table as they were, until the texts change. */
  setComparing(on: boolean): void
  /** Begins to draw: opens the small form for the ports, with offers from the engine. */
  startDraft(from: End, to: End, options?: DraftOptions): Promise<void>
  cancelDraft(): void
  /** Ends it: plans `allow` (or `change-ports`), applies at once if nothing else changes, else previews. `ports` as in checks; none: all. */
  finishDraft(ports: readonly string[]): Promise<void>
  /** Plans any intent; applies or previews it by the same rule. `next` is offered once it is done. */
  carryOut(intent: Intent, next?: Intent): Promise<void>
  /** Accepts the previewed plan, or one of its others. */
  accept(plan: Plan): Promise<void>
  /** Takes back the plan that has just been applied, and shows it with the other ways. */
  chooseAgain(plan: Plan): Promise<void>
  /** Lays out new policies so from now on; a plan that is being previewed is made anew. */
  setPlanStyle(style: PlanStyle): Promise<void>
  /** Puts an IP block or the internet on the canvas (view state until something names it). */
  place(end: End): void
  unplace(end: End): void
  /** The explanation that is shown, as Markdown with the lines where its rules stand; undefined while there is none. */
  explanationText(): string | undefined
  /** What a CNI makes of all policies; undefined where that can't be worked out. */
  compareProfile(profile: ChosenProfile): Promise<ComparedProfile | undefined>
  /** Checks that could be saved, the surest first; undefined where the engine failed. */
  suggestChecks(): Promise<readonly SuggestedCheck[] | undefined>
  /** A NetAssert file as checks; undefined where the engine failed. */
  readTests(text: string): Promise<ReadTests | undefined>
  /** What could be written at an offset of a file's own text; undefined outside of checks. */
  complete(path: string, offset: number): Promise<Completions | undefined>
  /** All saved checks, written for a live cluster; undefined where the engine failed. */
  liveTests(format: LiveFormat): Promise<LiveTests | undefined>
  exportBundle(options: ExportOptions): Promise<ExportBundle>
  /** The workspace as a link and a file; undefined where the engine failed. */
  share(options: ShareOptions): Promise<Share | undefined>
  /** A lesson or a course, the text of its file, as a link of its own. */
  lessonLink(name: string, text: string): Promise<Pick<Share, 'fragment' | 'size'>>
  /** Opens the workspace of a link (an address or its fragment) beside the others. False, with a message, where it can't be. */
  openLink(link: string): Promise<boolean>
  /** A new version of the app lies ready; `apply` reloads the page with it. Only the user's own `update` calls it. */
  offerUpdate(apply: () => void): void
  /** Saves, then takes the new version; not where something couldn't be saved. */
  update(): Promise<void>
  /** Later: the offer goes until the page is opened again. */
  dismissUpdate(): void
}

/** The whole application without a screen. */
export interface App {
  readonly documents: StoreApi<DocumentsState>
  readonly analysis: StoreApi<AnalysisState>
  readonly view: StoreApi<ViewState>
  readonly actions: Actions
  readonly teaching: Teaching
}
