import type { TextEdit } from '#core/model/text.ts'

/** A stretch of the old text that stays, or new text. */
type Piece = { readonly from: number; readonly to: number } | { readonly insert: string }

/** One set of edits that does what `first` and then `second` do; offsets of `second` are of the text between the two. */
export function composeEdits(first: readonly TextEdit[], second: readonly TextEdit[]): readonly TextEdit[] {
  const between = piecesOf(first)
  const after: Piece[] = []
  let at = 0
  for (const { from, to, insert } of inOrder(second)) {
    after.push(...slice(between, at, from), { insert })
    at = to
  }
  return editsOf([...after, ...slice(between, at, Infinity)])
}

function piecesOf(edits: readonly TextEdit[]): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { from, to, insert } of inOrder(edits)) {
    pieces.push({ from: at, to: from }, { insert })
    at = to
  }
  return [...pieces, { from: at, to: Infinity }]
}

// The pieces that make up `[from, to)` of the text that they stand for.
function slice(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  let at = 0
  return pieces.flatMap((piece): Piece[] => {
    const length = lengthOf(piece)
    const start = Math.min(length, Math.max(0, from - at))
    const end = Math.max(start, Math.min(length, to - at))
    at += length
    if (start === end) return []
    if ('insert' in piece) return [{ insert: piece.insert.slice(start, end) }]
    return [{ from: piece.from + start, to: piece.from + end }]
  })
}

function lengthOf(piece: Piece): number {
  return 'insert' in piece ? piece.insert.length : piece.to - piece.from
}

function editsOf(pieces: readonly Piece[]): readonly TextEdit[] {
  const edits: TextEdit[] = []
  let at = 0
  let insert = ''
  for (const piece of pieces) {
    if ('insert' in piece) insert += piece.insert
    else {
      if (piece.from > at || insert !== '') edits.push({ from: at, to: piece.from, insert })
      at = piece.to
      insert = ''
    }
  }
  return edits
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => a.from - b.from || a.to - b.to)
}
