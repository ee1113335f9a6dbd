import { describe, expect, test } from 'vitest'
import type { Intent, Plan } from '#core/model/intent.ts'
import type { Edge, Explanation } from '#core/model/picture.ts'
import { settled, startApp, type TestClock, type TestEngine, testEngine, texts } from './app.testkit.ts'
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
  clock: TestClock
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
  const { app, clock } = await startApp({ testEngine: engine })
  return { app, engine, clock, asked }
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

  test('for which nothing has to change says so, with nothing to accept', async () => {
    const sentences = ['It is allowed already.', 'But under Cilium it is closed all the same.']
    const { app } = await start(() => ({ changes: [], sentences, needsPreview: true }))
    await app.actions.startDraft(WEB, DB)
    await app.actions.finishDraft(['TCP/5432'])
    expect(app.view.getState().dialog).toBeUndefined()
    expect(app.view.getState().notices.at(-1)?.text).toBe(sentences.join(' '))
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

function drawn(part: Partial<Edge> = {}): Edge {
  return {
    id: 'web→db TCP/5432',
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
    ...part,
  }
}

const DENY: Intent = { type: 'deny', from: WEB, to: DB, ports: ['TCP/5432'] }

test('other ports for an edge replace those that it asks for, and the edge with them is selected', async () => {
  const { app, asked, engine } = await start(() => ({}))
  await app.actions.startDraft(WEB, DB, { ports: ['TCP/5432'], change: true })
  expect(app.view.getState().draft).toMatchObject({ ports: ['TCP/5432'], change: true })
  engine.manual = true
  await app.actions.finishDraft(['TCP/6432'])
  expect(asked).toEqual([{ type: 'change-ports', from: WEB, to: DB, ports: ['TCP/5432'], next: ['TCP/6432'] }])
  engine.show({ edges: [drawn(), drawn({ id: 'new', asked: ['TCP/6432'] })] })
  await settled()
  expect(app.view.getState().selection).toEqual({ type: 'edge', id: 'new' })
})

describe('a refusal', () => {
  const help = { label: 'Add the label app: web', intent: { type: 'add-namespace', name: 'x', labels: {} } } as const
  const labelled = (intent: Intent): Partial<Plan> =>
    intent.type === 'deny' ? { refusal: 'No label tells web apart.', help: [help], changes: [] } : {}

  test('with something that would help is shown with it, and what was asked comes back once that is done', async () => {
    const { app, asked } = await start(labelled)
    await app.actions.carryOut(DENY)
    expect(app.view.getState().dialog).toMatchObject({ type: 'preview', plan: { help: [help] } })
    await app.actions.carryOut(help.intent, DENY)
    expect(app.view.getState().dialog).toBeUndefined()
    expect(app.view.getState().notices.at(-1)?.offers).toEqual([{ label: 'Now try again', intent: DENY }])
    expect(asked).toEqual([DENY, help.intent])
  })

  test('in the form of a drawing keeps the form, with what would help', async () => {
    const { app } = await start(() => ({ refusal: 'No label.', help: [help], changes: [] }))
    await app.actions.startDraft(WEB, DB)
    await app.actions.finishDraft([])
    expect(app.view.getState().draft).toMatchObject({ problem: 'No label.', help: [help], loading: false })
    expect(app.view.getState().dialog).toBeUndefined()
  })
})

function otherWay(intent: Intent, part: Partial<Plan> = {}): Plan {
  return planOf(intent, { title: 'Add one', changes: [{ type: 'create', path: 'other.yaml', text: 'b\n' }], ...part })
}

describe('other ways', () => {
  test('can be accepted, also after the texts have changed', async () => {
    const started = await start((intent) => ({
      needsPreview: true,
      others: [otherWay(intent, { revision: started.engine.revision(), needsPreview: true })],
    }))
    const [way] = (await preview(started)).others
    if (!way) throw new Error('no other way')
    await started.app.actions.accept(way)
    expect(Object.keys(texts(started.app))).toEqual(['z.yaml', 'other.yaml'])
  })

  test('of what was applied at once are offered: it is taken back, and comes back where none is chosen', async () => {
    const { app } = await start((intent) => ({ others: [otherWay(intent)] }))
    const applied = { 'policies/shop.yaml': 'kind: NetworkPolicy\n' }
    await app.actions.carryOut({ type: 'allow', from: WEB, to: DB, ports: [] })
    const [offer] = app.view.getState().notices.at(-1)?.offers ?? []
    if (!offer || !('insteadOf' in offer)) throw new Error('no other ways')
    expect(texts(app)).toEqual(applied)
    await app.actions.chooseAgain(offer.insteadOf)
    expect(app.view.getState().dialog).toMatchObject({ type: 'preview', redo: true })
    expect(texts(app)).toEqual({})
    app.actions.closeDialog()
    expect(texts(app)).toEqual(applied)
  })

  test('are not offered any more once something else has happened', async () => {
    const { app } = await start((intent) => ({ others: [otherWay(intent)] }))
    await app.actions.carryOut({ type: 'allow', from: WEB, to: DB, ports: [] })
    app.actions.edit('policies/shop.yaml', [{ from: 0, to: 0, insert: '#' }], 'typing')
    expect(app.view.getState().notices.at(-1)?.offers).toBeUndefined()
  })
})

describe('a plan that takes long', () => {
  test('is told of, and comes to nothing when it is given up', async () => {
    const { app, clock } = await start(() => ({ needsPreview: true }))
    const planning = app.actions.carryOut(DENY)
    void clock.tick(300)
    expect(app.view.getState().planning).toBe('denying shop/web → shop/db')
    app.actions.cancel()
    expect(app.view.getState().planning).toBeUndefined()
    await planning
    expect(app.view.getState().dialog).toBeUndefined()
  })

  test('that comes soon is not told of', async () => {
    const { app, clock } = await start(() => ({ needsPreview: true }))
    await app.actions.carryOut(DENY)
    await clock.tick(300)
    expect(app.view.getState().planning).toBeUndefined()
    expect(app.view.getState().dialog).toMatchObject({ type: 'preview' })
  })

  test('in a form leaves the form open when it is given up', async () => {
    const { app } = await start(() => ({}))
    await app.actions.startDraft(WEB, DB)
    const finishing = app.actions.finishDraft([])
    expect(app.view.getState().draft).toMatchObject({ loading: true, planning: true })
    app.actions.cancel()
    await finishing
    expect(app.view.getState().draft).toMatchObject({ loading: false, offers: [{ port: 'TCP/5432' }] })
    expect(texts(app)).toEqual({})
  })
})

describe('forgetting an edge', () => {
  const ref = { document: 'd', path: ['checks', 0], range: { from: 0, to: 1 } } as const
  const check = { ref, name: 'c', expect: 'allowed', outcome: 'holds' } as const
  const forget = async (edge: Partial<Edge>, part: Partial<Plan>) => {
    const { app, engine } = await start(() => part)
    engine.manual = true
    engine.show({ edges: [drawn({ checks: [check], ...edge })] })
    await app.actions.carryOut({ type: 'forget', check: ref })
    return app.view.getState().notices.at(-1)
  }

  test('that other text still allows offers to deny it', async () => {
    const notice = await forget({}, {})
    expect(notice).toMatchObject({ undo: true, offers: [{ label: 'Deny it instead …', intent: DENY }] })
  })

  test('that is closed by it, or was closed before, offers nothing', async () => {
    const closed = { from: WEB, to: DB, ports: 'TCP 5432', wanted: true }
    expect((await forget({}, { closes: [closed] }))?.offers).toBeUndefined()
    expect((await forget({ status: 'denied' }, {}))?.offers).toBeUndefined()
  })
})

test('the way new policies are laid out is asked for, kept, and makes a previewed plan anew', async () => {
  const styles: unknown[] = []
  const engine = testEngine({
    plan({ intent, style }) {
      styles.push(style)
      return { plan: planOf(intent, { revision: engine.revision(), needsPreview: true, title: String(style) }) }
    },
  })
  const { app } = await startApp({ testEngine: engine })
  await app.actions.carryOut(DENY)
  await app.actions.setPlanStyle('per-edge')
  expect(styles).toEqual(['per-workload', 'per-edge'])
  expect(app.view.getState()).toMatchObject({ planStyle: 'per-edge', dialog: { plan: { title: 'per-edge' } } })
})

test('the fixes of an explanation are worked out once it stands, and never those of an older selection', async () => {
  const planned: Intent[] = []
  const explanation: Explanation = {
    name: '',
    from: WEB,
    to: DB,
    ports: '',
    status: 'denied',
    summary: '',
    open: '',
    deciders: [],
    halves: ['egress', 'ingress'].map((direction) => ({
      direction: direction as 'egress' | 'ingress',
      status: 'denied',
      title: '',
      sentences: [],
      misses: [{ kind: 'no-rule', direction: direction as 'egress' | 'ingress', sentence: [] }],
    })),
  }
  const engine = testEngine({
    explain: () => ({ explanation }),
    plan({ intent }) {
      planned.push(intent)
      return { plan: planOf(intent, {}) }
    },
  })
  const { app, clock } = await startApp({ testEngine: engine })
  engine.manual = true
  engine.show({ edges: [drawn(), drawn({ id: 'other' })] })
  app.actions.select({ type: 'edge', id: drawn().id })
  await settled()
  app.actions.select({ type: 'edge', id: 'other' })
  await settled()
  expect(planned).toEqual([])
  await clock.tick(250)
  await settled()
  const { fixes } = app.analysis.getState()
  expect(fixes.map(({ direction, index }) => `${direction} ${index}`)).toEqual(['egress 0', 'ingress 0'])
  expect(planned).toHaveLength(2)
  expect(planned[0]).toMatchObject({ type: 'repair', from: WEB, to: DB, ports: ['TCP/5432'] })
})
