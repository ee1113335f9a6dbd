import { type End, endId } from '#core/model/end.ts'
import type { Edge } from '#core/model/picture.ts'
import {
  ALL_PORTS,
  formatPorts,
  isNoPorts,
  NO_PORTS,
  portRange,
  type PortSet,
  subtractPorts,
  unitePorts,
} from '#core/model/ports.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { portsOf } from './cards.ts'
import { connect, type Connection, drawEdge, type Ties } from './edge.ts'
import { differsOfAll, nameWith } from './differs.ts'
import { waysIn } from './exposures.ts'
import { labelOf, nameOf, OTHERS, type Part, partsOfPorts } from './edgeTexts.ts'
import { groupBy } from '#core/model/group.ts'
import { endOf, judgePair, type Scene, workloadsOf } from './scene.ts'

const REACH: Ties = { layers: ['reach'], checks: [], rules: [] }

// With more lines than this, a namespace whose workloads all get the same answer is one line to its box.
const MOST_SINGLE_LINES = 60

/** Whose connections are asked for, and whether closed ones are wanted, too. */
export interface ReachQuestion {
  readonly end: End
  readonly denied: boolean
  /** The outside ends that are on the canvas. */
  readonly outside: readonly End[]
}

/** All connections of a card, in and out, for the full set of ports (from the ingress controller: the exposed ones); yields between them. */
export function* reachSteps(
  scene: Scene,
  question: ReachQuestion,
): Generator<undefined, { readonly edges: readonly Edge[] }, void> {
  const { end, denied } = question
  const edges = new Map<string, Edge>()
  const ways = new Map(waysIn(scene).map(({ connection }) => [endId(connection.to), connection]))
  for (const other of partnersOf(scene, question)) {
    for (const edge of [drawFor(scene, end, other, ways), drawFor(scene, other, end, ways)])
      if (edge && (denied || edge.status !== 'denied')) edges.set(edge.id, edge)
    yield
  }
  const all = [...edges.values()]
  return { edges: all.length > MOST_SINGLE_LINES ? boxUp(scene, end, all) : all }
}

// The ingress controller sends to what is exposed to it, and nothing is exposed by sending to it.
function drawFor(scene: Scene, from: End, to: End, ways: ReadonlyMap<string, Connection>): Edge | undefined {
  if ('ingressController' in to) return undefined
  if (!('ingressController' in from)) return drawReach(scene, from, to)
  const way = ways.get(endId(to))
  return way && drawEdge(scene, way, REACH)
}

/** One connection with the full set of ports; closed ports that the pods declare are named (design.md 8). Undefined where an end is missing. */
export function drawReach(scene: Scene, from: End, to: End): Edge | undefined {
  const verdict = judgePair(scene, from, to)?.verdict
  if (!verdict) return undefined
  const edge = drawEdge(scene, connect(from, to, []), REACH)
  if (edge.status !== 'partial') return edge
  const parts = openAndDeclared(scene, to, verdict)
  const name = nameWith(nameOf(from, to, edge.ports, { status: edge.status, parts }), edge.differs)
  return { ...edge, label: labelOf(edge.ports, parts), name }
}

// "Others are closed" says little where the closed ones are those that the pods listen on.
function openAndDeclared(scene: Scene, to: End, verdict: Verdict): readonly Part[] {
  const parts = partsOfPorts(verdict, ALL_PORTS)
  const open = [verdict.allowed, verdict.partial, verdict.undetermined].reduce(unitePorts)
  const closed = subtractPorts(declaredBy(scene, to), open)
  if (isNoPorts(closed)) return parts
  const declared: Part = { text: `declared ${formatPorts(closed)}`, status: 'denied' }
  return parts.map((part) => (part.text === OTHERS && part.status === 'denied' ? declared : part))
}

function declaredBy(scene: Scene, end: End): PortSet {
  const ports = workloadsOf(scene, end).flatMap(portsOf)
  return ports.map(({ protocol, port }) => portRange(protocol, port, port)).reduce(unitePorts, NO_PORTS)
}

function partnersOf(scene: Scene, { end, outside }: ReachQuestion): readonly End[] {
  const others = scene.loaded.cluster.workloads.filter((one) => {
    if (one.id === endId(end)) return one.replicas > 1
    return one.pods.some((pod) => !pod.finished)
  })
  const inside = 'namespace' in end
  return [...others.map(endOf), ...(inside ? [...outside, ...internetOf(outside)] : [])]
}

// What a workload may send to the world, and who of the world reaches it, matters also where no rule names the internet.
function internetOf(outside: readonly End[]): readonly End[] {
  return outside.some((end) => 'internet' in end || 'anywhere' in end) ? [] : [{ internet: true }]
}

function boxUp(scene: Scene, end: End, edges: readonly Edge[]): readonly Edge[] {
  const outgoing = (edge: Edge): boolean => endId(edge.from) === endId(end)
  const partner = (edge: Edge): End => (outgoing(edge) ? edge.to : edge.from)
  const boxKey = (edge: Edge): string => {
    const other = partner(edge)
    return 'workload' in other ? `${outgoing(edge)} ${other.namespace}` : edge.id
  }
  return [...groupBy(edges, boxKey).values()].flatMap((group) => {
    const [first] = group
    const other = first && partner(first)
    if (!first || !other || !('workload' in other)) return group
    const members = scene.members.get(other.namespace)?.filter((one) => one.id !== endId(end)) ?? []
    const same = group.length === members.length && group.every((edge) => isLike(edge, first))
    return same && group.length > 1
      ? [withAll(toBox(first, { namespace: other.namespace }, outgoing(first)), group)]
      : group
  })
}

function isLike(a: Edge, b: Edge): boolean {
  return (
    a.label === b.label &&
    a.status === b.status &&
    a.differs?.reference === b.differs?.reference &&
    a.differs?.beyond === b.differs?.beyond
  )
}

function toBox(edge: Edge, box: End, outgoing: boolean): Edge {
  const [from, to] = outgoing ? [edge.from, box] : [box, edge.to]
  const connection = connect(from, to, [])
  const name = nameOf(from, to, edge.ports, { status: edge.status, parts: [] })
  return { ...edge, id: `${endId(connection.from)}→${endId(connection.to)} all ports`, from, to, name }
}

// What the CNI does otherwise is told of all of them.
function withAll(box: Edge, edges: readonly Edge[]): Edge {
  if (!box.differs) return box
  const differs = differsOfAll(edges, box.differs.reference)
  return { ...box, name: nameWith(box.name, differs), differs }
}
