import { around, nearestFree, overlaps, type Point, type Rect } from './geometry.ts'
import { SIZES, type Layout } from './layout.ts'

/** What was dropped: a namespace's box, a card of one, or an outside end; `id` as in the layout. */
export interface Dropped {
  readonly type: 'box' | 'card' | 'outside'
  readonly id: string
  /** Of a card: its namespace. */
  readonly box?: string | undefined
}

/**
 * The position to keep for what was dropped at `at` (upper left corner, absolute): nothing overlaps, and a card doesn't pull
 * its box over its neighbours. Of a card relative to its box's anchor, of a box its anchor.
 */
export function settle(dropped: Dropped, at: Point, layout: Layout): Point {
  if (dropped.type === 'card') return settleCard(dropped.id, dropped.box ?? '', at, layout)
  const rect = dropped.type === 'box' ? layout.boxes.get(dropped.id) : layout.outside.get(dropped.id)
  if (rect === undefined) return at
  const others = othersOf(layout, rect)
  const free = rounded(nearestFree({ ...rect, ...rounded(at) }, others, SIZES.nearest))
  const anchor = dropped.type === 'box' ? layout.anchors.get(dropped.id) : undefined
  return anchor === undefined ? free : { x: free.x + anchor.x - rect.x, y: free.y + anchor.y - rect.y }
}

const STEPS = 12

function settleCard(id: string, box: string, at: Point, layout: Layout): Point {
  const rect = layout.cards.get(id)
  const frame = layout.boxes.get(box)
  const anchor = layout.anchors.get(box)
  if (rect === undefined || frame === undefined || anchor === undefined) return at
  const siblings = [...layout.cards]
    .filter(([other]) => other !== id && other.startsWith(`${box}/`))
    .map(([, card]) => card)
  const neighbours = othersOf(layout, frame)
  // Back along the way it came, until its box would hold it without touching another.
  for (let step = STEPS; step > 0; step -= 1) {
    const part = step / STEPS
    const wish = { x: rect.x + (at.x - rect.x) * part, y: rect.y + (at.y - rect.y) * part }
    const free = rounded(nearestFree({ ...rect, ...wish }, siblings, SIZES.nearest))
    const grown = around([frame, boxAround({ ...rect, ...free })])
    if (neighbours.some((other) => overlaps(grown, other, SIZES.nearest))) continue
    return { x: free.x - anchor.x, y: free.y - anchor.y }
  }
  return { x: rect.x - anchor.x, y: rect.y - anchor.y }
}

function othersOf(layout: Layout, except: Rect): Rect[] {
  return [...layout.boxes.values(), ...layout.outside.values()].filter((rect) => rect !== except)
}

function boxAround({ x, y, width, height }: Rect): Rect {
  return {
    x: x - SIZES.padding,
    y: y - SIZES.headHeight,
    width: width + 2 * SIZES.padding,
    height: height + SIZES.headHeight + SIZES.padding,
  }
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) }
}
