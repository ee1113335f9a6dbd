import { clamp, type Rect } from './geometry.ts'

/** Where the canvas is looked at from: `x`, `y` is where its origin is on the screen. */
export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** The stage: its size on the screen, what bars cover of its lower side and of its left, and how near one may come. */
export interface Stage {
  readonly width: number
  readonly height: number
  readonly foot: number
  readonly aside: number
  readonly closest: number
}

/** Room at the sides, beside the bars. */
const ROOM = { top: 20, right: 20, bottom: 14, left: 8 } as const
const FARTHEST = 0.1

/** The view in which the rectangle is as large as it can be, in the middle of what no bar covers. */
export function fittedTo(rect: Rect, { width, height, foot, aside, closest }: Stage): View {
  const left = ROOM.left + aside
  const free = { width: width - left - ROOM.right, height: height - ROOM.top - ROOM.bottom - foot }
  const largest = Math.min(free.width / Math.max(1, rect.width), free.height / Math.max(1, rect.height))
  const zoom = clamp(largest, FARTHEST, closest)
  return {
    x: left + (free.width - rect.width * zoom) / 2 - rect.x * zoom,
    y: ROOM.top + (free.height - rect.height * zoom) / 2 - rect.y * zoom,
    zoom,
  }
}

/** Is it the same view, but for rounding? */
export function isSameView(a: View, b: View): boolean {
  return Math.abs(a.x - b.x) < 0.5 && Math.abs(a.y - b.y) < 0.5 && Math.abs(a.zoom - b.zoom) < 0.001
}
