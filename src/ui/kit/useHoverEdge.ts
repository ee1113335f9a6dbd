import { useEffect, useState } from 'react'
import type { App } from '#state/app.ts'
import { useApp } from './AppContext.tsx'

// Who passes over a line on the way to somewhere else doesn't mean it.
const REST_MS = 150

interface HoverEdge {
  readonly enter: (id: string) => void
  readonly leave: () => void
}

/** Marks the lines that decide a connection while the pointer rests on it or it has the focus. Ids that are no edge's mark none. */
export function useHoverEdge(): HoverEdge {
  const app = useApp()
  const [hover] = useState(() => createHover(app))
  useEffect(() => hover.leave, [hover])
  return hover
}

function createHover(app: App): HoverEdge {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isTold = false
  return {
    enter(id) {
      clearTimeout(timer)
      timer = setTimeout(() => {
        isTold = true
        app.actions.hoverEdge(id)
      }, REST_MS)
    },
    leave() {
      clearTimeout(timer)
      if (isTold) app.actions.hoverEdge(undefined)
      isTold = false
    },
  }
}
