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
  return fold(slide(changed), context)
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

// A run of lines that came (or went) can often stand a little higher or lower and mean the same: best where it begins with
// what is least indented, so that a whole item is marked and not the end of one with the beginning of the next.
function slide(lines: readonly DiffLine[]): readonly DiffLine[] {
  const next = [...lines]
  for (let from = 0; from < next.length; from++) {
    const type = next[from]?.type
    if (type !== 'removed' && type !== 'added') continue
    let to = from
    while (next[to]?.type === type) to += 1
    const isAlone = next[from - 1]?.type !== undefined && next[from - 1]?.type === 'same' && next[to]?.type !== 'added'
    if (isAlone) lift(next, from, to)
    from = to - 1
  }
  return next
}

function lift(lines: DiffLine[], from: number, to: number): void {
  let best = 0
  for (let up = 1; isEqual(lines[from - up], lines[to - up]) && lines[from - up]?.type === 'same'; up++)
    if (indentOf(lines[from - up]) < indentOf(lines[from - best])) best = up
  for (let up = 1; up <= best; up++) swap(lines, from - up, to - up)
}

// The equal line in front of the run takes the place of its last one, and the run begins one line earlier.
function swap(lines: DiffLine[], first: number, last: number): void {
  const [same, end] = [lines[first], lines[last]]
  if (same?.type !== 'same' || !end || end.type === 'gap' || end.type === 'same') return
  const count = last - first
  lines[first] = end.type === 'removed' ? { ...end, before: same.before } : { ...end, after: same.after }
  lines[last] =
    end.type === 'removed' ? { ...same, before: same.before + count } : { ...same, after: same.after + count }
  renumber(lines, first + 1, last)
}

function renumber(lines: DiffLine[], from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const line = lines[at]
    if (line?.type === 'removed') lines[at] = { ...line, before: (numberBefore(lines[at - 1]) ?? 0) + 1 }
    if (line?.type === 'added') lines[at] = { ...line, after: (numberAfter(lines[at - 1]) ?? 0) + 1 }
  }
}

function numberBefore(line: DiffLine | undefined): number | undefined {
  return line && 'before' in line ? line.before : undefined
}

function numberAfter(line: DiffLine | undefined): number | undefined {
  return line && 'after' in line ? line.after : undefined
}

function isEqual(a: DiffLine | undefined, b: DiffLine | undefined): boolean {
  return a !== undefined && b !== undefined && 'text' in a && 'text' in b && a.text === b.text
}

function indentOf(line: DiffLine | undefined): number {
  return line && 'text' in line ? line.text.search(/\S|$/) : Infinity
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
