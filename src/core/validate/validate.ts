import type { SourceDocument } from '#core/kinds/kind.ts'
import type { Diagnostic } from '#core/model/text.ts'

/** What the API server would say about a document, each message at its place; an error means that it is rejected. Never throws. */
export function validate(_document: SourceDocument): readonly Diagnostic[] {
  return []
}
