import { getViewportForBounds, useReactFlow, useStore as useFlowStore } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
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

// From the last row of a class room small cards can't be read.
function closest(): number {
  return document.documentElement.dataset['theme'] === 'projector' ? 1.6 : 1.1
}

// Room for what lies over the canvas: the toolbar and the legend below, banners above.
const PADDING = { top: '28px', right: '28px', bottom: '96px', left: '58px' } as const

/** The viewport: fitted when `key` first has something to show, and moved only when asked. `extent`: undefined where nothing is. */
export function useViewport(key: string, extent: Rect | undefined): Viewport {
  const flow = useReactFlow()
  const width = useFlowStore((state) => state.width)
  const height = useFlowStore((state) => state.height)
  const latest = useRef(extent)
  const fitted = useRef('')
  const fitTo = useCallback(
    (rect: Rect, duration: number) => {
      void flow.setViewport(getViewportForBounds(rect, width, height, 0.1, closest(), PADDING), { duration })
    },
    [flow, width, height],
  )
  useEffect(() => {
    latest.current = extent
    if (extent === undefined) fitted.current = ''
    if (extent === undefined || width === 0 || fitted.current === key) return
    fitted.current = key
    fitTo(extent, 0)
  }, [key, extent, width, fitTo])
  const fit = useCallback(() => {
    if (latest.current !== undefined) fitTo(latest.current, motion())
  }, [fitTo])
  const zoom = useCallback(
    (direction: 1 | -1) => {
      const options = { duration: motion() }
      void (direction === 1 ? flow.zoomIn(options) : flow.zoomOut(options))
    },
    [flow],
  )
  const { show } = useShow()
  const frame = useCallback(
    (rect: Rect) => {
      const at = flow.getViewport().zoom
      const isLarge = rect.width * at > width - 48 || rect.height * at > height - 124
      if (isLarge) fitTo(rect, motion())
      else show(rect)
    },
    [flow, width, height, fitTo, show],
  )
  return { fit, zoom, show, frame }
}

function useShow(): { show: (rect: Rect) => void } {
  const flow = useReactFlow()
  const width = useFlowStore((state) => state.width)
  const height = useFlowStore((state) => state.height)
  const show = useCallback(
    (rect: Rect) => {
      const { x, y, zoom } = flow.getViewport()
      const on = { x: rect.x * zoom + x, y: rect.y * zoom + y, width: rect.width * zoom, height: rect.height * zoom }
      const dx = into(on.x, on.width, 24, width - 24)
      const dy = into(on.y, on.height, 24, height - 100)
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motion() })
    },
    [flow, width, height],
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
