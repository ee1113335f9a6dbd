import { bend, rounded, type Curve } from './curve.ts'
import { wayAround } from './detour.ts'
import { centreOf, clamp, contains, distance, inflate, type Point, type Rect } from './geometry.ts'
import { bearing, chooseSides, hits, normalOf, slotOf, type Port, type Side } from './sides.ts'

/** A line to be led from one node to another. */
export interface Errand {
  readonly id: string
  readonly from: string
  readonly to: string
}

/** What stands on the canvas: where lines end, and which of it they go around (`card`s) or may cross (`box`es). */
export interface Ground {
  readonly rects: ReadonlyMap<string, { readonly rect: Rect; readonly type: 'card' | 'box' }>
}

/** The strips with names and switches at the top of boxes: lines and labels keep off them where they can. */
export function headsOf(ground: Ground): Rect[] {
  return [...ground.rects.values()].flatMap(({ rect, type }) => (type === 'box' ? headOf(rect) : []))
}

function headOf({ x, y, width }: Rect): Rect {
  return { x, y, width, height: 36 }
}

/** The course of a line; the curve stops short of the arrow's tip at `end`, which it reaches against `normal`. */
export interface Course {
  readonly curve: Curve
  readonly start: Point
  readonly end: Point
  /** Unit vector from the node outwards, where the arrow points in. */
  readonly normal: Point
}

/** How long an arrow's head is, in canvas units. */
const ARROW = 9

const MOST_DETOURS = 80

/** Leads all lines: sides first, then a place of their own on each side, then around the cards in their way. */
export function routeAll(errands: readonly Errand[], ground: Ground): Map<string, Course> {
  const courses = new Map<string, Course>()
  const legs = errands.flatMap((errand) => legOf(errand, ground) ?? [])
  const cards = cardsOf(ground)
  const sides = sidesOf(legs, cards, headsOf(ground))
  const slots = slotsOf(legs, sides)
  const rects = cards.map((card) => card.rect)
  const walls = [[...rects, ...headsOf(ground)], rects]
  let detours = 0
  for (const leg of legs) {
    const course = leg.self ? loop(leg.from.rect) : lead(leg, sides, slots)
    const others = cards.filter((card) => card.id !== leg.errand.from && card.id !== leg.errand.to)
    const blocked = !leg.self && course.curve.some((cubic) => hits(cubic, grown(others), fine(course)) > 0)
    const around = blocked && detours < MOST_DETOURS ? detour(leg, course, sides, walls) : undefined
    if (blocked) detours += 1
    courses.set(leg.errand.id, around ?? course)
  }
  return courses
}

/** Enough points to miss no card that the line cuts a corner of. */
function fine({ start, end }: Course): number {
  return clamp(Math.ceil(distance(start, end) / 12), 16, 120)
}

type Card = { readonly id: string; readonly rect: Rect }
type Leg = { readonly errand: Errand; readonly from: Port; readonly to: Port; readonly self: boolean }
type Sides = ReadonlyMap<string, { readonly from: Side; readonly to: Side }>
type Slots = ReadonlyMap<string, Point>

function cardsOf(ground: Ground): Card[] {
  return [...ground.rects].flatMap(([id, { rect, type }]) => (type === 'card' ? { id, rect } : []))
}

function grown(cards: readonly Card[]): Rect[] {
  return cards.map((card) => inflate(card.rect, 4))
}

function legOf(errand: Errand, ground: Ground): Leg | undefined {
  const from = ground.rects.get(errand.from)
  const to = ground.rects.get(errand.to)
  if (from === undefined || to === undefined) return undefined
  const port = (node: typeof from, other: typeof from): Port => ({
    rect: node.rect,
    inward: node.type === 'box' && contains(node.rect, centreOf(other.rect)),
    head: node.type === 'box' ? Math.min(44, node.rect.height / 2) : 27,
  })
  return { errand, from: port(from, to), to: port(to, from), self: errand.from === errand.to }
}

function sidesOf(
  legs: readonly Leg[],
  cards: readonly Card[],
  heads: readonly Rect[],
): Map<string, { from: Side; to: Side }> {
  const busy = new Map<string, number>()
  const sides = new Map<string, { from: Side; to: Side }>()
  for (const { errand, from, to, self } of legs) {
    if (self) continue
    const others = cards.filter((card) => card.id !== errand.from && card.id !== errand.to)
    const load = (end: 'from' | 'to', side: Side): number => busy.get(`${errand[end]} ${side} ${end}`) ?? 0
    const chosen = chooseSides(from, to, { cards: grown(others), heads }, load)
    sides.set(errand.id, chosen)
    // A pair to and fro shares a side badly, many to one share it well: only the other direction counts as load.
    bump(busy, `${errand.from} ${chosen.from} to`)
    bump(busy, `${errand.to} ${chosen.to} from`)
  }
  return sides
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Sorts the lines of each side by where they go, and gives each its place. */
function slotsOf(legs: readonly Leg[], sides: Sides): Map<string, Point> {
  const groups = new Map<string, { key: string; port: Port; side: Side; by: number; id: string }[]>()
  const add = (leg: Leg, end: 'from' | 'to'): void => {
    const side = sides.get(leg.errand.id)?.[end]
    if (side === undefined) return
    const name = `${leg.errand[end]} ${side}`
    const by = bearing(side, leg[end === 'from' ? 'to' : 'from'].rect)
    const item = { key: `${leg.errand.id} ${end}`, port: leg[end], side, by, id: leg.errand.id }
    groups.set(name, [...(groups.get(name) ?? []), item])
  }
  for (const leg of legs) {
    add(leg, 'from')
    add(leg, 'to')
  }
  const slots = new Map<string, Point>()
  for (const group of groups.values()) {
    const sorted = group.sort((a, b) => a.by - b.by || (a.id < b.id ? -1 : 1))
    for (const [index, item] of sorted.entries()) {
      slots.set(item.key, slotOf(item.port, item.side, index, sorted.length))
    }
  }
  return slots
}

function lead(leg: Leg, sides: Sides, slots: Slots): Course {
  const side = sides.get(leg.errand.id) ?? { from: 'right', to: 'left' }
  const start = slots.get(`${leg.errand.id} from`) ?? centreOf(leg.from.rect)
  const end = slots.get(`${leg.errand.id} to`) ?? centreOf(leg.to.rect)
  const normal = normalOf(side.to, leg.to.inward)
  return { curve: [bend(start, normalOf(side.from, leg.from.inward), base(end, normal), normal)], start, end, normal }
}

function base(end: Point, normal: Point, by = ARROW): Point {
  return { x: end.x + normal.x * by, y: end.y + normal.y * by }
}

const OTHER_WAYS: readonly (readonly [Side, Side])[] = [
  ['right', 'left'],
  ['left', 'left'],
  ['right', 'right'],
  ['left', 'right'],
]

/** Around the cards: out of the node, by their corners, into the other; by other sides where the chosen ones are walled in. */
function detour(leg: Leg, course: Course, sides: Sides, walls: readonly (readonly Rect[])[]): Course | undefined {
  const side = sides.get(leg.errand.id)
  if (side === undefined) return undefined
  // Heads of boxes are gone around only where that is possible.
  for (const rects of walls) {
    const found = walk(course, normalOf(side.from, leg.from.inward), rects)
    if (found !== undefined) return found
  }
  const [, rects = []] = walls
  for (const [from, to] of OTHER_WAYS) {
    const normal = normalOf(to, leg.to.inward)
    const plain = { curve: [], start: slotOf(leg.from, from, 0, 1), end: slotOf(leg.to, to, 0, 1), normal }
    const found = walk(plain, normalOf(from, leg.from.inward), rects)
    if (found !== undefined) return found
  }
  return undefined
}

function walk(course: Course, outward: Point, cards: readonly Rect[]): Course | undefined {
  const out = base(course.start, outward, 16)
  const into = base(course.end, course.normal, ARROW + 12)
  const way = wayAround(out, into, cards)
  if (way === undefined) return undefined
  return { ...course, curve: rounded([course.start, ...way, base(course.end, course.normal)], 30) }
}

/** A connection of a workload's replicas among themselves, or within all of a namespace. */
function loop({ x, y, width }: Rect): Course {
  const start = { x: x + width - 58, y }
  const end = { x: x + width - 26, y }
  const tip = base(end, { x: 0, y: -1 })
  return {
    curve: [[start, { x: start.x - 6, y: y - 40 }, { x: end.x + 4, y: y - 44 }, tip]],
    start,
    end,
    normal: { x: 0, y: -1 },
  }
}
