import type { DocumentInfo } from '#core/model/picture.ts'
import type { Ref } from '#core/model/text.ts'
import type { WorkspaceFile } from '#state/app.ts'

/** The line (from 1) and the file where a place stands now; undefined where its document is gone. */
export function placeOf(
  ref: Ref,
  documents: readonly DocumentInfo[],
  files: readonly WorkspaceFile[],
): { readonly file: string; readonly line: number } | undefined {
  const document = documents.find(({ id }) => id === ref.document)
  const file = document && files.find(({ path }) => path === document.file)
  if (!document || !file) return undefined
  const before = file.text.slice(document.range.from, document.range.from + ref.range.from)
  return { file: file.path, line: document.line + (before.match(/\r\n|\n|\r/g)?.length ?? 0) }
}
