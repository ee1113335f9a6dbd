import { evaluate, type Evaluation } from '#core/evaluate/evaluate.ts'
import { load, type Loaded, type SourceFile, treeOf } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import type { PlanStyle } from '#core/model/intent.ts'
import type { DocumentId, FileChange, TextEdit } from '#core/model/text.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import type { Tree } from '#core/yaml/tree.ts'
import { composeEdits } from './compose.ts'

/** What a plan starts from: the texts, what they say, and the revision they are. */
export interface PlanContext {
  readonly files: readonly SourceFile[]
  readonly loaded: Loaded
  readonly evaluation: Evaluation
  readonly revision: number
  /** How new policies are laid out; undefined: one for each workload and direction. */
  readonly style?: PlanStyle | undefined
}

/** A copy of the workspace as a plan has changed it so far, loaded and evaluated again. */
export interface Draft {
  readonly files: readonly SourceFile[]
  readonly loaded: Loaded
  readonly evaluation: Evaluation
  readonly style: PlanStyle
  /** From the texts that the plan started from; one for each file. */
  readonly changes: ReadonlyMap<string, FileChange>
}

/** A splice of one document, in offsets of its own text; undefined where it can't be done. */
export type Splice = (text: string, tree: Tree) => readonly TextEdit[] | undefined

/** A draft that has changed nothing yet. */
export function begin({ files, loaded, evaluation, style = 'per-workload' }: PlanContext): Draft {
  return { files, loaded, evaluation, style, changes: new Map() }
}

/** The draft after one more change; edits are of the file as the draft has it. */
export function change(draft: Draft, step: Exclude<FileChange, { type: 'rename' }>): Draft {
  const files = changeFiles(draft.files, step)
  const loaded = load(files, draft.loaded)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings, draft.evaluation)
  const changes = new Map(draft.changes)
  const sum = add(draft.changes.get(step.path), step)
  if (sum) changes.set(step.path, sum)
  else changes.delete(step.path)
  return { files, loaded, evaluation, style: draft.style, changes }
}

/** The draft after a splice of one document; undefined where the document is gone or the splice can't be done. */
export function edit(draft: Draft, id: DocumentId, splice: Splice): Draft | undefined {
  const document = draft.loaded.trees.get(id)
  const tree = treeOf(draft.loaded, id)
  const edits = document && tree && splice(document.text, tree)
  if (!edits) return undefined
  const { file: path, from: by } = document
  const moved = edits.map(({ from, to, insert }) => ({ from: from + by, to: to + by, insert }))
  return change(draft, { type: 'edit', path, edits: moved })
}

/** One splice of a document after the other, as a single one; undefined where one of them can't be done. */
export function inTurn(splices: readonly Splice[]): Splice {
  return (text, tree) => {
    let [sum, now, parsed]: [readonly TextEdit[], string, Tree | undefined] = [[], text, tree]
    for (const splice of splices) {
      const edits = parsed && splice(now, parsed)
      if (!edits) return undefined
      sum = composeEdits(sum, edits)
      now = applyEdits(now, edits)
      parsed = parseDocument(now).tree
    }
    return sum
  }
}

/** The text of a file of the draft; undefined where there is none. */
export function textOf(draft: Draft, path: string): string | undefined {
  return draft.files.find((file) => file.path === path)?.text
}

function changeFiles(files: readonly SourceFile[], step: FileChange): readonly SourceFile[] {
  const others = files.filter(({ path }) => path !== step.path)
  if (step.type === 'create') return [...others, { path: step.path, text: step.text, counts: true }]
  if (step.type !== 'edit') return others
  return files.map((file) => (file.path === step.path ? { ...file, text: applyEdits(file.text, step.edits) } : file))
}

function add(sum: FileChange | undefined, step: FileChange): FileChange | undefined {
  if (step.type === 'delete') return sum?.type === 'create' ? undefined : step
  if (step.type !== 'edit' || !sum || !('path' in sum)) return step
  if (sum.type === 'create') return { ...sum, text: applyEdits(sum.text, step.edits) }
  return sum.type === 'edit' ? { ...sum, edits: composeEdits(sum.edits, step.edits) } : step
}
