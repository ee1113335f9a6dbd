import { type End, endId, endName } from '#core/model/end.ts'
import type { Edge } from '#core/model/picture.ts'
import type { Status } from '#core/model/verdict.ts'
import { differsOfAll, nameWith } from './differs.ts'
import { labelOf, type Part } from './edgeTexts.ts'
import { groupBy } from '#core/model/group.ts'

/** With so many cards the canvas opens with its namespaces closed, and bundles by itself what meets in them (design.md 9). */
const MANY_CARDS = 150

/** More lines than this say nothing between open namespaces; more than the other are too many to hold. */
const MOST_LINES = { open: 500, closed: 3000 }

/** The edges, or bundles of them where there are too many: first between different namespaces, then within one, too. */
export function foldEdges(edges: readonly Edge[], cards: number): readonly Edge[] {
  const most = cards > MANY_CARDS ? MOST_LINES.closed : MOST_LINES.open
  if (edges.length <= most) return edges
  const between = bundle(edges, (edge) => endId(boxOf(edge.from)) !== endId(boxOf(edge.to)))
  return between.length <= most ? between : bundle(edges, () => true)
}

// A click or a cursor finds a bundle by its rules; all of thousands would make the message long.
const MOST_REFS = 400

// One line for all edges between the same two namespaces or outside ends; those of checks stay themselves.
function bundle(edges: readonly Edge[], isFolded: (edge: Edge) => boolean): readonly Edge[] {
  const kept = edges.filter((edge) => edge.layers.includes('checks') || !isFolded(edge))
  const others = edges.filter((edge) => !edge.layers.includes('checks') && isFolded(edge))
  const bundles = groupBy(others, (edge) => `${endId(boxOf(edge.from))}→${endId(boxOf(edge.to))}`)
  return [...kept, ...[...bundles].map(([key, members]) => bundleOf(key, members))]
}

function bundleOf(key: string, members: readonly Edge[]): Edge {
  const [first] = members
  if (!first) throw new Error('A bundle of no edges was asked for.')
  const [from, to] = [boxOf(first.from), boxOf(first.to)]
  const ports = members.length === 1 ? '1 connection' : `${members.length} connections`
  const parts = partsOf(members)
  const status = parts.length === 1 && parts[0] ? parts[0].status : 'partial'
  const references = new Set(members.map((edge) => edge.differs?.reference ?? edge.status))
  const [reference = status] = references
  const differs = differsOfAll(members, references.size === 1 ? reference : 'partial')
  return {
    id: `${key} folded`,
    layers: ['rules'],
    from,
    to,
    ports,
    status,
    label: parts.length === 1 ? ports : labelOf(ports, parts),
    name: nameWith(
      `${boxName(from)} → ${boxName(to)} ${ports}: ${status}${parts.length === 1 ? '' : ` (${listOf(parts)})`}`,
      differs,
    ),
    blockedAt: status === 'denied' ? blockedAt(members) : 'none',
    checks: [],
    rules: [...new Set(members.flatMap((edge) => edge.rules))].slice(0, MOST_REFS),
    stale: members.some((edge) => edge.stale),
    count: members.length,
    ...(differs && { differs }),
  }
}

const STATUSES: readonly Status[] = ['allowed', 'partial', 'undetermined', 'denied']

function partsOf(members: readonly Edge[]): readonly Part[] {
  return STATUSES.flatMap((status) => {
    const count = members.filter((edge) => edge.status === status).length
    return count === 0 ? [] : [{ text: `${count}`, status }]
  })
}

function blockedAt(members: readonly Edge[]): Edge['blockedAt'] {
  const places = new Set(members.map((edge) => edge.blockedAt))
  const [only] = places
  return places.size === 1 && only ? only : 'both'
}

function listOf(parts: readonly Part[]): string {
  return parts.map((part) => `${part.text} ${part.status}`).join(', ')
}

function boxOf(end: End): End {
  return 'workload' in end ? { namespace: end.namespace } : end
}

function boxName(end: End): string {
  return 'namespace' in end ? end.namespace : endName(end)
}
