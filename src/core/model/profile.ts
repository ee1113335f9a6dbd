/** What a CNI does about a point, and how that is known (semantics.md D). */
export interface Fact<V> {
  readonly value: V
  /** The version from which on it is so. */
  readonly since?: string | undefined
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
