/** A point on the canvas, in canvas units (pixels at zoom 1). */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rectangle on the canvas; `x`, `y` is its upper left corner. */
export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** The middle of a rectangle. */
export function centreOf(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
}

/** The rectangle made larger by `by` on each side. */
export function inflate(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by }
}

/** Do two rectangles share more than an edge, when `gap` is kept free between them? */
export function overlaps(a: Rect, b: Rect, gap = 0): boolean {
  return (
    a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
  )
}

/** Is the point inside the rectangle (borders count)? */
export function contains(rect: Rect, { x, y }: Point): boolean {
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height
}

/** The smallest rectangle around all; of none an empty one at the origin. */
export function around(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 0, height: 0 }
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  const right = Math.max(...rects.map((rect) => rect.x + rect.width))
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height))
  return { x, y, width: right - x, height: bottom - y }
}

/**
 * The place nearest to where `rect` is that keeps `gap` to every obstacle; where it is, if that is free.
 * Searches outwards: each blocked place is tried again just left, right, above and below of what blocks it.
 */
export function nearestFree(rect: Rect, obstacles: readonly Rect[], gap: number): Point {
  const open: Rect[] = [rect]
  const seen = new Set<string>()
  for (;;) {
    const best = takeNearest(open, rect)
    const block = obstacles.find((obstacle) => overlaps(best, obstacle, gap))
    if (block === undefined) return { x: best.x, y: best.y }
    for (const next of besides(best, block, gap)) {
      const key = `${next.x},${next.y}`
      if (seen.has(key)) continue
      seen.add(key)
      open.push(next)
    }
  }
}

function takeNearest(open: Rect[], to: Rect): Rect {
  let best = 0
  for (let index = 1; index < open.length; index += 1) {
    if (distance(open[index] ?? to, to) < distance(open[best] ?? to, to)) best = index
  }
  return open.splice(best, 1)[0] ?? to
}

function besides(rect: Rect, block: Rect, gap: number): Rect[] {
  return [
    { ...rect, y: block.y + block.height + gap },
    { ...rect, x: block.x + block.width + gap },
    { ...rect, y: block.y - rect.height - gap },
    { ...rect, x: block.x - rect.width - gap },
  ]
}

/** How far two points are apart. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

/** `value` kept within `[low, high]`; `low` where they cross. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
