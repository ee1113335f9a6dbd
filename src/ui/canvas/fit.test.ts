import { describe, expect, test } from 'vitest'
import { fittedTo, isSameView } from './fit.ts'

const stage = { width: 800, height: 700, foot: 80, aside: 50, closest: 1.1 }

describe('a picture that is fitted', () => {
  test('stands in the middle between the top and the bars, though it is low', () => {
    const rect = { x: 40, y: -300, width: 700, height: 200 }
    const { y, zoom } = fittedTo(rect, stage)
    const above = rect.y * zoom + y
    const below = stage.height - stage.foot - (above + rect.height * zoom)
    expect(above).toBeGreaterThan(150)
    expect(Math.abs(above - below)).toBeLessThan(10)
  })

  test('is as large as the bars let it be, and no larger than one may come near', () => {
    const tall = { x: 0, y: 0, width: 100, height: 2000 }
    const { y, zoom } = fittedTo(tall, stage)
    expect(tall.height * zoom + y).toBeLessThanOrEqual(stage.height - stage.foot)
    expect(tall.height * zoom).toBeGreaterThan(stage.height - stage.foot - 40)
    expect(fittedTo({ x: 0, y: 0, width: 10, height: 10 }, stage).zoom).toBe(1.1)
  })

  test('has a view even where the bars leave no room', () => {
    expect(fittedTo({ x: 0, y: 0, width: 10, height: 10 }, { ...stage, height: 20 }).zoom).toBe(0.1)
  })
})

test('views are told apart, but for rounding', () => {
  const view = { x: 1, y: 2, zoom: 1 }
  expect(isSameView(view, { x: 1.2, y: 2, zoom: 1.0001 })).toBe(true)
  expect(isSameView(view, { x: 3, y: 2, zoom: 1 })).toBe(false)
})
