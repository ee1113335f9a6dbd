import { columnOf, lineEnd, lineStart } from './layout.ts'

/** Do empty lines part all these items from each other? Their dashes' offsets are given. */
export function hasGaps(text: string, dashes: readonly number[]): boolean {
  return dashes.length > 1 && dashes.every((dash, i) => i === 0 || gapAbove(text, dash) > 0)
}

/** How many empty lines stand right above the line of this offset. */
export function gapAbove(text: string, offset: number): number {
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
