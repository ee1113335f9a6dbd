import { describe, expect, test } from 'vitest'
import type { PeerList, PodSet } from '#core/model/linking.ts'
import type { Edge, Explanation } from '#core/model/picture.ts'
import type { Ref } from '#core/model/text.ts'
import type { CursorPlace } from '#engine/protocol.ts'
import { settled, startApp, type TestEngine, testEngine } from './app.testkit.ts'
import type { RunningApp } from './createApp.ts'

const ref = (from: number, to: number): Ref => ({ document: 'd1', path: [], range: { from, to } })
const RULE = ref(4, 8)
const POLICY = ref(0, 20)
// The document begins at 10.
const RULE_PLACE = { file: 'a.yaml', range: { from: 14, to: 18 } }
const POLICY_PLACE = { file: 'a.yaml', range: { from: 10, to: 30 } }

function edge(id: string, rules: readonly Ref[]): Edge {
  return {
    id,
    layers: ['rules'],
    from: { internet: true },
    to: { namespace: 'shop', workload: 'Deployment/db' },
    asked: ['TCP/5432'],
    ports: 'TCP 5432',
    status: rules.length > 0 ? 'allowed' : 'denied',
    label: '',
    name: id,
    blockedAt: 'none',
    checks: [],
    rules,
    stale: false,
  }
}

const EXPLANATION: Explanation = {
  name: '',
  from: { internet: true },
  to: { namespace: 'shop' },
  ports: '',
  status: 'denied',
  summary: '',
  open: '',
  deciders: [{ ref: POLICY, effect: 'closes' }],
  halves: [
    { direction: 'ingress', status: 'denied', title: '', misses: [], sentences: [[{ text: 'x', ref: POLICY }]] },
  ],
}

const DOCUMENT = {
  id: 'd1',
  file: 'a.yaml',
  range: { from: 10, to: 30 },
  line: 2,
  kind: 'NetworkPolicy',
  name: 'x',
  outcome: 'object',
} as const

const set = (...cards: readonly string[]): PodSet => ({ cards, pods: cards.length, perhaps: 0, text: cards.join() })
const PEERS: PeerList = {
  rule: RULE,
  items: [{ ref: RULE, text: 'adds 1 pod', set: set('web') }],
  whatIfs: [{ text: 'As one item', set: set('api') }],
}

// What stands at an offset: a peer with a list of peers at 14, another card elsewhere.
const place = (offset: number): CursorPlace =>
  offset === 14
    ? { rules: [RULE], edges: ['open'], selects: ['web'], note: 'web', peers: PEERS }
    : { rules: [], edges: [], selects: ['api'], note: 'api' }

async function start(): Promise<{ app: RunningApp; engine: TestEngine }> {
  const engine = testEngine({
    cursor: ({ offset }) => place(offset),
    explain: () => ({ explanation: EXPLANATION }),
    lenses: () => ({
      policies: [{ ref: POLICY, name: 'shop/x', text: 'selects 1 pod', cards: ['web'], edges: ['open'] }],
      dead: [{ ref: RULE, why: 'No effect now.' }],
    }),
  })
  const { app } = await startApp({ testEngine: engine })
  engine.manual = true
  app.actions.apply([{ type: 'create', path: 'a.yaml', text: '0123456789'.repeat(4) }], 'a file')
  engine.show({ documents: [DOCUMENT], edges: [edge('open', [RULE]), edge('closed', [])] })
  return { app, engine }
}

const linked = (app: RunningApp) => app.view.getState().linked

describe('what the text points at', () => {
  test('is what the cursor is in: cards, edges, a sentence, and its list of peers with places', async () => {
    const { app } = await start()
    app.actions.cursor('a.yaml', 14)
    await settled()
    expect(linked(app)).toMatchObject({ cards: ['web'], note: 'web' })
    expect(app.view.getState().highlightedEdges).toEqual(['open'])
    expect(linked(app).peers?.items).toEqual([{ ...RULE_PLACE, text: 'adds 1 pod', set: set('web') }])
  })

  test('is what the pointer rests on while it does; the list of peers stays the one at the cursor', async () => {
    const { app } = await start()
    app.actions.cursor('a.yaml', 14)
    await settled()
    app.actions.point({ path: 'a.yaml', offset: 3 })
    await settled()
    expect(linked(app)).toMatchObject({ cards: ['api'], note: 'api' })
    expect(linked(app).peers?.items).toHaveLength(1)
    app.actions.point(undefined)
    await settled()
    expect(linked(app)).toMatchObject({ cards: ['web'], note: 'web' })
  })

  test('is the last of several asks, whichever is answered last', async () => {
    const { app } = await start()
    app.actions.cursor('a.yaml', 3)
    app.actions.cursor('a.yaml', 14)
    await settled()
    expect(linked(app).cards).toEqual(['web'])
  })

  test('ends when something is selected on the canvas', async () => {
    const { app } = await start()
    app.actions.cursor('a.yaml', 14)
    await settled()
    app.actions.select({ type: 'card', id: 'db' })
    expect(linked(app)).toMatchObject({ cards: [] })
    expect(linked(app).note).toBeUndefined()
    expect(app.view.getState().highlightedEdges).toEqual([])
  })

  test('ends with the workspace', async () => {
    const { app } = await start()
    app.actions.cursor('a.yaml', 14)
    await settled()
    await app.actions.newWorkspace()
    expect(linked(app)).toMatchObject({ cards: [] })
    expect(app.analysis.getState().lenses).toBeUndefined()
  })
})

describe('an edge under the pointer', () => {
  test('marks the rules that decide it, and scrolls nothing', async () => {
    const { app } = await start()
    const { reveal } = app.view.getState()
    app.actions.hoverEdge('open')
    await settled()
    expect(linked(app).hovered).toEqual([RULE_PLACE])
    expect(app.view.getState().reveal).toBe(reveal)
    app.actions.hoverEdge(undefined)
    expect(linked(app).hovered).toEqual([])
  })

  test('marks the policies that isolate where no rule allows it', async () => {
    const { app } = await start()
    app.actions.hoverEdge('closed')
    await settled()
    expect(linked(app).hovered).toEqual([POLICY_PLACE])
  })

  test('marks nothing when it has been left before the answer came', async () => {
    const { app } = await start()
    app.actions.hoverEdge('closed')
    app.actions.hoverEdge(undefined)
    await settled()
    expect(linked(app).hovered).toEqual([])
  })
})

test('a set that is shown is asked into sight, on the graph', async () => {
  const { app } = await start()
  app.actions.setCentre('table')
  app.actions.showSet({ cards: ['web'], edges: ['open'], note: 'web' })
  expect(app.view.getState().centre).toBe('graph')
  expect(linked(app)).toMatchObject({ cards: ['web'], note: 'web', shown: 1 })
  app.actions.showSet({ cards: ['api'], edges: [], note: 'api' })
  expect(linked(app).shown).toBe(2)
})

test('lenses come with places in the present text', async () => {
  const { app } = await start()
  app.actions.edit('a.yaml', [{ from: 0, to: 0, insert: '##' }], 'typing')
  app.actions.readLenses('a.yaml', 0, 40)
  await settled()
  const { lenses } = app.analysis.getState()
  expect(lenses?.policies[0]).toMatchObject({ file: 'a.yaml', range: { from: 12, to: 32 }, text: 'selects 1 pod' })
  expect(lenses?.dead).toEqual([{ file: 'a.yaml', range: { from: 16, to: 20 }, why: 'No effect now.' }])
})
