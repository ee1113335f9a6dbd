import { centreOf, contains, distance, inflate, type Point, type Rect } from './geometry.ts'

const CLEAR = 13

/**
 * A way of straight pieces from `start` to `goal` around the obstacles, by their corners (A* over what can be seen);
 * undefined where none is found soon.
 */
export function wayAround(start: Point, goal: Point, obstacles: readonly Rect[]): Point[] | undefined {
  const near = nearby(start, goal, obstacles)
  const corners = near.flatMap((rect) => cornersOf(inflate(rect, CLEAR)))
  const shut = near.map((rect) => inflate(rect, CLEAR - 2))
  const walls = near.map((rect) => inflate(rect, CLEAR - 3))
  const free = corners.filter((corner) => !shut.some((rect) => contains(rect, corner)))
  const spots = [...free, goal].map((at): Spot => ({
    at,
    left: distance(at, goal),
    cost: Infinity,
    before: undefined,
    done: false,
  }))
  let best: Spot | undefined = { at: start, left: 0, cost: 0, before: undefined, done: true }
  for (let turn = 0; turn < 60 && best !== undefined; turn += 1) {
    if (best.at === goal) return wayTo(best)
    best.done = true
    reach(spots, best, walls)
    best = nextOf(spots)
  }
  return undefined
}

/** A place where the way may bend: what it costs to come there, and from where. */
interface Spot {
  readonly at: Point
  readonly left: number
  cost: number
  before: Spot | undefined
  done: boolean
}

function reach(spots: readonly Spot[], from: Spot, walls: readonly Rect[]): void {
  for (const spot of spots) {
    if (spot.done) continue
    // Each corner costs something: calm lines have few.
    const cost = from.cost + distance(from.at, spot.at) + 20
    if (cost >= spot.cost || !sees(from.at, spot.at, walls)) continue
    spot.cost = cost
    spot.before = from
  }
}

function nextOf(spots: readonly Spot[]): Spot | undefined {
  let best: Spot | undefined
  for (const spot of spots) {
    if (spot.done || spot.cost === Infinity) continue
    if (best === undefined || spot.cost + spot.left < best.cost + best.left) best = spot
  }
  return best
}

function wayTo(spot: Spot): Point[] {
  return [...(spot.before === undefined ? [] : wayTo(spot.before)), spot.at]
}

const MOST_OBSTACLES = 28

function nearby(start: Point, goal: Point, obstacles: readonly Rect[]): Rect[] {
  const detour = (rect: Rect): number => distance(start, centreOf(rect)) + distance(centreOf(rect), goal)
  return [...obstacles].sort((a, b) => detour(a) - detour(b)).slice(0, MOST_OBSTACLES)
}

function cornersOf({ x, y, width, height }: Rect): Point[] {
  return [
    { x, y },
    { x: x + width, y },
    { x, y: y + height },
    { x: x + width, y: y + height },
  ]
}

function sees(a: Point, b: Point, walls: readonly Rect[]): boolean {
  return !walls.some((rect) => crosses(a, b, rect))
}

/** Does the straight piece from `a` to `b` touch the rectangle (Liang and Barsky)? */
export function crosses(a: Point, b: Point, { x, y, width, height }: Rect): boolean {
  let [from, to] = [0, 1]
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const limits: readonly [number, number][] = [
    [-dx, a.x - x],
    [dx, x + width - a.x],
    [-dy, a.y - y],
    [dy, y + height - a.y],
  ]
  for (const [p, q] of limits) {
    if (p === 0) {
      if (q < 0) return false
      continue
    }
    if (p < 0) from = Math.max(from, q / p)
    else to = Math.min(to, q / p)
    if (from > to) return false
  }
  return true
}
