import { describe, expect, test } from 'vitest'
import { settled, testClock } from './app.testkit.ts'
import { keepOffline } from './offline.ts'

// As far as the page sees it: one registration, workers that change their state.
function container(controller: boolean) {
  const posted: unknown[] = []
  const worker = Object.assign(new EventTarget(), {
    state: 'installing',
    postMessage: (message: unknown) => void posted.push(message),
  })
  const registration = Object.assign(new EventTarget(), {
    waiting: undefined as typeof worker | undefined,
    installing: undefined as typeof worker | undefined,
  })
  const workers = Object.assign(new EventTarget(), {
    controller: controller ? worker : null,
    register: async () => registration,
  })
  const find = (): void => {
    registration.installing = worker
    registration.dispatchEvent(new Event('updatefound'))
    worker.state = 'installed'
    registration.waiting = worker
    worker.dispatchEvent(new Event('statechange'))
  }
  const change = (): void => void workers.dispatchEvent(new Event('controllerchange'))
  return { posted, registration, workers, find, change, worker }
}

async function keep({ workers }: { readonly workers: EventTarget }) {
  const clock = testClock()
  const said = { offers: [] as (() => void)[], reloads: 0, stuck: 0 }
  await keepOffline(workers as unknown as ServiceWorkerContainer, {
    offer: (apply) => void said.offers.push(apply),
    reload: () => void said.reloads++,
    stuck: () => void said.stuck++,
    clock,
  })
  await settled()
  return Object.assign(said, { tick: clock.tick })
}

describe('a service worker', () => {
  test('that comes for the first time is no new version, and reloads nothing', async () => {
    const first = container(false)
    const said = await keep(first)
    first.find()
    first.change()
    expect(said).toMatchObject({ offers: [], reloads: 0 })
  })

  test('that is newer is offered; only when it is taken it takes over, and then the page is opened anew', async () => {
    const page = container(true)
    const said = await keep(page)
    page.find()
    expect([said.offers.length, said.reloads, page.posted]).toEqual([1, 0, []])
    said.offers[0]?.()
    expect([said.reloads, page.posted]).toEqual([0, ['take over']])
    page.change()
    expect(said.reloads).toBe(1)
  })

  test('that is asked to take over and goes on waiting is told of, with what to do', async () => {
    const page = container(true)
    const said = await keep(page)
    page.find()
    said.offers[0]?.()
    await said.tick(4_999)
    expect(said.stuck).toBe(0)
    await said.tick(1)
    expect([said.stuck, said.reloads]).toEqual([1, 0])
  })

  test('that waits since an earlier visit is offered at once', async () => {
    const page = container(true)
    page.registration.waiting = page.worker
    expect((await keep(page)).offers).toHaveLength(1)
  })

  test('that another tab has taken is offered here, not forced', async () => {
    const page = container(true)
    const said = await keep(page)
    page.change()
    expect([said.offers.length, said.reloads]).toEqual([1, 0])
    said.offers[0]?.()
    expect(said.reloads).toBe(1)
  })

  test('that is blocked by the browser is done without', async () => {
    const page = container(true)
    const workers = Object.assign(page.workers, { register: async () => undefined })
    expect(await keep({ ...page, workers })).toMatchObject({ offers: [], reloads: 0 })
  })
})
