import type { Entry, Piece } from './entry.ts'

/** Which entry each piece goes on from: `kept` as it is, or `edited`; neither for a new document. */
export interface Match {
  readonly piece: Piece
  readonly kept?: Entry | undefined
  readonly edited?: Entry | undefined
}

/**
 * Pairs the documents of a file with those it had before, so that they keep their ids: equal texts first, then the same
 * kind and name, then the order in which they stand.
 */
export function matchPieces(before: readonly Entry[], pieces: readonly Piece[]): readonly Match[] {
  const head = commonLength(before, pieces, (list, i) => list[i])
  const rest = Math.min(before.length, pieces.length) - head
  const tail = Math.min(
    rest,
    commonLength(before, pieces, (list, i) => list[list.length - 1 - i]),
  )
  return [
    ...pieces.slice(0, head).map((piece, i) => ({ piece, kept: before[i] })),
    ...matchMiddle(before.slice(head, before.length - tail), pieces.slice(head, pieces.length - tail)),
    ...pieces.slice(pieces.length - tail).map((piece, i) => ({ piece, kept: before[before.length - tail + i] })),
  ]
}

// Would reading this piece give this entry again?
function isSameText(entry: Entry, piece: Piece): boolean {
  return entry.text === piece.text && entry.whole === piece.within?.whole && entry.listed === piece.type?.kind
}

type Pick = <T>(list: readonly T[], i: number) => T | undefined

function commonLength(before: readonly Entry[], pieces: readonly Piece[], pick: Pick): number {
  for (let i = 0; ; i++) {
    const entry = pick(before, i)
    const piece = pick(pieces, i)
    if (!entry || !piece || !isSameText(entry, piece)) return i
  }
}

function matchMiddle(before: readonly Entry[], pieces: readonly Piece[]): readonly Match[] {
  if (before.length === 0) return pieces.map((piece) => ({ piece }))
  const free = new Set(before)
  const byText = take(
    free,
    pieces,
    ({ text }) => text,
    ({ text }) => text,
  )
  const kept = pieces.map((piece, i) => (byText[i] && isSameText(byText[i], piece) ? byText[i] : undefined))
  for (const [i, entry] of byText.entries()) if (entry && !kept[i]) free.add(entry)
  const open = pieces.map((piece, i) => (kept[i] ? undefined : piece))
  const byName = take(free, open, nameIn, nameIn)
  return pieces.map((piece, i) => {
    if (kept[i]) return { piece, kept: kept[i] }
    const edited = byName[i] ?? next(free)
    return { piece, edited }
  })
}

// For each piece the first free entry with the same key, taken out of `free`.
function take(
  free: Set<Entry>,
  pieces: readonly (Piece | undefined)[],
  keyOfEntry: (entry: Entry) => string | undefined,
  keyOfPiece: (piece: Piece) => string | undefined,
): readonly (Entry | undefined)[] {
  const byKey = new Map<string, Entry[]>()
  for (const entry of free) {
    const key = keyOfEntry(entry)
    const same = key === undefined ? undefined : byKey.get(key)
    if (same) same.push(entry)
    else if (key !== undefined) byKey.set(key, [entry])
  }
  return pieces.map((piece) => {
    const key = piece && keyOfPiece(piece)
    const entry = key === undefined ? undefined : byKey.get(key)?.shift()
    if (entry) free.delete(entry)
    return entry
  })
}

function next(free: Set<Entry>): Entry | undefined {
  for (const entry of free) {
    free.delete(entry)
    return entry
  }
  return undefined
}

// Read from the text alone: it must work for a text that doesn't parse.
function nameIn({ text }: { readonly text: string }): string | undefined {
  const kind = /(?:^|[\s{,])["']?kind["']?[ \t]*:[ \t]*["']?([\w]+)/.exec(text)?.[1]
  const name = /(?:^|[\s{,])["']?name["']?[ \t]*:[ \t]*["']?([\w.-]+)/.exec(text)?.[1]
  return kind && name ? `${kind}/${name}` : undefined
}
