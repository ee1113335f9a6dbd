import { centreOf, type Rect } from './geometry.ts'

/** Keys that lead from one thing on the canvas to the next. */
export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

/** Is it an arrow key? */
export function isArrowKey(key: string): key is ArrowKey {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown'
}

/** The id of what lies nearest in that direction, straight ahead before aside; undefined where nothing does. */
export function neighbour(id: string, rects: ReadonlyMap<string, Rect>, key: ArrowKey): string | undefined {
  const from = rects.get(id)
  if (from === undefined) return undefined
  let best: { id: string; cost: number } | undefined
  for (const [other, rect] of rects) {
    const cost = other === id ? undefined : costOf(from, rect, key)
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { id: other, cost }
  }
  return best?.id
}

function costOf(from: Rect, to: Rect, key: ArrowKey): number | undefined {
  const [a, b] = [centreOf(from), centreOf(to)]
  const level = key === 'ArrowLeft' || key === 'ArrowRight'
  const sign = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1
  const ahead = sign * (level ? b.x - a.x : b.y - a.y)
  const aside = Math.abs(level ? b.y - a.y : b.x - a.x)
  // Beyond 60° to the side it is not that direction any more.
  return ahead <= 4 || aside > ahead * 1.8 + 60 ? undefined : ahead + 2.2 * aside
}
