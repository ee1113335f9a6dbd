import { useMemo, useState } from 'react'
import type { DocumentsState } from '#state/app.ts'
import { shownPicture, shownReach } from '#state/shown.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { edgesOf, nodesOf, rectsOf, type Drag, type Marking } from './flow.ts'
import type { Rect } from './geometry.ts'
import type { Layout } from './layout.ts'
import type { LineEdge } from './LineView.tsx'
import { extentOf, type Marks } from './marks.ts'
import { createMemory, createReuse, type CanvasMemory } from './memory.ts'
import type { FlowNode } from './nodeTypes.ts'
import { headsOf, routeAll, type Course, type Ground } from './route.ts'
import { useWritable } from './useWritable.ts'
import { boxNodeId, linksOf, sceneOf, specsOf, type Scene } from './scene.ts'

/** What is under way on the canvas and not in the application's state. */
export interface UnderWay {
  readonly drag: Drag | undefined
  /** Node from which a connection is being drawn. */
  readonly source: string | undefined
  /** The revision whose changes are lit up. */
  readonly shownRevision: number | undefined
  /** Counts how often the user has tidied up. */
  readonly tidied: number
  readonly tabStop: string | undefined
}

/** Everything that the canvas paints; `undefined` before the first picture. */
export interface Painted {
  readonly scene: Scene
  readonly layout: Layout
  readonly rects: ReadonlyMap<string, Rect>
  readonly nodes: FlowNode[]
  readonly edges: LineEdge[]
  /** Everything that is drawn, lines and labels too. */
  readonly extent: Rect
  /** Changes with the workspace: the viewport is fitted anew. */
  readonly key: string
}

/** From the application's state to nodes and lines with places. */
export function useScene(underWay: UnderWay): Painted | undefined {
  const app = useApp()
  const workspace = useStore(app.documents, workspaceOf)
  const writable = useWritable()
  const picture = useStore(app.analysis, shownPicture)
  const reach = useStore(app.analysis, shownReach)
  const changes = useStore(app.analysis, (state) => state.changes)
  // What comes to light may lie where nothing was.
  const sealed = useStore(app.analysis, (state) => state.sealed === true)
  const view = useStore(app.view, (state) => state)
  const [memory] = useState(createMemory)
  const [reuseNodes] = useState(() => createReuse<FlowNode>())
  const [reuseEdges] = useState(() => createReuse<LineEdge>())
  const { layers, placed, closedNamespaces, positions, selection, highlightedEdges, linked } = view
  const key = `${workspace} ${underWay.tidied}`

  const scene = useMemo(() => {
    if (picture === undefined) return undefined
    return sceneOf(picture, reach, { layers, placed, closed: memory.closed(workspace, picture, closedNamespaces) })
  }, [picture, reach, layers, placed, closedNamespaces, workspace, memory])
  const layout = useMemo(() => {
    if (picture === undefined || scene === undefined) return undefined
    return memory.layOut(key, { ...specsOf(scene), links: linksOf(picture), positions })
  }, [picture, scene, positions, key, memory])
  const rects = useMemo(
    () => (scene === undefined || layout === undefined ? undefined : rectsOf(scene, layout, underWay.drag)),
    [scene, layout, underWay.drag],
  )
  const routed = useMemo(
    () => (scene === undefined || rects === undefined ? undefined : route(scene, rects, memory.mark)),
    [scene, rects, memory],
  )
  const marking = useMemo(
    (): Marking => ({
      selection,
      source: underWay.source,
      highlighted: new Set(highlightedEdges),
      chosen: new Set(linked.cards),
      changed: new Set(view.comparing ? [] : changes.edges.map(({ id }) => id)),
      flash: underWay.shownRevision === changes.revision ? 'lit' : changes.revision % 2 === 0 ? 'even' : 'odd',
      noPolicies: picture?.counts.policies === 0,
      writable,
      tabStop: underWay.tabStop ?? scene?.lines[0]?.id,
    }),
    [selection, underWay, highlightedEdges, linked.cards, changes, picture, writable, scene, view.comparing],
  )
  const nodes = useMemo(
    () => (scene === undefined || rects === undefined ? [] : reuseNodes(nodesOf(scene, rects, marking, memory.tintOf))),
    [scene, rects, marking, memory, reuseNodes],
  )
  const edges = useMemo(
    () =>
      scene === undefined || routed === undefined
        ? []
        : reuseEdges(edgesOf(scene.lines, routed.courses, routed.marks, marking)),
    [scene, routed, marking, reuseEdges],
  )
  return scene === undefined || layout === undefined || rects === undefined || routed === undefined
    ? undefined
    : { scene, layout, rects, nodes, edges, extent: routed.extent, key: sealed ? `${workspace} sealed` : workspace }
}

const workspaceOf = (state: DocumentsState): string => state.workspace.id

interface Routed {
  readonly courses: ReadonlyMap<string, Course>
  readonly marks: ReadonlyMap<string, Marks>
  readonly extent: Rect
}

function route(scene: Scene, rects: ReadonlyMap<string, Rect>, mark: CanvasMemory['mark']): Routed {
  const open = new Set(scene.boxes.filter((box) => !box.closed).map((box) => boxNodeId(box.card.name)))
  const ground: Ground = {
    rects: new Map([...rects].map(([id, rect]) => [id, { rect, type: open.has(id) ? 'box' : 'card' }])),
  }
  const courses = routeAll(scene.lines, ground)
  const cards = [...ground.rects.values()].filter((node) => node.type === 'card').map((node) => node.rect)
  const marks = mark(scene.lines, courses, { cards, heads: headsOf(ground) })
  return { courses, marks, extent: extentOf(rects.values(), courses, marks) }
}
