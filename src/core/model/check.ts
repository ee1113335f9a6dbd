import type { End } from './end.ts'
import type { Sentence } from './sentence.ts'
import type { Ref } from './text.ts'

/** A saved expectation about a connection (design.md 7). `ports` are texts like `TCP/5432`, `TCP/8000-8080`, `TCP/http`; none: all. */
export interface Check {
  readonly ref: Ref
  readonly name: string
  readonly from: End
  readonly to: End
  readonly ports: readonly string[]
  readonly expect: 'allowed' | 'denied'
  /** Instead of `from` being one end: only these may reach `to`; all others, future pods too, must not (design.md 9). */
  readonly only?: readonly End[] | undefined
}

/** A check that stands in no text yet. */
export type NewCheck = Omit<Check, 'ref'>

/** A check that shall be saved; without a name it gets one that says what it expects. */
export type WantedCheck = Omit<NewCheck, 'name'> & { readonly name?: string | undefined }

/** How a check fares: `holds`, `broken`, `undetermined`, or an end is `missing`. */
export type CheckOutcome = 'holds' | 'broken' | 'undetermined' | 'missing'

/** A check with how it fares now, for the panel. */
export interface CheckResult {
  readonly check: Check
  readonly outcome: CheckOutcome
  /** One sentence: why it is broken or can't be told; empty where it holds. */
  readonly why: Sentence
}

/** A check that could be saved: why it is worth it, and how it would fare now. */
export interface SuggestedCheck {
  readonly check: NewCheck
  /** One sentence for people: `Service data/db leads there.` */
  readonly reason: string
  readonly outcome: CheckOutcome
}

/** A file of somebody else's tests, read as checks: how each would fare now, and what of it could not be read, with its line (from 1). */
export interface ReadTests {
  readonly checks: readonly SuggestedCheck[]
  readonly problems: readonly {
    readonly line: number
    readonly message: string
    readonly severity: 'error' | 'warning' | 'info'
  }[]
}

/** Checks written for a live cluster: how many questions they come to, and what they can't ask, with the reason. */
export interface LiveTests {
  readonly text: string
  readonly count: number
  readonly leftOut: readonly { readonly name: string; readonly why: string }[]
}

/** What checks can be written as for a live cluster: a script of `kubectl` probes, or a NetAssert file. */
export type LiveFormat = 'script' | 'netassert'
