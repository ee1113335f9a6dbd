import { describe, expect, test } from 'vitest'
import type { Edge, Explanation } from '#core/model/picture.ts'
import type { Ref } from '#core/model/text.ts'
import type { Status } from '#core/model/verdict.ts'
import { settled, startApp, type TestEngine, testEngine } from './app.testkit.ts'
import type { RunningApp } from './createApp.ts'

const ref = (document: string, from: number, to: number): Ref => ({ document, path: [], range: { from, to } })
const RULE = ref('d1', 4, 8)

function edge(id: string, status: Status, part: Partial<Edge> = {}): Edge {
  return {
    id,
    layers: ['checks'],
    from: { namespace: 'shop', workload: 'Deployment/web' },
    to: { namespace: 'shop', workload: 'Deployment/db' },
    asked: ['TCP/5432'],
    ports: 'TCP 5432',
    status,
    label: 'TCP 5432',
    name: id,
    blockedAt: 'none',
    checks: [],
    rules: [RULE],
    stale: false,
    ...part,
  }
}

const DOCUMENTS = [
  {
    id: 'd1',
    file: 'a.yaml',
    range: { from: 10, to: 30 },
    line: 2,
    kind: 'NetworkPolicy',
    name: 'x',
    outcome: 'object',
  },
] as const

const EXPLANATION: Explanation = {
  name: 'e',
  from: { internet: true },
  to: { namespace: 'shop' },
  ports: 'TCP 5432',
  status: 'denied',
  summary: '',
  halves: [],
  open: '',
  deciders: [],
}

async function start(answers: Parameters<typeof testEngine>[0] = {}): Promise<{ app: RunningApp; engine: TestEngine }> {
  const engine = testEngine(answers)
  const { app } = await startApp({ testEngine: engine })
  engine.manual = true
  app.actions.apply([{ type: 'create', path: 'a.yaml', text: '0123456789'.repeat(4) }], 'a file')
  return { app, engine }
}

const change = (app: RunningApp, from: number, insert: string): void =>
  app.actions.edit('a.yaml', [{ from, to: from, insert }], 'typing')

describe('pictures', () => {
  test('are pending until the newest texts are drawn', async () => {
    const { app, engine } = await start()
    expect(app.analysis.getState().pending).toBe(true)
    const older = engine.revision()
    change(app, 0, 'x')
    engine.show({ revision: older })
    expect(app.analysis.getState()).toMatchObject({ pending: true, picture: { revision: older } })
    engine.show()
    expect(app.analysis.getState()).toMatchObject({ pending: false, picture: { revision: older + 1 } })
  })

  test('of another workspace are dropped', async () => {
    const { app, engine } = await start()
    const older = engine.revision()
    void app.actions.newWorkspace()
    await settled()
    engine.show({ revision: older })
    expect(app.analysis.getState().picture).toBeUndefined()
  })

  test('stay when the engine crashes, which is told until it draws again', async () => {
    const { app, engine } = await start()
    engine.show({ edges: [edge('a', 'denied')] })
    engine
      .options()
      .onCrash?.({ revision: engine.revision(), message: 'boom', where: 'evaluating policies (half.ts:1:2)' })
    expect(app.analysis.getState().crash).toBe(
      'Drawbridge made a mistake while evaluating policies (half.ts:1:2): boom. What you see is the last good picture; your texts are safe.',
    )
    expect(app.analysis.getState().picture?.edges).toHaveLength(1)
    engine.show()
    expect(app.analysis.getState().crash).toBeUndefined()
  })
})

describe('a crash', () => {
  test('before anything was drawn promises no picture', async () => {
    const { app, engine } = await start()
    await app.actions.newWorkspace()
    engine.options().onCrash?.({ revision: engine.revision(), message: 'Why?', where: 'reading documents' })
    expect(app.analysis.getState()).toMatchObject({
      crash: 'Drawbridge made a mistake while reading documents: Why? Your texts are safe.',
      pending: false,
    })
  })
})

describe('a selected edge', () => {
  test('is explained, and its rules are highlighted where they stand now', async () => {
    const asked: unknown[] = []
    const { app, engine } = await start({ explain: (question) => (asked.push(question), { explanation: EXPLANATION }) })
    engine.show({ edges: [edge('a', 'denied')], documents: DOCUMENTS })
    change(app, 0, 'xyz')
    app.actions.select({ type: 'edge', id: 'a' })
    await settled()
    expect(app.analysis.getState().explanation).toBe(EXPLANATION)
    expect(asked).toEqual([{ from: edge('a', 'denied').from, to: edge('a', 'denied').to, ports: ['TCP/5432'] }])
    expect(app.view.getState().highlights).toEqual([{ file: 'a.yaml', range: { from: 17, to: 21 } }])
    app.actions.select(undefined)
    expect(app.analysis.getState().explanation).toBeUndefined()
    expect(app.view.getState().highlights).toEqual([])
  })

  test('is revealed in the text, once, in the file that is shown if one of its rules is there', async () => {
    const { app, engine } = await start()
    app.actions.apply([{ type: 'create', path: 'b.yaml', text: '0123456789' }], 'a file')
    const rules = [ref('d1', 4, 8), ref('d2', 1, 2)]
    const documents = [...DOCUMENTS, { ...DOCUMENTS[0], id: 'd2', file: 'b.yaml', range: { from: 0, to: 10 } }]
    engine.show({ edges: [edge('a', 'allowed', { rules })], documents })
    app.actions.setActiveFile('b.yaml')
    app.actions.select({ type: 'edge', id: 'a' })
    const { reveal } = app.view.getState()
    expect(reveal).toMatchObject({ file: 'b.yaml', range: { from: 1, to: 2 } })
    change(app, 0, 'x')
    engine.show({ edges: [edge('a', 'denied', { rules })], documents })
    expect(app.view.getState().reveal).toBe(reveal)
  })

  test('that is closed shows what blocks first, in whichever file, and marks each place by its own effect', async () => {
    const deciders = [
      { ref: ref('d2', 1, 2), effect: 'closes' },
      { ref: RULE, effect: 'opens' },
    ] as const
    const { app, engine } = await start({ explain: () => ({ explanation: { ...EXPLANATION, deciders } }) })
    app.actions.apply([{ type: 'create', path: 'b.yaml', text: '0123456789' }], 'a file')
    const documents = [...DOCUMENTS, { ...DOCUMENTS[0], id: 'd2', file: 'b.yaml', range: { from: 0, to: 10 } }]
    engine.show({ edges: [edge('a', 'denied')], documents })
    app.actions.setActiveFile('a.yaml')
    app.actions.select({ type: 'edge', id: 'a' })
    await settled()
    expect(app.view.getState().highlights).toEqual([
      { file: 'b.yaml', range: { from: 1, to: 2 }, effect: 'closes' },
      { file: 'a.yaml', range: { from: 14, to: 18 }, effect: 'opens' },
    ])
    expect(app.view.getState().reveal).toMatchObject({ file: 'b.yaml', range: { from: 1, to: 2 } })
  })

  test('keeps its highlights on their text while the next picture is on its way', async () => {
    const { app, engine } = await start()
    engine.show({ edges: [edge('a', 'allowed')], documents: DOCUMENTS })
    app.actions.select({ type: 'edge', id: 'a' })
    change(app, 0, 'xy')
    expect(app.view.getState().highlights).toEqual([{ file: 'a.yaml', range: { from: 16, to: 20 }, effect: 'opens' }])
  })

  test('is explained again for each picture, and an answer that comes late is dropped', async () => {
    let n = 0
    const { app, engine } = await start({ explain: () => ({ explanation: { ...EXPLANATION, name: `${++n}` } }) })
    engine.show({ edges: [edge('a', 'denied')] })
    app.actions.select({ type: 'edge', id: 'a' })
    change(app, 0, 'x')
    engine.show({ edges: [edge('a', 'allowed')] })
    await settled()
    expect(app.analysis.getState().explanation?.name).toBe('2')
  })
})

describe('a selected card', () => {
  const REACHED = edge('shop/Deployment/web→data all ports', 'allowed', { layers: ['reach'] })

  test('shows its reach, which stays while one of its lines is looked at', async () => {
    const asked: unknown[] = []
    const { app, engine } = await start({
      reach: (question) => (asked.push(question), { edges: [REACHED] }),
      explain: () => ({ explanation: EXPLANATION }),
    })
    engine.show()
    app.actions.select({ type: 'card', id: 'shop/Deployment/web' })
    await settled()
    expect(asked).toEqual([{ end: { namespace: 'shop', workload: 'Deployment/web' }, denied: false }])
    expect(app.analysis.getState().reach).toEqual([REACHED])
    app.actions.select({ type: 'edge', id: REACHED.id })
    await settled()
    expect(app.analysis.getState().reach).toEqual([REACHED])
    expect(app.analysis.getState().explanation).toBe(EXPLANATION)
    app.actions.select(undefined)
    expect(app.analysis.getState().reach).toEqual([])
  })

  test('is forgotten with its workspace', async () => {
    const asked: unknown[] = []
    const { app, engine } = await start({ reach: (question) => (asked.push(question), { edges: [] }) })
    engine.show()
    app.actions.select({ type: 'card', id: 'shop/Deployment/web' })
    await app.actions.newWorkspace()
    engine.show()
    expect(asked).toHaveLength(1)
  })

  test('may be an IP block that only the user has put there', async () => {
    const asked: unknown[] = []
    const { app, engine } = await start({ reach: (question) => (asked.push(question.end), { edges: [] }) })
    engine.show()
    app.actions.place({ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] })
    app.actions.select({ type: 'card', id: 'cidr:10.0.0.0/8!10.1.0.0/16' })
    app.actions.select({ type: 'card', id: 'shop' })
    expect(asked).toEqual([{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { namespace: 'shop' }])
  })
})

describe('places in the text', () => {
  test('are revealed where they stand after edits that the picture does not know', async () => {
    const { app, engine } = await start()
    engine.show({ documents: DOCUMENTS })
    change(app, 5, 'ab')
    app.actions.edit('a.yaml', [{ from: 20, to: 24, insert: '' }], 'typing')
    app.actions.renameFile('a.yaml', 'b.yaml')
    app.actions.setPanels({ right: false })
    app.actions.reveal(RULE)
    expect(app.view.getState()).toMatchObject({
      activeFile: 'b.yaml',
      panels: { right: true },
      reveal: { file: 'b.yaml', range: { from: 16, to: 20 } },
    })
    const { at } = app.view.getState().reveal ?? { at: 0 }
    app.actions.revealDocument('d1')
    expect(app.view.getState().reveal).toMatchObject({ range: { from: 12, to: 28 } })
    expect(app.view.getState().reveal?.at).not.toBe(at)
  })

  test('that are gone are not revealed', async () => {
    const { app, engine } = await start()
    engine.show({ documents: DOCUMENTS })
    app.actions.closeFile('a.yaml')
    app.actions.reveal(RULE)
    app.actions.reveal(ref('nowhere', 0, 1))
    expect(app.view.getState().reveal).toBeUndefined()
  })

  test('where the cursor is highlight their edges', async () => {
    const { app, engine } = await start({
      cursor: ({ offset }) => ({ rules: [], selects: [], edges: offset === 12 ? ['a'] : [] }),
    })
    engine.show()
    app.actions.cursor('a.yaml', 12)
    await settled()
    expect(app.view.getState().highlightedEdges).toEqual(['a'])
    app.actions.cursor('a.yaml', 0)
    await settled()
    expect(app.view.getState().highlightedEdges).toEqual([])
  })
})
