import { clamp, distance, type Point } from './geometry.ts'

/** A cubic Bézier piece: from, two controls, to. */
export type Cubic = readonly [Point, Point, Point, Point]

/** A smooth line: pieces that join end to end. */
export type Curve = readonly Cubic[]

/** A line of straight pieces with the way from its start at each point. */
export interface Track {
  readonly points: readonly Point[]
  readonly lengths: readonly number[]
  readonly length: number
}

/** The point of a cubic at `t` in `[0, 1]`. */
export function pointOf([a, b, c, d]: Cubic, t: number): Point {
  const u = 1 - t
  const [wa, wb, wc, wd] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y }
}

/** The curve as a track of straight pieces, fine enough to put labels on. */
export function trackOf(curve: Curve, steps = 12): Track {
  const points: Point[] = []
  for (const cubic of curve) {
    for (let step = points.length === 0 ? 0 : 1; step <= steps; step += 1) points.push(pointOf(cubic, step / steps))
  }
  const lengths: number[] = []
  let length = 0
  for (const [index, point] of points.entries()) {
    length += distance(points[index - 1] ?? point, point)
    lengths.push(length)
  }
  return { points, lengths, length }
}

/** The point of a track that is `way` from its start; its ends beyond them. */
export function pointAlong(track: Track, way: number): Point {
  const wanted = clamp(way, 0, track.length)
  const after = Math.max(
    1,
    track.lengths.findIndex((length) => length >= wanted),
  )
  const a = track.points[after - 1] ?? { x: 0, y: 0 }
  const b = track.points[after] ?? a
  const [from, to] = [track.lengths[after - 1] ?? 0, track.lengths[after] ?? 0]
  const t = to === from ? 0 : (wanted - from) / (to - from)
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }
}

/** One piece from `a` to `b` that leaves and arrives along the given directions (unit vectors pointing away from the ends). */
export function bend(a: Point, towards: Point, b: Point, from: Point): Cubic {
  // A turn back keeps close to the cards; it would swing out far otherwise.
  const back = towards.x * from.x + towards.y * from.y > 0.5
  const reach = back ? clamp(26 + distance(a, b) * 0.1, 26, 70) : clamp(distance(a, b) * 0.42, 10, 150)
  return [
    a,
    { x: a.x + towards.x * reach, y: a.y + towards.y * reach },
    { x: b.x + from.x * reach, y: b.y + from.y * reach },
    b,
  ]
}

/** A line through corners, rounded at each of them. */
export function rounded(points: readonly Point[], radius: number): Curve {
  const curve: Cubic[] = []
  let from = points[0]
  if (from === undefined) return curve
  for (let index = 1; index < points.length - 1; index += 1) {
    const [before, corner, after] = [points[index - 1], points[index], points[index + 1]]
    if (before === undefined || corner === undefined || after === undefined) continue
    const cut = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2)
    const into = toward(corner, before, cut)
    const out = toward(corner, after, cut)
    curve.push(straight(from, into), [into, corner, corner, out])
    from = out
  }
  const last = points.at(-1)
  if (last !== undefined) curve.push(straight(from, last))
  return curve
}

function toward(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return { x: from.x + ((to.x - from.x) * by) / whole, y: from.y + ((to.y - from.y) * by) / whole }
}

function straight(a: Point, b: Point): Cubic {
  return [a, toward(a, b, distance(a, b) / 3), toward(b, a, distance(a, b) / 3), b]
}

/** The `d` of an SVG path. */
export function pathOf(curve: Curve): string {
  const first = curve[0]
  if (first === undefined) return ''
  const pieces = curve.map(([, b, c, d]) => `C${at(b)} ${at(c)} ${at(d)}`)
  return `M${at(first[0])}${pieces.join('')}`
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`
}
