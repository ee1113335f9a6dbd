/** A place in a text for people: line and column, both from 1. */
interface LinePlace {
  readonly line: number
  readonly column: number
}

/**
 * Tells line and column of offsets of a text, in any order; lines end with a line feed. The text is looked through once,
 * however many places are asked for: a dump of megabytes may stand on one line, and a file may have thousands of problems.
 */
export function linesOf(text: string): (at: number) => LinePlace {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (at) => {
    const line = countUpTo(starts, at)
    return { line, column: at - (starts[line - 1] ?? 0) + 1 }
  }
}

// How many of the rising numbers are at most this one; by halves.
function countUpTo(rising: readonly number[], most: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] ?? 0) <= most) low = middle + 1
    else high = middle
  }
  return low
}
