import { useMemo } from 'react'
import type { Edge } from '#core/model/picture.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { shownPicture, shownReach } from '#state/shown.ts'
import { visibleEdges } from './visibleEdges.ts'

/** The connections of the layers that are switched on. */
export function useVisibleEdges(): readonly Edge[] {
  const app = useApp()
  const picture = useStore(app.analysis, shownPicture)
  const reach = useStore(app.analysis, shownReach)
  const layers = useStore(app.view, (state) => state.layers)
  return useMemo(() => visibleEdges({ picture, reach }, layers), [picture, reach, layers])
}
