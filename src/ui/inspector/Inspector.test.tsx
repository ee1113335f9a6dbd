import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import type { Explanation } from '#core/model/picture.ts'
import { AppProvider } from '#ui/kit/AppContext.tsx'
import { fakeApp, fakeEdge, fakeFile, fakePicture, fakePlan } from '#ui/shell/fakeApp.testkit.ts'
import { Inspector } from './Inspector.tsx'

const TEXT = 'kind: Namespace\n---\nkind: NetworkPolicy\nspec:\n  ingress: []\n'
const FROM = TEXT.indexOf('kind: NetworkPolicy')
const REF = {
  document: 'd',
  path: ['spec', 'ingress'],
  range: { from: TEXT.indexOf('ingress') - FROM, to: TEXT.length - FROM },
}
const EDGE = fakeEdge('web', 'db', {
  status: 'denied',
  checks: [{ ref: REF, name: 'web may query db', expect: 'allowed', outcome: 'broken' }],
})
const EXPLANATION: Explanation = {
  name: EDGE.name,
  from: EDGE.from,
  to: EDGE.to,
  ports: 'TCP 80',
  status: 'denied',
  summary: 'Nobody may reach <b>db</b>.',
  open: 'nothing',
  deciders: [],
  halves: [
    {
      direction: 'ingress',
      status: 'denied',
      title: 'Ingress at shop/db: denied',
      sentences: [[{ text: 'Isolated by ' }, { text: '<img src=x onerror=alert(1)>', ref: REF }, { text: '.' }]],
      misses: [],
    },
  ],
}

function show(view: Parameters<typeof fakeApp>[0]) {
  const app = fakeApp(view)
  render(
    <AppProvider app={app}>
      <Inspector />
    </AppProvider>,
  )
  return app
}

const selected = {
  documents: { files: [fakeFile('a.yaml', TEXT)] },
  analysis: {
    picture: fakePicture({
      edges: [EDGE],
      documents: [
        {
          id: 'd',
          file: 'a.yaml',
          range: { from: FROM, to: TEXT.length },
          line: 3,
          kind: 'NetworkPolicy',
          name: 'shop/db',
          outcome: 'object',
        },
      ],
    }),
    explanation: EXPLANATION,
  },
  view: { selection: { type: 'edge', id: EDGE.id } },
} as const

afterEach(cleanup)

test('texts of manifests are never markup', () => {
  show(selected)
  expect(document.querySelector('img, b')).toBeNull()
  expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeDefined()
})

test('what decides links to its place and tells the line where it stands now', async () => {
  const app = show(selected)
  expect(screen.getByText('line 5')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: '<img src=x onerror=alert(1)>' }))
  expect(app.calls).toContainEqual(['reveal', REF])
})

test('a broken check is said, and can be forgotten', async () => {
  const app = show(selected)
  expect(screen.getByText(/broken/)).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Forget' }))
  expect(app.calls).toContainEqual(['carryOut', { type: 'forget', check: REF }])
})

const MISSED: Explanation = {
  ...EXPLANATION,
  halves: EXPLANATION.halves.map((half) => ({
    ...half,
    misses: [
      { kind: 'label-value', direction: 'ingress', sentence: [{ text: 'it asks for app: Web' }] },
      { kind: 'no-rule', direction: 'ingress', sentence: [{ text: 'nothing else comes close' }] },
    ],
  })),
}
const REPAIR = {
  type: 'repair',
  from: EDGE.from,
  to: EDGE.to,
  ports: [],
  miss: { kind: 'no-rule', direction: 'ingress', sentence: [] },
} as const
const FIX = fakePlan(REPAIR, { title: 'Write app: web', lines: { added: 1, removed: 1 } })
const NO_FIX = fakePlan(REPAIR, { refusal: 'No label tells web apart.' })

test('a near miss shows what mends it and what else that changes; one that nothing mends says why', async () => {
  const fixes = [
    { direction: 'ingress', index: 0, plan: FIX },
    { direction: 'ingress', index: 1, plan: NO_FIX },
  ] as const
  const app = show({ ...selected, analysis: { ...selected.analysis, explanation: MISSED, fixes } })
  const [first, second] = within(screen.getByRole('list', { name: 'Nearly' })).getAllByRole('listitem')
  expect(first?.textContent).toContain('Nearly: it asks for app: Web')
  expect(first?.textContent).toContain('Write app: web · 1 line · nothing else changes')
  expect(second?.textContent).toContain('No label tells web apart.')
  await userEvent.click(screen.getByRole('button', { name: 'Fix: Write app: web' }))
  expect(screen.getAllByRole('button', { name: /^Fix/ })).toHaveLength(1)
  expect(app.calls).toContainEqual(['openDialog', { type: 'preview', plan: FIX }])
})

test('what nothing comes close to is headed with why, and nothing open is said so', () => {
  const half = EXPLANATION.halves[0]
  const miss = { kind: 'no-rule', direction: 'ingress', sentence: [{ text: 'No rule comes close.' }] } as const
  const explanation = { ...EXPLANATION, halves: half ? [{ ...half, misses: [miss] }] : [] }
  show({ ...selected, analysis: { ...selected.analysis, explanation } })
  expect(screen.getByRole('list', { name: 'Why not' }).textContent).toContain('Why not: No rule comes close.')
  expect(screen.getByText((_, element) => element?.textContent === 'Open: nothing')).toBeDefined()
})

test('what a fix changes besides is said beside it', () => {
  const opens = [{ from: EDGE.from, to: EDGE.to, ports: 'TCP 80', wanted: false }]
  const plan = fakePlan(REPAIR, { title: 'Use another label', lines: { added: 2, removed: 0 }, opens })
  show({
    ...selected,
    analysis: { ...selected.analysis, explanation: MISSED, fixes: [{ direction: 'ingress', index: 0, plan }] },
  })
  expect(screen.getByText('Use another label · 2 lines · opens 1 more')).toBeDefined()
})

test('a denied edge can be allowed with its own ports, an allowed one denied', async () => {
  const app = show(selected)
  expect(screen.queryByRole('button', { name: 'Deny …' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Allow …' }))
  expect(app.calls).toContainEqual(['startDraft', EDGE.from, EDGE.to, { ports: [], change: undefined }])
  cleanup()
  const open = { ...EDGE, status: 'allowed', asked: ['TCP/80'] } as const
  const other = show({ ...selected, analysis: { picture: fakePicture({ edges: [open] }) } })
  expect(screen.queryByRole('button', { name: 'Allow …' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Deny …' }))
  expect(other.calls).toContainEqual(['carryOut', { type: 'deny', from: EDGE.from, to: EDGE.to, ports: ['TCP/80'] }])
})

test('a card connects to a chosen end without a mouse', async () => {
  const card = {
    id: 'shop/Deployment/web',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'web',
    replicas: 3,
    ports: [],
    labels: { app: 'web' },
    isolated: { ingress: 'yes', egress: 'no' },
    hostNetwork: false,
    finished: false,
    sketch: false,
    assumed: false,
    stale: false,
    refs: [],
  } as const
  const namespace = {
    name: 'shop',
    loaded: true,
    labels: {},
    defaultDeny: { ingress: 'on', egress: 'off' },
    policies: [],
    stale: false,
  } as const
  const other = { ...card, id: 'shop/Deployment/db', name: 'db' }
  const picture = fakePicture({ workloads: [card, other], namespaces: [namespace] })
  const app = show({ analysis: { picture }, view: { selection: { type: 'card', id: card.id } } })
  await userEvent.selectOptions(screen.getByLabelText('The other end'), 'shop/db')
  await userEvent.click(screen.getByRole('button', { name: 'Connect …' }))
  expect(app.calls).toContainEqual([
    'startDraft',
    { namespace: 'shop', workload: 'Deployment/web' },
    { namespace: 'shop', workload: 'Deployment/db' },
  ])
})

test('a card that no NetworkPolicy selects is open, but only as far as cluster-scoped policies let it', () => {
  const card = {
    id: 'shop/Deployment/web',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'web',
    replicas: 1,
    ports: [],
    labels: {},
    isolated: { ingress: 'no', egress: 'yes' },
    hostNetwork: false,
    finished: false,
    sketch: false,
    assumed: false,
    stale: false,
    refs: [],
  } as const
  const guard = {
    id: 'd',
    file: 'a.yaml',
    range: { from: 0, to: 1 },
    line: 1,
    kind: 'ClusterNetworkPolicy',
    name: 'guard',
    outcome: 'object',
  } as const
  const open = 'Open in: no NetworkPolicy selects it for ingress, so everyone may connect'
  const view = { selection: { type: 'card', id: card.id } } as const
  show({ analysis: { picture: fakePicture({ workloads: [card] }) }, view })
  expect(screen.getByText(`${open}.`)).toBeDefined()
  cleanup()
  show({ analysis: { picture: fakePicture({ workloads: [card], documents: [guard] }) }, view })
  expect(screen.getByText(`${open}, as far as cluster-scoped policies let it.`)).toBeDefined()
})

test('a workload is isolated by a switch, and allowed in from a menu of sources', async () => {
  const card = {
    id: 'shop/Deployment/web',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'web',
    replicas: 1,
    ports: [],
    labels: {},
    isolated: { ingress: 'yes', egress: 'no' },
    hostNetwork: false,
    finished: false,
    sketch: false,
    assumed: false,
    stale: false,
    refs: [],
  } as const
  const end = { namespace: 'shop', workload: 'Deployment/web' }
  const app = show({
    analysis: { picture: fakePicture({ workloads: [card] }) },
    view: { selection: { type: 'card', id: card.id } },
  })
  const isolateIn = screen.getByRole('button', { name: 'Isolate in' })
  expect(isolateIn.getAttribute('aria-pressed')).toBe('true')
  await userEvent.click(isolateIn)
  expect(app.calls).toContainEqual(['carryOut', { type: 'isolate', end, direction: 'ingress', on: false, dns: false }])
  await userEvent.click(screen.getByRole('button', { name: 'Isolate out' }))
  expect(app.calls).toContainEqual(['openDialog', { type: 'dns', ...end }])
  await userEvent.click(screen.getByRole('button', { name: 'Allow in from' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'The internet …' }))
  expect(app.calls).toContainEqual(['startDraft', { internet: true }, end, { ports: undefined, change: undefined }])
})
