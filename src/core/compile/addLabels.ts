import { treeOf } from '#core/load/load.ts'
import { endId, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { ALL_PORTS, NO_PORTS } from '#core/model/ports.ts'
import type { DocumentId, FieldPath } from '#core/model/text.ts'
import { addEntry } from '#core/yaml/splice.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import { edit, type Draft, type Splice } from './draft.ts'
import { inTurn } from './narrowRule.ts'
import { isWithin, type Planned } from './outcome.ts'

/** Puts labels on the pods of a workload: into its pod template, never into its selector, which can't change (semantics.md A.2). */
export function planAddLabels(start: Draft, { end, labels }: Extract<Intent, { type: 'add-labels' }>): Planned {
  const workload = start.evaluation.workloads.get(endId(end))
  const document = workload?.refs[0]?.document
  if (!workload || document === undefined)
    return { refusal: `${endName(end)} is not there: no document of the workspace makes it.` }
  if (workload.assumed)
    return { refusal: `${endName(end)} is only assumed from what policies say: open its manifest to label it.` }
  const tree = treeOf(start.loaded, document)
  const template = tree && templateOf(tree)
  if (!tree || !template)
    return { refusal: `${endName(end)} has no pod template in the workspace: label it where it is made.` }
  const taken = Object.entries(labels).flatMap(([key, value]) =>
    clashOf(tree, [...template, 'metadata', 'labels'], [key, value]),
  )
  if (taken.length > 0)
    return {
      refusal: `The pods of ${endName(end)} have ${taken.join(', ')} already: choose another key, or change it by hand.`,
    }
  const missing = Object.entries(labels).filter(
    ([key]) => at(tree, [...template, 'metadata', 'labels', key]) === undefined,
  )
  return write(start, { document, template, missing }, end)
}

interface Addition {
  readonly document: DocumentId
  readonly template: FieldPath
  readonly missing: readonly (readonly [string, string])[]
}

function write(
  start: Draft,
  { document, template, missing }: Addition,
  end: Extract<Intent, { type: 'add-labels' }>['end'],
): Planned {
  const text = missing.map(([key, value]) => `${key}: ${value}`).join(', ')
  if (missing.length === 0) return { refusal: `The pods of ${endName(end)} have these labels already: nothing to do.` }
  const draft = edit(start, document, inTurn(missing.map((entry) => addLabel(template, entry))))
  if (!draft)
    return {
      refusal: `The text of ${endName(end)} can’t be edited here (it uses an alias or an anchor): please add ${text} by hand.`,
    }
  return {
    draft,
    title: `Label ${endName(end)}`,
    sentences: [`Adds ${text} to the pods of ${endName(end)}.`],
    warnings: [],
    wanted: (_, from, to) =>
      isWithin(draft.evaluation, from, end) || isWithin(draft.evaluation, to, end) ? ALL_PORTS : NO_PORTS,
    preview: true,
  }
}

// A bare pod is its own template.
function templateOf(tree: Tree): FieldPath | undefined {
  const places: readonly FieldPath[] = [
    ['spec', 'jobTemplate', 'spec', 'template'],
    ['spec', 'template'],
  ]
  const found = places.find((path) => at(tree, path)?.type === 'mapping')
  return found ?? (at(tree, ['spec', 'containers']) ? [] : undefined)
}

function clashOf(tree: Tree, path: FieldPath, [key, value]: readonly [string, string]): readonly string[] {
  const own = child(at(tree, path), key)
  if (!own || (own.type === 'scalar' && own.value === value)) return []
  return [`${key}: ${own.type === 'scalar' ? String(own.value) : '…'}`]
}

// What is missing on the way to it is made.
function addLabel(template: FieldPath, entry: readonly [string, string]): Splice {
  const [key, value] = entry
  return (text, tree) => {
    const metadata = [...template, 'metadata']
    const labels = [...metadata, 'labels']
    if (at(tree, labels)) return addEntry(text, tree, labels, entry)
    if (at(tree, metadata)) return addEntry(text, tree, metadata, ['labels', { [key]: value }])
    return addEntry(text, tree, template, ['metadata', { labels: { [key]: value } }])
  }
}
