import type { DocumentId } from '#core/model/text.ts'
import type { Entry, Placed } from './entry.ts'
import { linesOf } from './lines.ts'
import { matchPieces } from './match.ts'
import { cutPieces } from './pieces.ts'
import { readEntry } from './read.ts'

/** One text as the workspace gives it. */
export interface SourceFile {
  readonly path: string
  /** How much of the path the user named: folders in it say nothing about the file. Undefined: none of it. */
  readonly named?: number | undefined
  readonly text: string
  /** False: listed, but without a say in verdicts. */
  readonly counts: boolean
  /** What a missing `metadata.namespace` means in it; undefined: `default`, which is counted. */
  readonly namespace?: string | undefined
}

/** A file as read; kept while its text and namespace stay. */
export interface ReadFile {
  readonly source: SourceFile
  readonly placed: readonly Placed[]
}

/** Hands out ids that no document of the workspace has had. */
export interface Ids {
  next: number
}

/** Characters between two steps of progress: some milliseconds of parsing. */
const STEP = 50_000

/** Reads a file document by document, yielding the characters that are done now and then; documents that didn't change are kept. */
export function* readFile(source: SourceFile, before: ReadFile | undefined, ids: Ids): Generator<number, ReadFile> {
  if (before && isSameReading(before.source, source)) {
    return before.source.path === source.path ? { source, placed: before.placed } : moved(source, before)
  }
  const entries = before?.source.namespace === source.namespace ? (before?.placed ?? []) : []
  const matched = matchPieces(
    (before?.placed ?? []).map(({ entry }) => entry),
    cutPieces(source.text),
  )
  const placed: Placed[] = []
  const keep = entries.length > 0
  const lineAt = linesOf(source.text)
  let told = 0
  for (const { piece, kept, edited } of matched) {
    const old = kept ?? edited
    const reading = { id: old?.id ?? newId(ids), piece, namespace: source.namespace, before: old }
    const entry = keep && kept ? kept : readEntry(reading)
    const { line, column } = lineAt(piece.from)
    placed.push({ entry, file: source.path, from: piece.from, to: piece.to, line, column })
    if (piece.to - told > STEP) yield (told = piece.to)
  }
  return { source, placed }
}

function isSameReading(a: SourceFile, b: SourceFile): boolean {
  return a.text === b.text && a.namespace === b.namespace
}

function moved(source: SourceFile, before: ReadFile): ReadFile {
  return { source, placed: before.placed.map((placed) => ({ ...placed, file: source.path })) }
}

function newId(ids: Ids): DocumentId {
  return `d${ids.next++}`
}

/** All entries of a file. */
export function entriesOf({ placed }: ReadFile): readonly Entry[] {
  return placed.map(({ entry }) => entry)
}
