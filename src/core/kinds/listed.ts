import type { FieldPath } from '#core/model/text.ts'
import { at } from '#core/yaml/tree.ts'
import { isNull, itemsOf } from './fields.ts'
import type { SourceDocument } from './kind.ts'

/**
 * Reads every item of the list at a path. Missing, null and [] are the same, no restriction: `'any'`; a list whose items
 * can't be read is an empty one, and never `'any'` (semantics.md A.4).
 */
export function readListOrAny<T>(
  document: SourceDocument,
  path: FieldPath,
  read: (path: FieldPath) => readonly T[],
): readonly T[] | 'any' {
  const tree = at(document.tree, path)
  if (isNull(tree) || (tree?.type === 'sequence' && tree.items.length === 0)) return 'any'
  return itemsOf(tree).flatMap((_, i) => read([...path, i]))
}
