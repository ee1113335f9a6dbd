import { pathOf, pointAlong, trackOf, type Track } from './curve.ts'
import { around, clamp, distance, type Point, type Rect } from './geometry.ts'
import { createOccupied, type Occupied } from './occupied.ts'
import type { Course } from './route.ts'
import type { Line } from './scene.ts'

/** What stands on a line: the crosses where it is blocked (or the question mark), and its label's middle. */
export interface Marks {
  readonly signs: readonly Point[]
  readonly label: Point
  readonly labelWidth: number
  /** The line's path that they were chosen for. */
  readonly path: string
}

/** What signs and labels keep off: cards hide them, locks and the heads of boxes are hidden by them. */
export interface Obstacles {
  readonly cards: readonly Rect[]
  readonly heads: readonly Rect[]
}

/** A label's height in canvas units. */
export const LABEL_HEIGHT = 19

/** How wide and high a cross or question mark is drawn, in canvas units. */
export const SIGN = 20

/** What it costs to lie on something. Below 1 it is no fault, only not the best place. */
const PRICE = { card: 8, mark: 5, head: 3, arrow: 1, line: 0.1, aside: 0.08, offCentre: 0.3, onward: 0.04 } as const

/** How wide a label is drawn, in canvas units: the mono font is the same width everywhere. */
function labelWidth({ label, broken, differs }: Line): number {
  return label.length * 6.65 + 14 + (broken ? 16 : 0) + (differs ? 16 : 0)
}

/**
 * Signs and labels for all lines, off cards, locks, heads and each other where there is room. Loud lines choose first, then
 * short ones, which have little choice. What was well placed in `previous` stays, as long as its own line does.
 */
export function markAll(
  lines: readonly Line[],
  courses: ReadonlyMap<string, Course>,
  obstacles: Obstacles,
  previous: ReadonlyMap<string, Marks> = NONE,
): Map<string, Marks> {
  const tasks = lines.flatMap((line) => taskOf(line, courses.get(line.id), previous)).sort(byChoice)
  const ground = groundOf(obstacles, tasks)
  const signs = placeAll(tasks, ground, placeSigns)
  const labels = placeAll(tasks, ground, placeLabel)
  return new Map(
    tasks.map(({ line, path, width }) => {
      const [label = { x: 0, y: 0 }] = labels.get(line.id) ?? []
      return [line.id, { signs: signs.get(line.id) ?? [], label, labelWidth: width, path }]
    }),
  )
}

const NONE: ReadonlyMap<string, Marks> = new Map()

interface Task {
  readonly line: Line
  readonly track: Track
  readonly arrow: Rect
  readonly path: string
  readonly width: number
  /** Where its marks were, if its line still runs there. */
  readonly was: Marks | undefined
}

function taskOf(line: Line, course: Course | undefined, previous: ReadonlyMap<string, Marks>): Task[] {
  if (course === undefined) return []
  const path = pathOf(course.curve)
  const was = previous.get(line.id)
  const tip = { x: course.end.x + course.normal.x * 5, y: course.end.y + course.normal.y * 5 }
  const own = was?.path === path ? was : undefined
  return [{ line, track: trackOf(course.curve), arrow: boxAt(tip, 10, 10), path, width: labelWidth(line), was: own }]
}

function byChoice(a: Task, b: Task): number {
  return loudness(b.line) - loudness(a.line) || a.track.length - b.track.length || (a.line.id < b.line.id ? -1 : 1)
}

// What is broken must be seen, then what a CNI does otherwise.
function loudness({ broken, differs }: Line): number {
  return (broken ? 2 : 0) + (differs ? 1 : 0)
}

function groundOf({ cards, heads }: Obstacles, tasks: readonly Task[]): Occupied {
  const ground = createOccupied()
  for (const card of cards) {
    ground.add(card, PRICE.card)
    for (const lock of locksOf(card)) ground.add(lock, PRICE.mark)
  }
  for (const head of heads) ground.add(head, PRICE.head)
  for (const { arrow, track } of tasks) {
    ground.add(arrow, PRICE.arrow)
    ground.trace(track.points)
  }
  return ground
}

/** The halves of a card's locks that stand out of it: a lock may come and go, its place is kept free. */
function locksOf({ x, y, width }: Rect): Rect[] {
  return [x - 9, x + width].map((left) => ({ x: left, y: y + 7, width: 9, height: 18 }))
}

interface Spot {
  readonly at: Point
  /** How much worse than the first choice it is by itself. */
  readonly dislike: number
  readonly onLine: boolean
}

interface Wanted {
  readonly width: number
  readonly height: number
  readonly was: Point | undefined
  /** From the best to the worst. */
  readonly spots: readonly Spot[]
}

/** What was well placed first, so that nothing pushes it away; then the others, each in its turn. */
function placeAll(tasks: readonly Task[], ground: Occupied, wantedOf: (task: Task) => Wanted[]): Map<string, Point[]> {
  const wishes = tasks.flatMap((task) => wantedOf(task).map((wanted, index) => ({ id: task.line.id, index, wanted })))
  const places = new Map<string, Point[]>()
  const put = (wish: (typeof wishes)[number], at: Point): void => {
    ground.add(boxAt(at, wish.wanted.width, wish.wanted.height), PRICE.mark)
    places.set(wish.id, (places.get(wish.id) ?? []).with(wish.index, at))
  }
  for (const { id, wanted } of wishes)
    places.set(id, [...(places.get(id) ?? []), wanted.spots[0]?.at ?? { x: 0, y: 0 }])
  const open = wishes.filter((wish) => {
    const stays = keptOf(wish.wanted, ground)
    if (stays !== undefined) put(wish, stays)
    return stays === undefined
  })
  for (const wish of open) put(wish, bestOf(wish.wanted, ground))
  return places
}

function keptOf({ was, width, height }: Wanted, ground: Occupied): Point | undefined {
  // Lines and arrows alone are no reason to jump.
  return was !== undefined && ground.costOf(boxAt(was, width, height), GAP) < PRICE.head ? was : undefined
}

const GAP = 2

function bestOf({ spots, width, height }: Wanted, ground: Occupied): Point {
  let best = { at: spots[0]?.at ?? { x: 0, y: 0 }, cost: Infinity }
  for (const { at, dislike, onLine } of spots) {
    if (dislike >= best.cost) break
    const box = boxAt(at, width, height)
    const cost = dislike + ground.costOf(box, GAP) + PRICE.line * ground.linesIn(box, onLine ? 1 : 0)
    if (cost < best.cost) best = { at, cost }
  }
  return best.at
}

/** Crosses stand at the end that blocks: egress at the source, ingress at the destination (design.md 9). */
function placeSigns({ line, track, was }: Task): Wanted[] {
  const size = { width: SIGN, height: SIGN }
  return waysOf(line, track).map((spots, index) => ({ ...size, spots, was: was?.signs[index] }))
}

function waysOf({ status, blockedAt }: Line, track: Track): Spot[][] {
  if (status === 'undetermined') return [fromMiddle(track)]
  if (status !== 'denied') return []
  if (blockedAt === 'source') return [fromEnd(track, 'source')]
  if (blockedAt === 'destination') return [fromEnd(track, 'destination')]
  return blockedAt === 'both' ? [fromEnd(track, 'source'), fromEnd(track, 'destination')] : [fromMiddle(track)]
}

/** From near the end, but clear of its arrow, to short of the middle. */
function fromEnd(track: Track, end: 'source' | 'destination'): Spot[] {
  const nearest = clamp(track.length * 0.28, end === 'source' ? SIGN / 2 + 1 : 8, 24)
  const farthest = Math.max(nearest, track.length * 0.46 - 8)
  const spots: Spot[] = []
  for (let way = nearest; way <= farthest; way += 6) {
    const at = pointAlong(track, end === 'source' ? way : track.length - way + 4)
    spots.push({ at, dislike: (way - nearest) * PRICE.onward, onLine: true })
  }
  return spots
}

const PARTS = [0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.22, 0.78, 0.18, 0.82]

function fromMiddle(track: Track): Spot[] {
  return PARTS.map((part) => ({ at: pointAlong(track, track.length * part), dislike: offCentre(part), onLine: true }))
}

function offCentre(part: number): number {
  return Math.abs(part - 0.5) * PRICE.offCentre
}

function placeLabel({ line, track, width, was }: Task): Wanted[] {
  if (line.label === '') return []
  // What is wider than its line is long finds room only beyond the cards at its ends.
  const asides = width + 4 < track.length ? [...ASIDES] : [...ASIDES, ...BEYOND]
  const spots = PARTS.flatMap((part) => spotsAt(track, part, asides, width))
  return [{ width, height: LABEL_HEIGHT, was: was?.label, spots: spots.sort((a, b) => a.dislike - b.dislike) }]
}

/** Gaps between a line and a label beside it: that leaves the line free, that leaves its sign free. */
const ASIDES = [0, -6, 6, -13, 13] as const
const BEYOND = [-24, 24] as const

/** On its line, or so far beside it. */
function spotsAt(track: Track, part: number, asides: readonly number[], width: number): Spot[] {
  const on = pointAlong(track, track.length * part)
  const { x, y } = acrossAt(track, part)
  const half = (Math.abs(x) * width + Math.abs(y) * LABEL_HEIGHT) / 2
  return asides.map((aside) => {
    const off = aside + Math.sign(aside) * half
    const dislike = offCentre(part) + Math.abs(aside) * PRICE.aside
    return { at: { x: on.x + x * off, y: on.y + y * off }, dislike, onLine: aside === 0 }
  })
}

/** Square to the line there, as a unit vector. */
function acrossAt(track: Track, part: number): Point {
  const [before, after] = [part - 0.03, part + 0.03].map((at) => pointAlong(track, track.length * at))
  if (before === undefined || after === undefined) return { x: 0, y: 1 }
  const length = distance(before, after)
  return length === 0 ? { x: 0, y: 1 } : { x: (before.y - after.y) / length, y: (after.x - before.x) / length }
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
