import { selectedBy } from '#core/evaluate/peers.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { NO_PORTS } from '#core/model/ports.ts'
import type { DocumentId } from '#core/model/text.ts'
import { removeDocuments } from './documents.ts'
import type { Draft } from './draft.ts'
import type { Planned } from './outcome.ts'

/** Removes a workload with all documents that fold into it, or a namespace with all that is in it; always seen first (design.md 8). */
export function planRemove(start: Draft, end: End): Planned {
  const ids = documentsOf(start, end)
  if (ids.length === 0)
    return { refusal: `No document of the workspace makes ${endName(end)}: there is nothing to remove.` }
  const files = [...new Set(start.loaded.documents.filter(({ id }) => ids.includes(id)).map(({ file }) => file))]
  const draft = removeDocuments(start, ids)
  if (!draft) return { refusal: `A document of ${endName(end)} can’t be taken out of its List: please do it by hand.` }
  const count = ids.length === 1 ? '1 document' : `${ids.length} documents`
  return {
    draft,
    sentences: [`Removes ${endName(end)}: ${count} of ${files.join(', ')}.`],
    warnings: [...idlePolicies(start, draft), ...lostChecks(start, draft)],
    wanted: () => NO_PORTS,
    preview: true,
  }
}

function documentsOf({ loaded, evaluation }: Draft, end: End): readonly DocumentId[] {
  if ('workload' in end) {
    const refs = evaluation.workloads.get(endId(end))?.refs ?? []
    return [...new Set(refs.map(({ document }) => document))]
  }
  if (!('namespace' in end)) return []
  // All that was read, whether it counts or not; what is of no known kind has no name here.
  const isInside = (name: string, kind: string): boolean =>
    name.startsWith(`${end.namespace}/`) || (kind === 'Namespace' && name === end.namespace)
  return loaded.documents.filter(({ name, kind }) => isInside(name, kind)).map(({ id }) => id)
}

function idlePolicies(start: Draft, { evaluation }: Draft): readonly string[] {
  return evaluation.policies
    .filter((policy) => selectedBy(evaluation, policy).length === 0 && selectedBy(start.evaluation, policy).length > 0)
    .map(({ name }) => `The policy ${name} selects no pod any more.`)
}

function lostChecks(start: Draft, { evaluation, loaded }: Draft): readonly string[] {
  return loaded.checks
    .filter(({ from, to }) => !verdictOf(evaluation, from, to) && verdictOf(start.evaluation, from, to))
    .map(({ name }) => `The check “${name}” loses an end.`)
}
