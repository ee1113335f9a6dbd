import type { Direction } from './rule.ts'
import type { DocumentId, Ref } from './text.ts'

/** What a CNI does about a point, and how that is known (semantics.md D). */
export interface Fact<V> {
  readonly value: V
  /** The version from which on it is so. */
  readonly since?: string | undefined
  /** The last version of which it is so. */
  readonly until?: string | undefined
  /** What other versions do; left out where there are none. */
  readonly otherwise?: V | undefined
  /** What it can be where the value is not known, or is a switch; the first is what the API says, where that is possible. */
  readonly either?: readonly V[] | undefined
  /** Where it is written: a URL. */
  readonly source: string
  /** False where nobody has checked it: said so wherever it is shown. */
  readonly verified: boolean
  /** For people, one sentence. */
  readonly note: string
}

/** A CNI that the workspace is looked at with: its id in `core/profiles`, and its version where it is known. */
export interface ChosenProfile {
  readonly id: string
  readonly version?: string | undefined
}

/** Where a CNI does not do what the API says about one policy, and the fact that it comes from. */
export interface Deviation extends Pick<Fact<unknown>, 'source' | 'verified' | 'note'> {
  readonly policy: Ref
  /** For people: `namespace/name`. */
  readonly policyName: string
  /** The rule that it is about; undefined where it is the whole policy. */
  readonly rule?: Ref | undefined
  /** The directions in which pods that the policy selects may feel it. */
  readonly directions: readonly Direction[]
  /** The key of the fact in the profile's `facts`. */
  readonly fact: string
  readonly effect: 'policy-without-effect' | 'read-differently'
  /** True where the fact is not known, or a switch of the CNI decides it: the verdict is open there. */
  readonly uncertain: boolean
  /** What one can do about it: the end of a sentence that starts with `What helps:`. */
  readonly remedy?: string | undefined
}

/** What a CNI does otherwise than the API says, as it is told beside a verdict: a fact, and the policies that it is about. */
export interface DifferingFact extends Pick<Fact<unknown>, 'source' | 'verified' | 'note'> {
  /** True where the verdict is open because of it. */
  readonly uncertain: boolean
  /** For people: `namespace/name` of each, once. */
  readonly policies: readonly string[]
  /** What one can do about it: the end of a sentence that starts with `What helps:`. */
  readonly remedy?: string | undefined
}

/** The CNI that a picture was drawn for. */
export interface ShownProfile extends ChosenProfile {
  /** What people call it. */
  readonly name: string
  /** What to know first, one line. */
  readonly summary: string
  /** Set where it enforces no policy at all. */
  readonly enforcesNothing?: Pick<Fact<unknown>, 'source' | 'verified' | 'note'> | undefined
}

/** What one CNI makes of all policies of a workspace. */
export interface ComparedProfile {
  readonly profile: ChosenProfile
  /** Pairs of workloads, each direction for itself; how many get another verdict than by the API, and how many of those are open. */
  readonly pairs: number
  readonly differ: number
  readonly open: number
  /** Those that it does not take as they are. */
  readonly policies: readonly ComparedPolicy[]
}

/** What a CNI makes of one policy: nothing, something else than the API says, or perhaps. */
export interface ComparedPolicy {
  readonly document: DocumentId
  /** For people: `namespace/name`. */
  readonly name: string
  readonly effect: 'none' | 'other' | 'unknown'
  readonly facts: readonly DifferingFact[]
}
