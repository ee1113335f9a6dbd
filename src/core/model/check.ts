import type { End } from './end.ts'
import type { Ref } from './text.ts'

/** A saved expectation about a connection (design.md 7). `ports` are texts like `TCP/5432`, `TCP/8000-8080`, `TCP/http`; none: all. */
export interface Check {
  readonly ref: Ref
  readonly name: string
  readonly from: End
  readonly to: End
  readonly ports: readonly string[]
  readonly expect: 'allowed' | 'denied'
}

/** How a check fares: `holds`, `broken`, `undetermined`, or an end is `missing`. */
export type CheckOutcome = 'holds' | 'broken' | 'undetermined' | 'missing'
