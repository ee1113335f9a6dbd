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
  // Goals are of the texts as they are.
  const lines = before && asked ? { ...asked, edges: asked.edges.filter(({ goal }) => !goal) } : asked
  const fresh = withAsked(sealed === true ? { ...shown, edges: [] } : shown, lines)
  made.set(shown, { of: { sealed, asked }, result: fresh })
  return fresh
}

// The same one for the same picture: whoever selects it is not drawn anew for nothing.
const made = new WeakMap<Picture, { readonly of: Pick<AnalysisState, 'sealed' | 'asked'>; readonly result: Picture }>()

// A connection that the picture has anyway is not drawn twice, unless a goal asks for other ports of it and is not reached.
function withAsked(picture: Picture, asked: Asked | undefined): Picture {
  if (!asked) return picture
  const drawn = new Set(picture.edges.map(pairOf))
  const goals = new Map<string, Edge>(
    asked.edges.flatMap((edge) => (edge.goal ? [[portsOf(edge), edge] as const] : [])),
  )
  const edges =
    goals.size === 0 ? picture.edges : picture.edges.map((edge) => aimedAt(edge, goals.get(portsOf(edge))?.goal))
  const same = new Set(picture.edges.map(portsOf))
  const others = asked.edges.filter((edge) =>
    edge.goal?.outcome === 'broken' ? !same.has(portsOf(edge)) : !drawn.has(pairOf(edge)),
  )
  const known = new Set(picture.outside.map(endId))
  const ends = asked.ends.filter((end) => !known.has(endId(end)))
  return { ...picture, edges: [...edges, ...others], outside: [...picture.outside, ...ends] }
}

// What is drawn anyway bears its goal, whichever layer is on.
function aimedAt(edge: Edge, goal: Edge['goal']): Edge {
  if (!goal) return edge
  const layers = edge.layers.includes('checks') ? edge.layers : (['checks', ...edge.layers] as const)
  return { ...edge, layers, name: `${edge.name}, ${goalWords(goal)}`, goal }
}

/** What a goal says of the connection as it is, for its accessible name. */
export function goalWords({ expect, outcome }: NonNullable<Edge['goal']>): string {
  return outcome === 'holds' ? 'as the goal wants' : `but a goal wants it ${expect}`
}

function portsOf(edge: Edge): string {
  return `${pairOf(edge)} ${edge.ports}`
}

function pairOf({ from, to }: Edge): string {
  return `${endId(from)}→${endId(to)}`
}

/** The reach of the selected card; of what was before nobody has asked. */
export function shownReach({ before, reach, sealed }: AnalysisState): AnalysisState['reach'] {
  return before || sealed === true ? NONE : reach
}

const NONE: AnalysisState['reach'] = []
