import { expect, test } from 'vitest'
import type { Check } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import { checkName, isAbout } from './name.ts'

const at = (name: string): End => ({ namespace: 'shop', workload: `Deployment/${name}` })
const BASE = { from: at('web'), to: at('db'), ports: ['TCP/5432'], expect: 'allowed' } as const
const ANY = { ...BASE, from: { anywhere: true }, expect: 'denied' } as const

test.each<[Omit<Check, 'ref' | 'name'>, readonly string[], string]>([
  [BASE, [], 'web may reach db on TCP 5432'],
  [{ ...BASE, expect: 'denied', ports: [] }, [], 'web must not reach db'],
  [BASE, ['web may reach db on TCP 5432'], 'shop/web may reach shop/db on TCP 5432'],
  [
    BASE,
    ['web may reach db on TCP 5432', 'shop/web may reach shop/db on TCP 5432'],
    'shop/web may reach shop/db on TCP 5432 (2)',
  ],
  [{ ...ANY, only: [] }, [], 'nobody may reach db on TCP 5432'],
  [{ ...ANY, only: [at('web')] }, [], 'only web may reach db on TCP 5432'],
  [{ ...ANY, only: [at('web'), { namespace: 'data' }] }, [], 'only web and all of data may reach db on TCP 5432'],
  [{ ...ANY, only: ['a', 'b', 'c', 'd'].map(at) }, [], 'only 4 ends may reach db on TCP 5432'],
])('%j is called by what it says', (check, taken, name) => expect(checkName(check, new Set(taken))).toBe(name))

test('checks are about the same whatever the order and form of their ports and ends', () => {
  expect(isAbout({ ...BASE, ports: ['TCP/5432', 'UDP/53'] }, { ...BASE, ports: ['53/udp', '5432'] })).toBe(true)
  expect(isAbout({ ...ANY, only: [at('a'), at('b')] }, { ...ANY, only: [at('b'), at('a')] })).toBe(true)
  expect(isAbout({ ...ANY, only: [at('a')] }, { ...ANY, only: [] })).toBe(false)
  expect(isAbout({ ...ANY, only: [] }, ANY)).toBe(false)
  expect(isAbout(BASE, { ...BASE, to: at('web') })).toBe(false)
})
