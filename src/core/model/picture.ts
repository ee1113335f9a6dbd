import type { CheckOutcome, CheckResult } from './check.ts'
import type { ContainerPort } from './cluster.ts'
import type { End } from './end.ts'
import type { Labels } from './labels.ts'
import type { NearMiss } from './nearMiss.ts'
import type { DifferingFact, ShownProfile } from './profile.ts'
import type { Direction } from './rule.ts'
import type { Sentence } from './sentence.ts'
import type { Diagnostic, DocumentId, Ref, TextRange } from './text.ts'
import type { Status } from './verdict.ts'

/** Isolation of a card: `yes`, `no`, `some` of its pods, or not known. */
export type Isolated = 'yes' | 'no' | 'some' | 'unknown'

/** One direction's default deny of a namespace: every pod isolated, some, or none (design.md 8). */
export type Switch = 'on' | 'mixed' | 'off'

/** A namespace as the canvas shows it. */
export interface NamespaceCard {
  readonly name: string
  /** False where only others name it: its labels are not known. */
  readonly loaded: boolean
  readonly labels: Labels
  readonly defaultDeny: Readonly<Record<Direction, Switch>>
  /** Policies of this namespace, readable names. */
  readonly policies: readonly string[]
  readonly ref?: Ref | undefined
  readonly stale: boolean
}

/** A workload as the canvas shows it. */
export interface WorkloadCard {
  /** `namespace/Kind/name`: the `endId` of its end. */
  readonly id: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
  readonly replicas: number
  readonly ports: readonly ContainerPort[]
  readonly labels: Labels
  readonly isolated: Readonly<Record<Direction, Isolated>>
  readonly hostNetwork: boolean
  /** All its pods have finished: hidden on the canvas. */
  readonly finished: boolean
  readonly sketch: boolean
  readonly assumed: boolean
  readonly stale: boolean
  readonly refs: readonly Ref[]
}

/** Which question an edge answers (design.md 6). */
export type Layer = 'checks' | 'rules' | 'reach'

/** A connection that is drawn: who, which ports, and what the policies really do. */
export interface Edge {
  /** Stable over edits: layer-free, `fromId→toId ports`. */
  readonly id: string
  readonly layers: readonly Layer[]
  readonly from: End
  readonly to: End
  /** For people, what is asked: `TCP 5432`, `all ports`. */
  readonly ports: string
  readonly status: Status
  /** What is really open of it, for people: `9090 ✓ · 8080 ✕` on a partial edge; else like `ports`. */
  readonly label: string
  /** The accessible name: `shop/web → shop/db TCP 5432: denied`. */
  readonly name: string
  /** The end that blocks a denied edge: egress blocks at the source, ingress at the destination. */
  readonly blockedAt: 'source' | 'destination' | 'both' | 'none'
  /** The checks behind it, with how they fare. */
  readonly checks: readonly {
    readonly ref: Ref
    readonly name: string
    readonly expect: 'allowed' | 'denied'
    readonly outcome: CheckOutcome
  }[]
  /** The rules that name it or decide it: where a click or a cursor leads. */
  readonly rules: readonly Ref[]
  /** True where a document behind it has only its last good meaning. */
  readonly stale: boolean
  /** What is asked, as checks write it (`TCP/5432`): the ports of an explanation or a plan. None: all ports. */
  readonly asked?: readonly string[] | undefined
  /** How many connections it stands for, where the picture is folded (then its ends are namespaces). */
  readonly count?: number | undefined
  /** Set where a lesson wants something of it: what, and how that fares. */
  readonly goal?: { readonly expect: 'allowed' | 'denied'; readonly outcome: CheckOutcome } | undefined
  /** Set where the CNI does something else than the API says: what that would be, and why. */
  readonly differs?: Differs | undefined
}

/** How a verdict under a CNI is another than the API's (semantics.md D). */
export interface Differs {
  /** What the API says. */
  readonly reference: Status
  /** What the CNI does otherwise. */
  readonly facts: readonly DifferingFact[]
  /** Where the asked ports fare as the API says, but the CNI opens others, too: all that is open, for people. */
  readonly beyond?: string | undefined
}

/** A document of the workspace, and where it stands now. */
export interface DocumentInfo {
  readonly id: DocumentId
  readonly file: string
  /** Absolute span in the file's text. */
  readonly range: TextRange
  /** First line, from 1. */
  readonly line: number
  readonly kind: string
  /** `namespace/name` or `name`; '' where it has none. */
  readonly name: string
  readonly outcome: 'object' | 'ignored' | 'broken' | 'rejected' | 'overridden' | 'empty'
}

/** A message for the problems list and the editor: absolute span in the file. */
export interface Problem extends Diagnostic {
  readonly file: string
  readonly at: TextRange
  readonly line: number
  readonly column: number
}

/** What was read: for the status line and the import message. */
export interface Counts {
  readonly documents: number
  readonly workloads: number
  readonly pods: number
  readonly namespaces: number
  readonly policies: number
  readonly services: number
  readonly ignored: number
  /** Documents without `metadata.namespace`, read as `default`. */
  readonly defaulted: number
  /** Namespaces that are named but not loaded. */
  readonly unloadedNamespaces: number
  /** Kinds of policies that are in the text but not evaluated, e.g. `CiliumNetworkPolicy`. */
  readonly unevaluated: readonly { readonly kind: string; readonly count: number }[]
  /** How many documents of each ignored kind. */
  readonly ignoredKinds: readonly { readonly kind: string; readonly count: number }[]
}

/** Everything that the screen shows of one revision of the workspace. Plain data; crosses the worker border. */
export interface Picture {
  readonly revision: number
  readonly namespaces: readonly NamespaceCard[]
  readonly workloads: readonly WorkloadCard[]
  /** IP blocks, the internet, anywhere: what rules and checks name outside the namespaces. */
  readonly outside: readonly End[]
  readonly edges: readonly Edge[]
  readonly documents: readonly DocumentInfo[]
  readonly problems: readonly Problem[]
  /** Each saved check with how it fares, in workspace order. */
  readonly checks: readonly CheckResult[]
  readonly counts: Counts
  /** Set where there are too many connections to draw one by one: says what was folded or left out, for people. */
  readonly folded?: string | undefined
  /** The CNI that it was drawn for; undefined: what the API says. */
  readonly profile?: ShownProfile | undefined
}

/** A port that the form offers for a target, with the Service that leads to it where one does. */
export interface OfferedPort {
  /** As a check writes it: `TCP/8080`, `TCP/http`. */
  readonly port: string
  /** For people: `8080 http`, `Service web: 80 → 8080`. */
  readonly label: string
}

/** Why a connection is as it is, in sentences (design.md 6). */
export interface Explanation {
  readonly name: string
  readonly from: End
  readonly to: End
  readonly ports: string
  readonly status: Status
  /** One sentence that a newcomer understands. */
  readonly summary: string
  readonly halves: readonly ExplainedHalf[]
  /** What is really open in all, for people. */
  readonly open: string
  /** Where the text decides it, what blocks first. */
  readonly deciders: readonly Decider[]
  /** As on an edge. */
  readonly differs?: Differs | undefined
}

/** A place in the text that decides a connection, and whether it opens or closes it. */
export interface Decider {
  readonly ref: Ref
  readonly effect: 'opens' | 'closes'
}

/** One half of an explanation; the texts carry links to the policies and rules they name. */
export interface ExplainedHalf {
  readonly direction: Direction
  readonly status: Status
  /** `Egress at shop/orders: allowed`. */
  readonly title: string
  readonly sentences: readonly Sentence[]
  /** Where it is denied: what comes closest to allowing it, best first, at most three. */
  readonly misses: readonly NearMiss[]
}
