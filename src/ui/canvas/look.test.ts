import { expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import { outsideLines, outsideName } from './look.ts'

test.each<[End, string, string]>([
  [{ internet: true }, 'Internet | public IPs', 'The internet, public addresses'],
  [{ anywhere: true }, 'Anywhere | any peer', 'Anywhere, any peer'],
  [{ host: 'a.example' }, 'a.example | host', 'Host a.example'],
  [{ node: 'n1' }, 'n1 | node', 'Node n1'],
  [{ cidr: '10.0.0.0/8' }, '10.0.0.0/8 | IP block', 'IP block 10.0.0.0/8'],
  [
    { ingressController: true },
    'Ingress controller | Ingress, routes',
    'The ingress controller: what Ingress, Route and Gateway send from',
  ],
])('the card of %j says what it is', (end, lines, name) => {
  const { title, detail } = outsideLines(end)
  expect(`${title} | ${detail}`).toBe(lines)
  expect(outsideName(end)).toBe(name)
})
