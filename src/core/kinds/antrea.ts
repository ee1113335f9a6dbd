import { at, child } from '#core/yaml/tree.ts'
import { itemsOf } from './fields.ts'
import type { SourceDocument } from './kind.ts'
import { type Selected, selectorsAt } from './unevaluated.ts'

const READABLE = new Set(['podSelector', 'namespaceSelector'])

/** The pods that an Antrea policy applies to: its own `appliedTo`, else those of its rules; groups and the like can't be read. */
export function antreaSubjects(document: SourceDocument): readonly Selected[] {
  const own = appliedTo(document, ['spec', 'appliedTo'])
  if (own.length > 0) return own
  const ofRules = ['ingress', 'egress'].flatMap((direction) =>
    itemsOf(at(document.tree, ['spec', direction])).flatMap((_, i) =>
      appliedTo(document, ['spec', direction, i, 'appliedTo']),
    ),
  )
  return ofRules.length > 0 ? ofRules : [{}]
}

function appliedTo(document: SourceDocument, path: readonly (string | number)[]): readonly Selected[] {
  return itemsOf(at(document.tree, path)).map((item, i) => {
    const readable = item.type === 'mapping' && item.entries.every(({ key }) => READABLE.has(key))
    if (!readable) return {}
    const selected = selectorsAt(document, [...path, i])
    return child(item, 'podSelector') ? selected : { namespaces: selected.namespaces }
  })
}
