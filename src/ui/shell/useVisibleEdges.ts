import { useMemo } from 'react'
import type { Edge } from '#core/model/picture.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { visibleEdges } from './visibleEdges.ts'

/** The connections of the layers that are switched on. */
export function useVisibleEdges(): readonly Edge[] {
  const app = useApp()
  const picture = useStore(app.analysis, (state) => state.picture)
  const reach = useStore(app.analysis, (state) => state.reach)
  const layers = useStore(app.view, (state) => state.layers)
  return useMemo(() => visibleEdges({ picture, reach }, layers), [picture, reach, layers])
}
