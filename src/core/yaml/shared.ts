import { type FieldPath, formatPath, type TextRange } from '#core/model/text.ts'
import { at, type Entry, type Tree } from './tree.ts'

/** What an edit touches: something is put into the node at its path, or the node goes or changes as a whole. */
export type Reach = 'inside' | 'whole'

/**
 * Why the node at `path` can't be edited in place, as half a sentence for people ("it is shared by the alias *common in
 * line 12"); undefined where nothing stands in the way. Lines are counted from `firstLine`, the one that the text starts in.
 */
export function whyNot(
  text: string,
  tree: Tree,
  path: FieldPath,
  { reach = 'inside', firstLine = 1 }: { readonly reach?: Reach; readonly firstLine?: number } = {},
): string | undefined {
  const looked = { text, tree, place: placer(text, firstLine) }
  return sharedReason(looked, path, reach) ?? (reach === 'whole' ? twiceReason(tree, path) : undefined)
}

/** Would an edit at `path` change more places than this one, or is there no such place? */
export function isShared(text: string, tree: Tree, path: FieldPath, reach: Reach = 'whole'): boolean {
  return sharedReason({ text, tree, place: placer(text, 1) }, path, reach) !== undefined
}

function sharedReason(looked: Looked, path: FieldPath, reach: Reach): string | undefined {
  for (let length = 0; length <= path.length; length++) {
    const isReplaced = reach === 'whole' && length === path.length
    const reason = stepReason(looked, path.slice(0, length), isReplaced)
    if (reason !== undefined) return reason
  }
  const node = at(looked.tree, path)
  return reach === 'whole' && node ? lossReason(looked.text, node, looked.place) : undefined
}

interface Looked {
  readonly text: string
  readonly tree: Tree
  readonly place: (range: TextRange) => string
}

function stepReason({ text, tree, place }: Looked, path: FieldPath, isReplaced: boolean): string | undefined {
  const node = at(tree, path)
  if (!node) return `there is no ${formatPath(path)} in it`
  const entry = entryAt(tree, path)
  if (entry?.merged === true) return mergeReason(tree, entry)
  // An alias can be exchanged for something else, but what it stands for is written elsewhere.
  if (node.alias) return isReplaced ? undefined : sharedBy(text, node.alias, place)
  const [first] = node.repeats ?? []
  return first && sharedBy(text, first, place)
}

/** The entry that a path ends in; undefined for items, and where there is none. */
export function entryAt(tree: Tree, path: FieldPath): Entry | undefined {
  const parent = at(tree, path.slice(0, -1))
  const step = path.at(-1)
  return parent?.type === 'mapping' ? parent.entries.findLast(({ key }) => key === step) : undefined
}

function mergeReason(tree: Tree, { key, keyNode, value }: Entry): string {
  if (keyNode.source === '') return `\`${key}\` is given by the List around it`
  const source = anchorAround(tree, value.range)
  return `\`${key}\` is merged in from ${source === undefined ? 'elsewhere' : `&${source}`} by \`<<\``
}

function anchorAround(tree: Tree, { from, to }: TextRange): string | undefined {
  if (tree.alias || from < tree.range.from || to > tree.range.to) return undefined
  for (const part of partsOf(tree)) {
    const deeper = anchorAround(part, { from, to })
    if (deeper !== undefined) return deeper
  }
  return tree.repeats?.length ? tree.anchor : undefined
}

// What is marked in it and used elsewhere would be missing there.
function lossReason(text: string, node: Tree, place: Looked['place']): string | undefined {
  const gone = node.alias ?? node.range
  const lost = repeatsWithin(node).find(({ from, to }) => from < gone.from || to > gone.to)
  return lost && `a part of ${sharedBy(text, lost, place)}`
}

function repeatsWithin(node: Tree): readonly TextRange[] {
  if (node.alias) return []
  return [...(node.repeats ?? []), ...partsOf(node).flatMap(repeatsWithin)]
}

function partsOf(node: Tree): readonly Tree[] {
  if (node.type === 'scalar') return []
  if (node.type === 'sequence') return node.items
  return node.entries.filter(({ merged }) => merged !== true).flatMap(({ keyNode, value }) => [keyNode as Tree, value])
}

function twiceReason(tree: Tree, path: FieldPath): string | undefined {
  const parent = at(tree, path.slice(0, -1))
  const step = path.at(-1)
  const same = parent?.type === 'mapping' ? parent.entries.filter(({ key }) => key === step) : []
  if (same.length < 2) return undefined
  return same.some(({ merged }) => merged)
    ? `\`${step}\` is merged in by \`<<\`, too`
    : `\`${step}\` stands there twice`
}

function sharedBy(text: string, alias: TextRange, place: Looked['place']): string {
  return `it is shared by ${named(text, alias)} ${place(alias)}`
}

// An item of a List sees only itself.
function named(text: string, { from, to }: TextRange): string {
  return from < 0 || to > text.length ? 'an alias' : `the alias ${text.slice(from, to)}`
}

function placer(text: string, firstLine: number): (range: TextRange) => string {
  return ({ from, to }) =>
    from < 0 || to > text.length
      ? 'in another item of the List'
      : `in line ${firstLine + text.slice(0, from).split('\n').length - 1}`
}
