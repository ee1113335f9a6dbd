import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Link } from './arrange.ts'
import { settle } from './drop.ts'
import { contains, overlaps, type Rect } from './geometry.ts'
import { layOut, NO_LAYOUT, SIZES, type BoxSpec, type Layout, type LayoutInput } from './layout.ts'

const WIDTHS = [148, 184, 218]

function box(name: string, cards: number, closed = false): BoxSpec {
  const specs = Array.from({ length: cards }, (_, index) => ({
    id: `${name}/Deployment/w${index}`,
    width: WIDTHS[index % 3] ?? 148,
  }))
  return { id: name, cards: specs, closed, headWidth: 220 }
}

function input(boxes: readonly BoxSpec[], more: Partial<LayoutInput> = {}): LayoutInput {
  return { boxes, outside: [], links: [], positions: {}, ...more }
}

/** What is wrong with a layout: overlapping things, cards outside their box or under its head. */
function faults(layout: Layout): string[] {
  const found = overlapping(
    new Map([...layout.boxes, ...[...layout.outside].map(([id, rect]) => [`* ${id}`, rect] as const)]),
  )
  for (const [name, frame] of layout.boxes) {
    const cards = new Map([...layout.cards].filter(([id]) => id.startsWith(`${name}/`)))
    found.push(...overlapping(cards))
    for (const [id, card] of cards) {
      const end = { x: card.x + card.width, y: card.y + card.height }
      if (!contains(frame, card) || !contains(frame, end)) found.push(`${id} is outside its box`)
      if (card.y < frame.y + SIZES.headHeight - 0.001) found.push(`${id} is under the head of its box`)
    }
  }
  return found
}

function overlapping(rects: ReadonlyMap<string, Rect>): string[] {
  const all = [...rects]
  return all.flatMap(([a, one], index) =>
    all.slice(index + 1).flatMap(([b, other]) => (overlaps(one, other) ? `${a} overlaps ${b}` : [])),
  )
}

function places(layout: Layout): Map<string, { x: number; y: number }> {
  return new Map([...layout.cards, ...layout.outside].map(([id, { x, y }]) => [id, { x, y }]))
}

const anyInput = fc
  .array(fc.record({ cards: fc.nat(9), closed: fc.boolean() }), { minLength: 1, maxLength: 7 })
  .chain((boxes) => {
    const specs = boxes.map(({ cards, closed }, index) => box(`n${index}`, cards, closed))
    const outside = [
      { id: 'internet', width: 132 },
      { id: 'cidr:10.0.0.0/8', width: 178 },
    ]
    const ids = [
      ...specs.flatMap((one) => [one.id, ...one.cards.map((card) => card.id)]),
      ...outside.map((end) => end.id),
    ]
    const link = fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids) })
    const at = fc.record({ x: fc.integer({ min: -600, max: 900 }), y: fc.integer({ min: -600, max: 900 }) })
    return fc.record({
      boxes: fc.constant(specs),
      outside: fc.constant(outside),
      links: fc.array(link, { maxLength: 25 }),
      positions: fc.dictionary(fc.constantFrom(...ids), at, { maxKeys: 4 }),
    })
  })

describe('the first layout', () => {
  test('puts a box close to a narrow neighbour, though a wide one stands in the same column', () => {
    const given = input([box('a', 6), box('b', 6), { ...box('wide', 1), headWidth: 360 }], {
      outside: [{ id: 'internet', width: 132 }],
      links: [
        { from: 'internet', to: 'a' },
        { from: 'wide', to: 'b' },
        { from: 'b', to: 'a' },
      ],
    })
    const { boxes, outside } = layOut(given, NO_LAYOUT)
    const near = (boxes.get('b')?.x ?? NaN) - (outside.get('internet')?.x ?? NaN)
    expect(near).toBeLessThan(132 + 2 * SIZES.boxGapX)
    expect(near).toBeLessThan(360)
  })

  test('never lets anything overlap, wherever the user has put things', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        expect(faults(layOut(given, NO_LAYOUT))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('is the same for the same input', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        expect(layOut(given, NO_LAYOUT)).toEqual(layOut(given, NO_LAYOUT))
      }),
      { numRuns: 30 },
    )
  })

  test('puts sources left of targets, and the internet left of what it reaches', () => {
    const links: Link[] = [
      { from: 'internet', to: 'a/Deployment/w0' },
      { from: 'a/Deployment/w0', to: 'b/Deployment/w0' },
      { from: 'b/Deployment/w0', to: 'c/Deployment/w0' },
    ]
    const outside = [{ id: 'internet', width: 132 }]
    const layout = layOut(input([box('c', 6), box('b', 6), box('a', 6)], { links, outside }), NO_LAYOUT)
    const left = (id: string): number => layout.boxes.get(id)?.x ?? NaN
    expect(left('a')).toBeLessThanOrEqual(left('b'))
    expect(left('b')).toBeLessThanOrEqual(left('c'))
    expect(layout.outside.get('internet')?.x).toBeLessThan(left('a'))
  })

  test('puts a card that is called right of the card that calls it, or below it', () => {
    const links = [
      { from: 'a/Deployment/w2', to: 'a/Deployment/w1' },
      { from: 'a/Deployment/w1', to: 'a/Deployment/w0' },
    ]
    const layout = layOut(input([box('a', 3)], { links }), NO_LAYOUT)
    for (const { from, to } of links) {
      const [caller, called] = [layout.cards.get(from), layout.cards.get(to)]
      const right = (caller?.x ?? 0) < (called?.x ?? 0)
      expect(right || (caller?.x === called?.x && (caller?.y ?? 0) < (called?.y ?? 0))).toBe(true)
    }
  })

  test('keeps a position that the user set', () => {
    const positions = { a: { x: 1000, y: -300 }, 'a/Deployment/w0': { x: 60, y: 90 } }
    const layout = layOut(input([box('a', 2), box('b', 2)], { positions }), NO_LAYOUT)
    expect(layout.anchors.get('a')).toEqual({ x: 1000, y: -300 })
    expect(layout.cards.get('a/Deployment/w0')).toMatchObject({ x: 1060, y: -210 })
  })
})

describe('a later layout', () => {
  test('moves nothing when a connection comes or goes', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const before = layOut({ ...given, positions: {} }, NO_LAYOUT)
        const after = layOut({ ...given, positions: {}, links: [] }, before)
        expect(places(after)).toEqual(places(before))
      }),
      { numRuns: 50 },
    )
  })

  test('moves nothing when cards go, and puts them back where they were when they return', () => {
    const whole = input([box('a', 7), box('b', 4)])
    const before = layOut(whole, NO_LAYOUT)
    const fewer = layOut(input([box('a', 3)]), before)
    for (const [id, at] of places(fewer)) expect(at).toEqual(places(before).get(id))
    expect(places(layOut(whole, fewer))).toEqual(places(before))
  })

  test('gives a new card a free place and moves no other card of its box', () => {
    let layout = layOut(input([box('a', 1)]), NO_LAYOUT)
    for (let count = 2; count < 14; count += 1) {
      const next = layOut(input([box('a', count)]), layout)
      for (const [id, at] of places(layout)) expect(places(next).get(id)).toEqual(at)
      expect(faults(next)).toEqual([])
      layout = next
    }
    const frame = layout.boxes.get('a')
    expect((frame?.width ?? 0) / (frame?.height ?? 1)).toBeGreaterThan(0.7)
  })

  test('gives new boxes and outside ends a free place and moves no other', () => {
    const before = layOut(input([box('a', 3), box('b', 2)]), NO_LAYOUT)
    const outside = [{ id: 'internet', width: 132 }]
    const after = layOut(input([box('a', 3), box('b', 2), box('c', 5), box('d', 0)], { outside }), before)
    for (const [id, at] of places(before)) expect(places(after).get(id)).toEqual(at)
    expect(faults(after)).toEqual([])
  })

  test('stays free of overlaps through any sequence of pictures', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { minLength: 2, maxLength: 5 }), (pictures) => {
        let layout = NO_LAYOUT
        for (const picture of pictures) {
          layout = layOut(picture, layout)
          expect(faults(layout)).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })

  test('closing and opening a namespace moves no other', () => {
    const open = [box('a', 6), box('b', 2), box('c', 2)]
    const before = layOut(input(open), NO_LAYOUT)
    const closed = layOut(input([box('a', 6, true), box('b', 2), box('c', 2)]), before)
    expect(closed.boxes.get('b')).toEqual(before.boxes.get('b'))
    expect(layOut(input(open), closed).boxes).toEqual(before.boxes)
  })
})

describe('dropping', () => {
  const given = input([box('a', 4), box('b', 3)], { outside: [{ id: 'internet', width: 132 }] })
  const layout = layOut(given, NO_LAYOUT)
  const card = 'a/Deployment/w0'

  test('a card stays where it is dropped when that is free, and its box grows to hold it', () => {
    const at = layout.cards.get(card) ?? { x: 0, y: 0 }
    const position = settle({ type: 'card', id: card, box: 'a' }, { x: at.x - 40, y: at.y }, layout)
    const after = layOut({ ...given, positions: { [card]: position } }, layout)
    expect(after.cards.get(card)).toMatchObject({ x: at.x - 40, y: at.y })
    expect(faults(after)).toEqual([])
  })

  test('whatever is dropped anywhere, nothing overlaps and nothing else moves', () => {
    const things = [
      { type: 'card' as const, id: card, box: 'a' },
      { type: 'box' as const, id: 'b' },
      { type: 'outside' as const, id: 'internet' },
    ]
    const where = fc.record({ x: fc.integer({ min: -900, max: 1200 }), y: fc.integer({ min: -900, max: 1200 }) })
    fc.assert(
      fc.property(fc.constantFrom(...things), where, (thing, at) => {
        const after = layOut({ ...given, positions: { [thing.id]: settle(thing, at, layout) } }, layout)
        expect(faults(after)).toEqual([])
        const moved = [...after.cards].filter(([id, rect]) => {
          const old = layout.cards.get(id)
          return old?.x !== rect.x || old.y !== rect.y
        })
        const mayMove = thing.type === 'box' ? 'b/' : thing.id
        expect(moved.every(([id]) => id.startsWith(mayMove))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
