import { inflate, overlaps, type Point, type Rect } from './geometry.ts'

/** What is on the canvas already, found by its place: what it would cost to put something there. */
export interface Occupied {
  readonly add: (rect: Rect, price: number) => void
  /** A line passes there. */
  readonly trace: (points: readonly Point[]) => void
  /** The prices of everything that a rectangle would lie on; `gap` is kept free around it. */
  readonly costOf: (rect: Rect, gap: number) => number
  /** How much of lines a rectangle would lie on, not counting `own` of them everywhere. */
  readonly linesIn: (rect: Rect, own: number) => number
}

interface Taken {
  readonly rect: Rect
  readonly price: number
}

/** Sizes of the cells in which things are found: of rectangles, and of the traces of lines. */
const CELL = 80
const GRAIN = 12

/** Nothing is there yet. Kept in cells, so that asking costs the same with ten lines and with a thousand. */
export function createOccupied(): Occupied {
  const cells = new Map<number, Taken[]>()
  const traces = new Map<number, number>()
  return {
    add: (rect, price) => {
      for (const key of cellsOf(rect, CELL)) {
        const taken = cells.get(key)
        if (taken === undefined) cells.set(key, [{ rect, price }])
        else taken.push({ rect, price })
      }
    },
    trace: (points) => {
      for (const key of new Set(grainsOf(points))) traces.set(key, (traces.get(key) ?? 0) + 1)
    },
    costOf: (rect, gap) => {
      const wide = inflate(rect, gap)
      let sum = 0
      for (const key of cellsOf(wide, CELL)) sum += costIn(cells.get(key), wide, key)
      return sum
    },
    linesIn: (rect, own) => {
      let sum = 0
      for (const key of cellsOf(rect, GRAIN)) sum += Math.max(0, (traces.get(key) ?? 0) - own)
      return sum
    },
  }
}

function costIn(taken: readonly Taken[] = [], wide: Rect, key: number): number {
  let sum = 0
  for (const { rect, price } of taken) {
    // What lies in several cells counts in the first that both share.
    if (overlaps(rect, wide) && keyAt(Math.max(rect.x, wide.x), Math.max(rect.y, wide.y), CELL) === key) sum += price
  }
  return sum
}

function keyAt(x: number, y: number, size: number): number {
  return keyOf(Math.floor(x / size), Math.floor(y / size))
}

// Rows and columns within ±32,768: the canvas ends long before.
function keyOf(column: number, row: number): number {
  return (column + 32_768) * 65_536 + row + 32_768
}

function cellsOf({ x, y, width, height }: Rect, size: number): number[] {
  const keys: number[] = []
  const [right, bottom] = [Math.floor((x + width) / size), Math.floor((y + height) / size)]
  for (let column = Math.floor(x / size); column <= right; column += 1) {
    for (let row = Math.floor(y / size); row <= bottom; row += 1) keys.push(keyOf(column, row))
  }
  return keys
}

function grainsOf(points: readonly Point[]): number[] {
  return points.flatMap((to, index) => {
    const from = points[index - 1] ?? to
    const steps = Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) / GRAIN)
    return Array.from({ length: steps }, (_, step) => {
      const part = (step + 1) / steps
      return keyAt(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part, GRAIN)
    })
  })
}
