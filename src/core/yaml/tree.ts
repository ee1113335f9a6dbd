import type { FieldPath, TextRange } from '#core/model/text.ts'

/** A scalar with its value as kubectl reads it (stack.md 3) and its source text, quotes included in `range`. */
export interface ScalarNode {
  readonly type: 'scalar'
  readonly value: string | number | boolean | null
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded'
  /** The text between `range.from` and `range.to`; '' for an empty value. */
  readonly source: string
  readonly range: TextRange
}

/** A mapping; a key that occurs twice occurs twice here, the last one counts. */
export interface MappingNode {
  readonly type: 'mapping'
  readonly style: 'block' | 'flow'
  readonly entries: readonly Entry[]
  readonly range: TextRange
}

/** One `key: value` of a mapping. `key` is the text that kubectl makes of the key (`on:` becomes `true`). */
export interface Entry {
  readonly key: string
  readonly keyNode: ScalarNode
  readonly value: Tree
  /** True where it comes from a `<<` merge and not from here. */
  readonly merged?: boolean | undefined
}

/** A list. */
export interface SequenceNode {
  readonly type: 'sequence'
  readonly style: 'block' | 'flow'
  readonly items: readonly Tree[]
  readonly range: TextRange
}

/**
 * A document as a tree that knows where each value stands; ranges count from the start of the document's text.
 * An alias shows its anchor's node with `alias` set to the place of the `*name`.
 */
export type Tree = (ScalarNode | MappingNode | SequenceNode) & {
  readonly alias?: TextRange | undefined
  readonly anchor?: string | undefined
  /** Where the document repeats it by `*name`, in a merge, too; empty or left out where nothing refers to it. */
  readonly repeats?: readonly TextRange[] | undefined
}

/** The value of a key in a mapping (the last one of several); undefined for other nodes and missing keys. */
export function child(tree: Tree | undefined, key: string): Tree | undefined {
  return tree?.type === 'mapping' ? tree.entries.findLast((entry) => entry.key === key)?.value : undefined
}

/** The node at a path; undefined where there is none. */
export function at(tree: Tree | undefined, path: FieldPath): Tree | undefined {
  let node = tree
  for (const step of path) {
    if (typeof step === 'string') node = child(node, step)
    else node = node?.type === 'sequence' ? node.items[step] : undefined
  }
  return node
}

/** The range to point at: the alias where the node is one, else the node itself. */
export function rangeOf(tree: Tree): TextRange {
  return tree.alias ?? tree.range
}
