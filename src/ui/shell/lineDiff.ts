/** A line of a difference with its numbers before and after, from 1; `gap` stands for equal lines that are left out, from line `before` on. */
export type DiffLine =
  | { readonly type: 'same'; readonly text: string; readonly before: number; readonly after: number }
  | { readonly type: 'removed'; readonly text: string; readonly before: number }
  | { readonly type: 'added'; readonly text: string; readonly after: number }
  | { readonly type: 'gap'; readonly lines: number; readonly before: number }

/** The differing lines of two texts with some equal ones around them; empty where the texts are the same. */
export function lineDiff(before: string, after: string, context = 3): readonly DiffLine[] {
  if (before === after) return []
  const [a, b] = [linesOf(before), linesOf(after)]
  const head = commonStart(a, b)
  const tail = commonEnd(a, b, head)
  const changed = diffMiddle(a, b, head, tail)
  return fold(changed, context)
}

// A plan touches a few lines of a file: what lies between the common ends is small, but a whole paste may not be.
const LIMIT = 2_000_000

function diffMiddle(a: readonly string[], b: readonly string[], head: number, tail: number): readonly DiffLine[] {
  const [n, m] = [a.length - head - tail, b.length - head - tail]
  const pairs = n * m > LIMIT ? [] : longestCommon(a.slice(head, head + n), b.slice(head, head + m))
  const lines: DiffLine[] = []
  const same = (i: number, j: number): void => {
    lines.push({ type: 'same', text: a[i] ?? '', before: i + 1, after: j + 1 })
  }
  for (let i = 0; i < head; i += 1) same(i, i)
  let [i, j] = [head, head]
  for (const [pi, pj] of [...pairs.map(([x, y]) => [x + head, y + head] as const), [head + n, head + m] as const]) {
    for (; i < pi; i += 1) lines.push({ type: 'removed', text: a[i] ?? '', before: i + 1 })
    for (; j < pj; j += 1) lines.push({ type: 'added', text: b[j] ?? '', after: j + 1 })
    if (i < head + n && j < head + m) same(i++, j++)
  }
  for (let k = 0; k < tail; k += 1) same(a.length - tail + k, b.length - tail + k)
  return lines
}

function longestCommon(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: (readonly [number, number])[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}

function fold(lines: readonly DiffLine[], context: number): readonly DiffLine[] {
  const near = new Set<number>()
  lines.forEach((line, at) => {
    if (line.type !== 'same') for (let k = at - context; k <= at + context; k += 1) near.add(k)
  })
  const folded: DiffLine[] = []
  lines.forEach((line, at) => {
    const last = folded.at(-1)
    if (near.has(at) || line.type !== 'same') folded.push(line)
    else if (last?.type === 'gap') folded[folded.length - 1] = { ...last, lines: last.lines + 1 }
    else folded.push({ type: 'gap', lines: 1, before: line.before })
  })
  return folded
}

function linesOf(text: string): readonly string[] {
  if (text === '') return []
  const lines = text.split(/\r\n|\n|\r/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}

function commonEnd(a: readonly string[], b: readonly string[], head: number): number {
  let at = 0
  while (at < a.length - head && at < b.length - head && a[a.length - 1 - at] === b[b.length - 1 - at]) at += 1
  return at
}
