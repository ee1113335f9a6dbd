import { applyEdits } from '#core/model/edit.ts'
import type { EngineChange, EngineFile } from './protocol.ts'

/** The files after the changes. An edit of a file that isn't there is our bug: it throws. */
export function applyChanges(files: readonly EngineFile[], changes: readonly EngineChange[]): readonly EngineFile[] {
  return changes.reduce(applyChange, files)
}

function applyChange(files: readonly EngineFile[], change: EngineChange): readonly EngineFile[] {
  switch (change.type) {
    case 'workspace':
      return change.files
    case 'create':
      return [...without(files, change.path), { path: change.path, text: change.text, counts: true }]
    case 'delete':
      return without(files, change.path)
    case 'rename':
      return alter(files, change.path, (file) => ({ ...file, path: change.to }))
    case 'edit':
      return alter(files, change.path, (file) => ({ ...file, text: applyEdits(file.text, change.edits) }))
    case 'reading':
      return alter(files, change.path, (file) => ({ ...file, counts: change.counts, namespace: change.namespace }))
    case 'order':
      return inOrder(files, change.paths)
  }
}

function without(files: readonly EngineFile[], path: string): readonly EngineFile[] {
  return files.filter((file) => file.path !== path)
}

function alter(
  files: readonly EngineFile[],
  path: string,
  change: (file: EngineFile) => EngineFile,
): readonly EngineFile[] {
  if (!files.some((file) => file.path === path))
    throw new Error(`The engine was told to change a file it doesn't have: ${path}`)
  return files.map((file) => (file.path === path ? change(file) : file))
}

function inOrder(files: readonly EngineFile[], paths: readonly string[]): readonly EngineFile[] {
  const places = new Map(paths.map((path, place) => [path, place]))
  const placeOf = (file: EngineFile): number => places.get(file.path) ?? paths.length
  return files.toSorted((a, b) => placeOf(a) - placeOf(b))
}
