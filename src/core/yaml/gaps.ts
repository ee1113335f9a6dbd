import { columnOf, lineEnd, lineStart } from './layout.ts'

/** How many empty lines part these items from each other, given their dashes' offsets; 0 where not all of them are parted. */
export function gapAmong(text: string, dashes: readonly number[]): number {
  const gaps = dashes.slice(1).map((dash) => gapAbove(text, commentsAbove(text, dash)))
  return gaps.includes(0) ? 0 : (gaps.at(-1) ?? 0)
}

// Empty lines right above the line of this offset.
function gapAbove(text: string, offset: number): number {
  let count = 0
  for (let start = lineStart(text, offset); start > 0; count++) {
    start = lineStart(text, start - 1)
    if (text.slice(start, lineEnd(text, start)).trim() !== '') break
  }
  return count
}

/** Where the empty lines right above the line of this offset start; the line itself where there are none. */
export function startOfLines(text: string, offset: number): number {
  let start = lineStart(text, offset)
  for (let left = gapAbove(text, offset); left > 0; left--) start = lineStart(text, start - 1)
  return start
}

/** Where the comments right above the line of this offset start that stand in its column; the line itself where there are none. */
export function commentsAbove(text: string, offset: number): number {
  const column = columnOf(text, offset)
  let start = lineStart(text, offset)
  while (start > 0) {
    const above = lineStart(text, start - 1)
    if (text.slice(above, lineEnd(text, above)).search(/\S/) !== column || text[above + column] !== '#') break
    start = above
  }
  return start
}
