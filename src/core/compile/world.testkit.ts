import { evaluate, type Evaluation } from '#core/evaluate/evaluate.ts'
import { load, type Loaded, type SourceFile } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import type { Plan } from '#core/model/intent.ts'
import type { FileChange } from '#core/model/text.ts'

/** Texts as a workspace, with what they say. */
export interface World {
  readonly files: readonly SourceFile[]
  readonly loaded: Loaded
  readonly evaluation: Evaluation
}

/** Loads and evaluates texts, as if for the first time. */
export function worldOf(files: readonly SourceFile[]): World {
  const loaded = load(files)
  return { files, loaded, evaluation: evaluate(loaded.cluster, loaded.policies, loaded.settings) }
}

/** The files after all changes of a plan. */
export function carryOut(files: readonly SourceFile[], { changes }: Pick<Plan, 'changes'>): readonly SourceFile[] {
  return changes.reduce(changed, files)
}

function changed(files: readonly SourceFile[], change: FileChange): readonly SourceFile[] {
  if (change.type === 'rename') return files
  const others = files.filter(({ path }) => path !== change.path)
  if (change.type === 'create') return others.concat({ path: change.path, text: change.text, counts: true })
  if (change.type === 'delete') return others
  return files.map((file) =>
    file.path === change.path ? { ...file, text: applyEdits(file.text, change.edits) } : file,
  )
}
