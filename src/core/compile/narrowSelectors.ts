import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import { NAMESPACE_NAME_LABEL, type Requirement } from '#core/model/labels.ts'
import type { PodMatcher } from '#core/model/rule.ts'
import { type Outcast, takesIn } from './narrowEnd.ts'
import { endOf, peersOf } from './peers.ts'
import { selectWorkload } from './selectors.ts'

/** One term of `matchExpressions` as it is written. */
export interface Expression {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  readonly values?: readonly string[]
}

/** A term that is added to a selector of a peer. */
export interface Term {
  readonly on: 'podSelector' | 'namespaceSelector'
  readonly expression: Expression
}

/**
 * What becomes of a selector peer without an end: nothing is taken, all is, it stays with one more term, or several take
 * its place.
 */
export type Separated =
  | 'same'
  | 'gone'
  | Term
  | { readonly copies: readonly Copy[] }
  | { readonly items: readonly object[] }

/** A copy of the peer with one more term; `namespace`: for its pods alone. */
export interface Copy {
  readonly term?: Term | undefined
  readonly namespace?: string | undefined
}

/** Leaves an end out of a selector peer so that whoever else it takes in stays, as far as labels tell them apart (semantics.md F.4). */
export function separate(evaluation: Evaluation, peer: PodMatcher, out: Outcast): Separated {
  const chosen = chosenBy(evaluation, peer)
  const inside = new Set(out.pods)
  const own = [...inside].filter((pod) => takesIn(evaluation, peer, pod) !== 'no')
  if (own.length === 0) return 'same'
  const others = chosen.filter((pod) => !inside.has(pod))
  const isExact = others.length === 0 && !isOpen(peer)
  if (isExact || 'anyNamespace' in out.end) return 'gone'
  if ('workload' in out.end || 'ingressController' in out.end || 'host' in out.end)
    return separatePods(evaluation, { peer, out, own, others })
  if (peer.namespaces.type === 'name' || !('namespace' in out.end)) return 'gone'
  return notIn('namespaceSelector', NAMESPACE_NAME_LABEL, out.end.namespace)
}

interface Mixed {
  readonly peer: PodMatcher
  readonly out: Outcast
  /** The pods of the end that the peer takes in, and those of others. */
  readonly own: readonly Pod[]
  readonly others: readonly Pod[]
}

// In this one namespace, whatever comes.
function isLocal({ namespaces }: PodMatcher, home: string): boolean {
  if (namespaces.type === 'name') return true
  const isName = ({ key, operator, values }: Requirement): boolean =>
    key === NAMESPACE_NAME_LABEL && operator === 'In' && values.every((value) => value === home)
  return namespaces.selector.some(isName)
}

// Without any requirement it means whoever comes, too.
function isOpen({ namespaces, pods }: PodMatcher): boolean {
  return pods.length === 0 || (namespaces.type === 'selector' && namespaces.selector.length === 0)
}

function chosenBy(evaluation: Evaluation, peer: PodMatcher): readonly Pod[] {
  const all = evaluation.cluster.workloads.flatMap(({ pods }) => pods)
  return all.filter((pod) => takesIn(evaluation, peer, pod) !== 'no')
}

function separatePods(evaluation: Evaluation, mixed: Mixed): Separated {
  const { peer, own, others } = mixed
  const home = own[0]?.namespace ?? ''
  const neighbours = others.filter(({ namespace }) => namespace === home)
  const terms = termsOf(evaluation, mixed, home)
  const alone = terms.find((term) => isFree(term, others))
  if (alone) return alone
  const here: readonly Copy[] = terms.map((term) => ({ term }))
  if (isLocal(peer, home)) return inOne(evaluation, mixed, { neighbours, here, home })
  const near = inOne(evaluation, mixed, { neighbours, here: here.map((copy) => ({ ...copy, namespace: home })), home })
  const far = notIn('namespaceSelector', NAMESPACE_NAME_LABEL, home)
  if (near === 'gone') return far
  return typeof near === 'object' && 'copies' in near ? { copies: [{ term: far }, ...near.copies] } : 'gone'
}

interface Near {
  readonly neighbours: readonly Pod[]
  readonly here: readonly Copy[]
  readonly home: string
}

// In the namespace of the end: what tells it from the others there, else the others by their own labels.
function inOne(evaluation: Evaluation, { peer, out }: Mixed, { neighbours, here, home }: Near): Separated {
  if (neighbours.length === 0 && peer.pods.length > 0) return 'gone'
  if (here.length > 0) return { copies: here }
  if (peer.namespaces.type !== 'name') return 'gone'
  const named = evaluation.cluster.workloads
    .filter(({ pods }) => pods.some((pod) => neighbours.includes(pod)))
    .flatMap((workload) => peerFor(evaluation, workload, { out, home }))
  return named.length === 0 ? 'gone' : { items: named }
}

// Only what surely leaves the end out.
function peerFor(
  evaluation: Evaluation,
  workload: Workload,
  { out, home }: { out: Outcast; home: string },
): readonly object[] {
  const found = selectWorkload(evaluation.cluster, workload)
  const isMixed = found?.alsoSelects.some(({ pods }) => pods.some((pod) => out.pods.includes(pod)))
  const named = found && isMixed !== true ? peersOf(evaluation, home, endOf(workload)) : undefined
  return named && 'peers' in named && named.peers !== 'any' ? named.peers : []
}

// What its selector says, turned around: any one of these terms leaves the end out, all of them together leave out nobody else.
function termsOf(evaluation: Evaluation, { out, own, others }: Mixed, home: string): readonly Term[] {
  const owner = ownerOf(evaluation, out, own)
  if (!owner) return []
  const rivals = evaluation.cluster.workloads.filter(
    (other) => other.namespace === home && other.id !== owner.id && other.pods.some((pod) => others.includes(pod)),
  )
  const found = selectWorkload({ ...evaluation.cluster, workloads: [owner, ...rivals] }, owner)
  if (!found || found.alsoSelects.length > 0) return []
  const { matchLabels = {}, matchExpressions = [] } = found.selector
  return [
    ...Object.entries(matchLabels).map(([key, value]) => notIn('podSelector', key, value)),
    ...matchExpressions.map(({ key, operator, values }): Term => {
      if (operator === 'DoesNotExist') return { on: 'podSelector', expression: { key, operator: 'Exists' } }
      return { on: 'podSelector', expression: { key, operator: 'In', values: values ?? [] } }
    }),
  ]
}

function ownerOf({ cluster }: Evaluation, { end }: Outcast, own: readonly Pod[]): Workload | undefined {
  const [first] = own
  const found = cluster.workloads.find(({ pods }) => first !== undefined && pods.includes(first))
  if (found || !first || !('ingressController' in end)) return found
  const facts = { kind: 'Pod', name: first.name, replicas: 1, refs: [], sketch: false, assumed: false, stale: false }
  return { id: 'ingress-controller', namespace: first.namespace, pods: own, ...facts }
}

// Does the term leave out none of the others?
function isFree({ expression: { key, operator, values = [] } }: Term, others: readonly Pod[]): boolean {
  if (operator !== 'NotIn') return false
  return others.every(({ labels: { labels, unknown } }) => {
    if (Object.hasOwn(labels, key)) return !values.includes(labels[key] ?? '')
    return unknown !== 'all' && !unknown.includes(key)
  })
}

function notIn(on: Term['on'], key: string, value: string): Term {
  return { on, expression: { key, operator: 'NotIn', values: [value] } }
}
