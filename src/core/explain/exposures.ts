import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { exposedPorts } from '#core/evaluate/exposed.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { link, list, say, type Sentence } from '#core/model/sentence.ts'
import { formatPorts } from '#core/model/ports.ts'

/** Which Ingresses and the like lead from the ingress controller to a workload; that none does is said, too. Nothing about other ends. */
export function explainWays({ cluster }: Evaluation, from: End, to: End): readonly Sentence[] {
  if (!('ingressController' in from) || !('workload' in to)) return []
  const exposed = exposedPorts(cluster).get(endId(to))
  if (!exposed) return [say(`No Ingress, Route or HTTPRoute leads to ${endName(to)}.`)]
  const names = new Map(exposed.by.map(({ name, ref }) => [name, link(name, ref)]))
  const leads = names.size === 1 ? 'leads' : 'lead'
  return [say(...list([...names.values()]), ` ${leads} to ${endName(to)} on ${formatPorts(exposed.ports)}.`)]
}
