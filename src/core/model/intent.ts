import type { NewCheck, WantedCheck } from './check.ts'
import type { EffectGroup } from './effects.ts'
import type { End } from './end.ts'
import type { NearMiss } from './nearMiss.ts'
import type { Direction } from './rule.ts'
import type { Diagnostic, FileChange, Ref } from './text.ts'

/** What a gesture asks for (design.md 3). `ports` are texts as in checks; none means all ports. */
export type Intent =
  | { readonly type: 'allow'; readonly from: End; readonly to: End; readonly ports: readonly string[] }
  /** Make a connection denied: another thing than forgetting it (design.md 6). */
  | { readonly type: 'deny'; readonly from: End; readonly to: End; readonly ports: readonly string[] }
  /** Of an edge that asks for `ports`: open `next` instead, and close what only `ports` had. */
  | {
      readonly type: 'change-ports'
      readonly from: End
      readonly to: End
      readonly ports: readonly string[]
      readonly next: readonly string[]
    }
  /** Isolate one workload in a direction without allowing anything new, or take that away again; `dns` as for `default-deny`. */
  | {
      readonly type: 'isolate'
      readonly end: End & { readonly namespace: string; readonly workload: string }
      readonly direction: Direction
      readonly on: boolean
      readonly dns: boolean
    }
  /** Keep name resolution open for a workload or for all of a namespace (semantics.md A.13, F.1.6). */
  | { readonly type: 'allow-dns'; readonly end: End & { readonly namespace: string } }
  /**
   * Write the least that checks, Services and container ports need, and deny the rest (semantics.md F.1). `ingress`: the
   * receiving half alone; `both`: default deny both ways, both halves, and DNS. No namespaces: all of the workspace but
   * those of the system.
   */
  | { readonly type: 'protect'; readonly namespaces: readonly string[]; readonly directions: 'ingress' | 'both' }
  /** Make a denied connection allowed by the smallest change to what nearly allows it. */
  | {
      readonly type: 'repair'
      readonly from: End
      readonly to: End
      readonly ports: readonly string[]
      readonly miss: NearMiss
    }
  /** Put labels on a workload's pod template, so that selectors can tell it apart (semantics.md F.4). */
  | {
      readonly type: 'add-labels'
      readonly end: End & { readonly namespace: string; readonly workload: string }
      readonly labels: Readonly<Record<string, string>>
    }
  /** Delete a drawn edge: its check, and the policy text that no other check needs (design.md 6). */
  | { readonly type: 'forget'; readonly check: Ref }
  /** Save expectations as checks, all at once; what a check says already is left out, a name that is taken gets a number. */
  | { readonly type: 'pin'; readonly checks: readonly WantedCheck[] }
  /** Say a saved check anew, policies aside; a name that was made for it follows what it expects. */
  | {
      readonly type: 'edit-check'
      readonly check: Ref
      readonly next: Pick<NewCheck, 'name' | 'ports' | 'expect'>
    }
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
  /** Look at everything as a CNI does it (semantics.md D): `id` as in `core/profiles`; `reference` takes the choice back. */
  | { readonly type: 'set-profile'; readonly id: string; readonly version?: string | undefined }
  /** Remove a workload, or a namespace with everything in it: all documents that fold into it. */
  | { readonly type: 'remove'; readonly end: End }

/**
 * How new policies are laid out: one for each workload and direction (the default), one for each drawn edge
 * (`allow-<from>-to-<to>`), or as few for each namespace as say the same (workloads with equal rules share one).
 */
export type PlanStyle = 'per-workload' | 'per-edge' | 'per-namespace'

/** Something that would help where a plan is refused: an intent with what it does, for people. */
export interface Help {
  readonly label: string
  readonly intent: Intent
}

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
  /** One short line that tells this way from the others: `Amend db-ingress`, `Close it at web`. */
  readonly title: string
  /** What it does, one sentence each, for people. */
  readonly sentences: readonly string[]
  readonly opens: readonly ConnectionChange[]
  readonly closes: readonly ConnectionChange[]
  /** Connections that were open and are undetermined now, or the reverse, and the like. */
  readonly other: readonly ConnectionChange[]
  /** What nobody asked for of these, grouped and ranked; undefined where the plan is refused. */
  readonly groups?: readonly EffectGroup[] | undefined
  /** Workloads that lose name resolution, and those that gain it. */
  readonly dns: { readonly lost: readonly End[]; readonly gained: readonly End[] }
  /** Lines of policy text that come and go; those of checks don't count. */
  readonly lines: { readonly added: number; readonly removed: number }
  /** Things the user must know before accepting: over-selection, lost DNS, broken checks. */
  readonly warnings: readonly string[]
  /** Why it can't be done, in words that say what would help; then `changes` is empty. */
  readonly refusal?: string | undefined
  /** The smallest things that would help where it is refused, or where it does more than was asked; to be planned themselves. */
  readonly help: readonly Help[]
  /** True where something else than the intent changes: shown before it is applied (design.md 6). */
  readonly needsPreview: boolean
  /** What the plan's own text would be told by validation; empty in every plan that is offered. */
  readonly diagnostics: readonly Diagnostic[]
  /** Other ways that hold as well, best first: fewest unwanted changes, then fewest lines. They have no others. */
  readonly others: readonly Plan[]
}
