import type { Tree } from './tree.ts'
import type { Habit } from './write.ts'

/** The offset at which the line of this offset starts. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** The offset of the line's end, before its line feed (and carriage return). */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset)
  if (feed < 0) return text.length
  return text[feed - 1] === '\r' && feed - 1 >= offset ? feed - 1 : feed
}

/** The offset behind the line of this offset, its line feed included. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset)
  return feed < 0 ? text.length : feed + 1
}

/** How many columns stand in front of this offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset)
}

/** The line end that the text uses where it has one: `\r\n` or `\n`. */
export function newlineOf(text: string): string {
  const feed = text.indexOf('\n')
  return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n'
}

/** The lines of a block, each behind `column` blanks, without the last line feed, with the given line ends. */
export function indented(block: string, column: number, newline: string): string {
  const margin = ' '.repeat(column)
  return block
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : margin + line))
    .join(newline)
}

/** The habit of a document: the first nested block tells how far it indents, the first list under a key how lists stand. */
export function habitOf(text: string, tree: Tree): Habit {
  const found: { indent?: number; indentLists?: boolean } = {}
  visit(text, tree, found)
  return { indent: found.indent ?? 2, indentLists: found.indentLists ?? true }
}

function visit(text: string, tree: Tree, found: { indent?: number; indentLists?: boolean }): void {
  if (tree.type === 'scalar' || tree.alias || tree.style === 'flow') return
  if (tree.type === 'sequence') return tree.items.forEach((item) => visit(text, item, found))
  for (const { keyNode, value, merged } of tree.entries) {
    if (merged === true || value.type === 'scalar' || value.alias || value.style === 'flow') continue
    const deeper = columnOf(text, value.range.from) - columnOf(text, keyNode.range.from)
    if (value.type === 'sequence') found.indentLists ??= deeper > 0
    else if (deeper > 0) found.indent ??= deeper
    visit(text, value, found)
  }
}
