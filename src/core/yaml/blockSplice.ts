import type { TextEdit } from '#core/model/text.ts'
import { entryLines, itemLines } from './blockLike.ts'
import type { Edited } from './edited.ts'
import { commentsAbove, gapAmong, startOfLines } from './gaps.ts'
import { blockEnd, columnOf, dashesOf, lineEnd, lineStart, margined, nextLine, startsLine } from './layout.ts'
import type { MappingNode, SequenceNode } from './tree.ts'

/** Adds an item behind the last line of a block list, at its dashes' column, written like its neighbours. */
export function appendToBlock(edited: Edited, list: SequenceNode, value: unknown): TextEdit[] {
  return behind(edited, list, itemLines(edited, value, [list]), dashesOf(edited.text, list))
}

/** Adds an entry behind the last line of a block mapping, at its keys' column, written like its neighbours. */
export function addToBlock(edited: Edited, mapping: MappingNode, key: string, value: unknown): TextEdit[] {
  return behind(edited, mapping, entryLines(edited, [key, value], [mapping]), [])
}

/** Puts an item in front of one of a block list, above the comments that stand right above that one. */
export function insertToBlock(edited: Edited, list: SequenceNode, index: number, value: unknown): TextEdit[] {
  const { text, newline } = edited
  const starts = dashesOf(text, list)
  const dash = starts[index] ?? list.range.from
  const column = columnOf(text, dash)
  const block = margined(itemLines(edited, value, [list]), column, newline)
  const gap = newline.repeat(gapAmong(text, starts))
  // `- - a`: the dash around stays where it is.
  if (sharesLine(edited, dash))
    return [{ from: dash, to: dash, insert: block.trimStart() + newline + gap + ' '.repeat(column) }]
  const above = commentsAbove(text, dash)
  const at = index > 0 && gap !== '' ? startOfLines(text, above) : above
  return [{ from: at, to: at, insert: index > 0 ? gap + block + newline : block + newline + gap }]
}

/** Removes an item or entry of a block list or mapping of at least two: its lines whole, or what stands behind the dash it shares. */
export function removeFromBlock(
  edited: Edited,
  node: SequenceNode | MappingNode,
  step: string | number,
): TextEdit[] | undefined {
  const { text } = edited
  const span = node.type === 'sequence' ? itemSpan(text, node, Number(step)) : entrySpan(node, String(step))
  if (!span) return undefined
  const end = blockEnd(text, span.to, columnOf(text, node.range.from))
  if (sharesLine(edited, span.from)) {
    // `- from: …`: what comes next moves up behind the dash.
    const next = skipSpace(text, end)
    return [{ from: span.from, to: next, insert: '' }]
  }
  const starts = node.type === 'sequence' ? dashesOf(text, node) : []
  return [gapAmong(text, starts) > 0 ? withGap(text, span.from, end, starts) : wholeLines(text, span.from, end)]
}

/** The lines from one offset to the end of a line, with one line end. */
export function wholeLines(text: string, from: number, end: number): TextEdit {
  const start = lineStart(text, from)
  if (nextLine(text, end) > end || start === 0) return { from: start, to: nextLine(text, end), insert: '' }
  // The last line has no line feed: the one in front of it goes.
  return { from: lineEnd(text, lineStart(text, start - 1)), to: end, insert: '' }
}

// Does something else that stays stand in its line in front of it? In an item that was cut out of a List, a dash that isn't seen does.
function sharesLine({ text, tree }: Edited, from: number): boolean {
  return !startsLine(text, from) || (from === tree.range.from && columnOf(text, from) > 0)
}

// Items with empty lines between them leave one such gap less.
function withGap(text: string, from: number, end: number, starts: readonly number[]): TextEdit {
  if (from !== starts[0]) return { ...wholeLines(text, startOfLines(text, from), end) }
  const lines = wholeLines(text, from, end)
  const blank = /^(?:[ \t]*\r?\n)+/.exec(text.slice(lines.to))?.[0].length ?? 0
  return { ...lines, to: lines.to + blank }
}

function itemSpan(text: string, list: SequenceNode, index: number): { from: number; to: number } | undefined {
  const item = list.items[index]
  const from = dashesOf(text, list)[index]
  return item && from !== undefined ? { from, to: Math.max((item.alias ?? item.range).to, from + 1) } : undefined
}

function entrySpan(mapping: MappingNode, key: string): { from: number; to: number } | undefined {
  const own = mapping.entries.filter(({ merged }) => merged !== true)
  const entry = own.findLast((one) => one.key === key)
  if (!entry) return undefined
  // A key's anchor or tag stands in front of it.
  const from = entry === own[0] && mapping.entries[0] === entry ? mapping.range.from : entry.keyNode.range.from
  return { from, to: (entry.value.alias ?? entry.value.range).to }
}

function skipSpace(text: string, from: number): number {
  const next = text.slice(from).search(/\S/)
  return next < 0 ? text.length : from + next
}

function behind(
  { text, newline }: Edited,
  node: SequenceNode | MappingNode,
  lines: readonly string[],
  starts: readonly number[],
): TextEdit[] {
  const column = columnOf(text, node.range.from)
  const end = blockEnd(text, node.range.to, column, true)
  const gap = newline.repeat(gapAmong(text, starts))
  return [{ from: end, to: end, insert: newline + gap + margined(lines, column, newline) }]
}
