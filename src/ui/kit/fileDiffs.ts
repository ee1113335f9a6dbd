import { applyEdits } from '#core/model/edit.ts'
import type { FileChange } from '#core/model/text.ts'
import type { WorkspaceFile } from '#state/app.ts'
import { type DiffLine, lineDiff } from './lineDiff.ts'

/** What a plan does to one file. */
export interface FileDiff {
  readonly path: string
  /** `new file`, `deleted`, `renamed to x`; '' for an edit. */
  readonly what: string
  readonly lines: readonly DiffLine[]
}

/** The changes of a plan, file by file, as lines. */
export function fileDiffs(changes: readonly FileChange[], files: readonly WorkspaceFile[]): readonly FileDiff[] {
  const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? ''
  return changes.map((change) => {
    const { path } = change
    switch (change.type) {
      case 'create':
        return { path, what: 'new file', lines: lineDiff('', change.text) }
      case 'delete':
        return { path, what: 'deleted', lines: lineDiff(textOf(path), '') }
      case 'rename':
        return { path, what: `renamed to ${change.to}`, lines: [] }
      case 'edit':
        return { path, what: '', lines: lineDiff(textOf(path), applyEdits(textOf(path), change.edits)) }
    }
  })
}
