import { type Event, type EVENT_ID, SCALAR_STYLE } from 'js-yaml'
import type { TextRange } from '#core/model/text.ts'

/** The parser's scalar: its offsets leave out quotes and the header of a block scalar. */
export type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>

const KEEP_BREAKS = 3

/**
 * The span of a scalar that is there: with its quotes, or from its `|` or `>` to its last line. `after` is an offset behind
 * all that was read before it.
 */
export function scalarRange(source: string, event: ScalarEvent, after: number): TextRange {
  const { valueStart: from, valueEnd: to, style } = event
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED)
    return { from: from - 1, to: to + 1 }
  if (style === SCALAR_STYLE.PLAIN) return { from, to: trimmedEnd(source, from, to) }
  const header = headerOf(source, Math.max(after, event.tagEnd, event.anchorEnd), from)
  // `|+`: the empty lines at its end belong to the value.
  if (event.chomping === KEEP_BREAKS && to > from) return { from: header, to: withoutBreak(source, to) }
  return { from: header, to: trimmedEnd(source, header, to) }
}

/** The offset of the first character from here on that is neither blank nor in a comment. */
export function skipBlank(source: string, from: number): number {
  let at = from
  for (;;) {
    const char = source[at]
    if (char === '#') at = breakAfter(source, at)
    else if (char === ' ' || char === '\n' || char === '\r' || char === '\t' || char === '\uFEFF') at++
    else return at
  }
}

/** Behind the sign if it is the next thing to come, else where it started. */
export function afterSign(source: string, at: number, sign: string): number {
  const next = skipBlank(source, at)
  return source[next] === sign ? next + 1 : at
}

/** Behind the bracket that closes a flow container of which everything up to `at` has been read. */
export function afterBracket(source: string, at: number, bracket: string): number {
  let next = skipBlank(source, at)
  while (next < source.length && source[next] !== bracket) next = skipBlank(source, next + 1)
  return Math.min(source.length, next + 1)
}

// Between what was read and the header there are only signs, blanks and comments, which may hold a `|` of their own.
function headerOf(source: string, after: number, before: number): number {
  let at = skipBlank(source, after)
  while (at < before && source[at] !== '|' && source[at] !== '>') at = skipBlank(source, at + 1)
  return at
}

function trimmedEnd(source: string, from: number, to: number): number {
  return from + source.slice(from, to).trimEnd().length
}

function withoutBreak(source: string, to: number): number {
  if (source[to - 1] === '\n') return source[to - 2] === '\r' ? to - 2 : to - 1
  return source[to - 1] === '\r' ? to - 1 : to
}

function breakAfter(source: string, at: number): number {
  const rest = /[\n\r]/g
  rest.lastIndex = at
  return rest.exec(source)?.index ?? source.length
}
