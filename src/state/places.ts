import type { End } from '#core/model/end.ts'
import type { DocumentInfo, Picture } from '#core/model/picture.ts'
import type { Ref, TextEdit, TextRange } from '#core/model/text.ts'
import type { EngineChange } from '#engine/protocol.ts'

/** A span of a file's text as it is now. */
export interface Place {
  readonly file: string
  readonly range: TextRange
}

/** Text changes that a picture doesn't know of yet, oldest first. */
export type Since = readonly EngineChange[]

/** Where a ref of the picture stands in the present texts; undefined where its document or file is gone. */
export function locate(picture: Picture | undefined, since: Since, ref: Ref): Place | undefined {
  const document = picture && documentsOf(picture).get(ref.document)
  if (!document) return undefined
  const { from } = document.range
  return followPlace({ file: document.file, range: { from: from + ref.range.from, to: from + ref.range.to } }, since)
}

/** Where a whole document stands in the present texts. */
export function locateDocument(picture: Picture | undefined, since: Since, id: string): Place | undefined {
  const document = picture && documentsOf(picture).get(id)
  return document && followPlace({ file: document.file, range: document.range }, since)
}

/** The end that a card's id (an `endId`) names; ids of outside ends are looked up, so that their parts needn't be parsed. */
export function endOfCard(id: string, outside: readonly { readonly id: string; readonly end: End }[]): End {
  const known = outside.find((candidate) => candidate.id === id)
  if (known) return known.end
  const slash = id.indexOf('/')
  return slash < 0 ? { namespace: id } : { namespace: id.slice(0, slash), workload: id.slice(slash + 1) }
}

const indexes = new WeakMap<readonly DocumentInfo[], ReadonlyMap<string, DocumentInfo>>()

function documentsOf({ documents }: Picture): ReadonlyMap<string, DocumentInfo> {
  const known = indexes.get(documents)
  if (known) return known
  const index = new Map(documents.map((document) => [document.id, document]))
  indexes.set(documents, index)
  return index
}

/** The same span after these changes; undefined where its file is gone. */
export function followPlace(place: Place, since: Since): Place | undefined {
  let { file, range } = place
  for (const change of since) {
    if (change.type === 'workspace') return undefined
    if (change.type === 'order' || change.path !== file) continue
    if (change.type === 'delete') return undefined
    if (change.type === 'rename') file = change.to
    if (change.type === 'edit') range = shift(range, change.edits)
  }
  return { file, range }
}

// Text that is put in at a span's border stays outside of it.
function shift(range: TextRange, edits: readonly TextEdit[]): TextRange {
  const from = moved(range.from, edits, true)
  return { from, to: Math.max(from, moved(range.to, edits, false)) }
}

function moved(offset: number, edits: readonly TextEdit[], after: boolean): number {
  let delta = 0
  for (const { from, to, insert } of edits.toSorted((a, b) => a.from - b.from)) {
    const behind = to < offset || (to === offset && (after || from < to))
    if (!behind) return from < offset ? delta + from + (after ? insert.length : 0) : offset + delta
    delta += insert.length - (to - from)
  }
  return offset + delta
}
