import { useEffect, useRef } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import type { Painted } from './useScene.ts'
import { spanOf, type Viewport } from './useViewport.ts'

/** Brings what the text points at in sight when somebody asks to see it: its cards, and the ends of its edges. */
export function useShownSet(painted: Painted | undefined, viewport: Viewport): void {
  const app = useApp()
  const asked = useStore(app.view, (state) => state.linked.shown)
  // What was asked for before there was a canvas is shown when there is one.
  const done = useRef(0)
  useEffect(() => {
    if (asked === done.current || painted === undefined) return
    done.current = asked
    const { linked, highlightedEdges } = app.view.getState()
    const edges = new Set(highlightedEdges)
    const lines = painted.scene.lines.filter((line) => line.edges.some(({ id }) => edges.has(id)))
    const cards = linked.cards.map((id) => (painted.rects.has(id) ? id : `ns ${id.slice(0, id.indexOf('/'))}`))
    const span = spanOf([...cards, ...lines.flatMap(({ from, to }) => [from, to])], painted.rects)
    if (span !== undefined) viewport.frame(span)
  }, [asked, painted, viewport, app])
}
