import { describe, expect, test } from 'vitest'
import { allTexts, collisionsOf, pictureOf, sheetOf } from './crowded.testkit.ts'
import { fittedTo } from './fit.ts'
import { markAll, type Marks } from './marks.ts'
import { routeAll, type Ground } from './route.ts'
import type { Line } from './scene.ts'

describe('signs and labels', () => {
  const texts = [...allTexts()]

  test('of the first sample and of those of the sister folder lie on nothing', async () => {
    for (const [name, files] of texts.filter(([name], index) => index === 0 || name.startsWith('shared'))) {
      expect({ name, found: collisionsOf(sheetOf(await pictureOf(files))) }).toEqual({ name, found: [] })
    }
  }, 30_000)

  test('of the other samples and of all lessons lie on hardly anything, and on no card', async () => {
    const found: string[] = []
    for (const [, files] of texts.slice(1)) found.push(...collisionsOf(sheetOf(await pictureOf(files))))
    // Two pairs where very many lines meet, and three signs on the head of a box that their line runs across.
    expect(found.length).toBeLessThanOrEqual(5)
    expect(found.filter((pair) => pair.includes('× card'))).toEqual([])
  }, 30_000)

  test('stay where they are when another line comes, goes or breaks', () => {
    const lines = crowd()
    const before = mark(lines)
    const fewer = lines.filter(({ id }) => id !== '4')
    for (const next of [fewer, lines.map((line) => ({ ...line, broken: line.id === '4' }))]) {
      const after = mark(next, before)
      for (const { id } of fewer) expect(after.get(id)).toEqual(before.get(id))
    }
  })

  test('go with their own line when its ends move', () => {
    const lines = crowd()
    const before = mark(lines)
    const moved = mark(lines, before, 90)
    expect(moved.get('0')?.label).not.toEqual(before.get('0')?.label)
    expect(moved).toEqual(mark(lines, new Map(), 90))
  })
})

test('the first sample is shown large on a small screen with all its panels, its boxes in line', async () => {
  const [[, files] = ['', []]] = allTexts()
  const { extent, layout } = sheetOf(await pictureOf(files))
  expect(fittedTo(extent, { width: 634, height: 612, foot: 98, aside: 50, closest: 1.1 }).zoom).toBeGreaterThan(0.75)
  expect(layout.boxes.get('shop')?.x).toBe(layout.boxes.get('data')?.x)
})

/** Lines from one card to eight on its right. */
function crowd(): Line[] {
  const rest = {
    edges: [],
    name: '',
    blockedAt: 'both',
    differs: false,
    broken: false,
    asWanted: false,
    stale: false,
  } as const
  return Array.from({ length: 8 }, (_, index) => ({
    ...rest,
    id: `${index}`,
    from: 'a',
    to: `b${index}`,
    status: index % 2 === 0 ? 'denied' : 'allowed',
    label: 'TCP 8080',
  }))
}

function mark(lines: readonly Line[], previous: ReadonlyMap<string, Marks> = new Map(), y = 300): Map<string, Marks> {
  const size = { width: 150, height: 58 }
  const rects: Ground['rects'] = new Map([
    ['a', { rect: { x: 0, y, ...size }, type: 'card' as const }],
    ...Array.from(
      { length: 8 },
      (_, index) => [`b${index}`, { rect: { x: 300, y: index * 80, ...size }, type: 'card' as const }] as const,
    ),
  ])
  // Where a line runs depends on how many leave with it: all eight are led, whichever are shown.
  const cards = [...rects.values()].map(({ rect }) => rect)
  return markAll(lines, routeAll(crowd(), { rects }), { cards, heads: [] }, previous)
}
