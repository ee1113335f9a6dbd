import type { Direction } from './rule.ts'
import type { Ref } from './text.ts'

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
}
