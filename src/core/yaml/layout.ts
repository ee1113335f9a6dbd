import { skipBlank } from './places.ts'
import type { SequenceNode } from './tree.ts'

/** The offset at which the line of this offset starts. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
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

/** How many columns stand in front of this offset in its line; a byte order mark is none. */
export function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset)
  return offset - start - (text[start] === '\uFEFF' && offset > start ? 1 : 0)
}

/** The blanks that the line of this offset starts with. */
export function marginOf(text: string, offset: number): string {
  const start = lineStart(text, offset)
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

/** The margin for what goes over several lines in brackets here; undefined where only JSON, which needs none, could do so. */
export function spreadMargin(text: string, offset: number, json: boolean): string | undefined {
  return json || startsLine(text, offset) ? marginOf(text, offset) : undefined
}

/** Do only blanks stand in front of this offset in its line? */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === ''
}

/**
 * The last offset of a node's lines, without the line end: with the comment behind it, and those below that stand deeper than
 * `column`. Where what comes next stands further left, the ones at the column itself count, too: `levelled` asks for them.
 */
export function blockEnd(text: string, to: number, column: number, levelled = false): number {
  const own = lineEnd(text, to)
  const comments = commentsBelow(text, own)
  const least = levelled && comments.next < column ? column : column + 1
  let end = own
  for (const comment of comments.lines) {
    if (comment.column < least) break
    end = comment.end
  }
  return end
}

interface Below {
  readonly lines: readonly { readonly column: number; readonly end: number }[]
  /** Where the first line behind them starts; the margin is further left than where nothing follows. */
  readonly next: number
}

function commentsBelow(text: string, from: number): Below {
  const lines: { column: number; end: number }[] = []
  for (let at = nextLine(text, from); at < text.length && at > from; at = nextLine(text, at)) {
    const end = lineEnd(text, at)
    const line = text.slice(at, end)
    const column = line.search(/\S/)
    if (column >= 0 && line[column] !== '#') return { lines, next: /^\.\.\.\s*$/.test(line) ? 0 : column }
    if (column >= 0) lines.push({ column, end })
  }
  return { lines, next: 0 }
}

/** The offsets of a block list's dashes. */
export function dashesOf(text: string, list: SequenceNode): readonly number[] {
  let after = list.range.from
  return list.items.map((item) => {
    const dash = skipBlank(text, after)
    after = (item.alias ?? item.range).to
    return dash
  })
}

/** The line end that the text uses where it has one: `\r\n` or `\n`. */
export function newlineOf(text: string): string {
  const feed = text.indexOf('\n')
  return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n'
}

/** A line behind so many blanks; an empty one stays empty. */
export function indentLine(line: string, columns: number): string {
  return line === '' ? line : ' '.repeat(columns) + line
}

/** The lines behind `column` blanks each (empty ones stay empty), joined by the given line end. */
export function margined(lines: readonly string[], column: number, newline: string): string {
  return lines.map((line) => indentLine(line, column)).join(newline)
}
