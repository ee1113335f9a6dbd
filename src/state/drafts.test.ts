import { describe, expect, test } from 'vitest'
import type { Intent, Plan } from '#core/model/intent.ts'
import { settled, startApp, type TestEngine, testEngine, texts } from './app.testkit.ts'
import type { RunningApp } from './createApp.ts'

const WEB = { namespace: 'shop', workload: 'Deployment/web' }
const DB = { namespace: 'shop', workload: 'Deployment/db' }

function planOf(intent: Intent, part: Partial<Plan>): Plan {
  return {
    intent,
    revision: 0,
    changes: [{ type: 'create', path: 'policies/shop.yaml', text: 'kind: NetworkPolicy\n' }],
    sentences: ['Allows web to reach db.'],
    opens: [],
    closes: [],
    other: [],
    title: '',
    dns: { lost: [], gained: [] },
    lines: { added: 0, removed: 0 },
    help: [],
    others: [],
    warnings: [],
    needsPreview: false,
    diagnostics: [],
    ...part,
  }
}

interface Started {
  app: RunningApp
  engine: TestEngine
  asked: Intent[]
}

async function start(part: (intent: Intent, n: number) => Partial<Plan>): Promise<Started> {
  const asked: Intent[] = []
  const engine = testEngine({
    offers: () => ({ offers: [{ port: 'TCP/5432', label: '5432' }] }),
    plan({ intent }) {
      asked.push(intent)
      return { plan: planOf(intent, { revision: engine.revision(), ...part(intent, asked.length) }) }
    },
  })
  const { app } = await startApp({ testEngine: engine })
  return { app, engine, asked }
}

async function preview(started: Started): Promise<Plan> {
  await started.app.actions.carryOut({
    type: 'default-deny',
    namespace: 'shop',
    direction: 'ingress',
    on: true,
    dns: false,
  })
  const { dialog } = started.app.view.getState()
  if (dialog?.type !== 'preview') throw new Error('no preview')
  started.app.actions.apply([{ type: 'create', path: 'z.yaml', text: '' }], 'a file')
  return dialog.plan
}

describe('drawing an edge', () => {
  test('offers the ports of the target, and writes the policy as one undo step', async () => {
    const { app, asked } = await start(() => ({}))
    const starting = app.actions.startDraft(WEB, DB)
    expect(app.view.getState().draft).toMatchObject({ loading: true, offers: [] })
    await starting
    expect(app.view.getState().draft).toMatchObject({ loading: false, offers: [{ port: 'TCP/5432' }] })
    await app.actions.finishDraft(['TCP/5432'])
    expect(asked).toEqual([{ type: 'allow', from: WEB, to: DB, ports: ['TCP/5432'] }])
    expect(texts(app)).toEqual({ 'policies/shop.yaml': 'kind: NetworkPolicy\n' })
    expect(app.view.getState().draft).toBeUndefined()
    expect(app.view.getState().notices.at(-1)).toMatchObject({ text: 'Allows web to reach db.', undo: true })
    expect(app.documents.getState().undoLabel).toBe('Undo drawing shop/web → shop/db')
    app.actions.undo()
    expect(texts(app)).toEqual({})
  })

  test('shows the policy in the editor, not the check beside it', async () => {
    const changes = [
      { type: 'create', path: 'policies/shop.yaml', text: 'kind: NetworkPolicy\n' },
      { type: 'create', path: 'checks.yaml', text: 'kind: ConnectivityChecks\n' },
    ] as const
    const { app } = await start(() => ({ changes }))
    await app.actions.startDraft(WEB, DB)
    await app.actions.finishDraft([])
    expect(app.view.getState().activeFile).toBe('policies/shop.yaml')
  })

  test('is previewed where something else changes, and applied when it is accepted', async () => {
    const { app } = await start(() => ({ needsPreview: true }))
    await app.actions.startDraft(WEB, DB)
    await app.actions.finishDraft([])
    const { dialog } = app.view.getState()
    expect(texts(app)).toEqual({})
    if (dialog?.type !== 'preview') throw new Error('no preview')
    await app.actions.accept(dialog.plan)
    expect(texts(app)).toEqual({ 'policies/shop.yaml': 'kind: NetworkPolicy\n' })
    expect(app.view.getState().dialog).toBeUndefined()
  })

  test('with ports that are none asks again', async () => {
    const { app, asked } = await start(() => ({}))
    await app.actions.startDraft(WEB, DB)
    await app.actions.finishDraft(['TCP/99999'])
    expect(app.view.getState().draft?.problem).toContain('TCP/99999')
    expect(asked).toEqual([])
  })

  test('that is refused says why in the form', async () => {
    const { app } = await start(() => ({ refusal: 'No label tells web apart.', changes: [] }))
    await app.actions.startDraft(WEB, DB)
    await app.actions.finishDraft([])
    expect(app.view.getState().draft).toMatchObject({ problem: 'No label tells web apart.', loading: false })
    expect(texts(app)).toEqual({})
  })

  test('that was given up is not applied when its plan comes', async () => {
    const { app } = await start(() => ({}))
    await app.actions.startDraft(WEB, DB)
    const finishing = app.actions.finishDraft([])
    app.actions.cancelDraft()
    await finishing
    expect(texts(app)).toEqual({})
  })

  test('is planned again when the texts have changed meanwhile', async () => {
    const { app, asked } = await start((_intent, n) => (n === 1 ? { revision: 0 } : {}))
    await app.actions.startDraft(WEB, DB)
    await app.actions.finishDraft([])
    expect(asked).toHaveLength(2)
    expect(Object.keys(texts(app))).toEqual(['policies/shop.yaml'])
  })

  test('selects the new edge once it is drawn', async () => {
    const { app, engine } = await start(() => ({}))
    await app.actions.startDraft(WEB, DB)
    engine.manual = true
    await app.actions.finishDraft(['5432'])
    const edge = {
      id: 'web→db',
      layers: ['checks'],
      from: WEB,
      to: DB,
      asked: ['TCP/5432'],
      ports: 'TCP 5432',
      status: 'allowed',
      label: '',
      name: '',
      blockedAt: 'none',
      checks: [],
      rules: [],
      stale: false,
    } as const
    engine.show({ edges: [{ ...edge, id: 'web→db all', asked: [] }, edge] })
    await settled()
    expect(app.view.getState().selection).toEqual({ type: 'edge', id: 'web→db' })
  })
})

describe('a previewed plan of older texts', () => {
  test('is made anew and applied where it still does the same', async () => {
    const started = await start(() => ({ needsPreview: true }))
    await started.app.actions.accept(await preview(started))
    expect(started.asked).toHaveLength(2)
    expect(Object.keys(texts(started.app))).toEqual(['z.yaml', 'policies/shop.yaml'])
  })

  test('is shown again where it would do something else', async () => {
    const started = await start((_intent, n) => ({ needsPreview: true, sentences: [`effect ${n}`] }))
    await started.app.actions.accept(await preview(started))
    expect(Object.keys(texts(started.app))).toEqual(['z.yaml'])
    expect(started.app.view.getState().dialog).toMatchObject({ type: 'preview', plan: { sentences: ['effect 2'] } })
  })
})

test('an intent that is refused is told', async () => {
  const { app } = await start(() => ({ refusal: 'There is no such workload.' }))
  await app.actions.carryOut({ type: 'remove', end: WEB })
  expect(app.view.getState().notices.at(-1)?.text).toBe('There is no such workload.')
})

test('a message’s undo goes away once something else has happened', async () => {
  const { app } = await start(() => ({}))
  await app.actions.carryOut({ type: 'add-namespace', name: 'x', labels: {} })
  expect(app.view.getState().notices.at(-1)?.undo).toBe(true)
  app.actions.edit('policies/shop.yaml', [{ from: 0, to: 0, insert: '#' }], 'typing')
  expect(app.view.getState().notices.at(-1)?.undo).toBeUndefined()
})
