import { pointAlong, trackOf, type Track } from './curve.ts'
import { around, clamp, overlaps, type Point, type Rect } from './geometry.ts'
import type { Course } from './route.ts'
import type { Line } from './scene.ts'

/** What stands on a line: the crosses where it is blocked (or the question mark), and its label's middle. */
export interface Marks {
  readonly signs: readonly Point[]
  readonly label: Point
  readonly labelWidth: number
}

/** A label's height in canvas units. */
export const LABEL_HEIGHT = 19

const SIGN = 20

/** How wide a label is drawn, in canvas units: the mono font is the same width everywhere. */
function labelWidth({ label, broken, differs }: Line): number {
  return label.length * 6.65 + 14 + (broken ? 16 : 0) + (differs ? 16 : 0)
}

/** Signs and labels for all lines, so that labels keep off cards, signs and each other where there is room. Loud lines choose first. */
export function markAll(
  lines: readonly Line[],
  courses: ReadonlyMap<string, Course>,
  cards: readonly Rect[],
): Map<string, Marks> {
  const tracks = new Map([...courses].map(([id, course]) => [id, trackOf(course.curve)]))
  const signs = new Map(lines.map((line) => [line.id, signsOf(line, tracks.get(line.id))]))
  const taken: Rect[] = [...signs.values()].flat().map((point) => boxAt(point, SIGN, SIGN))
  const marks = new Map<string, Marks>()
  for (const line of [...lines].sort((a, b) => loudness(b) - loudness(a))) {
    const track = tracks.get(line.id)
    if (track === undefined) continue
    const width = labelWidth(line)
    const label = placeLabel(track, width, taken, cards)
    taken.push(boxAt(label, width, LABEL_HEIGHT))
    marks.set(line.id, { signs: signs.get(line.id) ?? [], label, labelWidth: width })
  }
  return marks
}

// What is broken must be seen, then what a CNI does otherwise.
function loudness({ broken, differs }: Line): number {
  return (broken ? 2 : 0) + (differs ? 1 : 0)
}

/** The rectangle around everything that is drawn: nodes, lines and labels. */
export function extentOf(
  rects: Iterable<Rect>,
  courses: ReadonlyMap<string, Course>,
  marks: ReadonlyMap<string, Marks>,
): Rect {
  const lines = [...courses.values()].map((course) => around(trackOf(course.curve, 6).points.map(asRect)))
  const labels = [...marks.values()].map((mark) => boxAt(mark.label, mark.labelWidth, LABEL_HEIGHT))
  return around([...rects, ...lines, ...labels])
}

function asRect({ x, y }: Point): Rect {
  return { x, y, width: 0, height: 0 }
}

function boxAt({ x, y }: Point, width: number, height: number): Rect {
  return { x: x - width / 2, y: y - height / 2, width, height }
}

/** Crosses stand at the end that blocks: egress at the source, ingress at the destination (design.md 9). */
function signsOf(line: Line, track: Track | undefined): Point[] {
  if (track === undefined) return []
  if (line.status === 'undetermined') return [pointAlong(track, track.length / 2)]
  if (line.status !== 'denied') return []
  const off = clamp(track.length * 0.28, 8, 24)
  const atSource = pointAlong(track, off)
  const atTarget = pointAlong(track, track.length - off + 4)
  if (line.blockedAt === 'source') return [atSource]
  if (line.blockedAt === 'destination') return [atTarget]
  return line.blockedAt === 'both' ? [atSource, atTarget] : [pointAlong(track, track.length / 2)]
}

const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]
const BESIDE = 0.4

// Aside of its line is above or below; of one that goes down, left or right.
function placeLabel(track: Track, width: number, taken: readonly Rect[], cards: readonly Rect[]): Point {
  let best = pointAlong(track, track.length / 2)
  let least = Infinity
  for (const { x, y } of asides(track, width)) {
    for (const part of PLACES) {
      const on = pointAlong(track, track.length * part)
      const at = { x: on.x + x, y: on.y + y }
      const box = boxAt(at, width, LABEL_HEIGHT)
      const cost = 3 * countOf(cards, box) + 2 * countOf(taken, box) + (x === 0 && y === 0 ? 0 : BESIDE)
      if (cost < least) {
        least = cost
        best = at
      }
      if (least === 0) return best
    }
  }
  return best
}

function asides(track: Track, width: number): readonly Point[] {
  const [from, to] = [pointAlong(track, 0), pointAlong(track, track.length)]
  const isSteep = Math.abs(to.y - from.y) > Math.abs(to.x - from.x)
  const step = isSteep ? { x: width / 2 + 6, y: 0 } : { x: 0, y: 16 }
  return [{ x: 0, y: 0 }, { x: -step.x, y: -step.y }, step]
}

function countOf(rects: readonly Rect[], box: Rect): number {
  return rects.filter((rect) => overlaps(rect, box, 2)).length
}
