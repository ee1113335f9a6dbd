import { bend, pointOf, type Cubic } from './curve.ts'
import { centreOf, clamp, contains, distance, inflate, type Point, type Rect } from './geometry.ts'

/** A side of a node where a line leaves or arrives. */
export type Side = 'left' | 'right' | 'top' | 'bottom'

/** A node that lines end at: `inward` where the line comes from inside (a card to its own namespace's box). */
export interface Port {
  readonly rect: Rect
  readonly inward: boolean
  /** Free strip at the top of its left and right side: a card's lock, a box's head. */
  readonly head: number
}

const SIDES: readonly Side[] = ['right', 'left', 'bottom', 'top']

/** Away from the node at that side. */
export function normalOf(side: Side, inward: boolean): Point {
  const sign = inward ? -1 : 1
  if (side === 'left') return { x: -sign, y: 0 }
  if (side === 'right') return { x: sign, y: 0 }
  return { x: 0, y: side === 'top' ? -sign : sign }
}

/** The place of line `index` of `count` on a side: spread around the middle, clear of the head. */
export function slotOf(port: Port, side: Side, index: number, count: number): Point {
  const { x, y, width, height } = port.rect
  const upright = side === 'left' || side === 'right'
  const low = upright ? y + port.head : x + 16
  const high = upright ? y + height - 9 : x + width - 16
  const step = Math.min(upright ? 13 : 22, (high - low) / Math.max(1, count - 1))
  const middle = upright ? (low + high) / 2 : x + width / 2
  const along = clamp(middle + (index - (count - 1) / 2) * step, low, high)
  if (upright) return { x: side === 'left' ? x : x + width, y: along }
  return { x: along, y: side === 'top' ? y : y + height }
}

/** How busy each side of each node is already. */
export type Load = (end: 'from' | 'to', side: Side) => number

/** What a line should keep off: cards, and (less strictly) the heads of boxes. */
export interface InTheWay {
  readonly cards: readonly Rect[]
  readonly heads: readonly Rect[]
}

/** The pair of sides that gives the shortest calm line: few cards crossed, no loops, sides that are not crowded. */
export function chooseSides(from: Port, to: Port, way: InTheWay, load: Load): { from: Side; to: Side } {
  let best: { from: Side; to: Side } = { from: 'right', to: 'left' }
  let least = Infinity
  for (const start of SIDES) {
    for (const end of SIDES) {
      const price = cost(from, start, to, end, least, way) + 14 * (load('from', start) + load('to', end))
      if (price < least) {
        least = price
        best = { from: start, to: end }
      }
    }
  }
  return best
}

function cost(from: Port, start: Side, to: Port, end: Side, least: number, way: InTheWay): number {
  const a = slotOf(from, start, 0, 1)
  const b = slotOf(to, end, 0, 1)
  const [na, nb] = [normalOf(start, from.inward), normalOf(end, to.inward)]
  const ahead = facing(a, na, b) + facing(b, nb, a)
  const liking = (start === 'right' ? -14 : 0) + (end === 'left' ? -14 : 0)
  const bent = turns(start, end) ? 24 : 0
  const plain = distance(a, b) + ahead + liking + bent
  // Whoever is dear already need not be measured.
  if (plain >= least) return plain
  const line = bend(a, na, b, nb)
  return plain + 70 * hits(line, way.cards) + 90 * hits(line, ownOf(from, to)) + 22 * hits(line, way.heads)
}

function ownOf(from: Port, to: Port): Rect[] {
  return [from, to].filter((port) => !port.inward).map((port) => inflate(port.rect, -2))
}

/** A fine for leaving away from where the line has to go. */
function facing(at: Point, normal: Point, other: Point): number {
  const along = (other.x - at.x) * normal.x + (other.y - at.y) * normal.y
  return along >= 24 ? 0 : 60 + Math.min(160, (24 - along) * 0.8)
}

function turns(start: Side, end: Side): boolean {
  return (start === 'left' || start === 'right') !== (end === 'left' || end === 'right')
}

/** How many points of a piece lie in an obstacle, of so many that are tried. */
export function hits(cubic: Cubic, obstacles: readonly Rect[], steps = 16): number {
  let sum = 0
  for (let step = 1; step < steps; step += 1) {
    const point = pointOf(cubic, step / steps)
    if (obstacles.some((rect) => contains(rect, point))) sum += 1
  }
  return sum
}

/** Where a line that ends at that side is seen from the other end: slots are sorted by it so that lines don't cross. */
export function bearing(side: Side, other: Rect): number {
  const { x, y } = centreOf(other)
  return side === 'left' || side === 'right' ? y : x
}
