import type { TextEdit } from '#core/model/text.ts'
import { columnOf, lineStart } from './layout.ts'
import type { Edited } from './edited.ts'
import type { MappingNode, SequenceNode } from './tree.ts'
import { writeFlow } from './write.ts'

/** Adds an item (or `key: value`) at the end of a flow list or mapping that is not empty; on a line of its own where the last one has one. */
export function addToFlow(edited: Edited, node: SequenceNode | MappingNode, value: unknown, key?: string): TextEdit[] {
  const last = spans(node).at(-1)
  if (!last) return []
  const { text, json } = edited
  const written = writeFlow(value, json)
  const own = key === undefined ? written : `${json ? JSON.stringify(key) : key}: ${written}`
  const isOwnLine = text.slice(lineStart(text, last.from), last.from).trim() === ''
  const gap = isOwnLine ? edited.newline + ' '.repeat(columnOf(text, last.from)) : ' '
  return [{ from: last.to, to: last.to, insert: `,${gap}${own}` }]
}

/** Removes an item or entry of a flow list or mapping of at least two, with the comma that parted it. */
export function removeFromFlow(
  _: Edited,
  node: SequenceNode | MappingNode,
  step: string | number,
): TextEdit[] | undefined {
  const all = spans(node)
  const index = node.type === 'sequence' ? step : node.entries.findLastIndex(({ key }) => key === step)
  if (typeof index !== 'number') return undefined
  const own = all[index]
  const next = all[index + 1]
  const before = all[index - 1]
  if (own && next) return [{ from: own.from, to: next.from, insert: '' }]
  return own && before ? [{ from: before.to, to: own.to, insert: '' }] : undefined
}

function spans(node: SequenceNode | MappingNode): { from: number; to: number }[] {
  if (node.type === 'sequence') return node.items.map((item) => ({ ...(item.alias ?? item.range) }))
  return node.entries.map(({ keyNode, value }) => ({ from: keyNode.range.from, to: (value.alias ?? value.range).to }))
}
