import { afterEach, expect, test } from 'vitest'
import { type Bench, edgeOf, file, openBench } from './engine.testkit.ts'
import type { Since } from './protocol.ts'

const PODS = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
`
const POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 80 }]
`
const EDGE = 'shop/Pod/web→shop/Pod/db TCP/80'
const EDIT: Since = { type: 'edit' }

const open: Bench[] = []
afterEach(() => {
  for (const bench of open.splice(0)) bench.engine.dispose()
})

async function begin(): Promise<Bench> {
  const bench = openBench()
  open.push(bench)
  await bench.change({ type: 'workspace', files: [file('pods.yaml', PODS), file('policy.yaml', POLICY)] })
  return bench
}

/** `+opened −closed`, or that it is not known. */
async function told({ engine }: Bench, since: Since = EDIT): Promise<string> {
  const answer = await engine.ask('changes', { since })
  if (!answer) return 'no answer'
  return answer.known ? `+${answer.effects.opened} −${answer.effects.closed}` : 'not known'
}

test('before the first edit there is nothing to compare with', async () => {
  const bench = await begin()
  expect(await told(bench)).toBe('not known')
  expect((await bench.engine.ask('before', { since: EDIT }))?.known).toBe(false)
})

test('an edit tells what it opened and closed, with the edges that are others now, and the next one only its own', async () => {
  const bench = await begin()
  await bench.type('policy.yaml', 'app: web', 'app: other')
  expect(await told(bench)).toBe('+0 −1')
  await bench.type('policy.yaml', 'app: other', 'app: web')
  const answer = await bench.engine.ask('changes', { since: EDIT })
  expect([answer?.effects.opened, answer?.effects.closed]).toEqual([1, 0])
  expect(answer?.edges).toEqual([{ id: EDGE, before: 'denied', after: 'allowed' }])
})

test('a word that is typed letter by letter is one edit, and broken on the way it changes nothing', async () => {
  const bench = await begin()
  const texts = ['app: we', 'app: w', 'app: w{', 'app: w']
  for (const [i, text] of texts.entries()) {
    const before = ['app: web', ...texts][i] ?? ''
    const from = POLICY.indexOf('app: web')
    const next = bench.next()
    bench.engine.sync(
      10 + i,
      [{ type: 'edit', path: 'policy.yaml', edits: [{ from, to: from + before.length, insert: text }] }],
      7,
    )
    await next
    expect(await told(bench)).toBe('+0 −1')
  }
})

test('other texts are compared in their order, whatever was made, deleted or read otherwise since', async () => {
  const bench = await begin()
  await bench.type('policy.yaml', 'app: web', 'app: other')
  await bench.change({ type: 'create', path: 'more.yaml', text: POLICY.replace('name: db', 'name: more') })
  const opened: Since = {
    type: 'texts',
    files: [
      { path: 'pods.yaml', same: true },
      { path: 'policy.yaml', text: POLICY, counts: true },
    ],
  }
  expect(await told(bench, opened)).toBe('+0 −0')
  await bench.change({ type: 'delete', path: 'more.yaml' })
  expect(await told(bench, opened)).toBe('+0 −1')
  await bench.change({ type: 'delete', path: 'policy.yaml' })
  // Everything is open now: from web all other ports, from the internet all of them.
  expect(await told(bench, opened)).toBe('+2 −0')
})

test('edges stand as they were before, those that are gone and those that are new among them', async () => {
  const bench = await begin()
  await bench.type('policy.yaml', 'app: web', 'app: db')
  const gone = await bench.engine.ask('before', { since: EDIT })
  expect(gone?.edges.find(({ id }) => id === EDGE)?.status).toBe('allowed')
  const picture = await bench.type('policy.yaml', 'app: db } } }]', 'app: web } } }]')
  expect(edgeOf(picture, EDGE).status).toBe('allowed')
  const fresh = await bench.engine.ask('before', { since: EDIT })
  expect(fresh?.edges.find(({ id }) => id === EDGE)?.status).toBe('denied')
})

test('a workload that is new had no edges before', async () => {
  const bench = await begin()
  const text = PODS.replace('name: web', 'name: late').split('---')[0] ?? ''
  await bench.change({ type: 'create', path: 'late.yaml', text })
  const before = await bench.engine.ask('before', { since: EDIT })
  expect(before?.edges.map(({ id }) => id)).toEqual([EDGE])
  const changes = await bench.engine.ask('changes', { since: EDIT })
  expect(changes?.effects.workloads).toEqual({ come: 1, gone: 0 })
})

test('another workspace begins anew', async () => {
  const bench = await begin()
  await bench.type('policy.yaml', 'app: web', 'app: other')
  await bench.change({ type: 'workspace', files: [file('pods.yaml', PODS)] })
  expect(await told(bench)).toBe('not known')
})
