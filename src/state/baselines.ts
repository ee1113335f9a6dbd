import type { BaselineFile, EngineFile, OpenedText } from '#engine/protocol.ts'
import type { WorkspaceFile } from './app.ts'

/** The texts as they came in: without files that were made here, with those that were deleted. Read as they are read now. */
export function openedOf(files: readonly WorkspaceFile[], gone: readonly OpenedText[]): readonly EngineFile[] {
  const came = files.flatMap(({ path, opened, counts, namespace }): EngineFile[] =>
    opened === undefined ? [] : [{ path, text: opened, counts, namespace }],
  )
  const taken = new Set(came.map(({ path }) => path))
  const left = gone.filter(({ path }) => !taken.has(path)).map(({ path, text }) => ({ path, text, counts: true }))
  return [...came, ...left]
}

/** Older texts beside the present ones: a text that is there now need not travel again. */
export function baselineOf(older: readonly EngineFile[], now: readonly WorkspaceFile[]): readonly BaselineFile[] {
  const known = new Map(now.map((file) => [file.path, file]))
  return older.map((file): BaselineFile => {
    const own = known.get(file.path)
    const isSame =
      own !== undefined && own.text === file.text && own.counts === file.counts && own.namespace === file.namespace
    return isSame ? { path: file.path, same: true } : file
  })
}
