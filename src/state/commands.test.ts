import { expect, test } from 'vitest'
import type { Edge, NamespaceCard, WorkloadCard } from '#core/model/picture.ts'
import { type Command, commandsFor } from './commands.ts'

const WEB = { namespace: 'shop', workload: 'Deployment/web' }
const DB = { namespace: 'shop', workload: 'Deployment/db' }
const REF = { document: 'd', path: [], range: { from: 0, to: 1 } } as const
const EDGE: Edge = {
  id: 'e',
  layers: ['checks'],
  from: WEB,
  to: DB,
  asked: ['TCP/5432'],
  ports: 'TCP 5432',
  status: 'allowed',
  label: '',
  name: '',
  blockedAt: 'none',
  checks: [{ ref: REF, name: 'c', expect: 'allowed', outcome: 'holds' }],
  rules: [REF],
  stale: false,
}
const CARD: WorkloadCard = {
  id: 'shop/Deployment/web',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
  replicas: 1,
  ports: [],
  labels: {},
  isolated: { ingress: 'some', egress: 'no' },
  hostNetwork: false,
  finished: false,
  sketch: false,
  assumed: false,
  stale: false,
  refs: [],
}
const NAMESPACE: NamespaceCard = {
  name: 'shop',
  loaded: true,
  labels: {},
  defaultDeny: { ingress: 'on', egress: 'off' },
  policies: [],
  stale: false,
}

const available = (commands: readonly Command[]): readonly string[] =>
  commands.filter(({ unavailable, group }) => unavailable === undefined && group !== 'checks').map(({ id }) => id)
const deedOf = (commands: readonly Command[], id: string): Command['deed'] | undefined =>
  commands.find((command) => command.id === id)?.deed
const edge = (part: Partial<Edge> = {}): readonly Command[] => commandsFor({ type: 'edge', edge: { ...EDGE, ...part } })

test('an allowed edge can be denied or get other ports, a denied one allowed, what lies between both', () => {
  expect(available(edge())).toEqual(['explain', 'rule', 'deny', 'change-ports', 'forget'])
  expect(available(edge({ status: 'denied' }))).toEqual(['explain', 'rule', 'allow', 'forget'])
  for (const status of ['partial', 'undetermined'] as const) {
    expect(available(edge({ status }))).toEqual(['explain', 'rule', 'allow', 'deny', 'change-ports', 'forget'])
  }
})

test('denying is another command than forgetting, with another key', () => {
  const commands = edge()
  expect(deedOf(commands, 'deny')).toEqual({
    type: 'plan',
    intent: { type: 'deny', from: WEB, to: DB, ports: ['TCP/5432'] },
  })
  expect(deedOf(commands, 'forget')).toEqual({ type: 'plan', intent: { type: 'forget', check: REF } })
  const keys = commands.flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

test('an edge that nobody drew can not be forgotten, and says why', () => {
  expect(available(edge({ checks: [] }))).not.toContain('forget')
  expect(edge({ checks: [] }).find(({ id }) => id === 'forget')?.unavailable).toContain('a rule makes it')
})

const pinsOf = (part: Partial<Edge>): readonly Command[] => edge(part).filter(({ group }) => group === 'checks')
const pinOf = (expect: 'allowed' | 'denied') => ({
  type: 'plan',
  intent: { type: 'pin', checks: [{ from: WEB, to: DB, ports: ['TCP/5432'], expect }] },
})

test('an edge is pinned as it is, or as what it must be', () => {
  const words = (part: Partial<Edge>) => pinsOf({ checks: [], ...part }).map(({ label }) => label)
  expect(words({})).toEqual(['Pin as check', 'Pin “must be denied”'])
  expect(words({ status: 'denied' })).toEqual(['Pin as check', 'Pin “must be allowed”'])
  expect(words({ status: 'partial' })).toEqual(['Pin “must be allowed”', 'Pin “must be denied”'])
  expect(pinsOf({ checks: [] }).map(({ deed }) => deed)).toEqual([pinOf('allowed'), pinOf('denied')])
  expect(pinsOf({ checks: [], status: 'denied' }).map(({ deed }) => deed)).toEqual([pinOf('denied'), pinOf('allowed')])
})

test('what a check says already is not pinned twice, and its opposite turns the check around', () => {
  const [present, opposite] = pinsOf({})
  expect(present?.unavailable).toContain('already')
  expect(opposite?.deed).toEqual({
    type: 'plan',
    intent: { type: 'edit-check', check: REF, next: { name: 'c', ports: ['TCP/5432'], expect: 'denied' } },
  })
})

test('a folded line and one between two outside ends can only be explained', () => {
  expect(available(edge({ count: 7 }))).toEqual(['explain', 'rule'])
  expect(available(edge({ from: { internet: true }, to: { cidr: '10.0.0.0/8' } }))).toEqual(['explain', 'rule'])
})

test('a switch of a workload isolates all of it unless it is; egress asks about DNS first', () => {
  const commands = commandsFor({ type: 'workload', card: CARD })
  expect(deedOf(commands, 'isolate-ingress')).toEqual({
    type: 'plan',
    intent: { type: 'isolate', end: WEB, direction: 'ingress', on: true, dns: false },
  })
  expect(deedOf(commands, 'isolate-egress')).toEqual({ type: 'ask-dns', ...WEB })
  const closed = commandsFor({ type: 'workload', card: { ...CARD, isolated: { ingress: 'yes', egress: 'yes' } } })
  expect(closed.find(({ id }) => id === 'isolate-egress')).toMatchObject({
    checked: true,
    deed: { intent: { direction: 'egress', on: false } },
  })
})

test('DNS is offered where something closes egress', () => {
  expect(available(commandsFor({ type: 'workload', card: CARD }))).not.toContain('allow-dns')
  const closed = commandsFor({ type: 'workload', card: { ...CARD, isolated: { ingress: 'no', egress: 'some' } } })
  expect(deedOf(closed, 'allow-dns')).toEqual({ type: 'plan', intent: { type: 'allow-dns', end: WEB } })
})

test('an allow may come from everything here, all pods, the internet or anywhere, and asks for ports', () => {
  const sources = commandsFor({ type: 'workload', card: CARD }).filter(({ group }) => group === 'allow-from')
  expect(sources.map(({ deed }) => deed)).toEqual(
    [{ namespace: 'shop' }, { anyNamespace: true }, { internet: true }, { anywhere: true }].map((from) => ({
      type: 'ask-ports',
      from,
      to: WEB,
    })),
  )
})

test('pods in the network of their node can not be isolated or allowed', () => {
  expect(available(commandsFor({ type: 'workload', card: { ...CARD, hostNetwork: true } }))).toEqual(['protect'])
})

test('a namespace has its switches, and everything can be protected', () => {
  const commands = commandsFor({ type: 'namespace', card: NAMESPACE })
  expect(deedOf(commands, 'default-deny-ingress')).toEqual({
    type: 'plan',
    intent: { type: 'default-deny', namespace: 'shop', direction: 'ingress', on: false, dns: false },
  })
  expect(deedOf(commands, 'default-deny-egress')).toEqual({ type: 'ask-dns', namespace: 'shop' })
  expect(deedOf(commands, 'protect')).toEqual({ type: 'ask-protect', namespaces: ['shop'] })
  expect(commandsFor({ type: 'everything' }).map(({ deed }) => deed)).toEqual([{ type: 'ask-protect', namespaces: [] }])
})
