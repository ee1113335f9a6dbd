/** How likely one text was written for another: `same` but for case and signs, `near` by a letter or two, `part` of it, or `other`. */
export type Likeness = 'same' | 'near' | 'part' | 'other'

// Longer ones are names that were made, not typed.
const MOST_LETTERS = 64

/** How alike two texts are that are not equal. */
export function likeness(a: string, b: string): Likeness {
  const [one, other] = [fold(a), fold(b)]
  if (one === other) return 'same'
  const shorter = Math.min(one.length, other.length)
  if (shorter === 0 || Math.max(one.length, other.length) > MOST_LETTERS) return 'other'
  const most = shorter < 3 ? 0 : shorter < 6 ? 1 : 2
  if (distance(one, other) <= most) return 'near'
  return shorter > 2 && (one.includes(other) || other.includes(one)) ? 'part' : 'other'
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll(/[-_. ]/g, '')
}

// Optimal string alignment: letters that changed places count once.
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, i) => i)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity
      const replaced = (last[j - 1] ?? 0) + (isSame ? 0 : 1)
      row.push(Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, replaced, swapped))
    }
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? 0
}
