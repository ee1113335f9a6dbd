import { applyEdits, invertEdits } from '#core/model/edit.ts'
import type { TextEdit } from '#core/model/text.ts'
import type { EngineChange, OpenedText } from '#engine/protocol.ts'
import type { WorkspaceFile } from './app.ts'
import type { Position } from './view.ts'

/** What history speaks of: the texts, those that were deleted (with their text as opened), and the cards' positions. */
export interface Content {
  readonly files: readonly WorkspaceFile[]
  readonly gone: readonly OpenedText[]
  readonly positions: Readonly<Record<string, Position>>
}

/** One reversible change. `gone` of a removal is what an export is told: a file that is only closed leaves nothing. */
export type Change =
  | { readonly type: 'edit'; readonly path: string; readonly edits: readonly TextEdit[] }
  | { readonly type: 'add'; readonly file: WorkspaceFile; readonly at: number }
  | { readonly type: 'remove'; readonly path: string; readonly forget: boolean }
  | {
      readonly type: 'restore'
      readonly file: WorkspaceFile
      readonly at: number
      readonly gone: readonly OpenedText[]
    }
  | { readonly type: 'replace'; readonly file: WorkspaceFile }
  | { readonly type: 'rename'; readonly path: string; readonly to: string }
  | {
      readonly type: 'reading'
      readonly path: string
      readonly counts: boolean
      readonly namespace?: string | undefined
    }
  | { readonly type: 'positions'; readonly positions: Readonly<Record<string, Position>> }

/** What a change makes of the content, how to take it back, and what the engine has to know. */
interface Applied {
  readonly content: Content
  readonly inverse: Change
  readonly engine: readonly EngineChange[]
}

/** Applies one change; undefined where it speaks of a file that isn't there, or would put two files on one path. */
function applyChange(content: Content, change: Change): Applied | undefined {
  switch (change.type) {
    case 'edit':
      return editFile(content, change.path, change.edits)
    case 'add':
      return addFile(content, change.file, change.at)
    case 'restore':
      return restoreFile(content, change)
    case 'remove':
      return removeFile(content, change.path, change.forget)
    case 'replace':
      return replaceFile(content, change.file)
    case 'rename':
      return renameFile(content, change.path, change.to)
    case 'reading':
      return readFile(content, change)
    case 'positions':
      return {
        content: { ...content, positions: change.positions },
        inverse: { type: 'positions', positions: content.positions },
        engine: [],
      }
  }
}

/** Applies several in order; those that don't apply are left out. The inverse is in the order in which to take back. */
export function applyChanges(
  content: Content,
  changes: readonly Change[],
): { readonly content: Content; readonly inverse: readonly Change[]; readonly engine: readonly EngineChange[] } {
  let current = content
  const inverse: Change[] = []
  const engine: EngineChange[] = []
  for (const change of changes) {
    const applied = applyChange(current, change)
    if (!applied) continue
    current = applied.content
    inverse.push(applied.inverse)
    engine.push(...applied.engine)
  }
  return { content: current, inverse: inverse.toReversed(), engine }
}

/** The file at a path, if there is one. */
export function fileAt(files: readonly WorkspaceFile[], path: string | undefined): WorkspaceFile | undefined {
  return files.find((file) => file.path === path)
}

/** A path that is still free: `pasted.yaml`, then `pasted-2.yaml`. */
export function freePath(path: string, taken: ReadonlySet<string>): string {
  if (!taken.has(path)) return path
  const dot = path.lastIndexOf('.')
  const [stem, ending] = dot > path.lastIndexOf('/') + 1 ? [path.slice(0, dot), path.slice(dot)] : [path, '']
  for (let n = 2; ; n++) if (!taken.has(`${stem}-${n}${ending}`)) return `${stem}-${n}${ending}`
}

function editFile(content: Content, path: string, edits: readonly TextEdit[]): Applied | undefined {
  const file = fileAt(content.files, path)
  if (!file || file.readOnly !== undefined) return undefined
  return {
    content: withFile(content, path, { ...file, text: applyEdits(file.text, edits) }),
    inverse: { type: 'edit', path, edits: invertEdits(file.text, edits) },
    engine: [{ type: 'edit', path, edits }],
  }
}

function addFile(content: Content, file: WorkspaceFile, at: number): Applied | undefined {
  if (fileAt(content.files, file.path)) return undefined
  const files = content.files.toSpliced(at, 0, file)
  const engine: EngineChange[] = [{ type: 'create', path: file.path, text: file.text }]
  if (!file.counts || file.namespace !== undefined) engine.push(readingOf(file))
  if (at < content.files.length) engine.push({ type: 'order', paths: files.map(({ path }) => path) })
  return { content: { ...content, files }, inverse: { type: 'remove', path: file.path, forget: true }, engine }
}

function restoreFile(content: Content, change: Change & { type: 'restore' }): Applied | undefined {
  const added = addFile(content, change.file, change.at)
  if (!added) return undefined
  const forget = change.gone === content.gone
  return {
    ...added,
    content: { ...added.content, gone: change.gone },
    inverse: { type: 'remove', path: change.file.path, forget },
  }
}

function removeFile(content: Content, path: string, forget: boolean): Applied | undefined {
  const file = fileAt(content.files, path)
  if (!file) return undefined
  const at = content.files.indexOf(file)
  const leaves = !forget && file.opened !== undefined
  const gone = leaves ? [...content.gone, { path, text: file.opened }] : content.gone
  return {
    content: { ...content, files: content.files.toSpliced(at, 1), gone },
    inverse: { type: 'restore', file, at, gone: content.gone },
    engine: [{ type: 'delete', path }],
  }
}

function replaceFile(content: Content, file: WorkspaceFile): Applied | undefined {
  const before = fileAt(content.files, file.path)
  if (!before) return undefined
  const edit: EngineChange = {
    type: 'edit',
    path: file.path,
    edits: [{ from: 0, to: before.text.length, insert: file.text }],
  }
  return {
    content: withFile(content, file.path, file),
    inverse: { type: 'replace', file: before },
    engine: sameReading(before, file) ? [edit] : [edit, readingOf(file)],
  }
}

function renameFile(content: Content, path: string, to: string): Applied | undefined {
  const file = fileAt(content.files, path)
  if (!file || fileAt(content.files, to)) return undefined
  return {
    content: withFile(content, path, { ...file, path: to }),
    inverse: { type: 'rename', path: to, to: path },
    engine: [{ type: 'rename', path, to }],
  }
}

function readFile(content: Content, change: Change & { type: 'reading' }): Applied | undefined {
  const file = fileAt(content.files, change.path)
  if (!file) return undefined
  const after = { ...file, counts: change.counts, namespace: change.namespace }
  return {
    content: withFile(content, change.path, after),
    inverse: { ...change, counts: file.counts, namespace: file.namespace },
    engine: [readingOf(after)],
  }
}

function withFile(content: Content, path: string, file: WorkspaceFile): Content {
  return { ...content, files: content.files.map((other) => (other.path === path ? file : other)) }
}

function readingOf({ path, counts, namespace }: WorkspaceFile): EngineChange {
  return { type: 'reading', path, counts, namespace }
}

function sameReading(a: WorkspaceFile, b: WorkspaceFile): boolean {
  return a.counts === b.counts && a.namespace === b.namespace
}
