import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { addToBlock, removeFromBlock } from './blockSplice.ts'
import { type Edited, editedOf } from './edited.ts'
import { checked } from './expected.ts'
import { padOf } from './flowHabit.ts'
import { addToFlow, removeFromFlow } from './flowSplice.ts'
import { columnOf, dashesOf, lineStart, marginOf, startsLine } from './layout.ts'
import { toPlain } from './parse.ts'
import { isShared } from './shared.ts'
import { spansOf } from './spans.ts'
import { at, type MappingNode, type SequenceNode, type Tree } from './tree.ts'

type Plain = Readonly<Record<string, unknown>>

/**
 * Makes one item of the one at `path`, which ends in its index, and the one behind it: `- a` and `- b` become `- a` with `b`
 * below. Where both are blocks only the dash goes. Undefined where they have a key in common, are no mappings, or are shared.
 */
export function mergeItems(text: string, tree: Tree, path: FieldPath): TextEdit[] | undefined {
  const [parent, index] = [path.slice(0, -1), path.at(-1)]
  if (typeof index !== 'number' || isShared(text, tree, path, 'inside')) return undefined
  const other = [...parent, index + 1]
  const list = at(tree, parent)
  const [first, second] = [at(tree, path), at(tree, other)]
  if (list?.type !== 'sequence' || first?.type !== 'mapping' || second?.type !== 'mapping') return undefined
  if (isShared(text, tree, other, 'inside') || haveCommonKey(first, second)) return undefined
  const edited = editedOf(text, tree, path)
  const change = (old: unknown): unknown => {
    const items = old as readonly Plain[]
    return items.toSpliced(
      index,
      2,
      Object.assign(Object.create(null) as object, items[index], items[index + 1]) as Plain,
    )
  }
  const joined = joinedBlocks(edited, list, index) ?? joinedFlows(edited, first, second)
  const moved = (): TextEdit[] | undefined => (isShared(text, tree, other) ? undefined : movedOver(edited, list, index))
  return checked(edited, joined, parent, change) ?? checked(edited, moved(), parent, change)
}

/**
 * Makes two items of the one at `path`: `key` and what stands behind it in the item become one of their own, behind it.
 * Where it is a block only a dash comes. Undefined where that key is the first or not there, or the item is shared.
 */
export function splitItem(text: string, tree: Tree, path: FieldPath, key: string): TextEdit[] | undefined {
  const [parent, index] = [path.slice(0, -1), path.at(-1)]
  const [list, item] = [at(tree, parent), at(tree, path)]
  if (typeof index !== 'number' || list?.type !== 'sequence' || item?.type !== 'mapping') return undefined
  const order = item.entries.map((entry) => entry.key)
  const cut = order.indexOf(key)
  if (cut < 1 || item.entries.some(({ merged }) => merged === true) || isShared(text, tree, path, 'inside'))
    return undefined
  const edited = editedOf(text, tree, path)
  const edits = item.style === 'block' ? dashed(edited, list, item, cut) : cutApart(edited, list, item, cut)
  return checked(edited, edits, parent, (old) => {
    const items = old as readonly Plain[]
    const entries = Object.entries(items[index] ?? {})
    const behind = new Set(order.slice(cut))
    const parts = [entries.filter(([own]) => !behind.has(own)), entries.filter(([own]) => behind.has(own))]
    return items.toSpliced(index, 1, ...parts.map((part) => Object.fromEntries(part)))
  })
}

function haveCommonKey(a: MappingNode, b: MappingNode): boolean {
  return a.entries.some(({ key }) => b.entries.some((entry) => entry.key === key))
}

function isBlock(node: Tree | undefined): boolean {
  return node?.type === 'mapping' && node.style === 'block'
}

// The second dash becomes a blank: everything else stays where it is.
function joinedBlocks({ text }: Edited, list: SequenceNode, index: number): TextEdit[] | undefined {
  const dash = list.style === 'block' ? dashesOf(text, list)[index + 1] : undefined
  if (dash === undefined || !isBlock(list.items[index]) || !isBlock(list.items[index + 1])) return undefined
  return [{ from: dash, to: dash + 1, insert: ' ' }]
}

// What stands between the last of the one and the first of the other becomes a comma.
function joinedFlows({ text, newline, flow }: Edited, first: MappingNode, second: MappingNode): TextEdit[] | undefined {
  const [from, next] = [spansOf(first).at(-1), spansOf(second)[0]]
  if (first.style !== 'flow' || second.style !== 'flow' || !from || !next) return undefined
  if (text.slice(from.to, next.from).includes('#')) return undefined
  const gap = startsLine(text, from.from) ? `,${newline}${marginOf(text, from.from)}` : flow.comma
  return [{ from: from.to, to: next.from, insert: gap }]
}

// Where their styles differ: the entries are written behind those of the first, and the second goes.
function movedOver(edited: Edited, list: SequenceNode, index: number): TextEdit[] | undefined {
  const [first, second] = [list.items[index], list.items[index + 1]]
  if (first?.type !== 'mapping' || second?.type !== 'mapping') return undefined
  const added = Object.entries(toPlain(second) as Plain).flatMap(([key, value]) =>
    first.style === 'flow' ? addToFlow(edited, first, value, key) : addToBlock(edited, first, key, value),
  )
  const gone =
    list.style === 'flow' ? removeFromFlow(edited, list, index + 1) : removeFromBlock(edited, list, index + 1)
  return gone && [...added, ...gone]
}

// A blank in front of the key, in the dashes' column, becomes a dash.
function dashed({ text }: Edited, list: SequenceNode, item: MappingNode, cut: number): TextEdit[] | undefined {
  const key = item.entries[cut]?.keyNode.range.from
  if (key === undefined || list.style === 'flow' || !startsLine(text, key)) return undefined
  const from = lineStart(text, key) + columnOf(text, list.range.from)
  return from + 1 < key ? [{ from, to: from + 1, insert: '-' }] : undefined
}

// The comma becomes `}, {`, or brackets on lines of their own.
function cutApart(edited: Edited, list: SequenceNode, item: MappingNode, cut: number): TextEdit[] | undefined {
  const { text, newline, flow } = edited
  const [before, own] = [spansOf(item)[cut - 1], spansOf(item)[cut]]
  if (!before || !own || text.slice(before.to, own.from).includes('#')) return undefined
  const between = list.style === 'flow' ? flow.comma : `${newline}${' '.repeat(columnOf(text, list.range.from))}- `
  const pad = (padOf(text, item) ?? flow.padsMaps) ? ' ' : ''
  if (!startsLine(text, own.from) || list.style === 'block')
    return [{ from: before.to, to: own.from, insert: `${pad}}${between}{${pad}` }]
  const outer = newline + marginOf(text, item.range.to - 1)
  const inner = newline + marginOf(text, own.from)
  return [{ from: before.to, to: own.from, insert: `${outer}},${outer}{${inner}` }]
}
