import { isolationOf, verdictOf } from '#core/evaluate/evaluate.ts'
import type { End } from '#core/model/end.ts'
import { coversPorts } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Draft } from './draft.ts'
import type { Edge, HalfEdge, Own } from './edges.ts'
import { endOf, podsOf, selectable } from './peers.ts'

/**
 * The halves of these edges that the draft's policies close in a direction, with the ports that are closed; what rules allow
 * already needs nothing (semantics.md F.1.5). A whole namespace is isolated only where it is one of `namespaces`.
 */
export function closedHalves(
  draft: Draft,
  edges: readonly Edge[],
  direction: Direction,
  namespaces: ReadonlySet<string>,
): readonly HalfEdge[] {
  return edges.flatMap(({ from, to, ports }) => {
    const [end, other] = direction === 'ingress' ? [to, from] : [from, to]
    const halves = ownsOf(draft, end, direction, namespaces).map((own): HalfEdge => ({ own, other, ports }))
    return halves.flatMap((half) => closedPart(draft, half, direction))
  })
}

function closedPart({ evaluation }: Draft, half: HalfEdge, direction: Direction): readonly HalfEdge[] {
  const { own, other, ports } = half
  const [from, to] = direction === 'ingress' ? [other, own] : [own, other]
  const answer = verdictOf(evaluation, from, to)?.[direction]
  if (!answer || answer.exempt !== undefined) return []
  const pods = podsOf(evaluation, to)
  if (ports.length === 0) return coversPorts(answer.allowed, askedPorts([], pods).ports) ? [] : [half]
  const closed = ports.filter((spec) => !coversPorts(answer.allowed, askedPorts([spec], pods).ports))
  return closed.length === 0 ? [] : [{ own, other, ports: closed }]
}

function ownsOf(
  { evaluation }: Draft,
  end: End,
  direction: Direction,
  namespaces: ReadonlySet<string>,
): readonly Own[] {
  if ('workload' in end) return [end]
  if (!('namespace' in end) && !('anyNamespace' in end)) return []
  const workloads = evaluation.cluster.workloads.filter(selectable)
  const homes = 'namespace' in end ? [end.namespace] : [...new Set(workloads.map(({ namespace }) => namespace))]
  return homes.flatMap((namespace): readonly Own[] => {
    const own = workloads.filter((one) => one.namespace === namespace)
    const isolated = own.filter(({ id }) => isolationOf(evaluation, id, direction) !== 'no')
    // One alone has a policy of its own: a name for all would mislead.
    if (own.length === 1 && own[0]) return namespaces.has(namespace) || isolated.length === 1 ? [endOf(own[0])] : []
    return namespaces.has(namespace) || isolated.length === own.length ? [{ namespace }] : isolated.map(endOf)
  })
}
