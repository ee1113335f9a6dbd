import type { Edge } from '#core/model/picture.ts'
import type { AnalysisState } from '#state/app.ts'
import type { ViewState } from '#state/view.ts'

/** The connections of the layers that are switched on, each once: what canvas, table and tally speak of. */
export function visibleEdges(
  { picture, reach }: Pick<AnalysisState, 'picture' | 'reach'>,
  layers: ViewState['layers'],
): readonly Edge[] {
  const shown = (picture?.edges ?? []).filter((edge) => edge.layers.some((layer) => layers[layer]))
  if (!layers.reach || reach.length === 0) return shown
  const known = new Set(shown.map(({ id }) => id))
  return [...shown, ...reach.filter(({ id }) => !known.has(id))]
}
