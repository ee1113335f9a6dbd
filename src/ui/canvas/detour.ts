import { centreOf, contains, distance, inflate, type Point, type Rect } from './geometry.ts'

const CLEAR = 13

/**
 * A way of straight pieces from `start` to `goal` around the obstacles, by their corners (A* over what can be seen);
 * undefined where none is found soon.
 */
export function wayAround(start: Point, goal: Point, obstacles: readonly Rect[]): Point[] | undefined {
  const near = nearby(start, goal, obstacles)
  const corners = near.flatMap((rect) => cornersOf(inflate(rect, CLEAR)))
  const free = corners.filter((corner) => !near.some((rect) => contains(inflate(rect, CLEAR - 2), corner)))
  const spots = [...free, goal]
  const open: Spot[] = [{ at: start, way: [start], cost: 0 }]
  const done = new Set<Point>()
  for (let turn = 0; turn < 60; turn += 1) {
    const best = cheapest(open, goal)
    if (best === undefined) return undefined
    if (best.at === goal) return best.way
    if (done.has(best.at)) continue
    done.add(best.at)
    for (const next of spots) {
      if (done.has(next) || !sees(best.at, next, near)) continue
      // Each corner costs something: calm lines have few.
      open.push({ at: next, way: [...best.way, next], cost: best.cost + distance(best.at, next) + 20 })
    }
  }
  return undefined
}

type Spot = { readonly at: Point; readonly way: Point[]; readonly cost: number }

function cheapest(open: Spot[], goal: Point): Spot | undefined {
  let best = 0
  let least = Infinity
  for (const [index, spot] of open.entries()) {
    const cost = spot.cost + distance(spot.at, goal)
    if (cost < least) {
      least = cost
      best = index
    }
  }
  return open.splice(best, 1)[0]
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

function sees(a: Point, b: Point, obstacles: readonly Rect[]): boolean {
  return !obstacles.some((rect) => crosses(a, b, inflate(rect, CLEAR - 3)))
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
