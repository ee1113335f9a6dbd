import type { TextEdit } from '#core/model/text.ts'

/**
 * A file's text as Monaco counts it: only LF, no byte order mark at its start. Offsets go both ways, and edits keep
 * every line end that they don't touch (design.md 8).
 */
export interface EditorText {
  /** The normalised text. */
  readonly text: string
  /** An offset of the normalised text as one of the file's own text. */
  readonly toFile: (offset: number) => number
  /** An offset of the file's own text as one of the normalised text; inside of a CRLF it is behind it. */
  readonly toView: (offset: number) => number
  /** Text of the editor with the line ends that are the most frequent in the file. Prefer `edits`, which keeps mixed ones. */
  readonly insert: (text: string) => string
  /** Edits of the normalised text as edits of the file's own text: applied there, it normalises to what the editor shows. */
  readonly edits: (edits: readonly TextEdit[]) => readonly TextEdit[]
  /** Edits of the file's own text as edits of the normalised text. */
  readonly viewEdits: (edits: readonly TextEdit[]) => readonly TextEdit[]
}

type Ending = '\n' | '\r\n' | '\r'

/** The normalised view of a file's text. Linear in the text; a text without CR is its own view. */
export function editorText(file: string): EditorText {
  const lead = file.startsWith('\uFEFF') ? 1 : 0
  const text = normalise(file.slice(lead))
  const pairs = pairsOf(file, lead)
  const toFile = (offset: number): number => lead + offset + before(pairs, offset, (pair, i) => pair - i - lead)
  const toView = (offset: number): number => Math.max(0, offset - lead - before(pairs, offset, (pair) => pair + 1))
  return {
    text,
    toFile,
    toView,
    insert: (inserted) => normalise(inserted).replaceAll('\n', usualEnding(file)),
    edits: (edits) =>
      joinTouching(edits).map((edit) => {
        const span = { from: toFile(edit.from), to: toFile(edit.to) }
        return keepApart(file, { ...span, insert: withEndings(file, span, clean(edit.insert)) })
      }),
    viewEdits: (edits) =>
      edits.map(({ from, to, insert }) => ({ from: toView(from), to: toView(to), insert: normalise(insert) })),
  }
}

function normalise(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

// Monaco drops a byte order mark that a paste brings along.
function clean(insert: string): string {
  return normalise(insert).replaceAll('\uFEFF', '')
}

/** Offsets of the CR of each CRLF. */
function pairsOf(file: string, lead: number): readonly number[] {
  const pairs: number[] = []
  if (!file.includes('\r')) return pairs
  for (let at = file.indexOf('\r\n', lead); at >= 0; at = file.indexOf('\r\n', at + 2)) pairs.push(at)
  return pairs
}

// How many pairs lie wholly before an offset, by bisection; `start` is where a pair begins in that offset's count.
function before(pairs: readonly number[], offset: number, start: (pair: number, index: number) => number): number {
  let [low, high] = [0, pairs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (start(pairs[middle] ?? 0, middle) < offset) low = middle + 1
    else high = middle
  }
  return low
}

function usualEnding(file: string): Ending {
  if (!file.includes('\r')) return '\n'
  const crlf = file.split('\r\n').length - 1
  const lf = file.split('\n').length - 1 - crlf
  const cr = file.split('\r').length - 1 - crlf
  if (crlf >= lf && crlf >= cr && crlf > 0) return '\r\n'
  return cr > lf ? '\r' : '\n'
}

// The first new line ends take over those that the edit replaces; further ones are like the line's own.
function withEndings(file: string, span: { from: number; to: number }, insert: string): string {
  if (!insert.includes('\n')) return insert
  const replaced = file.slice(span.from, span.to).match(/\r\n|\n|\r/g) ?? []
  const own = endingOfLine(file, span.to)
  const [first = '', ...lines] = insert.split('\n')
  return lines.reduce((text, line, i) => {
    const ending = replaced[i] ?? own
    return text + (text.endsWith('\r') && ending.startsWith('\n') ? '\n' : '') + ending + line
  }, first)
}

// The end of the line at an offset; in the last line that of the line before; a text of one line gets LF.
function endingOfLine(file: string, offset: number): Ending {
  const ahead = /\r\n|\n|\r/g
  ahead.lastIndex = offset
  const found = ahead.exec(file)?.[0]
  if (found !== undefined) return found as Ending
  if (file.lastIndexOf('\n', offset) < file.lastIndexOf('\r', offset)) return '\r'
  const last = file.lastIndexOf('\n', offset - 1)
  if (last < 0) return '\n'
  return file[last - 1] === '\r' ? '\r\n' : '\n'
}

// A lone CR must not become one line end with an LF that an edit brings next to it.
function keepApart(file: string, edit: TextEdit): TextEdit {
  const next = edit.insert + (file[edit.to] ?? '')
  const clash = file[edit.from - 1] === '\r' && next.startsWith('\n')
  const tail = edit.insert.endsWith('\r') && file[edit.to] === '\n' ? '\n' : ''
  const insert = edit.insert + tail
  return clash ? { from: edit.from - 1, to: edit.to, insert: `\r\n${insert}` } : { ...edit, insert }
}

// Edits that touch are one, so that each knows the characters on both of its sides.
function joinTouching(edits: readonly TextEdit[]): readonly TextEdit[] {
  const joined: TextEdit[] = []
  for (const edit of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1)
    if (last && last.to === edit.from)
      joined[joined.length - 1] = { ...last, to: edit.to, insert: last.insert + edit.insert }
    else joined.push(edit)
  }
  return joined
}
