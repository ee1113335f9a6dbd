import { endId } from '#core/model/end.ts'
import type { Edge, Picture } from '#core/model/picture.ts'
import type { AnalysisState, Asked } from './app.ts'

/**
 * The picture that canvas and table show: as it was, while the user compares; without connections, while they are
 * sealed. What a lesson asks about is drawn in any case.
 */
export function shownPicture({ before, picture, sealed, asked }: AnalysisState): Picture | undefined {
  const shown = before ?? picture
  if (!shown || (sealed !== true && !asked)) return shown
  const { of, result } = made.get(shown) ?? {}
  if (result && of?.sealed === sealed && of?.asked === asked) return result
  const fresh = withAsked(sealed === true ? { ...shown, edges: [] } : shown, asked)
  made.set(shown, { of: { sealed, asked }, result: fresh })
  return fresh
}

// The same one for the same picture: whoever selects it is not drawn anew for nothing.
const made = new WeakMap<Picture, { readonly of: Pick<AnalysisState, 'sealed' | 'asked'>; readonly result: Picture }>()

// A connection that the picture has anyway is not drawn twice.
function withAsked(picture: Picture, asked: Asked | undefined): Picture {
  if (!asked) return picture
  const drawn = new Set(picture.edges.map(pairOf))
  const others = asked.edges.filter((edge) => !drawn.has(pairOf(edge)))
  const known = new Set(picture.outside.map(endId))
  const ends = asked.ends.filter((end) => !known.has(endId(end)))
  return { ...picture, edges: [...picture.edges, ...others], outside: [...picture.outside, ...ends] }
}

function pairOf({ from, to }: Edge): string {
  return `${endId(from)}→${endId(to)}`
}

/** The reach of the selected card; of what was before nobody has asked. */
export function shownReach({ before, reach, sealed }: AnalysisState): AnalysisState['reach'] {
  return before || sealed === true ? NONE : reach
}

const NONE: AnalysisState['reach'] = []
