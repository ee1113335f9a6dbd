import type { Loaded } from '#core/load/load.ts'
import type { Ref } from '#core/model/text.ts'

/** Where something stands, for people and editors: the file, and the line from 1. */
export interface FilePlace {
  readonly file: string
  readonly line: number
  /** The kind of the document. */
  readonly kind: string
}

/** Finds places of refs; each is worked out once, since the same rules are named over and over. */
export function placeFinder({ documents, trees }: Loaded): (ref: Ref) => FilePlace {
  const infos = new Map(documents.map((info) => [info.id, info]))
  const found = new Map<Ref, FilePlace>()
  return (ref) => {
    const known = found.get(ref)
    if (known) return known
    const info = infos.get(ref.document)
    const before = trees.get(ref.document)?.text.slice(0, ref.range.from) ?? ''
    const line = (info?.line ?? 1) + before.split('\n').length - 1
    const place = { file: info?.file ?? '', line, kind: info?.kind ?? '' }
    found.set(ref, place)
    return place
  }
}
