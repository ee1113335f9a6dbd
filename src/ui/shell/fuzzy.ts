/**
 * How well a query fits a text, letters in order: higher is better, undefined for no fit. Beginnings of words and runs
 * of letters count more, long texts less.
 */
export function fuzzyScore(query: string, text: string): number | undefined {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '')
  const within = text.toLowerCase()
  const whole = within.indexOf(query.trim().toLowerCase())
  let score = whole < 0 ? 0 : 20 + (startsWord(within, whole) ? 10 : 0)
  let at = 0
  let last = -2
  for (const letter of wanted) {
    const found = within.indexOf(letter, at)
    if (found < 0) return undefined
    score += found === last + 1 ? 3 : startsWord(within, found) ? 2 : 0
    last = found
    at = found + 1
  }
  return score - text.length / 100
}

/** The best fitting items first, at most `limit`; all in their own order for an empty query. */
export function fuzzyFind<T>(items: readonly T[], query: string, text: (item: T) => string, limit = 50): readonly T[] {
  if (query.trim() === '') return items.slice(0, limit)
  return items
    .flatMap((item) => {
      const score = fuzzyScore(query, text(item))
      return score === undefined ? [] : [{ item, score }]
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item)
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || /[^a-z\d]/.test(text[at - 1] ?? '')
}
