import { block, cluster, pod, policy, port } from '#core/evaluate/build.testkit.ts'
import { evaluate } from '#core/evaluate/evaluate.ts'
import { type Permitted, permitted } from '#core/evaluate/permitted.ts'
import { connectionText, placeName } from '#core/export/connections/connection.ts'
import type { Policy } from '#core/model/rule.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { expect, test } from 'vitest'
import { compareConnections } from './connections.ts'

const CLUSTER = cluster([pod('web'), pod('db')])
const ALL = '0.0.0.0-255.255.255.255'
const WEB = 'shop/web[Deployment]'
const DB = 'shop/db[Deployment]'

function list(...policies: readonly Policy[]): readonly Permitted[] {
  return [...permitted(evaluate(CLUSTER, policies, { ...DEFAULT_SETTINGS, podCidrs: 'none' }))]
}

function told(before: readonly Permitted[], after: readonly Permitted[]): readonly string[] {
  const changed = compareConnections(before, after)
  return changed
    .map(({ from, to, ...sets }) => {
      return `${placeName(from)} => ${placeName(to)} : ${connectionText(sets.before)} -> ${connectionText(sets.after)}`
    })
    .toSorted()
}

const SHUT = policy('db', 'app=db', { ingress: [] })
const from = (cidr: string, ...ports: readonly number[]): Policy =>
  policy('db', 'app=db', { ingress: [{ peers: [block(cidr)], ports: ports.map((one) => port(one)) }] })

test('equal lists differ in nothing, however their objects are made', () => {
  expect(told(list(SHUT), list(SHUT))).toEqual([])
  expect(told([], [])).toEqual([])
})

test('what is removed, and what is added', () => {
  expect(told(list(), list(SHUT))).toEqual([
    `${ALL} => ${DB} : All Connections -> No Connections`,
    `${WEB} => ${DB} : All Connections -> No Connections`,
  ])
  expect(told(list(SHUT), list())).toEqual([
    `${ALL} => ${DB} : No Connections -> All Connections`,
    `${WEB} => ${DB} : No Connections -> All Connections`,
  ])
})

test('what is open on other ports', () => {
  expect(told(list(from('0.0.0.0/0', 80)), list(from('0.0.0.0/0', 80, 443)))).toEqual([
    `${ALL} => ${DB} : TCP 80 -> TCP 80,443`,
  ])
})

test('addresses that are cut at other borders are compared one by one, and told together', () => {
  expect(told(list(from('10.0.0.0/8', 80)), list(from('10.0.0.0/9', 80)))).toEqual([
    `10.128.0.0-10.255.255.255 => ${DB} : TCP 80 -> No Connections`,
  ])
  expect(
    told(list(from('10.0.0.0/9', 80)), list(from('10.64.0.0/10', 80), { ...from('10.0.0.0/10', 80), name: 'more' })),
  ).toEqual([])
  expect(told(list(from('10.0.0.0/8', 80)), list(from('0.0.0.0/0', 443)))).toEqual([
    `0.0.0.0-9.255.255.255 => ${DB} : No Connections -> TCP 443`,
    `10.0.0.0-10.255.255.255 => ${DB} : TCP 80 -> TCP 443`,
    `11.0.0.0-255.255.255.255 => ${DB} : No Connections -> TCP 443`,
  ])
})
