import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { columnOf, indented, lineEnd, lineStart, nextLine } from './layout.ts'
import type { Edited } from './edited.ts'
import { at, type Entry, type MappingNode, type SequenceNode, type Tree } from './tree.ts'
import { writeFlow, writeYaml } from './write.ts'

/** Adds an item behind the last line of a block list, at its dashes' column. */
export function appendToBlock(edited: Edited, list: SequenceNode, value: unknown): TextEdit[] {
  const column = columnOf(edited.text, list.range.from)
  const block = indented(writeYaml([value], edited.habit), column, edited.newline)
  return [insertBehind(edited, list.range.to, block)]
}

/** Adds an entry behind the last line of a block mapping, at its keys' column. */
export function addToBlock(edited: Edited, mapping: MappingNode, key: string, value: unknown): TextEdit[] {
  const column = columnOf(edited.text, mapping.range.from)
  const block = indented(writeYaml({ [key]: value }, edited.habit), column, edited.newline)
  return [insertBehind(edited, mapping.range.to, block)]
}

/** Removes an item or entry of a block list or mapping of at least two: its lines whole, or what stands behind the dash it shares. */
export function removeFromBlock(
  edited: Edited,
  node: SequenceNode | MappingNode,
  step: string | number,
): TextEdit[] | undefined {
  const starts =
    node.type === 'sequence' ? dashes(edited.text, node) : node.entries.map(({ keyNode }) => keyNode.range.from)
  const index = node.type === 'sequence' ? step : node.entries.findLastIndex(({ key }) => key === step)
  if (typeof index !== 'number') return undefined
  const from = starts[index]
  const end = endOf(node, index)
  if (from === undefined || end === undefined) return undefined
  const isAlone = edited.text.slice(lineStart(edited.text, from), from).trim() === ''
  const next = starts[index + 1]
  if (isAlone) return [{ from: lineStart(edited.text, from), to: nextLine(edited.text, end), insert: '' }]
  // `- from: …` shares its line with the dash of the rule: the next key moves up to it.
  return next === undefined ? undefined : [{ from, to: next, insert: '' }]
}

/** Puts another value at a path: inline for scalars and empty containers, as a block below its key or behind its dash else. */
export function replaceBlock(edited: Edited, path: FieldPath, value: unknown): TextEdit[] | undefined {
  const { tree, text } = edited
  const node = at(tree, path)
  const parent = at(tree, path.slice(0, -1))
  if (!node || !parent) return undefined
  const { from, to } = node.range
  if (path.length === 0)
    return [{ from, to, insert: edited.json ? writeFlow(value, true) : blockAt(edited, value, 0).trimStart() }]
  if (parent.type === 'scalar') return undefined
  if (parent.style === 'flow') return [{ from, to, insert: spaced(text, from) + writeFlow(value, edited.json) }]
  if (parent.type === 'sequence') {
    const column = columnOf(text, node.range.from)
    const insert = isInline(value) ? writeFlow(value, false) : blockAt(edited, value, column).trimStart()
    return [{ from, to, insert: spaced(text, from) + insert }]
  }
  const entry = parent.entries.findLast(({ key }) => key === path.at(-1))
  return entry && replaceEntry(edited, entry, value)
}

function replaceEntry(edited: Edited, { keyNode, value: node }: Entry, value: unknown): TextEdit[] {
  const { text, habit, newline } = edited
  const colon = text.indexOf(':', keyNode.range.to) + 1
  // A comment behind the key stays where it is when a block takes the place of a block.
  const isBlock = node.type !== 'scalar' && node.style === 'block'
  if (isInline(value)) return [{ from: colon, to: node.range.to, insert: ` ${writeFlow(value, false)}` }]
  const deeper = Array.isArray(value) && !habit.indentLists ? 0 : habit.indent
  const block = blockAt(edited, value, columnOf(text, keyNode.range.from) + deeper)
  if (isBlock) return [{ from: lineStart(text, node.range.from), to: node.range.to, insert: block }]
  const rest = text.slice(node.range.to, lineEnd(text, node.range.to))
  return [{ from: colon, to: node.range.to + rest.length, insert: `${rest.trimEnd()}${newline}${block}` }]
}

function blockAt(edited: Edited, value: unknown, column: number): string {
  return indented(writeYaml(value, edited.habit), column, edited.newline)
}

function isInline(value: unknown): boolean {
  return value === null || typeof value !== 'object' || Object.keys(value).length === 0
}

// An empty value has no blank in front of it yet.
function spaced(text: string, from: number): string {
  return /[\s[{]/.test(text[from - 1] ?? ' ') ? '' : ' '
}

function insertBehind({ text, newline }: Edited, offset: number, block: string): TextEdit {
  const end = lineEnd(text, offset)
  return { from: end, to: end, insert: newline + block }
}

// Searched backwards from the item, since a comment in front of it may hold a dash, too.
function dashes(text: string, list: SequenceNode): number[] {
  return list.items.map((item) => text.lastIndexOf('-', placeOf(item).from - 1))
}

function placeOf(tree: Tree): { from: number; to: number } {
  return tree.alias ?? tree.range
}

function endOf(node: SequenceNode | MappingNode, index: number): number | undefined {
  const own = node.type === 'sequence' ? node.items[index] : node.entries[index]?.value
  return own && placeOf(own).to
}
