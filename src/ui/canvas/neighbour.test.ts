import { expect, test } from 'vitest'
import { neighbour, type ArrowKey } from './neighbour.ts'

const at = (x: number, y: number): { x: number; y: number; width: number; height: number } => ({
  x,
  y,
  width: 150,
  height: 58,
})

const rects = new Map([
  ['left', at(0, 0)],
  ['middle', at(250, 0)],
  ['right', at(500, 20)],
  ['below', at(260, 120)],
  ['far', at(2000, 1500)],
])

test.each<[string, ArrowKey, string | undefined]>([
  ['left', 'ArrowRight', 'middle'],
  ['middle', 'ArrowRight', 'right'],
  ['middle', 'ArrowLeft', 'left'],
  ['middle', 'ArrowDown', 'below'],
  ['below', 'ArrowUp', 'middle'],
  ['left', 'ArrowLeft', undefined],
  ['gone', 'ArrowLeft', undefined],
])('from %s, %s leads to %s', (id, key, to) => {
  expect(neighbour(id, rects, key)).toBe(to)
})
