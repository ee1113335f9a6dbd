import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { blockLike, indentLike } from './blockLike.ts'
import { wholeLines } from './blockSplice.ts'
import type { Edited } from './edited.ts'
import { flowLike } from './flowLike.ts'
import { blockEnd, columnOf, dashesOf, lineEnd, lineStart, margined, marginOf, spreadMargin } from './layout.ts'
import { entriesLike, type Models } from './models.ts'
import { afterSign, skipBlank } from './places.ts'
import { at, type Entry, rangeOf, type SequenceNode, type Tree } from './tree.ts'
import type { Block } from './write.ts'

/** Puts another value at a path: inline for scalars and empty containers, as a block below its key or behind its dash else. */
export function replaceAt(edited: Edited, path: FieldPath, value: unknown): TextEdit[] | undefined {
  const node = at(edited.tree, path)
  const parent = at(edited.tree, path.slice(0, -1))
  const step = path.at(-1)
  if (!node || !parent) return undefined
  if (step === undefined) return replaceRoot(edited, node, value)
  if (parent.type === 'scalar') return undefined
  const entry = parent.type === 'mapping' ? parent.entries.findLast(({ key }) => key === step) : undefined
  const likes =
    parent.type === 'sequence' ? parent.items : entriesLike(edited, [], String(step)).map((one) => one.value)
  if (parent.style === 'flow') return replaceInFlow(edited, node, value, likes)
  if (parent.type === 'sequence') return replaceItem(edited, parent, Number(step), value)
  return entry && replaceEntry(edited, entry, value)
}

function replaceRoot(edited: Edited, node: Tree, value: unknown): TextEdit[] {
  const { text, newline } = edited
  const { from } = node.range
  const column = columnOf(text, from)
  const { head, body } = blockLike(edited, value, [node])
  const margin = marginOf(text, from)
  if (edited.json) return [{ ...node.range, insert: flowLike(edited, value, { models: [node], margin }) }]
  return [{ ...node.range, insert: margined(head === '' ? body : [head, ...body], column, newline).slice(column) }]
}

function replaceInFlow(edited: Edited, node: Tree, value: unknown, likes: Models): TextEdit[] {
  const range = rangeOf(node)
  const models = [...likes.filter((like) => like !== node), node]
  const written = flowLike(edited, value, {
    models: ownStyle(node) ?? models,
    margin: spreadMargin(edited.text, range.from, edited.json),
  })
  if (range.to > range.from) return [{ ...range, insert: written }]
  // `{a: }` has its colon, `{a}` has none.
  const before = edited.text[range.from - 1] === ':' ? ' ' : ': '
  return [{ ...range, insert: before + written }]
}

function replaceItem(edited: Edited, list: SequenceNode, index: number, value: unknown): TextEdit[] | undefined {
  const { text, newline } = edited
  const node = list.items[index]
  const dash = dashesOf(text, list)[index]
  if (!node || dash === undefined) return undefined
  const { to } = rangeOf(node)
  const mark = behindAnchor(text, node, dash + 1)
  const from = startOf(text, node, mark)
  const isEmpty = to === from && rangeOf(node).from === to
  const column = isEmpty ? columnOf(text, dash) + 2 : columnOf(text, from)
  const models = ownStyle(node) ?? [...list.items.filter((item) => item !== node), node]
  const block = blockOf(edited, value, models)
  const [first = '', ...more] = linesOf(block)
  const end = ownEnd(text, node, columnOf(text, dash))
  const rest = text.slice(Math.max(from, to), end.comment).trimEnd()
  // A block can't begin in the line of its anchor.
  if (mark > dash + 1 && block.head === '' && !/[\n\r]/.test(text.slice(mark, from)))
    return [
      { from: mark, to: end.line, insert: rest + newline + margined(block.body, columnOf(text, dash) + 2, newline) },
    ]
  const below = more.length === 0 ? '' : newline + margined(more, column, newline)
  return [{ from, to: end.line, insert: (isEmpty ? ' ' : '') + first + rest + below }]
}

// Where a value starts, or the tag in front of it, which goes with it.
function startOf(text: string, node: Tree, after: number): number {
  const { from, to } = rangeOf(node)
  const next = skipBlank(text, after)
  return from < to && text[next] === '!' && !node.alias ? next : from
}

// An anchor that nobody refers to stays where it is.
function behindAnchor(text: string, node: Tree, after: number): number {
  const mark = node.anchor === undefined || node.alias ? '' : `&${node.anchor}`
  return mark === '' ? after : text.indexOf(mark, after) + mark.length
}

function isBlockItem(node: Tree): boolean {
  return node.type !== 'scalar' && node.style === 'block' && !node.alias
}

// A text keeps the quotes it has, whatever its neighbours have.
function ownStyle(node: Tree): Models | undefined {
  const isQuoted = node.type === 'scalar' && !node.alias && (node.style === 'single' || node.style === 'double')
  return isQuoted || (node.type === 'scalar' && typeof node.value === 'string' && !node.alias) ? [node] : undefined
}

// The comment behind a value in one line is not part of it; behind a block, it belongs to its last line.
function ownEnd(text: string, node: Tree, column: number): { readonly comment: number; readonly line: number } {
  const { to } = rangeOf(node)
  if (isBlockItem(node)) return { comment: to, line: blockEnd(text, to, column) }
  const end = lineEnd(text, to)
  return { comment: end, line: end }
}

function linesOf({ head, body }: Block): readonly string[] {
  return head === '' ? body : [head, ...body]
}

// A text of several lines is quoted here: lines below would swallow the comments that stand there.
function blockOf(edited: Edited, value: unknown, models: Models): Block {
  if (typeof value !== 'string') return blockLike(edited, value, models)
  return { head: flowLike({ ...edited, json: false }, value, { models, margin: undefined }), body: [] }
}

function replaceEntry(edited: Edited, entry: Entry, value: unknown): TextEdit[] {
  const { text } = edited
  const node = entry.value
  const colon = behindAnchor(text, node, afterSign(text, entry.keyNode.range.to, ':'))
  const from = startOf(text, node, colon)
  const others = entriesLike(edited, [], entry.key).map((one) => one.value)
  const block = blockOf(edited, value, ownStyle(node) ?? [...others.filter((one) => one !== node), node])
  const isBelow = /[\n\r]/.test(text.slice(colon, from))
  return isBelow
    ? replaceBelow(edited, entry, { colon, from }, block)
    : replaceBeside(edited, entry, { colon, from }, block)
}

interface Place {
  /** Behind the key's colon, and the anchor behind that. */
  readonly colon: number
  /** Where the old value starts, its tag included. */
  readonly from: number
}

// `key: old # comment`: the comment stays in the key's line, above what comes below it.
function replaceBeside(edited: Edited, entry: Entry, { colon, from }: Place, block: Block): TextEdit[] {
  const { text, newline } = edited
  const { to } = rangeOf(entry.value)
  if (block.body.length === 0) return [{ from, to: Math.max(from, to), insert: (from > colon ? '' : ' ') + block.head }]
  const after = Math.max(colon, to)
  const end = lineEnd(text, after)
  return [{ from: colon, to: end, insert: text.slice(after, end).trimEnd() + newline + bodyOf(edited, entry, block) }]
}

// The old value stands below its key: its lines go, or are replaced; comments above it stay.
function replaceBelow(edited: Edited, entry: Entry, { colon, from }: Place, block: Block): TextEdit[] {
  const { text } = edited
  // Comments below in its own column are not about its last part.
  const end = blockEnd(text, rangeOf(entry.value).to, Math.max(...columns(text, entry)))
  if (block.body.length > 0) return [{ from: lineStart(text, from), to: end, insert: bodyOf(edited, entry, block) }]
  return [{ from: colon, to: colon, insert: ` ${block.head}` }, wholeLines(text, from, end)]
}

function columns(text: string, { keyNode, value }: Entry): readonly [number, number] {
  return [columnOf(text, keyNode.range.from), columnOf(text, rangeOf(value).from)]
}

function bodyOf(edited: Edited, { key, keyNode, value: old }: Entry, { body }: Block): string {
  const { text, newline } = edited
  const isList = body[0] === '-' || body[0]?.startsWith('- ') === true
  const wasSame = old.type === (isList ? 'sequence' : 'mapping') && old.style === 'block' && !old.alias
  const deeper = indentLike(edited, isList ? [] : {}, entriesLike(edited, [], key))
  const column = wasSame ? columnOf(text, old.range.from) : columnOf(text, keyNode.range.from) + deeper
  return margined(body, column, newline)
}
