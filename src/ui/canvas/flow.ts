import { Position } from '@xyflow/react'
import { endId, type End } from '#core/model/end.ts'
import type { Edge, WorkloadCard } from '#core/model/picture.ts'
import type { Selection } from '#state/view.ts'
import { pathOf } from './curve.ts'
import type { Point, Rect } from './geometry.ts'
import type { Layout } from './layout.ts'
import type { LineData, LineEdge } from './LineView.tsx'
import { boxName, cardName, outsideName } from './look.ts'
import type { Marks } from './marks.ts'
import type { CanvasNode, FlowNode, HeadNode, NodeMarks } from './nodeTypes.ts'
import type { Course } from './route.ts'
import { boxNodeId, type Line, type Scene } from './scene.ts'

/** A node that follows the pointer; a box takes its cards with it. */
export interface Drag {
  readonly node: string
  readonly at: Point
}

/** What decides how nodes and lines are marked. */
export interface Marking {
  readonly selection: Selection | undefined
  /** The end that a connection is being drawn from: its node. */
  readonly source: string | undefined
  readonly highlighted: ReadonlySet<string>
  /** Ends that what the text points at selects; none: it points at nobody. */
  readonly chosen: ReadonlySet<string>
  readonly changed: ReadonlySet<string>
  /** How changed lines look: they flash once for each edit (so the two take turns), or stay lit. */
  readonly flash: 'even' | 'odd' | 'lit'
  readonly noPolicies: boolean
  readonly writable: boolean
  /** The line that Tab leads to. */
  readonly tabStop: string | undefined
}

/** Where each node stands, by node id, while something may be under way. */
export function rectsOf(scene: Scene, layout: Layout, drag: Drag | undefined): Map<string, Rect> {
  const rects = new Map<string, Rect>()
  for (const { card, workloads, closed } of scene.boxes) {
    const box = layout.boxes.get(card.name)
    if (box === undefined) continue
    const id = boxNodeId(card.name)
    const moved = drag?.node === id ? { x: drag.at.x - box.x, y: drag.at.y - box.y } : { x: 0, y: 0 }
    rects.set(id, shift(box, moved))
    for (const workload of closed ? [] : workloads) {
      const rect = layout.cards.get(workload.id)
      if (rect !== undefined) rects.set(workload.id, shift(rect, moved))
    }
  }
  for (const [id, rect] of layout.outside) rects.set(id, rect)
  const dragged = drag === undefined ? undefined : rects.get(drag.node)
  if (drag !== undefined && dragged !== undefined) rects.set(drag.node, { ...dragged, ...drag.at })
  return rects
}

function shift(rect: Rect, by: Point): Rect {
  return by.x === 0 && by.y === 0 ? rect : { ...rect, x: rect.x + by.x, y: rect.y + by.y }
}

/** The nodes for React Flow: boxes first, cards above lines, all with their sizes so that nothing has to be measured. */
export function nodesOf(
  scene: Scene,
  rects: ReadonlyMap<string, Rect>,
  marking: Marking,
  tintOf: (namespace: string) => string,
): FlowNode[] {
  const ends = ringedBy(scene.lines, marking.selection)
  const marks = (node: string, end: string): NodeMarks => ({
    selected: marking.selection?.type === 'card' && marking.selection.id === end,
    ringed: ends.has(node),
    linked: linkOf(marking, end),
    source: marking.source === node,
    noPolicies: marking.noPolicies,
  })
  const base = (id: string, name: string): typeof nothing & { ariaLabel: string } => ({
    ...place(id, rects),
    ariaLabel: name,
    draggable: marking.writable,
  })
  const boxes = scene.boxes.flatMap((box): FlowNode[] => {
    const id = boxNodeId(box.card.name)
    const hides = box.closed && box.workloads.some((card) => marking.chosen.has(card.id))
    const own = marks(id, box.card.name)
    const linked = hides ? 'chosen' : box.closed || own.linked === 'chosen' ? own.linked : 'none'
    const data = { ...own, linked, box, tint: tintOf(box.card.name) } as const
    const look = box.closed ? { zIndex: 3 } : { zIndex: -1, style: { pointerEvents: 'none' as const } }
    const rect = rects.get(id)
    const handles = [handleFor('whole', rect), handleFor('start', rect)]
    const name = named(boxName(box.card, box.workloads.length), data)
    const node: CanvasNode = { ...base(id, name), ...look, handles, type: 'box', data, ariaRole: 'group' }
    return box.closed ? [node] : [node, headOf(node, data)]
  })
  const cardNode = (card: WorkloadCard): CanvasNode => {
    const data = { ...marks(card.id, card.id), card }
    return { ...base(card.id, named(cardName(card), data)), zIndex: 3, type: 'card', data, ariaRole: 'button' }
  }
  const cards = scene.boxes.flatMap((box) => (box.closed ? [] : box.workloads.map(cardNode)))
  const outside = scene.outside.map((end): CanvasNode => {
    const id = endId(end)
    const data = { ...marks(id, id), end }
    return { ...base(id, named(outsideName(end), data)), zIndex: 3, type: 'outside', data, ariaRole: 'button' }
  })
  return [...boxes, ...cards, ...outside].filter((node) => rects.has(standsFor(node.id)))
}

const HEAD = 'head '
const HEAD_HEIGHT = 40

/** The node of the picture that a painted node belongs to: a head to its box. */
export function standsFor(id: string): string {
  return id.startsWith(HEAD) ? id.slice(HEAD.length) : id
}

function headOf(box: CanvasNode, data: HeadNode['data']): HeadNode {
  const size = { width: box.width ?? 0, height: HEAD_HEIGHT }
  return {
    id: `${HEAD}${box.id}`,
    type: 'head',
    data,
    position: box.position,
    width: size.width,
    height: size.height,
    measured: size,
    draggable: box.draggable ?? false,
    dragHandle: '.grip',
    focusable: false,
    zIndex: 2,
    style: { pointerEvents: 'none' },
    handles: [handleFor('start', size)],
  }
}

const nothing = {
  id: '',
  measured: { width: 0, height: 0 },
  position: { x: 0, y: 0 },
  width: 0,
  height: 0,
  draggable: true,
  dragHandle: '.grip',
}

function place(
  id: string,
  rects: ReadonlyMap<string, Rect>,
): typeof nothing & { handles: ReturnType<typeof handleFor>[] } {
  const { x, y, width, height } = rects.get(id) ?? { x: 0, y: 0, width: 0, height: 0 }
  return {
    ...nothing,
    id,
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [handleFor(null, rects.get(id))],
  }
}

/** Where drawing may start or end: all of the node. Given, so that lines need no measuring of nodes out of sight. */
function handleFor(id: string | null, rect: { readonly width: number; readonly height: number } | undefined) {
  const size = { width: rect?.width ?? 0, height: rect?.height ?? 0 }
  return { id, type: 'source' as const, position: Position.Right, x: 0, y: 0, ...size }
}

function named(name: string, { linked }: NodeMarks): string {
  return linked === 'chosen' ? `${name}, selected by the text` : name
}

function linkOf({ chosen }: Marking, end: string): NodeMarks['linked'] {
  if (chosen.size === 0) return 'none'
  return chosen.has(end) ? 'chosen' : 'aside'
}

function ringedBy(lines: readonly Line[], selection: Selection | undefined): Set<string> {
  if (selection?.type !== 'edge') return new Set()
  const line = lines.find((one) => one.edges.some((edge) => edge.id === selection.id))
  return new Set(line === undefined ? [] : [line.from, line.to])
}

/** Above this many lines, labels are shown only where they matter now. */
const MANY_LINES = 90

/** The lines for React Flow, with all that is needed to paint them. */
export function edgesOf(
  lines: readonly Line[],
  courses: ReadonlyMap<string, Course>,
  marks: ReadonlyMap<string, Marks>,
  marking: Marking,
): LineEdge[] {
  const focus = marking.selection?.type === 'card' ? marking.selection.id : undefined
  return lines.flatMap((line) => {
    const course = courses.get(line.id)
    const mark = marks.get(line.id)
    if (course === undefined || mark === undefined) return []
    const touched = focus === undefined || touches(line, focus)
    const look = lookOf(line, marking, !touched)
    const showLabel =
      lines.length <= MANY_LINES || look.selected || look.marked || look.broken || (focus !== undefined && touched)
    const data: LineData = {
      ...look,
      path: pathOf(course.curve),
      end: course.end,
      normal: course.normal,
      signs: mark.signs,
      label: mark.label,
      text: line.label,
      status: line.status,
      showLabel,
    }
    return [
      {
        id: line.id,
        type: 'line',
        source: line.from,
        target: line.to,
        ariaLabel: line.name,
        ariaRole: 'button',
        className: `verdict-${line.status}`,
        zIndex: look.selected || look.broken ? 1 : 0,
        interactionWidth: 0,
        domAttributes: { tabIndex: line.id === marking.tabStop ? 0 : -1, 'aria-pressed': look.selected },
        data,
      },
    ]
  })
}

function touches(line: Line, end: string): boolean {
  return line.from === end || line.to === end || line.from === boxNodeId(end) || line.to === boxNodeId(end)
}

// A line of the checks' layer that no check asks for is one that a lesson asks about.
function isUnasked({ checks, layers }: Edge): boolean {
  return checks.length === 0 && !layers.includes('checks')
}

type Look = Pick<LineData, 'broken' | 'differs' | 'calm' | 'stale' | 'selected' | 'marked' | 'changed' | 'faded'>

/** Only what is broken is loud; what is denied by nobody's wish, or as wanted, stays calm (design.md 9). A lesson that asks is neither. */
function lookOf(line: Line, marking: Marking, aside: boolean): Look {
  const ids = line.edges.map((edge) => edge.id)
  const { selection } = marking
  const selected = selection?.type === 'edge' && ids.includes(selection.id)
  return {
    broken: line.broken,
    differs: line.differs,
    calm: line.status === 'denied' && !line.broken && line.edges.every((edge) => line.asWanted || isUnasked(edge)),
    stale: line.stale,
    selected,
    marked: ids.some((id) => marking.highlighted.has(id)),
    changed: ids.some((id) => marking.changed.has(id)) ? marking.flash : undefined,
    faded: aside && !line.broken && !selected,
  }
}

/** The end that a node stands for, as actions want it. */
export function endOfNode(node: CanvasNode): End {
  if (node.type === 'outside') return node.data.end
  if (node.type === 'box') return { namespace: node.data.box.card.name }
  return { namespace: node.data.card.namespace, workload: `${node.data.card.kind}/${node.data.card.name}` }
}
