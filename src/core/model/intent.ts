import type { End } from './end.ts'
import type { Direction } from './rule.ts'
import type { Diagnostic, FileChange, Ref } from './text.ts'

/** What a gesture asks for (design.md 3). `ports` are texts as in checks; none means all ports. */
export type Intent =
  | { readonly type: 'allow'; readonly from: End; readonly to: End; readonly ports: readonly string[] }
  /** Delete a drawn edge: its check, and the policy text that no other check needs (design.md 6). */
  | { readonly type: 'forget'; readonly check: Ref }
  /** The switch on a namespace; `dns` keeps DNS open when egress goes on. */
  | {
      readonly type: 'default-deny'
      readonly namespace: string
      readonly direction: Direction
      readonly on: boolean
      readonly dns: boolean
    }
  | { readonly type: 'add-namespace'; readonly name: string; readonly labels: Readonly<Record<string, string>> }
  | {
      readonly type: 'add-workload'
      readonly namespace: string
      readonly name: string
      readonly labels: Readonly<Record<string, string>>
      /** As in checks, without names: `TCP/8080`; with a name: `http=TCP/8080`. */
      readonly ports: readonly string[]
    }
  /** Remove a workload, or a namespace with everything in it: all documents that fold into it. */
  | { readonly type: 'remove'; readonly end: End }

/** A connection whose answer a plan changes; `ports` is written for people (`TCP 80, 443`). */
export interface ConnectionChange {
  readonly from: End
  readonly to: End
  readonly ports: string
  /** True where this is what the user asked for. */
  readonly wanted: boolean
}

/** The verified way to fulfil an intent: nothing of it has been applied yet. */
export interface Plan {
  readonly intent: Intent
  /** The workspace revision that it was made for; a later one asks for a new plan. */
  readonly revision: number
  readonly changes: readonly FileChange[]
  /** What it does, one sentence each, for people. */
  readonly sentences: readonly string[]
  readonly opens: readonly ConnectionChange[]
  readonly closes: readonly ConnectionChange[]
  /** Connections that were open and are undetermined now, or the reverse, and the like. */
  readonly other: readonly ConnectionChange[]
  /** Things the user must know before accepting: over-selection, lost DNS, broken checks. */
  readonly warnings: readonly string[]
  /** Why it can't be done, in words that say what would help; then `changes` is empty. */
  readonly refusal?: string | undefined
  /** True where something else than the intent changes: shown before it is applied (design.md 6). */
  readonly needsPreview: boolean
  /** What the plan's own text would be told by validation; empty in every plan that is offered. */
  readonly diagnostics: readonly Diagnostic[]
}
