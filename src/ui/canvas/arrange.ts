import { around, clamp, overlaps, type Point, type Rect } from './geometry.ts'

/** Something to be placed: `side` forces it into the first or the last column. */
export interface Item {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly side?: 'left' | 'right' | undefined
}

/** A line between two items; it should run from left to right. */
export interface Link {
  readonly from: string
  readonly to: string
}

/** How to arrange: gaps between columns and rows, the wanted width : height, and a grid for rows where one is wanted. */
export interface Arrangement {
  readonly gapX: number
  readonly gapY: number
  readonly aspect: number
  readonly snap?: number | undefined
  /** Items may leave their column to the left, where what is left of them leaves room: beside a narrow one, over a wide one. */
  readonly tight?: boolean | undefined
}

/** Where things are put, and how far the links have to pass others for it: 0 is best; `size` is that of all. */
export interface Arranged {
  readonly points: ReadonlyMap<string, Point>
  readonly strain: number
  readonly size: { readonly width: number; readonly height: number }
}

/** Places items in columns, sources left and targets right, without overlap, in about the wanted shape. Same input, same picture. */
export function arrange(items: readonly Item[], links: readonly Link[], how: Arrangement): Arranged {
  const known = relevant(items, links)
  const left = items.filter((item) => item.side === 'left')
  const right = items.filter((item) => item.side === 'right')
  const free = items.filter((item) => item.side === undefined)
  const sorted = inOrder(free, relevant(free, links))
  // Side items in columns of their own, or (where that makes the picture too wide) above and below the others.
  const ways: readonly Way[] = [
    { before: [left], middle: sorted, after: [right], merit: 1 },
    { before: [left], middle: [...sorted, ...right], after: [], merit: 0.94 },
    { before: [], middle: [...left, ...sorted, ...right], after: [], merit: 0.86 },
  ]
  const columns = bestColumns(ways, known, how)
  const points = place(columns, known, how)
  return { points, strain: strainIn(columns, known), size: sizeOf(columns, points) }
}

type Way = {
  readonly before: readonly (readonly Item[])[]
  readonly middle: readonly Item[]
  readonly after: readonly (readonly Item[])[]
  readonly merit: number
}

function bestColumns(ways: readonly Way[], links: readonly Link[], how: Arrangement): (readonly Item[])[] {
  let best: { columns: (readonly Item[])[]; score: number } | undefined
  for (const { before, middle, after, merit } of ways) {
    for (let count = Math.min(1, middle.length); count <= Math.min(middle.length, MOST_COLUMNS); count += 1) {
      const cut = count === 0 ? [] : split(middle, links, count, how.gapY)
      const filled = [...before, ...cut, ...after].filter((column) => column.length > 0)
      const columns = swapped(untangle(filled, links), links)
      if (columns.length === 0) continue
      const score = merit * judge(columns, links, how)
      if (best === undefined || score > best.score) best = { columns, score }
    }
  }
  return best?.columns ?? []
}

const MOST_COLUMNS = 14

function relevant(items: readonly Item[], links: readonly Link[]): Link[] {
  const ids = new Set(items.map((item) => item.id))
  return links.filter((link) => link.from !== link.to && ids.has(link.from) && ids.has(link.to))
}

/** Topological as far as cycles allow (the heuristic of Eades, Lin and Smyth); what has no links comes last. */
function inOrder(items: readonly Item[], links: readonly Link[]): Item[] {
  const linked = new Set(links.flatMap((link) => [link.from, link.to]))
  const rest = new Set(items.filter((item) => linked.has(item.id)).map((item) => item.id))
  const front: string[] = []
  const back: string[] = []
  let left = [...links]
  while (rest.size > 0) {
    const balance = new Map([...rest].map((id) => [id, { out: 0, in: 0 }]))
    for (const link of left) {
      bump(balance.get(link.from), 'out')
      bump(balance.get(link.to), 'in')
    }
    const { id, toFront } = nextOf(balance)
    ;(toFront ? front : back).push(id)
    rest.delete(id)
    left = left.filter((link) => link.from !== id && link.to !== id)
  }
  const byId = new Map(items.map((item) => [item.id, item]))
  const chain = [...front, ...back.toReversed()].flatMap((id) => byId.get(id) ?? [])
  return [...layered(chain, links), ...items.filter((item) => !linked.has(item.id))]
}

function bump(count: { out: number; in: number } | undefined, which: 'out' | 'in'): void {
  if (count !== undefined) count[which] += 1
}

function nextOf(balance: ReadonlyMap<string, { out: number; in: number }>): { id: string; toFront: boolean } {
  const all = [...balance]
  const source = all.find(([, count]) => count.in === 0)
  if (source !== undefined) return { id: source[0], toFront: true }
  const sink = all.find(([, count]) => count.out === 0)
  if (sink !== undefined) return { id: sink[0], toFront: false }
  const [first, ...others] = all
  let best = first ?? ['', { out: 0, in: 0 }]
  for (const entry of others) {
    if (entry[1].out - entry[1].in > best[1].out - best[1].in) best = entry
  }
  return { id: best[0], toFront: true }
}

/** Sorts a chain by the longest way to each item along links that go forwards in it. */
function layered(chain: readonly Item[], links: readonly Link[]): Item[] {
  const at = new Map(chain.map((item, index) => [item.id, index]))
  const rank = new Map<string, number>()
  for (const item of chain) {
    const before = links.filter((link) => link.to === item.id && (at.get(link.from) ?? 0) < (at.get(item.id) ?? 0))
    rank.set(item.id, Math.max(0, ...before.map((link) => (rank.get(link.from) ?? 0) + 1)))
  }
  return [...chain].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0))
}

/** Cuts a sequence into columns: even heights, few links inside one column (dynamic programming). */
function split(items: readonly Item[], links: readonly Link[], count: number, gap: number): (readonly Item[])[] {
  const size = items.length
  const at = new Map(items.map((item, index) => [item.id, index]))
  const total = items.reduce((sum, item) => sum + item.height + gap, 0)
  const cost = (from: number, to: number): number => {
    const height = items.slice(from, to).reduce((sum, item) => sum + item.height + gap, 0)
    const inside = links.filter((link) => within(at.get(link.from), from, to) && within(at.get(link.to), from, to))
    return ((height * count) / total) ** 2 + 0.3 * inside.length
  }
  let best: { cost: number; cuts: number[] }[] = items.map((_, index) => ({ cost: cost(0, index + 1), cuts: [0] }))
  for (let column = 1; column < count; column += 1) {
    best = items.map((_, index) => {
      let found = { cost: Infinity, cuts: [0] }
      for (let cut = column; cut <= index; cut += 1) {
        const before = best[cut - 1]
        if (before === undefined || before.cost >= found.cost) continue
        const sum = before.cost + cost(cut, index + 1)
        if (sum < found.cost) found = { cost: sum, cuts: [...before.cuts, cut] }
      }
      return found
    })
  }
  const cuts = best.at(-1)?.cuts ?? [0]
  return cuts.map((cut, index) => items.slice(cut, cuts[index + 1] ?? size))
}

function within(index: number | undefined, from: number, to: number): boolean {
  return index !== undefined && index >= from && index < to
}

/** Larger is better: how large it can be shown, less for links that have to pass other items. */
function judge(columns: readonly (readonly Item[])[], links: readonly Link[], how: Arrangement): number {
  const { width, height } = sizeOf(columns, place(columns, links, how))
  return Math.min(how.aspect / width, 1 / height) / (1 + 0.7 * strainIn(columns, links))
}

function sizeOf(columns: readonly (readonly Item[])[], points: ReadonlyMap<string, Point>): Arranged['size'] {
  const { width, height } = around(columns.flat().map((item) => rectOf(item, points)))
  return { width, height: Math.max(1, height) }
}

function rectOf({ id, width, height }: Item, points: ReadonlyMap<string, Point>): Rect {
  return { ...(points.get(id) ?? { x: 0, y: 0 }), width, height }
}

/** The gaps after each column: wider where many lines and their labels have to pass; none after the last. */
function gapsOf(columns: readonly (readonly Item[])[], links: readonly Link[], how: Arrangement): number[] {
  const at = new Map(columns.flatMap((column, x) => column.map((item) => [item.id, x] as const)))
  return columns.map((_, index) => {
    if (index === columns.length - 1) return 0
    const passing = links.filter((link) => {
      const [from, to] = [at.get(link.from) ?? 0, at.get(link.to) ?? 0]
      return Math.min(from, to) <= index && Math.max(from, to) > index
    }).length
    return how.gapX + clamp((passing - 3) * 7, 0, 84)
  })
}

function strainIn(columns: readonly (readonly Item[])[], links: readonly Link[]): number {
  const at = new Map(columns.flatMap((column, x) => column.map((item, y) => [item.id, { x, y }] as const)))
  const sum = links.reduce((total, link) => total + strainOf(at.get(link.from), at.get(link.to)), 0)
  return sum / Math.max(1, links.length)
}

type Cell = { readonly x: number; readonly y: number }

function strainOf(from: Cell | undefined, to: Cell | undefined): number {
  if (from === undefined || to === undefined) return 0
  const across = Math.abs(to.x - from.x)
  if (across === 0) return (to.y > from.y ? 0.28 : 0.4) + Math.min(2, Math.abs(to.y - from.y) - 1)
  // Steep lines crowd the gap between columns.
  const steep = Math.min(1, 0.16 * Math.max(0, Math.abs(to.y - from.y) - 1))
  return Math.min(1, (across - 1) * 0.4) + steep
}

function widthOf(column: readonly Item[]): number {
  return Math.max(...column.map((item) => item.width))
}

function heightOf(column: readonly Item[], gap: number): number {
  return column.reduce((sum, item) => sum + item.height + gap, -gap)
}

/** Reorders each column by the mean position of what its items are linked to; a few sweeps to and fro. */
function untangle(columns: readonly (readonly Item[])[], links: readonly Link[]): (readonly Item[])[] {
  let current = columns.map((column) => [...column])
  for (let sweep = 0; sweep < 4; sweep += 1) {
    const position = new Map(
      current.flatMap((column) => column.map((item, index) => [item.id, (index + 0.5) / column.length] as const)),
    )
    current = current.map((column) => {
      const wish = new Map(
        column.map((item) => [item.id, meanOf(item.id, links, position) ?? position.get(item.id) ?? 0]),
      )
      return [...column].sort((a, b) => (wish.get(a.id) ?? 0) - (wish.get(b.id) ?? 0))
    })
  }
  return current
}

/** Exchanges neighbours in a column as long as that spares lines a detour. */
function swapped(columns: readonly (readonly Item[])[], links: readonly Link[]): (readonly Item[])[] {
  let best = [...columns]
  let least = strainIn(best, links)
  for (let round = 0; round < 3; round += 1) {
    for (const [x, column] of columns.entries()) {
      for (let y = 0; y < column.length - 1; y += 1) {
        const tried = best.with(x, exchanged(best[x] ?? [], y))
        const strain = strainIn(tried, links)
        if (strain >= least - 1e-9) continue
        best = tried
        least = strain
      }
    }
  }
  return best
}

function exchanged(column: readonly Item[], y: number): readonly Item[] {
  return [...column.slice(0, y), ...column.slice(y, y + 2).toReversed(), ...column.slice(y + 2)]
}

function meanOf(id: string, links: readonly Link[], position: ReadonlyMap<string, number>): number | undefined {
  const values = links.flatMap((link) => {
    if (link.from === id) return position.get(link.to) ?? []
    return link.to === id ? (position.get(link.from) ?? []) : []
  })
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** From left to right, each item as near as possible to the middle of what it is linked to; the first column last. */
function place(columns: readonly (readonly Item[])[], links: readonly Link[], how: Arrangement): Map<string, Point> {
  const tallest = Math.max(0, ...columns.map((column) => heightOf(column, how.gapY)))
  const middles = new Map<string, number>()
  const points = new Map<string, Point>()
  const [first, ...others] = columns
  const gaps = gapsOf(columns, links, how)
  let x = first === undefined ? 0 : widthOf(first) + (gaps[0] ?? 0)
  const put = (column: readonly Item[], left: number): void => {
    let room = tallest - heightOf(column, how.gapY)
    let y = 0
    for (const item of column) {
      const wish = (meanOf(item.id, links, middles) ?? y + item.height / 2) - item.height / 2
      const top = snapped(clamp(wish, y, y + room), y, how.snap)
      room -= top - y
      points.set(item.id, { x: left, y: top })
      y = top + item.height + how.gapY
    }
    for (const item of column) middles.set(item.id, (points.get(item.id)?.y ?? 0) + item.height / 2)
  }
  for (const [index, column] of others.entries()) {
    put(column, x)
    x += widthOf(column) + (gaps[index + 1] ?? 0)
  }
  if (first !== undefined) put(first, 0)
  return how.tight === true ? tightened(columns, points, gaps, how.gapY) : points
}

/** Moves items left, column by column: to the gap behind what stands on their height, but in line with their column where that costs no width. */
function tightened(
  columns: readonly (readonly Item[])[],
  points: ReadonlyMap<string, Point>,
  gaps: readonly number[],
  gapY: number,
): Map<string, Point> {
  const tight = new Map(points)
  const placed: Rect[] = []
  for (const [index, column] of columns.entries()) {
    const gap = gaps[index - 1] ?? 0
    const least = column.map((item) => leftmost(rectOf(item, points), placed, gap, gapY))
    const right = Math.max(...column.map((item, at) => (least[at] ?? 0) + item.width))
    for (const item of column) {
      const own = least[column.indexOf(item)] ?? 0
      const inLine = least.filter((x) => x + item.width <= right)
      tight.set(item.id, { x: Math.max(own, ...inLine), y: points.get(item.id)?.y ?? 0 })
    }
    placed.push(...column.map((item) => rectOf(item, tight)))
  }
  return tight
}

function leftmost(rect: Rect, placed: readonly Rect[], gap: number, gapY: number): number {
  const beside = placed.filter((other) => overlaps({ ...rect, x: other.x }, other, gapY - 1))
  return Math.max(0, ...beside.map((other) => other.x + other.width + gap))
}

function snapped(value: number, low: number, grid: number | undefined): number {
  return grid === undefined ? value : low + Math.floor((value - low) / grid + 0.25) * grid
}
