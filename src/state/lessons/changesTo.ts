import type { LessonFile } from '#core/model/lesson.ts'
import type { FileChange, TextEdit } from '#core/model/text.ts'

/** The changes that make these files of the present ones; files at the paths of `kept` stay, whatever they are. */
export function changesTo(
  target: readonly LessonFile[],
  present: readonly LessonFile[],
  kept: ReadonlySet<string> = new Set(),
): readonly FileChange[] {
  const now = new Map(present.map((file) => [file.path, file.text]))
  const wanted = new Set(target.map(({ path }) => path))
  const written = target.flatMap(({ path, text }): readonly FileChange[] => {
    const before = now.get(path)
    if (before === undefined) return [{ type: 'create', path, text }]
    return before === text ? [] : [{ type: 'edit', path, edits: [editTo(before, text)] }]
  })
  const left = present.filter(({ path }) => !wanted.has(path) && !kept.has(path))
  return [...written, ...left.map(({ path }): FileChange => ({ type: 'delete', path }))]
}

// Only what differs, so that an undo shows what it is about.
function editTo(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length)
  let from = 0
  while (from < most && before[from] === after[from]) from++
  let back = 0
  while (back < most - from && before.at(-1 - back) === after.at(-1 - back)) back++
  return { from, to: before.length - back, insert: after.slice(from, after.length - back) }
}
