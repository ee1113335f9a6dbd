import '@xyflow/react/dist/style.css'
import {
  Background,
  ConnectionMode,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useConnection,
  type Connection,
  type NodeChange,
} from '@xyflow/react'
import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { endId } from '#core/model/end.ts'
import type { Selection } from '#state/view.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { useHoverEdge } from '#ui/kit/useHoverEdge.ts'
import { MenuAt, type MenuEntries } from '#ui/kit/Menu.tsx'
import { AddDialogs } from './AddDialogs.tsx'
import { BoxView, HeadView } from './BoxView.tsx'
import styles from './canvas.module.css'
import { CardView } from './CardView.tsx'
import { canvasEntries, lineEntries, nodeEntries, selectNode, whyOf, type CommandContext } from './commands.ts'
import { DrawingLine } from './DrawingLine.tsx'
import { settle, type Dropped } from './drop.ts'
import { EmptyState } from './EmptyState.tsx'
import { endOfNode, standsFor, type Drag } from './flow.ts'
import { contains } from './geometry.ts'
import { pressKey } from './keys.ts'
import { LineView, type LineEdge } from './LineView.tsx'
import type { CanvasNode, FlowNode } from './nodeTypes.ts'
import { OutsideView } from './OutsideView.tsx'
import { ChangesNote, ConnectBanner, DraftOverlay } from './Overlays.tsx'
import { Legend, Toolbar, ZoomBar } from './Toolbar.tsx'
import { useShownSet } from './useShownSet.ts'
import { useConnecting, type Connecting } from './useConnecting.ts'
import { useScene, type Painted } from './useScene.ts'
import { useWritable } from './useWritable.ts'
import { spanOf, useViewport, type Viewport } from './useViewport.ts'

/** The graph: namespaces, workloads and what is outside, with every connection by its verdict; the place to draw. */
export function Canvas(): ReactNode {
  return (
    <ReactFlowProvider>
      <Stage />
    </ReactFlowProvider>
  )
}

const NODE_TYPES = { card: CardView, box: BoxView, head: HeadView, outside: OutsideView }
const EDGE_TYPES = { line: LineView }

/** Above this many nodes, only those in sight are kept in the page. */
const MANY_NODES = 260

type OpenMenu = { readonly x: number; readonly y: number; readonly entries: MenuEntries }

function Stage(): ReactNode {
  const app = useApp()
  const writable = useWritable()
  const [drag, setDrag] = useState<Drag | undefined>(undefined)
  const [menu, setMenu] = useState<OpenMenu | undefined>(undefined)
  const [shownRevision, setShownRevision] = useState<number | undefined>(undefined)
  const [tidied, setTidied] = useState(0)
  const [tabStop, setTabStop] = useState<string | undefined>(undefined)
  const frame = useRef<HTMLDivElement>(null)
  const help = useId()
  const connecting = useConnecting()
  const underWay = useMemo(
    () => ({ drag, source: connecting.source, shownRevision, tidied, tabStop }),
    [drag, connecting.source, shownRevision, tidied, tabStop],
  )
  const painted = useScene(underWay)
  const foot = useRef<HTMLDivElement>(null)
  const viewport = useViewport(painted?.key ?? '', painted?.nodes.length === 0 ? undefined : painted?.extent, foot)
  const expect = useFollowSelection(painted, viewport)
  useReturnFocus(frame)
  useShownSet(painted, viewport)
  const hover = useHoverEdge()
  const tidy = (): void => {
    app.actions.tidy()
    setTidied((count) => count + 1)
    requestAnimationFrame(() => requestAnimationFrame(viewport.fit))
  }
  const commands: CommandContext = { app, connect: connecting.begin, fit: viewport.fit, tidy }
  const nodeOf = (id: string): CanvasNode | undefined => {
    const found = painted?.nodes.find((node) => node.id === standsFor(id))
    return found?.type === 'head' ? undefined : found
  }
  const withNode = (node: FlowNode, act: (one: CanvasNode) => void): void => {
    const one = nodeOf(node.id)
    if (one !== undefined) act(one)
  }
  const lines = painted?.scene.lines ?? []
  const openMenu = (at: { x: number; y: number }, entries: MenuEntries): void => setMenu({ ...at, entries })
  const openLine = (id: string, at: { x: number; y: number }): void => {
    const line = lines.find((one) => one.id === id)
    const [edge] = line?.edges ?? []
    if (line === undefined || edge === undefined) return
    if (line.edges.length === 1) whyOf(app, edge)
    else openMenu(at, lineEntries(commands, line, writable))
  }
  const finish = useDropped(painted, setDrag)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || !event.currentTarget.contains(target)) return
    if (isControl(target) && event.key !== 'Escape') return
    const holder = target.closest<HTMLElement>('.react-flow__node, .react-flow__edge')
    const id = holder?.dataset['id'] ?? holder?.getAttribute('data-id') ?? undefined
    const isEdge = holder?.classList.contains('react-flow__edge') === true
    const meant = pressKey(
      {
        key: event.key,
        shift: event.shiftKey,
        node: isEdge ? undefined : id,
        edge: isEdge ? id : undefined,
        at: middleOf(holder),
      },
      {
        commands,
        connecting,
        rects: painted?.rects ?? new Map(),
        lines,
        writable,
        nodeOf,
        focus: (kind, one) => focusOn(frame.current, kind, one),
        nudge: (node, dx, dy) => finish(node, { x: node.position.x + dx, y: node.position.y + dy }),
        openMenu,
        zoom: viewport.zoom,
      },
    )
    if (meant) event.preventDefault()
  }
  const empty = painted !== undefined && painted.nodes.length === 0
  const busy = useConnection((state) => state.inProgress)
  return (
    // The canvas is one place for keys: what they do depends on the card or line that has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={frame}
      className={`${styles.canvas} ${busy || connecting.stage !== 'off' ? 'connecting' : ''}`}
      aria-label="Canvas"
      aria-describedby={help}
      onKeyDown={onKeyDown}
      onBlur={hover.leave}
      onFocus={(event) => {
        const edge = (event.target as Element).closest('.react-flow__edge')
        if (edge !== null) setTabStop(edge.getAttribute('data-id') ?? undefined)
        if (edge !== null) hover.enter(edge.getAttribute('data-id') ?? '')
      }}
    >
      <p id={help} className="visually-hidden">
        Tab and the arrow keys move between cards. C connects from a card, E goes to its connections, Enter selects,
        Delete removes, Shift and arrows move, Shift F10 opens the menu. On a connection A allows, X denies, P changes
        its ports.
      </p>
      <ReactFlow<FlowNode, LineEdge>
        nodes={painted?.nodes ?? []}
        edges={painted?.edges ?? []}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        connectionMode={ConnectionMode.Loose}
        connectionRadius={0}
        connectionDragThreshold={4}
        connectionLineComponent={DrawingLine}
        connectOnClick={false}
        nodesConnectable={writable}
        elementsSelectable={false}
        elevateNodesOnSelect={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode={null}
        zoomOnDoubleClick={false}
        minZoom={0.1}
        maxZoom={2}
        nodeDragThreshold={3}
        onlyRenderVisibleElements={(painted?.nodes.length ?? 0) > MANY_NODES}
        onNodesChange={(changes) => follow(changes, setDrag)}
        onNodeDragStop={(_, node) => withNode(node, (one) => finish(one, node.position))}
        onConnect={(connection: Connection) => joinBy(connection, nodeOf, connecting)}
        onNodeClick={(_, node) =>
          withNode(node, (one) => (connecting.stage === 'off' ? selectNode(app, one) : connecting.pick(one)))
        }
        onEdgeMouseEnter={(_, edge) => hover.enter(edge.id)}
        onEdgeMouseLeave={hover.leave}
        onEdgeClick={(event, edge) => openLine(edge.id, { x: event.clientX, y: event.clientY })}
        onPaneClick={() => app.actions.select(undefined)}
        onNodeContextMenu={(event, node) => {
          event.preventDefault()
          const at = { x: event.clientX, y: event.clientY }
          withNode(node, (one) => openMenu(at, nodeEntries(commands, one, writable)))
        }}
        onEdgeContextMenu={(event, edge) => {
          event.preventDefault()
          const line = lines.find((one) => one.id === edge.id)
          if (line) openMenu({ x: event.clientX, y: event.clientY }, lineEntries(commands, line, writable))
        }}
        onPaneContextMenu={(event) => {
          event.preventDefault()
          const box = boxUnder(event, frame.current, painted, nodeOf)
          const at = { x: event.clientX, y: event.clientY }
          openMenu(at, box ? nodeEntries(commands, box, writable) : canvasEntries(commands, writable))
        }}
      >
        <Background gap={20} size={1.3} />
        <MapPart painted={painted} frame={frame} viewport={viewport} />
      </ReactFlow>
      {empty ? <EmptyState /> : undefined}
      <ChangesNote shown={shownRevision} onShow={setShownRevision} />
      {connecting.stage === 'off' ? undefined : (
        <ConnectBanner prompt={connecting.prompt} onCancel={connecting.cancel} />
      )}
      <div ref={foot} className={styles.foot}>
        <Toolbar
          connecting={connecting.stage !== 'off'}
          onConnect={() => connecting.begin(undefined)}
          onAddInternet={() => {
            app.actions.place({ internet: true })
            expect('internet')
          }}
          onTidy={tidy}
        />
        <Legend />
      </div>
      {painted === undefined ? undefined : <DraftOverlay rects={painted.rects} />}
      {menu === undefined ? undefined : <MenuAt {...menu} onClose={() => setMenu(undefined)} />}
      <AddDialogs onAdded={expect} />
    </section>
  )
}

/** The zoom bar and the mini map; the map shows by itself where there is room and something to find. */
function MapPart(props: {
  painted: Painted | undefined
  frame: { current: HTMLElement | null }
  viewport: Viewport
}): ReactNode {
  const { painted, frame, viewport } = props
  const [wanted, setWanted] = useState<boolean | undefined>(undefined)
  const [wide, setWide] = useState(false)
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(([entry]) => setWide((entry?.contentRect.width ?? 0) >= 1000))
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  const count = painted?.nodes.length ?? 0
  const shown = wanted ?? wide
  return (
    <>
      <ZoomBar map={shown} onZoom={viewport.zoom} onFit={viewport.fit} onMap={() => setWanted(!shown)} />
      {shown && count > 0 ? (
        <MiniMap<FlowNode>
          className={styles.map ?? ''}
          ariaLabel="Mini map"
          pannable
          zoomable
          position={wide ? 'bottom-right' : 'top-right'}
          style={{ width: 148, height: 96 }}
          maskColor="color-mix(in srgb, var(--bg) 60%, transparent)"
          nodeClassName={(node) => mapClass(node)}
          nodeStrokeWidth={0}
          nodeBorderRadius={6}
        />
      ) : undefined}
    </>
  )
}

function mapClass(node: FlowNode): string {
  if (node.type === 'head') return styles.mapNothing ?? ''
  if (node.type === 'box' && !node.data.box.closed) return styles.mapBox ?? ''
  return (node.type === 'outside' ? styles.mapOutside : styles.mapCard) ?? ''
}

/** Shows what was selected elsewhere (a row, the find dialog) or has just been added, if it is out of sight. */
function useFollowSelection(painted: Painted | undefined, viewport: Viewport): (id: string) => void {
  const app = useApp()
  const selection = useStore(app.view, (state) => state.selection)
  const shown = useRef<Selection | undefined>(undefined)
  const expected = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (painted === undefined) return
    const added = expected.current
    const rect = added === undefined ? undefined : spanOf([added, `ns ${added}`], painted.rects)
    if (added !== undefined && rect !== undefined) {
      expected.current = undefined
      viewport.show(rect)
      app.actions.select({ type: 'card', id: added })
    }
    if (selection === shown.current) return
    shown.current = selection
    const span = selection === undefined ? undefined : spanOfSelection(selection, painted)
    if (span !== undefined) viewport.show(span)
  }, [painted, selection, viewport, app])
  return useCallback((id: string) => {
    expected.current = id
  }, [])
}

function spanOfSelection(selection: Selection, { scene, rects }: Painted): ReturnType<typeof spanOf> {
  if (selection.type === 'card') {
    const namespace = selection.id.slice(0, selection.id.indexOf('/'))
    return spanOf([selection.id], rects) ?? spanOf([`ns ${selection.id}`], rects) ?? spanOf([`ns ${namespace}`], rects)
  }
  const line = scene.lines.find((one) => one.edges.some((edge) => edge.id === selection.id))
  return line === undefined ? undefined : spanOf([line.from, line.to], rects)
}

/** Keeps the focus on the canvas when the small form closes. */
function useReturnFocus(frame: { current: HTMLElement | null }): void {
  const app = useApp()
  const draft = useStore(app.view, (state) => state.draft)
  const from = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (draft !== undefined) {
      from.current =
        'workload' in draft.from || !('namespace' in draft.from) ? endId(draft.from) : `ns ${draft.from.namespace}`
    } else if (from.current !== undefined) {
      if (document.activeElement === document.body) focusOn(frame.current, 'node', from.current)
      from.current = undefined
    }
  }, [draft, frame])
}

/** Ends a move: to the nearest place that is free, as one step of the history. */
function useDropped(
  painted: Painted | undefined,
  setDrag: (drag: undefined) => void,
): (node: CanvasNode, at: { x: number; y: number }) => void {
  const app = useApp()
  return (node, at) => {
    setDrag(undefined)
    if (painted === undefined) return
    const dropped = droppedOf(node)
    app.actions.move(dropped.id, settle(dropped, at, painted.layout))
  }
}

function droppedOf(node: CanvasNode): Dropped {
  if (node.type === 'box') return { type: 'box', id: node.data.box.card.name }
  if (node.type === 'outside') return { type: 'outside', id: endId(endOfNode(node)) }
  return { type: 'card', id: node.id, box: node.data.card.namespace }
}

function follow(changes: readonly NodeChange<FlowNode>[], setDrag: (drag: Drag) => void): void {
  for (const change of changes) {
    if (change.type === 'position' && change.dragging === true && change.position !== undefined) {
      setDrag({ node: standsFor(change.id), at: change.position })
    }
  }
}

function joinBy(connection: Connection, nodeOf: (id: string) => CanvasNode | undefined, connecting: Connecting): void {
  const from = nodeOf(connection.source)
  const to = nodeOf(connection.target)
  if (from !== undefined && to !== undefined) connecting.join(from, to)
}

function focusOn(frame: HTMLElement | null, kind: 'node' | 'edge', id: string): void {
  frame?.querySelector<HTMLElement>(`.react-flow__${kind}[data-id="${CSS.escape(id)}"]`)?.focus()
}

function isControl(target: HTMLElement): boolean {
  return target.closest('button, input, select, textarea') !== null
}

function middleOf(element: Element | null): { x: number; y: number } {
  const rect = element?.getBoundingClientRect()
  return rect === undefined ? { x: 0, y: 0 } : { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
}

/** The namespace whose box is under the pointer: its body lets the pointer through, so that the canvas can be moved. */
function boxUnder(
  event: { clientX: number; clientY: number },
  frame: HTMLElement | null,
  painted: Painted | undefined,
  nodeOf: (id: string) => CanvasNode | undefined,
): CanvasNode | undefined {
  const viewport = frame?.querySelector<HTMLElement>('.react-flow__viewport')
  const origin = frame?.getBoundingClientRect()
  if (!viewport || !origin || painted === undefined) return undefined
  const matrix = new DOMMatrix(getComputedStyle(viewport).transform)
  const at = {
    x: (event.clientX - origin.x - matrix.e) / matrix.a,
    y: (event.clientY - origin.y - matrix.f) / matrix.a,
  }
  const found = painted.scene.boxes.find((box) => {
    const rect = painted.layout.boxes.get(box.card.name)
    return rect !== undefined && contains(rect, at)
  })
  return found === undefined ? undefined : nodeOf(`ns ${found.card.name}`)
}
