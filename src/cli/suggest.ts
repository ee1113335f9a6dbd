/** ` Did you mean x?` where one of the words is a slip of the finger away from what was written, else nothing. */
export function suggest(written: string, words: Iterable<string>): string {
  let best = { word: '', slips: Math.max(1, Math.floor(written.length / 3)) + 1 }
  for (const word of words) {
    const slips = slipsBetween(written, word, best.slips)
    if (slips < best.slips) best = { word, slips }
  }
  return best.word === '' ? '' : ` Did you mean ${best.word}?`
}

// Letters to add, drop or change (Levenshtein), given up at `limit`.
function slipsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    if (Math.min(...next) >= limit) return limit
    row = next
  }
  return row[b.length] ?? limit
}
