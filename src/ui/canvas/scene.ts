import { endId, type End } from '#core/model/end.ts'
import type { Edge, Layer, NamespaceCard, Picture, WorkloadCard } from '#core/model/picture.ts'
import type { Status } from '#core/model/verdict.ts'
import type { Link } from './arrange.ts'
import type { BoxSpec, CardSpec } from './layout.ts'

/** A line between two nodes: one connection, or several that a closed namespace bundles. */
export interface Line {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly edges: readonly Edge[]
  readonly status: Status
  readonly label: string
  /** The accessible name. */
  readonly name: string
  readonly blockedAt: Edge['blockedAt']
  /** The CNI does something else with it than the API says. */
  readonly differs: boolean
  /** A check or a lesson's goal behind it is broken: loud. */
  readonly broken: boolean
  /** Somebody asked for it with a check or a goal, and it is as wanted. */
  readonly asWanted: boolean
  readonly stale: boolean
}

/** A namespace with the cards that are shown in it. */
export interface SceneBox {
  readonly card: NamespaceCard
  readonly closed: boolean
  readonly workloads: readonly WorkloadCard[]
  /** Connections between its own workloads that a closed one hides. */
  readonly inside: number
}

/** Everything that the canvas shows, before it has places. */
export interface Scene {
  readonly boxes: readonly SceneBox[]
  readonly outside: readonly End[]
  readonly lines: readonly Line[]
}

/** What of the view decides which things are shown. */
export interface SceneView {
  readonly layers: Readonly<Record<Layer, boolean>>
  readonly placed: readonly End[]
  /** Names of namespaces that are shown as one card. */
  readonly closed: ReadonlySet<string>
}

/** Above this many workloads namespaces open closed (design.md 9). */
export const MANY_WORKLOADS = 150

/** The canvas's name of an end's node; a namespace called `internet` is not the internet. */
export function nodeIdOf(end: End): string {
  return 'namespace' in end && !('workload' in end) ? boxNodeId(end.namespace) : endId(end)
}

/** The canvas's name of a namespace's node. */
export function boxNodeId(namespace: string): string {
  return `ns ${namespace}`
}

/** What of the picture is shown under this view; edges whose ends are not on the canvas are left to the table. */
export function sceneOf(picture: Picture, reach: readonly Edge[], view: SceneView): Scene {
  const shown = picture.workloads.filter((card) => !card.finished)
  const outside = uniqueEnds([...picture.outside, ...view.placed])
  const edges = visibleEdges(picture.edges, reach, view)
  const nodeOf = finder(picture.namespaces, shown, outside, view.closed)
  const drawn = edges.flatMap((edge) => {
    const from = nodeOf(edge.from)
    const to = nodeOf(edge.to)
    return from === undefined || to === undefined ? [] : [{ edge, from, to }]
  })
  return {
    boxes: picture.namespaces.map((card) => boxOf(card, shown, drawn, view.closed)),
    outside,
    lines: bundle(drawn, view.closed),
  }
}

type Drawn = { readonly edge: Edge; readonly from: string; readonly to: string }

function uniqueEnds(ends: readonly End[]): End[] {
  return [...new Map(ends.map((end) => [endId(end), end])).values()]
}

function visibleEdges(edges: readonly Edge[], reach: readonly Edge[], view: SceneView): Edge[] {
  const reached = view.layers.reach ? reach : []
  const shown = edges.filter((edge) => edge.layers.some((layer) => layer !== 'reach' && view.layers[layer]))
  return [...new Map([...reached, ...shown].map((edge) => [edge.id, edge])).values()]
}

function finder(
  namespaces: readonly NamespaceCard[],
  workloads: readonly WorkloadCard[],
  outside: readonly End[],
  closed: ReadonlySet<string>,
): (end: End) => string | undefined {
  const known = new Set([
    ...namespaces.map((card) => boxNodeId(card.name)),
    ...workloads.map((card) => card.id),
    ...outside.map(nodeIdOf),
  ])
  return (end) => {
    const id = nodeIdOf(end)
    if (!known.has(id)) return undefined
    return 'workload' in end && closed.has(end.namespace) ? boxNodeId(end.namespace) : id
  }
}

function boxOf(
  card: NamespaceCard,
  shown: readonly WorkloadCard[],
  drawn: readonly Drawn[],
  closed: ReadonlySet<string>,
): SceneBox {
  const id = boxNodeId(card.name)
  return {
    card,
    closed: closed.has(card.name),
    workloads: shown.filter((workload) => workload.namespace === card.name),
    inside: drawn.filter(({ from, to }) => from === id && to === id).length,
  }
}

/** One line per connection; those that meet in a closed namespace become one line with a count. */
function bundle(drawn: readonly Drawn[], closed: ReadonlySet<string>): Line[] {
  const closedIds = new Set([...closed].map(boxNodeId))
  const groups = new Map<string, Drawn[]>()
  for (const item of drawn) {
    const folded = closedIds.has(item.from) || closedIds.has(item.to)
    if (folded && item.from === item.to) continue
    const key = folded ? `bundle ${item.from}→${item.to}` : item.edge.id
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups].map(([id, items]) => lineOf(id, items))
}

function lineOf(id: string, items: readonly Drawn[]): Line {
  const edges = items.map((item) => item.edge)
  const first = items[0]
  const single = edges.length === 1 ? edges[0] : undefined
  const status = joined(edges)
  const wishes = edges.flatMap(({ checks, goal }) => [...checks, ...(goal === undefined ? [] : [goal])])
  return {
    id: single?.id ?? id,
    from: first?.from ?? '',
    to: first?.to ?? '',
    edges,
    status,
    label: single === undefined ? countLabel(edges) : short(single.label),
    name: single?.name ?? bundleName(first?.from ?? '', first?.to ?? '', edges),
    blockedAt: single?.blockedAt ?? (status === 'denied' ? (edges[0]?.blockedAt ?? 'none') : 'none'),
    differs: edges.some((edge) => edge.differs !== undefined),
    broken: wishes.some(({ outcome }) => outcome === 'broken'),
    asWanted: wishes.length > 0 && wishes.every(({ outcome }) => outcome === 'holds'),
    stale: edges.every((edge) => edge.stale),
  }
}

function joined(edges: readonly Edge[]): Status {
  const statuses = new Set(edges.map((edge) => edge.status))
  const [only] = statuses
  if (statuses.size === 1 && only !== undefined) return only
  return statuses.has('allowed') || statuses.has('partial') ? 'partial' : 'undetermined'
}

const LONGEST_LABEL = 20

/** TCP goes without saying on the canvas, and long lists are cut; the accessible name and the table say it all. */
function short(label: string): string {
  const text = label.replace(/^TCP (?=\d)/, '').replace(/^all ports$/, 'all')
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text
}

function countLabel(edges: readonly Edge[]): string {
  const denied = count(edges, 'denied')
  return denied === 0 || denied === edges.length ? `${edges.length}` : `${edges.length - denied} ✓ · ${denied} ✕`
}

function bundleName(from: string, to: string, edges: readonly Edge[]): string {
  const words = {
    allowed: 'allowed',
    denied: 'denied',
    partial: 'partly allowed',
    undetermined: 'undetermined',
  } as const
  const parts = (['allowed', 'denied', 'partial', 'undetermined'] as const).flatMap((status) => {
    const sum = count(edges, status)
    return sum === 0 ? [] : `${sum} ${words[status]}`
  })
  const differing = edges.filter((edge) => edge.differs !== undefined).length
  const aside = differing === 0 ? '' : `; ${differing} not as the API says`
  return `${bare(from)} → ${bare(to)}, ${edges.length} connections: ${parts.join(', ')}${aside}`
}

function count(edges: readonly Edge[], status: Status): number {
  return edges.filter((edge) => edge.status === status).length
}

function bare(nodeId: string): string {
  return nodeId.startsWith('ns ') ? nodeId.slice(3) : nodeId
}

/** What `layOut` needs to know of a scene; cards get one of a few widths, by the length of their names. */
export function specsOf(scene: Scene): { boxes: BoxSpec[]; outside: CardSpec[] } {
  return {
    boxes: scene.boxes.map(({ card, closed, workloads }) => ({
      id: card.name,
      closed,
      headWidth: Math.min(360, 62 + card.name.length * 7.6 + 132),
      cards: workloads.map((workload) => ({ id: workload.id, width: cardWidth(workload.name) })),
    })),
    outside: scene.outside.map((end) => ({ id: endId(end), width: outsideWidth(endId(end)) })),
  }
}

function cardWidth(name: string): number {
  if (name.length <= 12) return 148
  if (name.length <= 17) return 184
  return name.length <= 22 ? 218 : 248
}

function outsideWidth(id: string): number {
  return id.length <= 15 ? 132 : 178
}

/** The links that the first layout goes by: all edges of the picture whose ends are there, on layout's names. */
export function linksOf(picture: Picture): Link[] {
  return picture.edges.map((edge) => ({ from: endId(edge.from), to: endId(edge.to) }))
}
