import type { FieldPath } from '#core/model/text.ts'
import { flowHabitOf, type FlowHabit } from './flowHabit.ts'
import { habitOf } from './habit.ts'
import { newlineOf } from './layout.ts'
import { type Quotes, quotesOf } from './quotes.ts'
import type { Entry, Tree } from './tree.ts'
import type { Habit } from './write.ts'

/** A document that is edited: its text, its tree, and how it is laid out. */
export interface Edited {
  readonly text: string
  readonly tree: Tree
  readonly habit: Habit
  readonly flow: FlowHabit
  readonly newline: string
  /** JSON documents get JSON. */
  readonly json: boolean
  /** What texts that need quotes get. */
  readonly quotes: Quotes
  /** Its entries by key, in reading order: models for new ones. */
  readonly byKey: ReadonlyMap<string, readonly Entry[]>
}

/** How a document is laid out, as near as possible to `path`. */
export function editedOf(text: string, tree: Tree, path: FieldPath): Edited {
  const json = isJson(tree)
  const byKey = new Map<string, Entry[]>()
  const nodes: Tree[] = []
  collect(tree, byKey, nodes)
  return {
    text,
    tree,
    habit: habitOf(text, tree, path),
    flow: flowHabitOf(text, nodes, json),
    newline: newlineOf(text),
    json,
    quotes: quotesOf(nodes),
    byKey,
  }
}

// All keys in double quotes, within braces.
function isJson(tree: Tree): boolean {
  if (tree.type !== 'mapping' || tree.style !== 'flow' || tree.entries.length === 0) return false
  return tree.entries.every(({ keyNode, merged }) => merged === true || keyNode.style === 'double')
}

// What is merged or repeated stands elsewhere.
function collect(node: Tree, byKey: Map<string, Entry[]>, nodes: Tree[]): void {
  if (node.alias) return
  nodes.push(node)
  if (node.type === 'sequence') for (const item of node.items) collect(item, byKey, nodes)
  if (node.type !== 'mapping') return
  for (const entry of node.entries) {
    if (entry.merged === true) continue
    const known = byKey.get(entry.key)
    if (known) known.push(entry)
    else byKey.set(entry.key, [entry])
    collect(entry.value, byKey, nodes)
  }
}
