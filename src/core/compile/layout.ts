import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { type PeerText, portText, type RuleText } from '#core/kinds/networkPolicyText.ts'
import { type End, endId } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { PlanStyle } from '#core/model/intent.ts'
import type { Direction } from '#core/model/rule.ts'
import { type HalfEdge, portsKey, sortSpecs, withoutImplied } from './edges.ts'
import { endOf, peersOf, selectable, subjectOf } from './peers.ts'
import type { Laid } from './laid.ts'
import { shareByNamespace } from './share.ts'

/** Policies of one direction, what must be known about them, and the halves that no policy can say, with the reason. */
export interface Layout {
  readonly laid: readonly Laid[]
  readonly warnings: readonly string[]
  readonly unsaid: readonly { readonly half: HalfEdge; readonly refusal: string }[]
}

/** How halves are laid out. */
export interface LayoutOptions {
  readonly direction: Direction
  readonly style: PlanStyle
}

/**
 * The policies that allow exactly these halves of edges, in the fewest rules: peers with the same ports share one, and no
 * two connections are ever multiplied (semantics.md F.1.4, F.2). The order depends on nothing but the edges.
 */
export function layOut(evaluation: Evaluation, halves: readonly HalfEdge[], options: LayoutOptions): Layout {
  const told = halves.map((half) => ({ half, text: textOf(evaluation, half) }))
  const unsaid = told.flatMap(({ half, text }) => ('refusal' in text ? [{ half, refusal: text.refusal }] : []))
  const warnings = told.flatMap(({ text }) => ('refusal' in text ? [] : text.warnings))
  const said = told.flatMap(({ half, text }) => ('refusal' in text ? [] : [half]))
  const needed = withoutImplied(evaluation, said)
  const byOwn = [...groupBy(needed, ({ own }) => endId(own))].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const laid = byOwn.flatMap(([, own]) =>
    options.style === 'per-edge' ? perEdge(evaluation, own, options) : perWorkload(evaluation, own, options),
  )
  return {
    laid: options.style === 'per-namespace' ? shareByNamespace(laid) : laid,
    warnings: [...new Set(warnings)],
    unsaid,
  }
}

function textOf(
  evaluation: Evaluation,
  { own, other }: HalfEdge,
): { warnings: readonly string[] } | { refusal: string } {
  const subject = subjectOf(evaluation, own)
  if ('refusal' in subject) return subject
  const named = peersOf(evaluation, own.namespace, other)
  return 'refusal' in named ? named : { warnings: [...subject.warnings, ...named.warnings] }
}

function perWorkload(
  evaluation: Evaluation,
  halves: readonly HalfEdge[],
  { direction }: LayoutOptions,
): readonly Laid[] {
  const [first] = halves
  const subject = first && subjectOf(evaluation, first.own)
  if (!subject || 'refusal' in subject) return []
  const { podSelector, stem } = subject
  const { namespace } = first.own
  const rules = rulesOf(evaluation, namespace, halves)
  const named =
    'workload' in first.own ? { stem, suffix: `-${direction}` } : { stem: sharedStem(halves, direction), suffix: '' }
  return [{ namespace, ...named, podSelector, direction, rules, subjects: [first.own] }]
}

// For all pods of a namespace: by what it allows, since "all" tells nothing beside the policies of workloads.
function sharedStem(halves: readonly HalfEdge[], direction: Direction): string {
  const [first = '', ...more] = new Set(sortHalves(halves).map(({ other }) => shortName(other)))
  const rest = more.length === 0 ? '' : `-and-${more.length}-more`
  return `allow-${direction === 'ingress' ? 'from' : 'to'}-${first}${rest}`
}

function perEdge(evaluation: Evaluation, halves: readonly HalfEdge[], options: LayoutOptions): readonly Laid[] {
  const { direction } = options
  return sortHalves(halves).flatMap((half) =>
    perWorkload(evaluation, [half], options).map((laid) => {
      const [from, to] = direction === 'ingress' ? [half.other, half.own] : [half.own, half.other]
      const suffix = direction === 'ingress' ? '' : '-egress'
      return { ...laid, stem: `allow-${shortName(from)}-to-${shortName(to)}`, suffix }
    }),
  )
}

function shortName(end: End): string {
  if ('workload' in end) return end.workload.slice(end.workload.indexOf('/') + 1)
  return 'internet' in end ? 'internet' : endId(end).replace(/^(?:cidr|host|node):/, '')
}

function rulesOf(evaluation: Evaluation, namespace: string, halves: readonly HalfEdge[]): readonly RuleText[] {
  const groups = [...groupBy(sortHalves(halves), ({ ports }) => portsKey(ports)).values()]
  return groups.flatMap((group): RuleText[] => {
    const [first] = group
    if (!first) return []
    const ports = sortSpecs(first.ports).map(portText)
    const ends = wholeNamespaces(
      evaluation,
      group.map(({ other }) => other),
    )
    const open = ends.some((end) => 'anywhere' in end)
    return [{ peers: open ? 'any' : distinctPeers(evaluation, namespace, ends), ports }]
  })
}

function distinctPeers(evaluation: Evaluation, namespace: string, ends: readonly End[]): readonly PeerText[] {
  const peers = ends.flatMap((end) => {
    const named = peersOf(evaluation, namespace, end)
    return 'refusal' in named || named.peers === 'any' ? [] : named.peers
  })
  return [...new Map(peers.map((peer) => [JSON.stringify(peer), peer])).values()]
}

// All workloads of a namespace are its namespaceSelector (semantics.md F.2); of one alone, the drawing means that one.
function wholeNamespaces({ cluster }: Evaluation, ends: readonly End[]): readonly End[] {
  const drawn = new Set(ends.map(endId))
  const homes = new Set(ends.flatMap((end) => ('workload' in end ? [end.namespace] : [])))
  const whole = [...homes].filter((home) => {
    const own = cluster.workloads.filter((one) => one.namespace === home && selectable(one))
    return own.length > 1 && own.every((one) => drawn.has(endId(endOf(one))))
  })
  if (whole.length === 0) return ends
  const rest = ends.filter((end) => !('workload' in end) || !whole.includes(end.namespace))
  return sortEnds([...rest, ...whole.map((namespace) => ({ namespace }))])
}

function sortHalves(halves: readonly HalfEdge[]): readonly HalfEdge[] {
  return halves.toSorted((a, b) => compareEnds(a.other, b.other))
}

function sortEnds(ends: readonly End[]): readonly End[] {
  return ends.toSorted(compareEnds)
}

// Pods, namespaces, then what lies outside: as people read a list of peers.
function compareEnds(a: End, b: End): number {
  const [one, other] = [endId(a), endId(b)]
  return rankOf(a) - rankOf(b) || (one < other ? -1 : one > other ? 1 : 0)
}

function rankOf(end: End): number {
  if ('workload' in end) return 0
  if ('namespace' in end) return 1
  return 'anyNamespace' in end || 'ingressController' in end ? 2 : 3
}
