import { arrange, type Arranged, type Item, type Link } from './arrange.ts'
import { around, nearestFree, overlaps, type Point, type Rect } from './geometry.ts'

/** A card in a namespace's box. */
export interface CardSpec {
  readonly id: string
  readonly width: number
}

/** A namespace: its cards in order; a closed one is one card itself. */
export interface BoxSpec {
  readonly id: string
  readonly cards: readonly CardSpec[]
  readonly closed: boolean
  /** How wide its head has to be for its name and switches. */
  readonly headWidth: number
}

/** What is to be laid out. `links` only matter the first time; `positions` are the user's: of cards relative to their box. */
export interface LayoutInput {
  readonly boxes: readonly BoxSpec[]
  readonly outside: readonly CardSpec[]
  readonly links: readonly Link[]
  readonly positions: Readonly<Record<string, Point>>
}

/** Where everything stands, in absolute canvas units. `anchors` are the points that cards of a box count from. */
export interface Layout {
  readonly boxes: ReadonlyMap<string, Rect>
  readonly cards: ReadonlyMap<string, Rect>
  readonly outside: ReadonlyMap<string, Rect>
  readonly anchors: ReadonlyMap<string, Point>
  /** Where things stood that are gone: they come back there (undo, a half-typed name). */
  readonly memory: ReadonlyMap<string, Point>
}

/** Heights, gaps and paddings of the picture, in canvas units. */
export const SIZES = {
  cardHeight: 58,
  headHeight: 43,
  padding: 18,
  cardGapX: 66,
  cardGapY: 32,
  boxGapX: 68,
  boxGapY: 44,
  closedHeight: 68,
  closedWidth: 228,
  emptyWidth: 200,
  emptyHeight: 118,
  outsideHeight: 58,
  /** The least gap that is kept when things are moved by hand. */
  nearest: 14,
} as const

/** The layout of an empty canvas. */
export const NO_LAYOUT: Layout = {
  boxes: new Map(),
  cards: new Map(),
  outside: new Map(),
  anchors: new Map(),
  memory: new Map(),
}

/**
 * Places boxes, cards and outside ends without overlap. The first time by their links, sources left; with a `previous` layout
 * everything that was there stays where it is, new things find a free place, and boxes grow to hold their cards.
 */
export function layOut(input: LayoutInput, previous: Layout): Layout {
  const fresh = previous.boxes.size === 0 && previous.outside.size === 0
  const { inner, rough } = fresh ? bestShape(input) : { inner: innerOf(input, previous, SHAPES[0]), rough: NOWHERE }
  const anchors = new Map<string, Point>()
  const outside = new Map<string, Rect>()
  const taken: Rect[] = []
  const boxes = new Map<string, Rect>()
  const put = (task: Task): void => {
    const rect = task.rectAt(task.wish ?? roomFor(task, taken, input.links, locate(boxes, outside)))
    const free = nearestFree(rect, taken, task.gap)
    const moved = { ...rect, x: free.x, y: free.y }
    taken.push(moved)
    if (task.type === 'outside') outside.set(task.id, moved)
    else {
      boxes.set(task.id, moved)
      anchors.set(task.id, { x: moved.x - task.inset.x, y: moved.y - task.inset.y })
    }
  }
  for (const task of tasksOf(input, inner, previous, rough)) put(task)
  return { boxes, outside, anchors, cards: absolute(input, inner, anchors), memory: remember(input, previous) }
}

type Inner = { readonly cards: ReadonlyMap<string, Rect>; readonly bounds: Rect; readonly strain: number }
type Inners = ReadonlyMap<string, Inner>

/** Width : height that the cards of a box are arranged for. */
const SHAPES = [1.3, 2.2, 0.6] as const
const NOWHERE: ReadonlyMap<string, Point> = new Map()
/** Width : height of the space that the first picture is for, and the height from which on it has to be shown smaller. */
const STAGE = { aspect: 1.05, height: 640 }

function innerOf(input: LayoutInput, previous: Layout, shape: number): Inners {
  return new Map(input.boxes.map((box) => [box.id, placeCards(box, input, previous, shape)]))
}

/** Boxes may be wide or tall: the first picture takes what can be shown largest with the fewest detours. */
function bestShape(input: LayoutInput): { inner: Inners; rough: ReadonlyMap<string, Point> } {
  let best: { inner: Inners; rough: ReadonlyMap<string, Point>; score: number } | undefined
  for (const shape of SHAPES) {
    const inner = innerOf(input, NO_LAYOUT, shape)
    const { points, strain, size } = arrangeAll(input, inner)
    const large = Math.min(STAGE.aspect / size.width, 1 / size.height, 1 / STAGE.height)
    const inside = [...inner.values()].reduce((sum, box) => sum + box.strain, 0) / Math.max(1, inner.size)
    const score = large / (1 + 0.6 * strain + 0.6 * inside)
    if (best === undefined || score > best.score) best = { inner, rough: points, score }
  }
  return best ?? { inner: new Map(), rough: NOWHERE }
}

type Task = {
  readonly type: 'box' | 'outside'
  readonly id: string
  readonly priority: number
  readonly gap: number
  readonly wish: Point | undefined
  /** From its anchor to its upper left corner: not zero where a card was moved out to the left or the top. */
  readonly inset: Point
  readonly rectAt: (anchor: Point) => Rect
}

/** Who is placed first keeps its place: the user's own, then what was there and grew, then what was there, then the new. */
function tasksOf(
  input: LayoutInput,
  inner: ReadonlyMap<string, Inner>,
  previous: Layout,
  rough: ReadonlyMap<string, Point>,
): Task[] {
  const boxes = input.boxes.map((box): Task => {
    const bounds = inner.get(box.id)?.bounds ?? EMPTY
    const was = previous.anchors.get(box.id) ?? previous.memory.get(boxKey(box.id))
    const own = input.positions[box.id]
    const old = previous.boxes.get(box.id)
    const grown = old !== undefined && (bounds.width > old.width || bounds.height > old.height)
    return {
      type: 'box',
      id: box.id,
      priority: own !== undefined ? 0 : grown ? 1 : old !== undefined ? 2 : 4,
      gap: SIZES.nearest,
      wish: own ?? was ?? rough.get(boxKey(box.id)),
      inset: bounds,
      rectAt: (anchor) => ({ ...bounds, x: anchor.x + bounds.x, y: anchor.y + bounds.y }),
    }
  })
  const outside = input.outside.map((end): Task => {
    const old = previous.outside.get(end.id)
    const own = input.positions[end.id]
    return {
      type: 'outside',
      id: end.id,
      priority: own !== undefined ? 0 : old !== undefined ? 3 : 5,
      gap: SIZES.nearest,
      wish: own ?? old ?? previous.memory.get(end.id) ?? rough.get(end.id),
      inset: { x: 0, y: 0 },
      rectAt: (anchor) => ({ x: anchor.x, y: anchor.y, width: end.width, height: SIZES.outsideHeight }),
    }
  })
  return [...boxes, ...outside].sort((a, b) => a.priority - b.priority)
}

const EMPTY: Rect = { x: 0, y: 0, width: SIZES.emptyWidth, height: SIZES.emptyHeight }

// A namespace may be called `internet`: keys of boxes and of outside ends are kept apart.
function boxKey(id: string): string {
  return `box ${id}`
}

/** Cards of a box, relative to its anchor, and the box around them. */
function placeCards(box: BoxSpec, input: LayoutInput, previous: Layout, shape: number): Inner {
  if (box.closed) {
    return { cards: new Map(), bounds: { x: 0, y: 0, width: SIZES.closedWidth, height: SIZES.closedHeight }, strain: 0 }
  }
  const anchor = previous.anchors.get(box.id)
  const old = box.cards.some((card) => kept(card.id, anchor, previous) !== undefined)
  const { points: rough, strain } = old ? { points: NOWHERE, strain: 0 } : arrangeCards(box, input.links, shape)
  const cards = new Map<string, Rect>()
  const later: CardSpec[] = []
  for (const card of box.cards) {
    const wish = input.positions[card.id] ?? kept(card.id, anchor, previous) ?? rough.get(card.id)
    if (wish === undefined) later.push(card)
    else cards.set(card.id, freeAmong({ ...wish, width: card.width, height: SIZES.cardHeight }, cards))
  }
  for (const card of later) cards.set(card.id, roomForCard(card, cards))
  return { cards, bounds: boundsOf(cards, box.headWidth), strain }
}

function kept(id: string, anchor: Point | undefined, previous: Layout): Point | undefined {
  const rect = previous.cards.get(id)
  if (rect !== undefined && anchor !== undefined) return { x: rect.x - anchor.x, y: rect.y - anchor.y }
  return previous.memory.get(id)
}

function freeAmong(rect: Rect, cards: ReadonlyMap<string, Rect>): Rect {
  return { ...rect, ...nearestFree(rect, [...cards.values()], SIZES.nearest) }
}

function arrangeCards(box: BoxSpec, links: readonly Link[], shape: number): Pick<Arranged, 'points' | 'strain'> {
  const items = box.cards.map(({ id, width }) => ({ id, width, height: SIZES.cardHeight }))
  const pitch = SIZES.cardHeight + SIZES.cardGapY
  const how = { gapX: SIZES.cardGapX, gapY: SIZES.cardGapY, aspect: shape, snap: pitch }
  const { points, strain } = arrange(items, links, how)
  const inBox = new Map([...points].map(([id, { x, y }]) => [id, { x: x + SIZES.padding, y: y + SIZES.headHeight }]))
  return { points: inBox, strain }
}

/** A hole between the cards where there is one; else a place below or beside them, so that the box stays in shape. */
function roomForCard(card: CardSpec, cards: ReadonlyMap<string, Rect>): Rect {
  const rects = [...cards.values()]
  const size = { width: card.width, height: SIZES.cardHeight }
  const first = { x: SIZES.padding, y: SIZES.headHeight, ...size }
  if (rects.length === 0) return first
  const bounds = around(rects)
  const columns = [...new Set(rects.map((rect) => rect.x))].sort((a, b) => a - b)
  const right = { x: bounds.x + bounds.width + SIZES.cardGapX, y: bounds.y, ...size }
  const rows = rowsOf(rects, bounds)
  const spots = columns.flatMap((x) => rows.map((y) => ({ x, y, width: card.width, height: SIZES.cardHeight })))
  const free = [...spots, right].filter((spot) => !rects.some((rect) => overlaps(spot, rect, SIZES.cardGapY - 1)))
  return bestBy(free, (spot) => shapeCost(around([...rects, spot]), bounds)) ?? right
}

function rowsOf(rects: readonly Rect[], bounds: Rect): number[] {
  const pitch = SIZES.cardHeight + SIZES.cardGapY
  const tops = [...new Set(rects.map((rect) => rect.y))].sort((a, b) => a - b)
  return [...tops, (tops.at(-1) ?? bounds.y) + pitch]
}

function shapeCost(after: Rect, before: Rect): number {
  const grows = after.width > before.width || after.height > before.height
  return grows ? 1 + Math.max(after.width / 1.7, after.height) : 0
}

function bestBy<T>(values: readonly T[], cost: (value: T) => number): T | undefined {
  let best: { value: T; cost: number } | undefined
  for (const value of values) {
    const price = cost(value)
    if (best === undefined || price < best.cost) best = { value, cost: price }
  }
  return best?.value
}

function boundsOf(cards: ReadonlyMap<string, Rect>, headWidth: number): Rect {
  if (cards.size === 0) return { ...EMPTY, width: Math.max(EMPTY.width, headWidth) }
  const content = around([...cards.values()])
  const x = Math.min(0, content.x - SIZES.padding)
  const y = Math.min(0, content.y - SIZES.headHeight)
  const right = Math.max(content.x + content.width + SIZES.padding, x + headWidth)
  return { x, y, width: right - x, height: content.y + content.height + SIZES.padding - y }
}

/** The first picture of all: boxes in columns, outside ends left where they are sources and right where they are targets. */
function arrangeAll(input: LayoutInput, inner: Inners): Arranged {
  const boxOf = new Map(input.boxes.flatMap((box) => box.cards.map((card) => [card.id, boxKey(box.id)] as const)))
  const names = new Map(input.boxes.map((box) => [box.id, boxKey(box.id)]))
  const outside = new Set(input.outside.map((end) => end.id))
  const lift = (id: string): string => boxOf.get(id) ?? (outside.has(id) ? id : (names.get(id) ?? id))
  const links = unique(input.links.map(({ from, to }) => ({ from: lift(from), to: lift(to) })))
  const items: Item[] = [
    ...input.boxes.map((box) => ({ ...sizeOf(inner.get(box.id)?.bounds ?? EMPTY), id: boxKey(box.id) })),
    ...input.outside.map(({ id, width }) => {
      const side = links.some((link) => link.from === id) ? ('left' as const) : ('right' as const)
      return { id, width, height: SIZES.outsideHeight, side }
    }),
  ]
  return arrange(items, links, { gapX: SIZES.boxGapX, gapY: SIZES.boxGapY, aspect: STAGE.aspect, tight: true })
}

function sizeOf({ width, height }: Rect): { width: number; height: number } {
  return { width, height }
}

function unique(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [`${link.from} ${link.to}`, link])).values()]
}

type Locate = (id: string) => Rect | undefined

function locate(boxes: ReadonlyMap<string, Rect>, outside: ReadonlyMap<string, Rect>): Locate {
  return (id) => outside.get(id) ?? boxes.get(id) ?? boxes.get(id.slice(0, id.indexOf('/')))
}

/** A wish for something new: outside ends beside what they talk to, boxes where the whole stays in shape. */
function roomFor(task: Task, taken: readonly Rect[], links: readonly Link[], find: Locate): Point {
  const all = around(taken)
  if (taken.length === 0) return { x: 0, y: 0 }
  const size = task.rectAt({ x: 0, y: 0 })
  if (task.type === 'outside') {
    const target = links.find((link) => link.from === task.id)
    const other = find(target?.to ?? links.find((link) => link.to === task.id)?.from ?? '')
    const y = other === undefined ? all.y : other.y + SIZES.headHeight
    const isSource = target !== undefined || links.every((link) => link.to !== task.id)
    return { x: isSource ? all.x - SIZES.boxGapX - size.width : all.x + all.width + SIZES.boxGapX, y }
  }
  const spots = [
    { x: all.x, y: all.y + all.height + SIZES.boxGapY },
    { x: all.x + all.width + SIZES.boxGapX, y: all.y },
    ...taken.flatMap((rect) => [
      { x: rect.x + rect.width + SIZES.boxGapX, y: rect.y },
      { x: rect.x, y: rect.y + rect.height + SIZES.boxGapY },
    ]),
  ].filter((spot) => !taken.some((rect) => overlaps({ ...size, ...spot }, rect, SIZES.boxGapY - 1)))
  return bestBy(spots, (spot) => shapeCost(around([...taken, { ...size, ...spot }]), all)) ?? { x: all.x, y: all.y }
}

function absolute(
  input: LayoutInput,
  inner: ReadonlyMap<string, Inner>,
  anchors: ReadonlyMap<string, Point>,
): Map<string, Rect> {
  const cards = new Map<string, Rect>()
  for (const box of input.boxes) {
    const anchor = anchors.get(box.id) ?? { x: 0, y: 0 }
    for (const [id, rect] of inner.get(box.id)?.cards ?? []) {
      cards.set(id, { ...rect, x: rect.x + anchor.x, y: rect.y + anchor.y })
    }
  }
  return cards
}

function remember(input: LayoutInput, previous: Layout): Map<string, Point> {
  const memory = new Map(previous.memory)
  for (const [id, anchor] of previous.anchors) memory.set(boxKey(id), anchor)
  for (const [id, { x, y }] of previous.outside) memory.set(id, { x, y })
  for (const [id, rect] of previous.cards) {
    const anchor = previous.anchors.get(id.slice(0, id.indexOf('/')))
    if (anchor !== undefined) memory.set(id, { x: rect.x - anchor.x, y: rect.y - anchor.y })
  }
  for (const box of input.boxes) if (!box.closed) for (const card of box.cards) memory.delete(card.id)
  return memory
}
