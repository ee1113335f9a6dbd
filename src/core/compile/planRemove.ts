import { selectedBy } from '#core/evaluate/peers.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { DocumentId } from '#core/model/text.ts'
import { evaluateCopy, type Outcome, type PlanContext } from './planContext.ts'
import { type Copy, withoutDocument } from './copy.ts'

/** Removes a workload with all documents that fold into it, or a namespace with all that is in it; always seen first (design.md 8). */
export function planRemove(context: PlanContext, end: End): Outcome {
  const ids = documentsOf(context, end)
  if (ids.length === 0)
    return { refusal: `No document of the workspace makes ${endName(end)}: there is nothing to remove.` }
  const copy = ids.reduce<Copy>(withoutDocument, context)
  const files = [...new Set(context.loaded.documents.filter(({ id }) => ids.includes(id)).map(({ file }) => file))]
  const sentence = `Removes ${ids.length === 1 ? '1 document' : `${ids.length} documents`} of ${endName(end)} from ${files.join(', ')}.`
  return {
    copy,
    sentences: [sentence],
    warnings: [...idlePolicies(context, copy), ...lostChecks(context, copy, end)],
    preview: true,
  }
}

function documentsOf({ loaded }: PlanContext, end: End): readonly DocumentId[] {
  if ('workload' in end) {
    const workload = loaded.cluster.workloads.find(({ id }) => id === endId(end))
    return [...new Set((workload?.refs ?? []).map(({ document }) => document))]
  }
  if (!('namespace' in end)) return []
  const inside = ({ name, kind }: { name: string; kind: string }): boolean =>
    name.startsWith(`${end.namespace}/`) || (kind === 'Namespace' && name === end.namespace)
  return loaded.documents.filter((document) => document.outcome !== 'empty' && inside(document)).map(({ id }) => id)
}

function idlePolicies(context: PlanContext, copy: Copy): string[] {
  const after = evaluateCopy(copy)
  return after.policies
    .filter((policy) => selectedBy(after, policy).length === 0 && selectedBy(context.evaluation, policy).length > 0)
    .map(({ name }) => `The policy ${name} selects no pod any more.`)
}

function lostChecks({ loaded }: PlanContext, copy: Copy, end: End): string[] {
  const id = endId(end)
  const isLost = (own: End): boolean => endId(own) === id || endId(own).startsWith(`${id}/`)
  return copy.loaded.checks
    .filter(({ from, to }) => isLost(from) || isLost(to))
    .filter(({ name }) => loaded.checks.some((check) => check.name === name))
    .map(({ name }) => `The check "${name}" loses an end.`)
}
