import type { Edited } from './edited.ts'
import { flowLike } from './flowLike.ts'
import { indentOf } from './habit.ts'
import { indentLine } from './layout.ts'
import { dashStyleOf, entriesLike, itemsLike, keysLike, modelOf, type Models, ordered, textsLike } from './models.ts'
import { scalarText, styleAmong } from './quotes.ts'
import type { Entry } from './tree.ts'
import { type Block, deeperBy, textBlock } from './write.ts'

/** A value as the models write theirs, where blocks may stand: in block or flow style, indented, ordered and quoted alike. */
export function blockLike(edited: Edited, value: unknown, models: Models, around: Models = []): Block {
  if (typeof value !== 'object' || value === null) return scalarBlock(edited, value, textsLike(models, around))
  const isHollow = Array.isArray(value) ? value.length === 0 : ordered(value, undefined).length === 0
  if (isHollow || modelOf(models, value)?.style === 'flow')
    return { head: flowLike(edited, value, { models, margin: undefined }), body: [] }
  return { head: '', body: Array.isArray(value) ? listLines(edited, value, models) : mapLines(edited, value, models) }
}

/** An item behind its dash: its lines from the dash's column. */
export function itemLines(edited: Edited, item: unknown, lists: Models): readonly string[] {
  const { head, body } = blockLike(edited, item, itemsLike(lists))
  const { gap, below } = dashStyleOf(edited, lists)
  if (head !== '')
    return [`-${' '.repeat(gap > 4 || below ? 1 : gap - 1)}${head}`, ...body.map((line) => indentLine(line, 2))]
  if (below) return ['-', ...body.map((line) => indentLine(line, gap))]
  return body.map((line, i) => (i === 0 ? `-${' '.repeat(gap - 1)}${line}` : indentLine(line, gap)))
}

/** An entry: its lines from the key's column. */
export function entryLines(
  edited: Edited,
  [key, value]: readonly [string, unknown],
  models: Models,
): readonly string[] {
  const likes = entriesLike(edited, models, key)
  const block = blockLike(
    edited,
    value,
    likes.map((entry) => entry.value),
    models,
  )
  const name = scalarText(key, styleAmong(keysLike(models), edited.quotes))
  const deeper = block.head === '' ? indentLike(edited, value, likes) : edited.habit.indent
  return [`${name}:${block.head === '' ? '' : ` ${block.head}`}`, ...block.body.map((line) => indentLine(line, deeper))]
}

/** How many columns deeper than its key a value goes below it: as these entries have it, else as the document has it. */
export function indentLike({ text, habit }: Edited, value: unknown, likes: readonly Entry[]): number {
  const type = Array.isArray(value) ? 'sequence' : 'mapping'
  const like = likes.findLast((entry) => entry.value.type === type && indentOf(text, entry) !== undefined)
  return (like && indentOf(text, like)) ?? deeperBy(value, habit)
}

function listLines(edited: Edited, list: readonly unknown[], models: Models): readonly string[] {
  return list.flatMap((item) => itemLines(edited, item, models))
}

function mapLines(edited: Edited, value: object, models: Models): readonly string[] {
  return ordered(value, modelOf(models, value)).flatMap((entry) => entryLines(edited, entry, models))
}

function scalarBlock(edited: Edited, value: unknown, models: Models): Block {
  // Lines below might swallow a comment that stands there: only where others do it, too.
  const isLiteral = models.some((node) => node.type === 'scalar' && node.style === 'literal')
  if (isLiteral && typeof value === 'string' && value.includes('\n')) return textBlock(value)
  return { head: scalarText(value, styleAmong(models, edited.quotes)), body: [] }
}
