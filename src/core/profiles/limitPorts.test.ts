import { block, pods, policy, port, type Sketch } from '#core/evaluate/build.testkit.ts'
import { expect, test } from 'vitest'
import { limitPorts } from './limitPorts.ts'

const ports = (count: number) => Array.from({ length: count }, (_, i) => port(i + 1))
const left = (...egress: readonly Sketch[]): readonly (number | 'any')[] =>
  limitPorts(policy('p', '', { egress }), 4).map((rule) => (rule.ports === 'any' ? 'any' : rule.ports.length))
const [a, b] = [block('10.0.0.0/8'), block('10.1.0.0/16')]

test('ports of a block are counted over its rules, those of pods in each rule', () => {
  expect(left({ peers: [a], ports: ports(3) }, { peers: [a], ports: ports(3) })).toEqual([3, 1])
  expect(left({ peers: [a], ports: ports(5) }, { peers: [a], ports: ports(1) })).toEqual([4, 0])
  expect(left({ peers: [a], ports: ports(3) }, { peers: [b], ports: ports(3) })).toEqual([3, 3])
  expect(left({ peers: [a], ports: ports(3) }, { peers: [b, a], ports: ports(3) })).toEqual([3, 1])
  expect(left({ peers: [pods('')], ports: ports(3) }, { peers: [pods('')], ports: ports(5) })).toEqual([3, 4])
  expect(left({ ports: ports(3) }, { ports: ports(5) })).toEqual([3, 4])
})

test('a rule for all ports is no number of them', () => {
  expect(left({ peers: [a] }, { peers: [a], ports: ports(4) })).toEqual(['any', 4])
})

test('each direction counts for itself', () => {
  const rule = { peers: [a], ports: ports(3) }
  const both = policy('p', '', { ingress: [rule], egress: [rule] })
  expect(limitPorts(both, 4)).toEqual(both.rules)
})

test('what is within the limit stays the object that it is', () => {
  const { rules } = policy('p', '', { egress: [{ peers: [a], ports: ports(4) }] })
  expect(limitPorts({ rules }, 4)[0]).toBe(rules[0])
  expect(limitPorts({ rules }, 3)[0]).not.toBe(rules[0])
})
