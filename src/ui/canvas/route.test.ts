import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pointOf, trackOf } from './curve.ts'
import { crosses } from './detour.ts'
import { contains, inflate, overlaps, type Rect } from './geometry.ts'
import { LABEL_HEIGHT, markAll } from './marks.ts'
import { routeAll, type Course, type Ground } from './route.ts'
import type { Line } from './scene.ts'

const at = (x: number, y: number): Rect => ({ x, y, width: 150, height: 58 })

function ground(cards: Readonly<Record<string, Rect>>, boxes: Readonly<Record<string, Rect>> = {}): Ground {
  const rects = new Map<string, { rect: Rect; type: 'card' | 'box' }>()
  for (const [id, rect] of Object.entries(cards)) rects.set(id, { rect, type: 'card' })
  for (const [id, rect] of Object.entries(boxes)) rects.set(id, { rect, type: 'box' })
  return { rects }
}

function lead(from: string, to: string, on: Ground): Course {
  const course = routeAll([{ id: 'x', from, to }], on).get('x')
  if (course === undefined) throw new Error('no course')
  return course
}

function crossed(course: Course, rect: Rect): boolean {
  return trackOf(course.curve, 40).points.some((point) => contains(inflate(rect, -1), point))
}

function line(id: string, more: Partial<Line> = {}): Line {
  return {
    id,
    from: 'a',
    to: 'b',
    edges: [],
    status: 'allowed',
    label: '8080',
    name: id,
    blockedAt: 'none',
    differs: false,
    broken: false,
    asWanted: false,
    stale: false,
    ...more,
  }
}

const NOTHING = { cards: [], heads: [] }

describe('a line', () => {
  test('runs straight between cards of one row', () => {
    const course = lead('a', 'b', ground({ a: at(0, 0), b: at(300, 0) }))
    expect(course.start.x).toBe(150)
    expect(course.end.x).toBe(300)
    expect(course.start.y).toBe(course.end.y)
    expect(course.normal).toEqual({ x: -1, y: 0 })
  })

  test('leaves below for what stands below', () => {
    const course = lead('a', 'b', ground({ a: at(0, 0), b: at(0, 200) }))
    expect(course.start.y).toBe(58)
    expect(course.end.y).toBe(200)
  })

  test('goes around a card that stands in its way', () => {
    const cards = { a: at(0, 0), wall: at(220, 0), b: at(440, 0) }
    const course = lead('a', 'b', ground(cards))
    expect(crossed(course, cards.wall)).toBe(false)
  })

  test('goes around a whole row of cards', () => {
    const walls = [0, 90, 180, 270].map((y, index) => [`w${index}`, at(220, y - 120)] as const)
    const cards = { a: at(0, 0), b: at(440, 0), ...Object.fromEntries(walls) }
    const course = lead('a', 'b', ground(cards))
    for (const [, wall] of walls) expect(crossed(course, wall)).toBe(false)
  })

  test('ends at the border of a namespace, from inside where its card is inside', () => {
    const on = ground({ a: at(40, 60), b: at(500, 60) }, { 'ns x': { x: 0, y: 0, width: 300, height: 200 } })
    const out = lead('a', 'ns x', on)
    expect(contains({ x: 0, y: 0, width: 300, height: 200 }, out.curve.at(-1)?.[3] ?? { x: -1, y: -1 })).toBe(true)
    expect(lead('b', 'ns x', on).end.x).toBe(300)
  })

  test('of a workload to itself is a loop above it', () => {
    const course = lead('a', 'a', ground({ a: at(0, 0) }))
    const middle = course.curve[0] === undefined ? undefined : pointOf(course.curve[0], 0.5)
    expect(middle?.y).toBeLessThan(-10)
  })

  test('to a node that is not there is left out', () => {
    expect(routeAll([{ id: 'x', from: 'a', to: 'gone' }], ground({ a: at(0, 0) })).size).toBe(0)
  })
})

describe('several lines', () => {
  test('between the same cards do not lie on each other, to and fro or in parallel', () => {
    const errands = [
      { id: '1', from: 'a', to: 'b' },
      { id: '2', from: 'a', to: 'b' },
      { id: '3', from: 'b', to: 'a' },
    ]
    const courses = routeAll(errands, ground({ a: at(0, 0), b: at(400, 0) }))
    const middles = [...courses.values()].map((course) => trackOf(course.curve).points[6]?.y ?? NaN)
    const sorted = middles.sort((a, b) => a - b)
    expect((sorted[1] ?? 0) - (sorted[0] ?? 0)).toBeGreaterThan(3)
    expect((sorted[2] ?? 0) - (sorted[1] ?? 0)).toBeGreaterThan(3)
  })

  test('cross no card that leaves them room, on any grid', () => {
    const cell = fc.record({ x: fc.nat(4), y: fc.nat(4) })
    fc.assert(
      fc.property(
        fc.uniqueArray(cell, { minLength: 2, maxLength: 14, selector: ({ x, y }) => `${x} ${y}` }),
        (cells) => {
          const cards = Object.fromEntries(cells.map(({ x, y }, index) => [`c${index}`, at(x * 260, y * 130)]))
          const course = lead('c0', 'c1', ground(cards))
          const others = Object.entries(cards).filter(([id]) => id !== 'c0' && id !== 'c1')
          expect(others.filter(([, rect]) => crossed(course, rect)).map(([id]) => id)).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('signs and labels', () => {
  const on = ground({ a: at(0, 0), b: at(400, 0) })
  const courses = routeAll([line('x')], on)

  test.each([
    ['source', [true, false]],
    ['destination', [false, true]],
    ['both', [true, true]],
  ] as const)('a denial by the %s has its cross there', (blockedAt, [near, far]) => {
    const signs = markAll([line('x', { status: 'denied', blockedAt })], courses, NOTHING).get('x')?.signs ?? []
    expect(signs.some((sign) => sign.x < 200)).toBe(near)
    expect(signs.some((sign) => sign.x > 350)).toBe(far)
  })

  test('what is allowed has no sign, what is undetermined has one in the middle', () => {
    expect(markAll([line('x')], courses, NOTHING).get('x')?.signs).toEqual([])
    const [sign] = markAll([line('x', { status: 'undetermined' })], courses, NOTHING).get('x')?.signs ?? []
    expect(sign?.x).toBeCloseTo(270.5, 0)
  })

  test('labels of neighbouring lines do not lie on each other, nor on a card', () => {
    const lines = ['1', '2', '3'].map((id) => line(id))
    const rows = routeAll(lines, on)
    const card = at(220, -10)
    const marks = [...markAll(lines, rows, { cards: [card], heads: [] }).values()]
    const boxes = marks.map(({ label, labelWidth }) => ({
      x: label.x - labelWidth / 2,
      y: label.y - LABEL_HEIGHT / 2,
      width: labelWidth,
      height: LABEL_HEIGHT,
    }))
    for (const [index, one] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) expect(overlaps(one, other)).toBe(false)
    }
  })
})

test.each([
  [{ x: -5, y: 5 }, { x: 15, y: 5 }, true],
  [{ x: -5, y: -5 }, { x: 15, y: -5 }, false],
  [{ x: 3, y: 3 }, { x: 4, y: 4 }, true],
  [{ x: -5, y: 8 }, { x: 8, y: 21 }, false],
])('a piece from %o to %o meets the square 0..10: %s', (a, b, meets) => {
  expect(crosses(a, b, { x: 0, y: 0, width: 10, height: 10 })).toBe(meets)
})
