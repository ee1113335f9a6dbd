import { useReactFlow, useStore as useFlowStore } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { fittedTo, isSameView, type Stage, type View } from './fit.ts'
import { around, type Rect } from './geometry.ts'

/** Ways to look at the canvas. Nothing of it happens by an edit. */
export interface Viewport {
  readonly fit: () => void
  readonly zoom: (direction: 1 | -1) => void
  /** Moves just so far that the rectangle is in sight; not at all where it is. */
  readonly show: (rect: Rect) => void
  /** The same, and farther away where it is too large to be in sight. */
  readonly frame: (rect: Rect) => void
}

/** The viewport: fitted when `key` first has something to show, and moved only when asked. `extent`: undefined where nothing is. */
export function useViewport(key: string, extent: Rect | undefined, foot: RefObject<HTMLElement | null>): Viewport {
  const flow = useReactFlow()
  const stage = useStage()
  const latest = useRef(extent)
  const fitted = useRef<
    { readonly key: string; readonly stage: ReturnType<typeof useStage>; readonly view: View } | undefined
  >(undefined)
  const fitTo = useCallback(
    (rect: Rect, duration: number) => {
      const view = fittedTo(rect, { ...stage, foot: coveredBy(foot) })
      void flow.setViewport(view, { duration })
      return view
    },
    [flow, stage, foot],
  )
  useEffect(() => {
    latest.current = extent
    if (extent === undefined) fitted.current = undefined
    if (extent === undefined || stage.width === 0) return
    const last = fitted.current
    const isSame = last?.key === key
    if (isSame && last.stage === stage) return
    // A banner came, a panel went: who has not looked elsewhere since sees all again. Another size of type is another view.
    const stays = isSame && last.stage.closest === stage.closest && !isSameView(flow.getViewport(), last.view)
    fitted.current = { key, stage, view: stays ? last.view : fitTo(extent, 0) }
  }, [key, extent, stage, flow, fitTo])
  const fit = useCallback(() => {
    if (latest.current !== undefined) fitted.current = { key, stage, view: fitTo(latest.current, motion()) }
  }, [key, stage, fitTo])
  const zoom = useCallback(
    (direction: 1 | -1) => {
      const options = { duration: motion() }
      void (direction === 1 ? flow.zoomIn(options) : flow.zoomOut(options))
    },
    [flow],
  )
  const { show } = useShow(stage, foot)
  const frame = useCallback(
    (rect: Rect) => {
      const at = flow.getViewport().zoom
      const isLarge = rect.width * at > stage.width - 48 || rect.height * at > stage.height - coveredBy(foot) - 48
      if (isLarge) fitTo(rect, motion())
      else show(rect)
    },
    [flow, stage, foot, fitTo, show],
  )
  return { fit, zoom, show, frame }
}

/** How near one may come, and the room that the zoom bar takes: it is drawn larger, too. */
const USUAL = { closest: 1.1, aside: 50 } as const
const LARGE = { closest: 1.6, aside: 66 } as const

/** The stage but for the bars below; the same object as long as nothing of it changes. */
function useStage(): Omit<Stage, 'foot'> {
  const { view } = useApp()
  const width = useFlowStore((state) => state.width)
  const height = useFlowStore((state) => state.height)
  // From the last row of a class room small cards can't be read.
  const isLarge = useStore(view, (state) => state.theme === 'projector')
  return useMemo(() => ({ width, height, ...(isLarge ? LARGE : USUAL) }), [width, height, isLarge])
}

/** What the bars cover now. Not observed: a legend that grows by an edit moves nothing. */
function coveredBy(foot: RefObject<HTMLElement | null>): number {
  return (foot.current?.getBoundingClientRect().height ?? 0) + FOOT_GAP
}

/** Below the bars. */
const FOOT_GAP = 10

function useShow(
  { width, height }: ReturnType<typeof useStage>,
  foot: RefObject<HTMLElement | null>,
): { show: (rect: Rect) => void } {
  const flow = useReactFlow()
  const show = useCallback(
    (rect: Rect) => {
      const { x, y, zoom } = flow.getViewport()
      const on = { x: rect.x * zoom + x, y: rect.y * zoom + y, width: rect.width * zoom, height: rect.height * zoom }
      const dx = into(on.x, on.width, 24, width - 24)
      const dy = into(on.y, on.height, 24, height - coveredBy(foot) - 24)
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motion() })
    },
    [flow, width, height, foot],
  )
  return { show }
}

/** How far a span has to move to lie within `[low, high]`; its start wins where it is too long. */
function into(at: number, size: number, low: number, high: number): number {
  if (at < low) return low - at
  return at + size > high ? Math.max(low - at, high - at - size) : 0
}

function motion(): number {
  return globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220
}

/** The rectangle of a line's ends. */
export function spanOf(ids: readonly string[], rects: ReadonlyMap<string, Rect>): Rect | undefined {
  const found = ids.flatMap((id) => rects.get(id) ?? [])
  return found.length === 0 ? undefined : around(found)
}
