import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { addToBlock, appendToBlock, insertToBlock, removeFromBlock } from './blockSplice.ts'
import { type Edited, editedOf } from './edited.ts'
import { checked, withEntry, withItem, withName, without } from './expected.ts'
import { flowKeyLike } from './flowLike.ts'
import { addToFlow, insertToFlow, removeFromFlow } from './flowSplice.ts'
import { styleAmong, scalarText } from './quotes.ts'
import { replaceAt } from './replace.ts'
import { entryAt, isShared } from './shared.ts'
import { at, type ScalarNode, type Tree } from './tree.ts'

/**
 * Adds an item at the end of the list at `path` (an empty or null value becomes a list), written like its neighbours.
 * Everything outside of the inserted lines stays. Undefined where it can't be done: no list there, or one that is shared
 * (`whyNot` tells); what no splice gets right in a strange layout is left alone, too.
 */
export function appendItem(text: string, tree: Tree, path: FieldPath, value: unknown): TextEdit[] | undefined {
  const list = openNode(text, tree, path)
  if (!list || (list.type !== 'sequence' && !isHollow(list))) return undefined
  const edited = editedOf(text, tree, path)
  return checked(edited, itemAdded(edited, list, path, value), path, withItem(value))
}

/** Puts an item in front of the one at `path`, which ends in its index; as `appendItem` otherwise, behind the last one, too. */
export function insertItem(text: string, tree: Tree, path: FieldPath, value: unknown): TextEdit[] | undefined {
  const [parent, index] = [path.slice(0, -1), path.at(-1)]
  const list = openNode(text, tree, parent)
  if (typeof index !== 'number' || list?.type !== 'sequence' || index >= list.items.length)
    return appendItem(text, tree, parent, value)
  const edited = editedOf(text, tree, parent)
  const insert = list.style === 'flow' ? insertToFlow : insertToBlock
  return checked(edited, insert(edited, list, index, value), parent, withItem(value, index))
}

/** Adds `key: value` at the end of the mapping at `path`; as `appendItem` otherwise. Undefined where the key is there already. */
export function addEntry(
  text: string,
  tree: Tree,
  path: FieldPath,
  [key, value]: readonly [string, unknown],
): TextEdit[] | undefined {
  const mapping = openNode(text, tree, path)
  if (!mapping || (mapping.type !== 'mapping' && !isHollow(mapping))) return undefined
  if (mapping.type === 'mapping' && mapping.entries.some((entry) => entry.key === key)) return undefined
  const edited = editedOf(text, tree, path)
  return checked(edited, entryAdded(edited, mapping, path, [key, value]), path, withEntry(key, value))
}

/** Replaces the value at `path`; the document's own style is kept. Undefined for a path that isn't there or is shared. */
export function setValue(text: string, tree: Tree, path: FieldPath, value: unknown): TextEdit[] | undefined {
  if (isShared(text, tree, path)) return undefined
  const edited = editedOf(text, tree, path)
  return checked(edited, replaceAt(edited, path, value), path, () => value)
}

/** Replaces a scalar by another one in its place: quotes stay as far as the value is a text, and so does the comment behind it. */
export function setScalar(
  text: string,
  tree: Tree,
  path: FieldPath,
  value: ScalarNode['value'],
): TextEdit[] | undefined {
  return at(tree, path)?.type === 'scalar' ? setValue(text, tree, path, value) : undefined
}

/** Gives the key that `path` ends in another name, in its place and in its quotes. Undefined where that is taken, or the key is shared. */
export function renameKey(text: string, tree: Tree, path: FieldPath, name: string): TextEdit[] | undefined {
  const parentPath = path.slice(0, -1)
  const parent = openNode(text, tree, parentPath)
  const entry = entryAt(tree, path)
  if (parent?.type !== 'mapping' || !entry || entry.merged === true) return undefined
  if (parent.entries.some(({ key }) => key === name) || ((entry.keyNode as Tree).repeats ?? []).length > 0)
    return undefined
  const edited = editedOf(text, tree, path)
  const { range } = entry.keyNode
  const own = scalarText(name, styleAmong([entry.keyNode], edited.quotes), parent.style === 'flow')
  const insert = edited.json ? flowKeyLike(edited, name, []) : own
  return checked(edited, [{ ...range, insert }], parentPath, withName(entry.key, name))
}

/**
 * Removes the item or entry at `path` with its lines and trailing comment. A list that loses its last item becomes `[]`,
 * a mapping that loses its last key `{}`, never null. Undefined for a path that isn't there, for what is shared or holds
 * what is used elsewhere, and for a key that would still be there: one that stands twice or is merged in, too.
 */
export function removeAt(text: string, tree: Tree, path: FieldPath): TextEdit[] | undefined {
  const parentPath = path.slice(0, -1)
  const step = path.at(-1)
  const parent = at(tree, parentPath)
  if (step === undefined || !parent || parent.type === 'scalar' || isShared(text, tree, path)) return undefined
  const edited = editedOf(text, tree, path)
  const isLast = (parent.type === 'sequence' ? parent.items : parent.entries).length === 1
  const empty = parent.type === 'sequence' ? [] : {}
  const remove = parent.style === 'flow' ? removeFromFlow : removeFromBlock
  const edits = isLast ? replaceAt(edited, parentPath, empty) : remove(edited, parent, step)
  return checked(edited, edits, parentPath, without(step))
}

function itemAdded(edited: Edited, list: Tree, path: FieldPath, value: unknown): TextEdit[] | undefined {
  if (list.type !== 'sequence' || isHollow(list)) return replaceAt(edited, path, [value])
  return list.style === 'flow' ? addToFlow(edited, list, value) : appendToBlock(edited, list, value)
}

function entryAdded(
  edited: Edited,
  mapping: Tree,
  path: FieldPath,
  [key, value]: readonly [string, unknown],
): TextEdit[] | undefined {
  // Written as entries: `__proto__` is a key like any other.
  if (mapping.type !== 'mapping' || isHollow(mapping))
    return replaceAt(edited, path, Object.fromEntries([[key, value]]))
  return mapping.style === 'flow' ? addToFlow(edited, mapping, value, key) : addToBlock(edited, mapping, key, value)
}

// What something may be put into, unless that would change more places than one.
function openNode(text: string, tree: Tree, path: FieldPath): Tree | undefined {
  return isShared(text, tree, path, 'inside') ? undefined : at(tree, path)
}

function isHollow(tree: Tree): boolean {
  if (tree.type === 'scalar') return tree.value === null
  return (tree.type === 'sequence' ? tree.items : tree.entries).length === 0
}
