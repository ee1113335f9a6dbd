import { expect, test } from 'vitest'
import { ALL_PORTS, NO_PORTS, portRange, unitePorts } from './ports.ts'
import { statusOf } from './status.ts'

const tcp = (from: number, to = from) => portRange('TCP', from, to)
const verdict = { allowed: tcp(10, 19), partial: tcp(20, 29), undetermined: tcp(30, 39) }

test.each([
  ['all asked ports are allowed', tcp(10, 19), 'allowed'],
  ['none is', tcp(40, 50), 'denied'],
  ['allowed and denied ones mix', unitePorts(tcp(10), tcp(40)), 'partial'],
  ['one is allowed for some pods only', unitePorts(tcp(10), tcp(20)), 'partial'],
  ['one is for some pods only, and another not known', unitePorts(tcp(20), tcp(30)), 'partial'],
  ['all asked ports are not known', tcp(30, 39), 'undetermined'],
  ['allowed and unknown ones mix', unitePorts(tcp(10), tcp(30)), 'undetermined'],
  ['denied and unknown ones mix', unitePorts(tcp(30), tcp(40)), 'undetermined'],
  ['allowed, denied and unknown ones mix', tcp(1, 65535), 'partial'],
  ['another protocol is asked', portRange('UDP', 10, 10), 'denied'],
  ['nothing is asked', NO_PORTS, 'undetermined'],
] as const)('where %s', (_, asked, status) => {
  expect(statusOf(verdict, asked)).toBe(status)
})

test('a verdict that allows everything allows everything', () => {
  expect(statusOf({ allowed: ALL_PORTS, partial: NO_PORTS, undetermined: NO_PORTS }, ALL_PORTS)).toBe('allowed')
})
