import type { Requirement, Selector } from '#core/model/labels.ts'
import type { FieldPath } from '#core/model/text.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import { itemsOf, refTo, textAt, textOf } from './fields.ts'
import type { SourceDocument } from './kind.ts'

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const

/**
 * The label selector at a path: null and missing are empty. A requirement that can't be read is left out: the API
 * server rejects it, and what is rejected has no effect.
 */
export function readSelector(document: SourceDocument, path: FieldPath): Selector {
  const tree = at(document.tree, path)
  return [...readMatchLabels(document, tree, path), ...readExpressions(document, tree, path)]
}

function readMatchLabels(document: SourceDocument, tree: Tree | undefined, path: FieldPath): Requirement[] {
  const matchLabels = child(tree, 'matchLabels')
  if (matchLabels?.type !== 'mapping') return []
  // Of a key that occurs twice the last one counts.
  const counting = new Map(matchLabels.entries.map((entry) => [entry.key, entry]))
  return [...counting.values()].map(({ key, keyNode, value, merged }) => {
    const ref = refTo(document, [...path, 'matchLabels', key])
    const range =
      merged || value.alias ? ref.range : { from: keyNode.range.from, to: Math.max(keyNode.range.to, value.range.to) }
    return { key, operator: 'In', values: [textOf(value) ?? ''], ref: { ...ref, range } }
  })
}

function readExpressions(document: SourceDocument, tree: Tree | undefined, path: FieldPath): Requirement[] {
  return itemsOf(child(tree, 'matchExpressions')).flatMap((expression, i) => {
    const operator = OPERATORS.find((name) => name === textAt(expression, 'operator'))
    if (!operator) return []
    const values = itemsOf(child(expression, 'values')).map((value) => textOf(value) ?? '')
    const ref = refTo(document, [...path, 'matchExpressions', i])
    return [{ key: textAt(expression, 'key') ?? '', operator, values, ref }]
  })
}
