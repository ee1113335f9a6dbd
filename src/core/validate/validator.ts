import type { Diagnostic } from '#core/model/text.ts'
import type { Field } from './field.ts'

/** What is checked of some kinds; an error means that the object is rejected. */
export interface Validator {
  /** `group/Kind`, the core group is ''. */
  readonly kinds: readonly string[]
  readonly check: (root: Field) => readonly Diagnostic[]
}
