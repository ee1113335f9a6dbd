import { load, type Loaded, type SourceFile, treeOf } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import type { DocumentId, FileChange, TextEdit } from '#core/model/text.ts'
import type { Tree } from '#core/yaml/tree.ts'

/** A copy of the workspace that a plan works on: its texts, and what they say so far. */
export interface Copy {
  readonly files: readonly SourceFile[]
  readonly loaded: Loaded
}

/** Puts another text in a file of the copy, or adds the file, and loads what changed. */
export function withText(copy: Copy, path: string, text: string): Copy {
  const known = copy.files.some((file) => file.path === path)
  const files = known
    ? copy.files.map((file) => (file.path === path ? { ...file, text } : file))
    : [...copy.files, { path, text, counts: true }]
  return { files, loaded: load(files, copy.loaded) }
}

/** Takes a file out of the copy. */
export function withoutFile(copy: Copy, path: string): Copy {
  const files = copy.files.filter((file) => file.path !== path)
  return { files, loaded: load(files, copy.loaded) }
}

/** Edits one document by a splice over its own text; undefined where the splice can't be done or the document is gone. */
export function withDocument(
  copy: Copy,
  id: DocumentId,
  splice: (text: string, tree: Tree) => readonly TextEdit[] | undefined,
): Copy | undefined {
  const document = copy.loaded.trees.get(id)
  const tree = treeOf(copy.loaded, id)
  const file = copy.files.find(({ path }) => path === document?.file)
  const edits = document && tree && splice(document.text, tree)
  if (!document || !file || !edits) return undefined
  const moved = edits.map(({ from, to, insert }) => ({ from: from + document.from, to: to + document.from, insert }))
  return withText(copy, file.path, applyEdits(file.text, moved))
}

/** Takes a whole document out of its file, and the file too where nothing else is in it. */
export function withoutDocument(copy: Copy, id: DocumentId): Copy {
  const info = copy.loaded.documents.find((document) => document.id === id)
  const file = copy.files.find(({ path }) => path === info?.file)
  if (!info || !file) return copy
  const { from, to } = info.range
  const isJson = file.text.slice(from, to).trimStart().startsWith('{')
  const span = isJson ? commaAround(file.text, from, to) : { from, to }
  const text = file.text.slice(0, span.from) + file.text.slice(span.to)
  const isEmpty = text.replaceAll(/^---.*$/gm, '').trim() === ''
  return isEmpty ? withoutFile(copy, file.path) : withText(copy, file.path, text)
}

/** What turns the files `before` into those `after`: one edit a file, from its first to its last difference. */
export function changesBetween(before: readonly SourceFile[], after: readonly SourceFile[]): readonly FileChange[] {
  const old = new Map(before.map((file) => [file.path, file.text]))
  const kept = new Set(after.map(({ path }) => path))
  const written = after.flatMap(({ path, text }): FileChange[] => {
    const was = old.get(path)
    if (was === undefined) return [{ type: 'create', path, text }]
    return was === text ? [] : [{ type: 'edit', path, edits: [difference(was, text)] }]
  })
  const gone = before.filter(({ path }) => !kept.has(path)).map(({ path }): FileChange => ({ type: 'delete', path }))
  return [...written, ...gone]
}

function difference(was: string, text: string): TextEdit {
  const most = Math.min(was.length, text.length)
  let start = 0
  while (start < most && was[start] === text[start]) start++
  let end = 0
  while (end < most - start && was[was.length - 1 - end] === text[text.length - 1 - end]) end++
  return { from: start, to: was.length - end, insert: text.slice(start, text.length - end) }
}

// An item of a JSON list goes with the comma that parts it from its neighbour.
function commaAround(text: string, from: number, to: number): { from: number; to: number } {
  const behind = /^\s*,\s*/.exec(text.slice(to))
  if (behind) return { from, to: to + behind[0].length }
  const before = /,\s*$/.exec(text.slice(0, from))
  return { from: from - (before?.[0].length ?? 0), to }
}
