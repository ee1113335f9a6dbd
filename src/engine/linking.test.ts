import { describe, expect, test } from 'vitest'
import { type Bench, file, openBench } from './engine.testkit.ts'

const deployment = (namespace: string, name: string, replicas = 1): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, ports: [{ name: http, containerPort: 8080 }] }] }
---
`
const namespace = (name: string, team: string): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { team: ${team} } }\n---\n`
const settings = `apiVersion: drawbridge/v1alpha1
kind: DrawbridgeSettings
metadata: { name: settings }
podCidrs: [10.244.0.0/16]
`
const cluster =
  namespace('shop', 'store') +
  namespace('ops', 'ops') +
  deployment('shop', 'web', 2) +
  deployment('shop', 'api') +
  deployment('shop', 'db') +
  deployment('ops', 'web') +
  deployment('ops', 'agent')

const policy = `# who may call the database
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector:
    matchLabels: { app: db }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: { matchLabels: { app: web } }
        - podSelector: { matchLabels: { app: api } }
      ports:
        - port: 5432
        - port: metrics
    - from:
        - namespaceSelector: { matchLabels: { team: ops } }
        - podSelector: { matchLabels: { app: web } }
      ports:
        - port: 9090
    - from:
        - podSelector: { matchLabels: { app: api } }
      ports:
        - port: 5432
    - from:
        - podSelector: { matchLabels: { app: gone } }
  egress:
    - to: [{ namespaceSelector: { matchLabels: { team: ops } }, podSelector: { matchLabels: { app: web } } }]
`

async function open(text = policy): Promise<Bench> {
  const bench = openBench()
  await bench.change({
    type: 'workspace',
    files: [file('cluster.yaml', cluster), file('settings.yaml', settings), file('db.yaml', text)],
  })
  return bench
}

/** Where this occurrence of a text begins. */
function at(text: string, part: string, occurrence = 1): number {
  let offset = -1
  for (let i = 0; i < occurrence; i++) offset = text.indexOf(part, offset + 1)
  if (offset < 0) throw new Error(`"${part}" is not there`)
  return offset
}

async function cursor(part: string, occurrence = 1, text = policy) {
  const { engine } = await open(text)
  const answer = await engine.ask('cursor', { file: 'db.yaml', offset: at(text, part, occurrence) })
  if (!answer) throw new Error('no answer')
  return answer
}

const WEB = 'shop/Deployment/web'
const API = 'shop/Deployment/api'
const DB = 'shop/Deployment/db'
const OPS_WEB = 'ops/Deployment/web'
const AGENT = 'ops/Deployment/agent'

describe('the cursor', () => {
  test('in a peer means the pods that it selects and the edges that it makes, not those of the other peers', async () => {
    const found = await cursor('app: web')
    expect(found.selects).toEqual([WEB])
    expect(found.edges).toEqual([`${WEB}→${DB} TCP/metrics TCP/5432`])
    expect(found.note).toBe('This peer selects 2 pods in 1 workload: web.')
  })

  test('on the dash or in the margin of a peer means that peer', async () => {
    const text = policy
    const dash = at(text, '- podSelector: { matchLabels: { app: api } }')
    const { engine } = await open()
    for (const offset of [dash, dash - 4])
      expect((await engine.ask('cursor', { file: 'db.yaml', offset }))?.selects).toEqual([API])
  })

  test('in a namespace selector means all that it brings in', async () => {
    const found = await cursor('team: ops')
    expect(found.selects).toEqual([OPS_WEB, AGENT])
    expect(found.edges).toEqual([`ops→${DB} TCP/9090`])
    expect(found.note).toBe('This peer selects 2 pods in 2 workloads: web, agent.')
  })

  test('in the subject of the policy means its cards and all edges of its rules', async () => {
    const found = await cursor('app: db')
    expect(found.selects).toEqual([DB])
    expect(found.edges.length).toBeGreaterThan(3)
    expect(found.note).toBe('The policy selects 1 pod in 1 workload: db.')
  })

  test('in a port means the edges that ask for it, and says that it has no effect', async () => {
    const { engine } = await open()
    const offset = at(policy, 'port: 9090')
    const found = await engine.ask('cursor', { file: 'db.yaml', offset })
    expect(found?.edges.toSorted()).toEqual([`ops→${DB} TCP/9090`, `${WEB}→${DB} TCP/9090`])
    expect((await cursor('port: metrics')).note).toContain(
      'No effect now: no pod that the policy selects has this port.',
    )
  })

  test('in a list of peers tells what each item adds, and what one item would be', async () => {
    const { peers } = await cursor('team: ops')
    expect(peers?.items.map(({ text }) => text)).toEqual(['adds 2 pods', 'adds 2 pods'])
    expect(peers?.items.map(({ set }) => set.cards)).toEqual([[OPS_WEB, AGENT], [WEB]])
    expect(peers?.whatIfs.map(({ text }) => text)).toEqual(['As one item (AND): 1 pod in 1 workload: web'])
    expect(peers?.whatIfs.map(({ set }) => set.cards)).toEqual([[OPS_WEB]])
  })

  test('in one item with both selectors tells what two items would be', async () => {
    const { peers, note } = await cursor('team: ops', 2)
    expect(note).toContain('1 pod in 1 workload: web')
    expect(peers?.whatIfs.map(({ text }) => text)).toEqual([
      'As two items (OR): 4 pods in 3 workloads: shop/web, ops/web, ops/agent',
    ])
  })

  test('in a block means its addresses on the canvas', async () => {
    const text = policy.replace('podSelector: { matchLabels: { app: gone } }', 'ipBlock: { cidr: 203.0.113.0/24 }')
    const found = await cursor('203.0.113', 1, text)
    expect(found.selects).toEqual(['cidr:203.0.113.0/24'])
    expect(found.edges).toEqual([`cidr:203.0.113.0/24→${DB} all ports`])
    expect(found.note).toBe('This peer holds addresses, and no pod that is loaded.')
  })

  test('outside of any policy selects nobody', async () => {
    const { engine } = await open()
    expect(await engine.ask('cursor', { file: 'cluster.yaml', offset: 3 })).toMatchObject({ selects: [], edges: [] })
  })
})

const ask = async (text: string, from = 0, to = text.length) =>
  (await open(text)).engine.ask('lenses', { file: 'db.yaml', from, to })

const allowing = (name: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
`

describe('the lens', () => {
  test('says how many pods a policy selects and how many connections its rules allow', async () => {
    const lenses = await ask(policy)
    expect(lenses?.policies.map(({ name, text }) => `${name}: ${text}`)).toEqual([
      'shop/db: selects 1 pod · allows 4 connections · 4 lines without effect',
    ])
    expect(lenses?.policies[0]?.cards).toEqual([DB])
  })

  test('names each line without effect, with the reason', async () => {
    const lenses = await ask(policy)
    expect(lenses?.dead.map(({ ref, why }) => `${ref.path.join('.')}: ${why}`)).toEqual([
      'spec.ingress.0.ports.1: No effect now: no pod that the policy selects has this port.',
      'spec.ingress.2: No effect now: rule 1 allows this already.',
      'spec.ingress.3: No effect now: its peers match no pod that is loaded.',
      'spec.egress.0: No effect: policyTypes does not list Egress.',
    ])
  })

  test('is told only of what the span touches', async () => {
    const two = `${policy}---\n${policy.replace('name: db', 'name: other')}`
    expect((await ask(two, 0, 10))?.policies.map(({ name }) => name)).toEqual(['shop/db'])
    expect((await ask(two))?.policies.map(({ name }) => name)).toEqual(['shop/db', 'shop/other'])
  })

  test('fades the later one of two policies that say the same, not both', async () => {
    const lenses = await ask(`${allowing('first')}---\n${allowing('second')}`)
    expect(lenses?.dead.map(({ why }) => why)).toEqual(['No effect now: rule 1 of shop/first allows this already.'])
  })

  test('says of a policy that selects nobody that it has no effect', async () => {
    const lenses = await ask(policy.replace('app: db', 'app: nobody'))
    expect(lenses?.policies[0]?.text).toBe('selects no pod · allows nothing')
    expect(lenses?.dead.map(({ why }) => why)).toEqual(['No effect now: the policy selects no pod that is loaded.'])
  })

  test('fades an except that keeps nobody out, at its own place', async () => {
    const blocks = `ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16] }
        - ipBlock: { cidr: 10.2.0.0/15 }`
    const text = policy.replace('podSelector: { matchLabels: { app: gone } }', blocks)
    const lenses = await ask(text)
    const dead = lenses?.dead.filter(({ why }) => why.includes('keeps nobody out')) ?? []
    expect(dead.map(({ why }) => why)).toEqual([
      '10.2.0.0/16 keeps nobody out now: the rest of this rule says this already.',
    ])
    expect(dead.map(({ ref }) => text.slice(ref.range.from, ref.range.to))).toEqual(['10.2.0.0/16'])
  })

  test('fades what an admin policy decides first', async () => {
    const admin = `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: closed }
spec:
  priority: 1
  subject: { namespaces: {} }
  ingress:
    - name: nobody gets in
      action: Deny
      from: [{ namespaces: {} }]
    - action: Allow
      from: [{ namespaces: { matchLabels: { team: ops } } }]
`
    const lenses = await ask(policy + admin)
    const why = lenses?.dead.map(({ why: own }) => own) ?? []
    expect(why).toContain('No effect now: rule 1 “nobody gets in” of the admin policy closed denies this first.')
    expect(why).toContain('No effect now: rule 1 “nobody gets in” denies this first.')
    expect(lenses?.policies[1]?.text).toMatch(
      /^selects 6 pods · allows nothing · denies \d+ connections? · 1 line without/,
    )
  })
})
