import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { edgeOf, file, openBench } from './engine.testkit.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)
const here = existsSync(SAMPLES)
if (!here) console.warn(`NOT TESTED: the samples of the sister folder are not here (${SAMPLES.pathname}).`)

test('the samples are compared where they are', () => {
  expect(here || !existsSync(SAMPLES)).toBe(true)
})

async function openSample(name: string) {
  const folder = new URL(`${name}/`, SAMPLES)
  const files = readdirSync(folder)
    .toSorted()
    .map((path) => file(path, readFileSync(new URL(path, folder), 'utf8')))
  const bench = openBench()
  return { ...bench, picture: await bench.change({ type: 'workspace', files }) }
}

const at = (name: string): string => `default/Deployment/${name}`

describe.each(here ? ['online-boutique'] : [])('%s', () => {
  test.each([
    ['frontend', 'cartservice', 7070],
    ['checkoutservice', 'cartservice', 7070],
    ['cartservice', 'redis-cart', 6379],
    ['checkoutservice', 'paymentservice', 50051],
    ['frontend', 'adservice', 9555],
    ['frontend', 'checkoutservice', 5050],
  ])('%s may reach %s on %i, as its policy says', async (from, to, port) => {
    const { picture } = await openSample('online-boutique')
    expect(edgeOf(picture, `${at(from)}→${at(to)} TCP/${port}`)).toMatchObject({
      layers: ['rules'],
      status: 'allowed',
      name: `default/${from} → default/${to} TCP ${port}: allowed`,
    })
  })

  test('what no policy names is closed: frontend does not reach the cart’s database', async () => {
    const { engine } = await openSample('online-boutique')
    const end = { namespace: 'default', workload: 'Deployment/frontend' }
    const edges = (await engine.ask('reach', { end, denied: true }))?.edges ?? []
    expect(edges.find((edge) => edge.id === `${at('frontend')}→${at('redis-cart')} all ports`)).toMatchObject({
      status: 'denied',
      blockedAt: 'destination',
    })
  })

  test('nobody may reach the load generator, and its namespace denies both ways', async () => {
    const { engine, picture } = await openSample('online-boutique')
    const end = { namespace: 'default', workload: 'Deployment/loadgenerator' }
    const edges = (await engine.ask('reach', { end, denied: false }))?.edges ?? []
    expect(edges.filter((edge) => edge.to === end || JSON.stringify(edge.to) === JSON.stringify(end))).toEqual([])
    expect(picture.namespaces).toMatchObject([{ name: 'default', defaultDeny: { ingress: 'on', egress: 'on' } }])
  })

  test('all its workloads are there, and nothing is wrong with it', async () => {
    const { picture } = await openSample('online-boutique')
    expect(picture.workloads.length).toBe(12)
    expect(picture.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

describe.each(here ? ['sock-shop'] : [])('%s', () => {
  test.each([
    ['orders', 'orders-db', 'TCP/27017'],
    ['front-end', 'catalogue', 'TCP/80'],
  ])('%s may reach %s', async (from, to, port) => {
    const { picture } = await openSample('sock-shop')
    expect(edgeOf(picture, `sock-shop/Deployment/${from}→sock-shop/Deployment/${to} ${port}`).status).toBe('allowed')
  })
})
