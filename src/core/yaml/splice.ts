import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { appendToBlock, addToBlock, removeFromBlock, replaceBlock } from './blockSplice.ts'
import { addToFlow, removeFromFlow } from './flowSplice.ts'
import { habitOf, newlineOf } from './layout.ts'
import { at, type Tree } from './tree.ts'
import type { Edited } from './edited.ts'

/**
 * Adds an item at the end of the list at `path` (an empty or null value becomes a list). Everything outside the inserted
 * lines stays. Undefined where it can't be done: no list there, or one that an alias repeats.
 */
export function appendItem(text: string, tree: Tree, path: FieldPath, value: unknown): TextEdit[] | undefined {
  const list = ownNode(tree, path)
  const edited = editedOf(text, tree)
  if (!list) return undefined
  if (isHollow(list)) return replaceBlock(edited, path, [value])
  if (list.type !== 'sequence') return undefined
  return list.style === 'flow' ? addToFlow(edited, list, value) : appendToBlock(edited, list, value)
}

/** Adds `key: value` at the end of the mapping at `path`; as `appendItem` otherwise. Undefined where the key is there already. */
export function addEntry(
  text: string,
  tree: Tree,
  path: FieldPath,
  [key, value]: readonly [string, unknown],
): TextEdit[] | undefined {
  const mapping = ownNode(tree, path)
  const edited = editedOf(text, tree)
  if (!mapping) return undefined
  if (isHollow(mapping)) return replaceBlock(edited, path, { [key]: value })
  if (mapping.type !== 'mapping' || mapping.entries.some((entry) => entry.key === key)) return undefined
  return mapping.style === 'flow' ? addToFlow(edited, mapping, value, key) : addToBlock(edited, mapping, key, value)
}

/** Replaces the value at `path`; the document's own style is kept. Undefined for a path that isn't there or that an alias repeats. */
export function setValue(text: string, tree: Tree, path: FieldPath, value: unknown): TextEdit[] | undefined {
  return ownNode(tree, path) ? replaceBlock(editedOf(text, tree), path, value) : undefined
}

/**
 * Removes the item or entry at `path` with its lines and trailing comment. A list that loses its last item becomes `[]`,
 * a mapping that loses its last key `{}`, never null. Undefined for a path that isn't there or that an alias repeats.
 */
export function removeAt(text: string, tree: Tree, path: FieldPath): TextEdit[] | undefined {
  const parentPath = path.slice(0, -1)
  const step = path.at(-1)
  const parent = ownNode(tree, parentPath)
  if (step === undefined || !ownNode(tree, path) || !parent || parent.type === 'scalar') return undefined
  const count = parent.type === 'sequence' ? parent.items.length : parent.entries.length
  const edited = editedOf(text, tree)
  if (count === 1) return replaceBlock(edited, parentPath, parent.type === 'sequence' ? [] : {})
  return parent.style === 'flow' ? removeFromFlow(edited, parent, step) : removeFromBlock(edited, parent, step)
}

function editedOf(text: string, tree: Tree): Edited {
  const json =
    tree.type === 'mapping' && tree.style === 'flow' && tree.entries.every(({ keyNode }) => keyNode.style === 'double')
  return { text, tree, habit: habitOf(text, tree), newline: newlineOf(text), json }
}

// The node at a path, unless an alias or a merge on the way would change more places than one.
function ownNode(tree: Tree, path: FieldPath): Tree | undefined {
  for (let length = 0; length <= path.length; length++) {
    const node = at(tree, path.slice(0, length))
    if (!node || node.alias || node.anchor !== undefined) return undefined
    const step = path[length]
    if (node.type === 'mapping' && node.entries.findLast(({ key }) => key === step)?.merged === true) return undefined
  }
  return at(tree, path)
}

function isHollow(tree: Tree): boolean {
  if (tree.type === 'scalar') return tree.value === null
  return (tree.type === 'sequence' ? tree.items : tree.entries).length === 0
}
