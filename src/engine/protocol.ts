import type { Completions } from '#core/checks/complete.ts'
import type { LiveFormat, LiveTests, ReadTests, SuggestedCheck } from '#core/model/check.ts'
import type { ChangedEdge, Effects } from '#core/model/effects.ts'
import type { End } from '#core/model/end.ts'
import type { ExportBundle, ExportOptions } from '#core/model/exporting.ts'
import type { Intent, Plan, PlanStyle } from '#core/model/intent.ts'
import type { DeadLine, PeerList, PolicyLens } from '#core/model/linking.ts'
import type { Graded, Lesson, LessonFile, Prediction } from '#core/model/lesson.ts'
import type { Edge, Explanation, OfferedPort } from '#core/model/picture.ts'
import type { ChosenProfile, ComparedProfile } from '#core/model/profile.ts'
import type { LeanCopy } from '#core/model/sharing.ts'
import type { DocumentId, FileChange, Ref } from '#core/model/text.ts'
import type { Status } from '#core/model/verdict.ts'
import type { Step } from '#lessons/steps.ts'
import type { PicturePatch } from './patch.ts'

/** One text of the workspace as the engine reads it. */
export interface EngineFile {
  readonly path: string
  readonly text: string
  /** False: no say in verdicts. */
  readonly counts: boolean
  /** Read into documents without `metadata.namespace`; undefined: `default`. */
  readonly namespace?: string | undefined
}

/**
 * What happened to the workspace since the last sync. `workspace` replaces everything (the first sync, another workspace);
 * `reading` sets how a file is read; `order` puts the files in this order (paths that it leaves out come last).
 */
export type EngineChange =
  | FileChange
  | { readonly type: 'workspace'; readonly files: readonly EngineFile[] }
  | {
      readonly type: 'reading'
      readonly path: string
      readonly counts: boolean
      readonly namespace?: string | undefined
    }
  | { readonly type: 'order'; readonly paths: readonly string[] }

/** New texts: the engine answers with `progress`, then one `picture`, unless a newer sync or a cancel comes first. */
export interface SyncRequest {
  readonly type: 'sync'
  readonly revision: number
  readonly changes: readonly EngineChange[]
  /** Which step of the history it belongs to: syncs of one burst of typing are one edit. Undefined: a step of its own. */
  readonly step?: number | undefined
}

/** Which rows of the table's "all connections" are wanted. */
export interface TableQuestion {
  /** Where to go on: `next` of the last slice; 0 to begin. */
  readonly start: number
  /** At most so many rows. */
  readonly limit: number
  /** Part of an end's name or of the ports, letter case aside; '' for all. */
  readonly text?: string | undefined
  /** Only these; undefined for all. */
  readonly statuses?: readonly Status[] | undefined
}

/** A slice of all workload → workload connections; `next` is undefined at the end, `total` counts the pairs that exist. */
export interface TableSlice {
  readonly rows: readonly Edge[]
  readonly next?: number | undefined
  readonly total: number
}

/** What the cursor is in: its document, the rules at the place (or the whole policy), and what the canvas shows of them. */
export interface CursorPlace {
  readonly document?: DocumentId | undefined
  readonly rules: readonly Ref[]
  readonly edges: readonly string[]
  /** The card that the document describes: an `endId`. */
  readonly card?: string | undefined
  /** Ids of the cards that what is there selects; none for a place that selects nobody in particular. */
  readonly selects: readonly string[]
  /** The same for people: `This peer selects 3 pods in 2 workloads: web, api.` */
  readonly note?: string | undefined
  /** The list of peers that it is in, taken apart, where one can misread it. */
  readonly peers?: PeerList | undefined
}

/** What is told about the policies of a span of a file. */
export interface Lenses {
  readonly policies: readonly PolicyLens[]
  readonly dead: readonly DeadLine[]
}

/** A text as it came in, by the path that it has now ('' for a file that was made here); for exports of what changed. */
export interface OpenedText {
  readonly path: string
  readonly text: string
}

/** A file of other texts than the present ones; `same`: it reads as the file of this path reads now. */
export type BaselineFile = EngineFile | { readonly path: string; readonly same: true }

/** What changes are counted from: what was before the last edit, or other texts, in their order. */
export type Since = { readonly type: 'edit' } | { readonly type: 'texts'; readonly files: readonly BaselineFile[] }

/** A policy that is gone from the workspace. */
interface DeletedPolicy {
  readonly namespace: string
  readonly name: string
}

/** All questions that the engine answers beside the picture: what is asked, and what comes back. Plain data both ways. */
export interface Questions {
  /** Edges in and out of a card; `denied`: those that nothing opens, too. With `to` only the one from the card to there, whatever it gets. */
  readonly reach: {
    readonly question: { readonly end: End; readonly denied: boolean; readonly to?: End | undefined }
    readonly answer: { readonly edges: readonly Edge[] }
  }
  /** Why a connection is as it is; `ports` as in checks, none: all. An end that isn't there is said. */
  readonly explain: {
    readonly question: { readonly from: End; readonly to: End; readonly ports: readonly string[] }
    readonly answer: { readonly explanation: Explanation }
  }
  /** The ports that the form offers for a target. */
  readonly offers: {
    readonly question: { readonly from: End; readonly to: End }
    readonly answer: { readonly offers: readonly OfferedPort[] }
  }
  /** A verified way to fulfil an intent, and others that hold as well. */
  readonly plan: {
    readonly question: { readonly intent: Intent; readonly style?: PlanStyle | undefined }
    readonly answer: { readonly plan: Plan }
  }
  /** What stands at an offset of a file's text. */
  readonly cursor: {
    readonly question: { readonly file: string; readonly offset: number }
    readonly answer: CursorPlace
  }
  /** What became different since then. `known` is false where there is nothing to compare with (no edit yet, or a restart since). */
  readonly changes: {
    readonly question: { readonly since: Since }
    readonly answer: { readonly known: boolean; readonly effects: Effects; readonly edges: readonly ChangedEdge[] }
  }
  /** The picture's edges as they were then, and those that only were then, with the ends outside of both. */
  readonly before: {
    readonly question: { readonly since: Since }
    readonly answer: { readonly known: boolean; readonly edges: readonly Edge[]; readonly outside: readonly End[] }
  }
  /** What the policies of a file come to, and which of their lines decide nothing; only those that touch the span. */
  readonly lenses: {
    readonly question: { readonly file: string; readonly from: number; readonly to: number }
    readonly answer: Lenses
  }
  /** What a CNI makes of all policies, beside what the API says. */
  readonly profile: {
    readonly question: { readonly profile: ChosenProfile }
    readonly answer: { readonly compared: ComparedProfile }
  }
  /** Checks that could be saved, the surest first. */
  readonly suggest: {
    readonly question: Readonly<Record<string, never>>
    readonly answer: { readonly suggested: readonly SuggestedCheck[] }
  }
  /** A NetAssert file as checks. */
  readonly 'read-tests': { readonly question: { readonly text: string }; readonly answer: ReadTests }
  /** What could be written at an offset of a file's newest text, inside a document of checks; undefined elsewhere. */
  readonly complete: {
    readonly question: { readonly text: string; readonly offset: number }
    readonly answer: { readonly completions?: Completions | undefined }
  }
  /** All saved checks, written for a live cluster. */
  readonly 'live-tests': { readonly question: { readonly format: LiveFormat }; readonly answer: LiveTests }
  /** How the texts do in a lesson, or `files` in their place. */
  readonly grade: {
    readonly question: { readonly lesson: Lesson; readonly files?: readonly LessonFile[] | undefined }
    readonly answer: { readonly graded: Graded }
  }
  /** Why a connection of a lesson is as it is, step by step; over the texts, or `files` in their place. */
  readonly reveal: {
    readonly question: {
      readonly lesson: Lesson
      readonly connection: Prediction
      readonly files?: readonly LessonFile[] | undefined
    }
    readonly answer: { readonly steps: readonly Step[] }
  }
  /** All connections, slice by slice. */
  readonly table: { readonly question: TableQuestion; readonly answer: TableSlice }
  /** `opened`: the texts as they came in, of files that differ from them (a file that is gone, too). */
  readonly export: {
    readonly question: {
      readonly options: ExportOptions
      readonly opened: readonly OpenedText[]
      readonly deleted: readonly DeletedPolicy[]
    }
    readonly answer: { readonly bundle: ExportBundle }
  }
  /** What verdicts read of the texts, to be shared; `ips`: addresses of pods and nodes, too. */
  readonly lean: {
    readonly question: { readonly ips: boolean }
    readonly answer: { readonly copy: LeanCopy }
  }
}

/** The name of a question. */
export type QuestionName = keyof Questions

/** A question on its way to the worker. */
export type AskRequest = {
  [Q in QuestionName]: {
    readonly type: 'ask'
    readonly id: number
    readonly name: Q
    readonly question: Questions[Q]['question']
  }
}[QuestionName]

/** Everything that goes to the worker. `cancel` stops the sync that is running; its texts stay, its picture never comes. */
export type Request = SyncRequest | AskRequest | { readonly type: 'cancel' }

/** An answer with the revision of the texts that it speaks of. */
export type Answered<Q extends QuestionName> = Questions[Q]['answer'] & { readonly revision: number }

/** An answer on its way back. */
export type AnswerResponse = {
  [Q in QuestionName]: {
    readonly type: 'answer'
    readonly id: number
    readonly name: Q
    readonly revision: number
    readonly answer: Questions[Q]['answer']
  }
}[QuestionName]

/** How far a long piece of work is. */
export interface Progress {
  readonly label: string
  readonly done: number
  readonly total: number
}

/** An exception: our bug. `where` says what was being done and in which line of ours; `id` the question, if one was being answered. */
export interface Crash {
  readonly revision: number
  readonly message: string
  readonly where: string
  readonly id?: number | undefined
}

/** Everything that comes back; each with the revision that it speaks of. */
export type Response =
  | { readonly type: 'picture'; readonly revision: number; readonly patch: PicturePatch }
  | ({ readonly type: 'progress'; readonly revision: number } & Progress)
  | AnswerResponse
  | { readonly type: 'cancelled'; readonly revision: number }
  | ({ readonly type: 'crashed' } & Crash)
