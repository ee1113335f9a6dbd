import type { LiveFormat } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import type { DeadLine, PeerItem, PolicyLens, WhatIf } from '#core/model/linking.ts'
import type { Help, Intent, Plan, PlanStyle } from '#core/model/intent.ts'
import type { Decider, Layer, OfferedPort } from '#core/model/picture.ts'
import type { Ref, TextRange } from '#core/model/text.ts'

/** What changes are counted from: before the last edit, the texts as they were opened, or those that the user pinned. */
export type ChangesSince = 'edit' | 'opened' | 'pinned'

/** What is selected on canvas, in the table or in the text. `edge` ids are `Edge.id`, `card` ids `endId`s. */
export type Selection = { readonly type: 'edge'; readonly id: string } | { readonly type: 'card'; readonly id: string }

/** A position on the canvas, in canvas units; of a workload relative to its namespace's box. */
export interface Position {
  readonly x: number
  readonly y: number
}

/** A connection that is being drawn, or gets other ports: the small form asks which. */
export interface Draft extends DraftOptions {
  readonly from: End
  readonly to: End
  readonly offers: readonly OfferedPort[]
  readonly loading: boolean
  /** True while its plan is made. */
  readonly planning?: boolean | undefined
  /** Set when the engine refused or the ports don't parse. */
  readonly problem?: string | undefined
  /** What would help where it was refused. */
  readonly help?: readonly Help[] | undefined
}

/** What the form of a connection starts with. */
export interface DraftOptions {
  /** Chosen at first; none: all. Undefined: what the target offers first. */
  readonly ports?: readonly string[] | undefined
  /** They are what is there now: the answer replaces them. */
  readonly change?: boolean | undefined
}

/** A button of a message: plan this, or choose another way than the one that was applied. */
export type NoticeOffer =
  | { readonly label: string; readonly intent: Intent }
  | { readonly label: string; readonly insteadOf: Plan }

/** A message that the user should see; `undo` offers the undo button with it. */
export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'warning' | 'error'
  readonly text: string
  readonly undo?: boolean | undefined
  readonly offers?: readonly NoticeOffer[] | undefined
}

/** A dialog that is open, one at a time. */
export type Dialog =
  | { readonly type: 'paste' }
  | { readonly type: 'lessons' | 'solution' | 'summary' | 'author' | 'hand-ins' }
  | { readonly type: 'export' }
  | { readonly type: 'share' }
  | { readonly type: 'workspaces' }
  | { readonly type: 'find' }
  | { readonly type: 'add-namespace' }
  | { readonly type: 'add-workload'; readonly namespace?: string | undefined }
  | { readonly type: 'add-ip-block' }
  | Preview
  | { readonly type: 'dns'; readonly namespace: string; readonly workload?: string | undefined }
  | { readonly type: 'protect'; readonly namespaces: readonly string[] }
  | { readonly type: 'compare-cnis' }
  | { readonly type: 'detect-cni' }
  | { readonly type: 'conflict'; readonly paths: readonly string[] }
  | { readonly type: 'suggest-checks' }
  | { readonly type: 'live-tests'; readonly format: LiveFormat }
  /** A check of the picture, by its ref. */
  | { readonly type: 'edit-check'; readonly check: Ref }
  /** A file of tests that has come in, not yet taken over. */
  | { readonly type: 'take-tests'; readonly name: string; readonly text: string }

/** A plan that is shown before it is applied. */
interface Preview {
  readonly type: 'preview'
  readonly plan: Plan
  /** What was asked for before it turned out that this has to come first. */
  readonly next?: Intent | undefined
  /** It is chosen anew: closing without an answer brings back what was applied. */
  readonly redo?: boolean | undefined
}

/** A span of a file's own text. */
interface Spot {
  readonly file: string
  readonly range: TextRange
}

/** A span that decides the selected edge, and whether it opens or closes it, where that is known. */
export interface Highlight extends Spot {
  readonly effect?: Decider['effect'] | undefined
}

/** What a place of the text means on the canvas, and what under the pointer on the canvas means in the text. */
export interface Linked {
  /** Cards that what the text points at selects, as ids of ends; the others step back while there are any. */
  readonly cards: readonly string[]
  /** The same in a sentence. */
  readonly note?: string | undefined
  /** The list of peers that the text points into, item by item. */
  readonly peers?:
    | {
        readonly items: readonly (Spot & Pick<PeerItem, 'text' | 'set'>)[]
        readonly whatIfs: readonly WhatIf[]
      }
    | undefined
  /** Lines that decide the edge under the pointer. */
  readonly hovered: readonly Spot[]
  /** Changes whenever what is linked shall be brought in sight. */
  readonly shown: number
}

/** Cards and edges to be shown, with the sentence that says what they are. */
export interface ShownSet {
  readonly cards: readonly string[]
  readonly edges: readonly string[]
  readonly note: string
}

/** What the policies of a part of a file come to, and which lines decide nothing now. */
export interface FileLenses {
  readonly file: string
  readonly policies: readonly (Spot & Omit<PolicyLens, 'ref'>)[]
  readonly dead: readonly (Spot & Pick<DeadLine, 'why'>)[]
}

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
  /** Spans that the editor highlights: what decides the selected edge. */
  readonly highlights: readonly Highlight[]
  /** Edges of what the text points at: under the pointer, else at the cursor. */
  readonly highlightedEdges: readonly string[]
  readonly linked: Linked
  /** `projector`: large type and high contrast, for a class room. */
  readonly theme: 'system' | 'light' | 'dark' | 'projector'
  readonly panels: {
    readonly left: boolean
    readonly right: boolean
    readonly bottom: 'why' | 'problems' | 'checks' | 'changes' | 'none'
  }
  readonly changesSince: ChangesSince
  /** The revision that the user pinned to compare with. */
  readonly pinned?: number | undefined
  /** Canvas and table show what was before, not what is. */
  readonly comparing: boolean
  /** Ends that the user has put outside the boxes and that nothing names yet. */
  readonly placed: readonly End[]
  readonly closedNamespaces: readonly string[]
  readonly draft?: Draft | undefined
  readonly dialog?: Dialog | undefined
  readonly notices: readonly Notice[]
  /** How new policies are laid out. */
  readonly planStyle: PlanStyle
  /** What is being worked out for so long that the user should know, e.g. `denying shop/web → shop/db`. */
  readonly planning?: string | undefined
  /** A new version of the app lies ready. */
  readonly updateReady?: boolean | undefined
  /** The one line that says what to do next (`undefined`: dismissed). */
  readonly hint?: string | undefined
}
