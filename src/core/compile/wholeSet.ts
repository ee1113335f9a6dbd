import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { dnsOf } from './dns.ts'
import type { PolicyText } from '#core/kinds/networkPolicyText.ts'
import { type End, endId } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { PlanStyle } from '#core/model/intent.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Edge, HalfEdge, Own } from './edges.ts'
import { type Laid, nameAll, policyOf, type Unnamed } from './laid.ts'
import { layOut, type Layout } from './layout.ts'
import { endOf, selectable } from './peers.ts'

/** What a whole set is about. */
export interface Scope {
  readonly namespaces: readonly string[]
  /** `both` brings default deny both ways, both halves of each edge, and DNS. */
  readonly directions: 'ingress' | 'both'
  readonly style: PlanStyle
}

/** Policies with all that must be known about them. */
export interface WholeSet extends Omit<Layout, 'laid'> {
  readonly policies: readonly PolicyText[]
}

/**
 * The fewest policies that leave exactly these edges (and DNS) open between the workloads of the namespaces and everybody
 * else (semantics.md F.1): a default deny only where some workload has no policy of its own in a direction. Policies that
 * there are already are not looked at.
 */
export function wholeSet(evaluation: Evaluation, edges: readonly Edge[], scope: Scope): WholeSet {
  const layouts = directionsOf(scope).map((direction) =>
    layOut(evaluation, halvesIn(edges, direction, scope.namespaces), { direction, style: scope.style }),
  )
  const laid = layouts.flatMap((layout) => layout.laid)
  const spare = scope.namespaces.flatMap((namespace) => sharedPolicies(evaluation, namespace, laid, scope))
  return {
    policies: nameAll([...spare, ...laid.map(policyOf)], () => false),
    warnings: [...new Set(layouts.flatMap(({ warnings }) => warnings))],
    unsaid: layouts.flatMap(({ unsaid }) => unsaid),
  }
}

/** The directions that a scope isolates. */
export function directionsOf({ directions }: Pick<Scope, 'directions'>): readonly Direction[] {
  return directions === 'both' ? ['ingress', 'egress'] : ['ingress']
}

function halvesIn(edges: readonly Edge[], direction: Direction, namespaces: readonly string[]): readonly HalfEdge[] {
  return edges.flatMap(({ from, to, ports }) => {
    const [end, other] = direction === 'ingress' ? [to, from] : [from, to]
    return ownsOf(end, namespaces).map((own) => ({ own, other, ports }))
  })
}

function ownsOf(end: End, namespaces: readonly string[]): readonly Own[] {
  if ('anyNamespace' in end) return namespaces.map((namespace) => ({ namespace }))
  return 'namespace' in end && namespaces.includes(end.namespace) ? [end] : []
}

function sharedPolicies(
  evaluation: Evaluation,
  namespace: string,
  laid: readonly Laid[],
  scope: Scope,
): readonly Unnamed[] {
  const isEgress = scope.directions === 'both'
  const dns = { namespace, stem: 'allow-dns', suffix: '', podSelector: {} }
  const allowDns = isEgress ? [{ ...dns, rules: { egress: dnsOf(evaluation).rules } }] : []
  // DNS for all pods isolates all of them.
  const open = (isEgress ? (['ingress'] as const) : directionsOf(scope)).filter((direction) =>
    hasUncovered(
      evaluation,
      namespace,
      laid.filter((one) => one.direction === direction),
    ),
  )
  if (open.length === 0) return allowDns
  const rules = Object.fromEntries(open.map((direction) => [direction, []]))
  return [{ namespace, stem: 'default-deny', suffix: '', podSelector: {}, rules }, ...allowDns]
}

function hasUncovered({ cluster }: Evaluation, namespace: string, laid: readonly Laid[]): boolean {
  const covered = new Set(laid.flatMap(({ subjects }) => subjects.map(endId)))
  const byHome = groupBy(cluster.workloads.filter(selectable), (one) => one.namespace)
  return !covered.has(namespace) && (byHome.get(namespace) ?? []).some((one) => !covered.has(endId(endOf(one))))
}
