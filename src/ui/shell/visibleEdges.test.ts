import { expect, test } from 'vitest'
import { fakeEdge, fakePicture } from './fakeApp.testkit.ts'
import { visibleEdges } from './visibleEdges.ts'

const drawn = fakeEdge('web', 'db', { layers: ['checks'] })
const named = fakeEdge('web', 'api')
const reached = fakeEdge('web', 'cache', { layers: ['reach'] })
const picture = fakePicture({ edges: [drawn, named] })

test('only the layers that are on are spoken of', () => {
  const layers = { checks: true, rules: false, reach: false }
  expect(visibleEdges({ picture, reach: [reached] }, layers)).toEqual([drawn])
})

test('an edge of the reach that is drawn already counts once', () => {
  const layers = { checks: true, rules: true, reach: true }
  expect(visibleEdges({ picture, reach: [named, reached] }, layers)).toEqual([drawn, named, reached])
})
