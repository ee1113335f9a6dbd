import type { TextRange } from '#core/model/text.ts'
import type { MappingNode, SequenceNode } from './tree.ts'

/** Where each item or own entry of a container stands; what is merged in stands elsewhere and is left out. */
export function spansOf(node: SequenceNode | MappingNode): readonly TextRange[] {
  if (node.type === 'sequence') return node.items.map((item) => item.alias ?? item.range)
  return node.entries
    .filter(({ merged }) => merged !== true)
    .map(({ keyNode, value }) => ({
      from: keyNode.range.from,
      to: Math.max(keyNode.range.to, (value.alias ?? value.range).to),
    }))
}

/** Where the first of them stands; undefined for an empty container. */
export function firstOf(node: SequenceNode | MappingNode): TextRange | undefined {
  return spansOf(node)[0]
}
