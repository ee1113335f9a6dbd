import type { FieldPath } from '#core/model/text.ts'
import { columnOf } from './layout.ts'
import { at, type Entry, type Tree } from './tree.ts'
import type { Habit } from './write.ts'

interface Found {
  indent?: number
  listIndent?: number
}

/** The habit of a document, as near as possible to the node at `path`: how far its blocks indent, and whether lists stand deeper than their keys. */
export function habitOf(text: string, tree: Tree, path: FieldPath = []): Habit {
  const found: Found = {}
  for (let length = path.length; length >= 0; length--) {
    const own = at(tree, path.slice(0, length))
    const parent = length > 0 ? at(tree, path.slice(0, length - 1)) : undefined
    const entry = parent?.type === 'mapping' ? parent.entries.findLast(({ value }) => value === own) : undefined
    if (entry) note(text, entry, found)
    if (own) visit(text, own, found)
  }
  const { indent = found.listIndent || 2, listIndent = indent } = found
  return { indent, indentLists: listIndent > 0, listIndent: listIndent || indent }
}

function visit(text: string, tree: Tree, found: Found): void {
  if (found.indent !== undefined && found.listIndent !== undefined) return
  if (tree.type === 'scalar' || tree.alias || tree.style === 'flow') return
  if (tree.type === 'sequence') return tree.items.forEach((item) => visit(text, item, found))
  for (const entry of tree.entries) {
    note(text, entry, found)
    if (entry.merged !== true) visit(text, entry.value, found)
  }
}

function note(text: string, entry: Entry, found: Found): void {
  const columns = indentOf(text, entry)
  if (columns === undefined) return
  if (entry.value.type === 'sequence') found.listIndent ??= columns
  else found.indent ??= columns
}

/** How many columns deeper than its key the value of an entry in block style stands; undefined for other entries. */
export function indentOf(text: string, { keyNode, value, merged }: Entry): number | undefined {
  if (merged === true || keyNode.source === '' || value.type === 'scalar' || value.alias || value.style === 'flow')
    return undefined
  const columns = columnOf(text, value.range.from) - columnOf(text, keyNode.range.from)
  return columns >= 0 && /[\n\r]/.test(text.slice(keyNode.range.to, value.range.from)) ? columns : undefined
}
