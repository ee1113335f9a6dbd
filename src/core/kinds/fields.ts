import type { Labels } from '#core/model/labels.ts'
import type { FieldPath, Ref, TextRange } from '#core/model/text.ts'
import { at, child, rangeOf, type Tree } from '#core/yaml/tree.ts'
import type { SourceDocument } from './kind.ts'

/** A scalar as text; a number or boolean as JSON writes it (its misuse is reported elsewhere); undefined for null and the rest. */
export function textOf(tree: Tree | undefined): string | undefined {
  if (tree?.type !== 'scalar' || tree.value === null) return undefined
  return String(tree.value)
}

/** A scalar that is a number; undefined for anything else. */
export function numberOf(tree: Tree | undefined): number | undefined {
  return tree?.type === 'scalar' && typeof tree.value === 'number' ? tree.value : undefined
}

/** Is it the boolean true? */
export function isTrue(tree: Tree | undefined): boolean {
  return tree?.type === 'scalar' && tree.value === true
}

/** Is it missing or null? Go's decoder makes no difference between the two. */
export function isNull(tree: Tree | undefined): boolean {
  return tree === undefined || (tree.type === 'scalar' && tree.value === null)
}

/** The items of a list; none for anything else. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.type === 'sequence' ? tree.items : []
}

/** The text at a path, as `textOf`. */
export function textAt(tree: Tree | undefined, ...path: FieldPath): string | undefined {
  return textOf(at(tree, path))
}

/** The entries of a mapping of texts; null values are '' (semantics.md B.6), nested ones are left out. `__proto__` is a key. */
export function labelsOf(tree: Tree | undefined): Labels {
  const labels = Object.create(null) as Record<string, string>
  if (tree?.type !== 'mapping') return labels
  for (const { key, value } of tree.entries) {
    if (value.type === 'scalar') labels[key] = textOf(value) ?? ''
  }
  return labels
}

/** The place of a path in the document; of a missing field, its nearest parent that is there. */
export function refTo(document: SourceDocument, path: FieldPath): Ref {
  return { document: document.id, path, range: rangeAt(document.tree, path) }
}

// Of its key where the value is empty, of the nearest parent where it is missing.
function rangeAt(tree: Tree, path: FieldPath): TextRange {
  let node = tree
  let range = rangeOf(tree)
  for (const step of path) {
    const next = typeof step === 'string' ? child(node, step) : itemsOf(node)[step]
    if (!next) return range
    range = visible(rangeOf(next)) ?? keyRange(node, step) ?? range
    node = next
  }
  return range
}

/** The span of a key in a mapping (of the last one of several); undefined where it is missing. */
export function keyRange(tree: Tree | undefined, key: string | number): TextRange | undefined {
  if (tree?.type !== 'mapping') return undefined
  return tree.entries.findLast((entry) => entry.key === key)?.keyNode.range
}

function visible(range: TextRange): TextRange | undefined {
  return range.to > range.from ? range : undefined
}
