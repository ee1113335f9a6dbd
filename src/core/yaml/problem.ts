import type { TextRange } from '#core/model/text.ts'

/** What is wrong with a text, at its place in it. */
export interface YamlProblem {
  readonly code: string
  readonly message: string
  readonly range: TextRange
  readonly severity: 'error' | 'warning'
}
