import { expect, test } from 'vitest'
import { evaluate } from '#core/evaluate/evaluate.ts'
import { load } from '#core/load/load.ts'
import type { Effects } from '#core/model/effects.ts'
import { endId, endName } from '#core/model/end.ts'
import { effectSteps, type Meaning } from './effects.ts'
import { plan } from './plan.ts'

const SHOP = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web }, annotations: { prometheus.io/scrape: 'true' } }
    spec: { containers: [{ name: web, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, ports: [{ containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: prometheus, namespace: monitoring, labels: { app: prometheus } }
---
apiVersion: v1
kind: Pod
metadata: { name: kube-dns, namespace: kube-system, labels: { k8s-app: kube-dns } }
---
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec: { selector: { k8s-app: kube-dns }, ports: [{ port: 53, protocol: UDP }] }
---
apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: checks }
checks:
  - { name: web asks db, from: { namespace: shop, workload: Deployment/web }, to: { namespace: shop, workload: Pod/db }, ports: [TCP/5432], expect: allowed }
`

const deny = (name: string, subject: string, types: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { podSelector: { ${subject} }, policyTypes: [${types}] }
`

function meaningOf(policy: string, previous?: Meaning & { readonly loaded: ReturnType<typeof load> }) {
  const files = [
    { path: 'shop.yaml', text: SHOP, counts: true },
    { path: 'policy.yaml', text: policy, counts: true },
  ]
  const loaded = load(files, previous?.loaded)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings, previous?.evaluation)
  return { loaded, evaluation, checks: loaded.checks }
}

function effects(before: string, after: string): Effects {
  const old = meaningOf(before)
  const steps = effectSteps(old, meaningOf(after, old))
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const headings = ({ groups }: Effects): readonly string[] =>
  groups.map(
    ({ concern, from, to, counts }) => `${concern}: ${endId(from)} → ${endId(to)} +${counts.opened} −${counts.closed}`,
  )

test('nothing is different between the same texts', () => {
  const { opened, closed, other, groups, more } = effects('', '')
  expect([opened, closed, other, groups, more]).toEqual([0, 0, 0, [], 0])
})

test('what is closed is ranked: checks, replicas, targets of load balancers, scrapers, then the rest by their number', () => {
  const found = effects(
    '',
    deny('web', 'matchLabels: { app: web }', 'Ingress') + '---' + deny('db', 'matchLabels: { app: db }', 'Ingress'),
  )
  expect(headings(found)).toEqual([
    'checks: shop → shop +0 −1',
    'replicas: shop → shop +0 −1',
    'exposed: internet → shop +0 −1',
    'scrape: monitoring → shop +0 −1',
    'rest: kube-system → shop +0 −2',
    'rest: shop → shop +0 −1',
    'rest: monitoring → shop +0 −1',
    'rest: internet → shop +0 −1',
  ])
  expect(found.closed).toBe(9)
  expect(found.groups[0]?.lines.map(({ note, closed }) => [note, closed])).toEqual([
    ['Breaks the check “web asks db”: TCP/5432 should be allowed.', 'all ports'],
  ])
  expect(found.checks).toEqual({ broken: ['web asks db'], mended: [] })
})

test('the way back tells the reverse', () => {
  const policy = deny('db', 'matchLabels: { app: db }', 'Ingress')
  const [there, back] = [effects('', policy), effects(policy, '')]
  expect([back.opened, back.closed]).toEqual([there.closed, there.opened])
  expect(back.checks).toEqual({ broken: [], mended: ['web asks db'] })
})

test('who loses DNS is named, and comes before everything but checks', () => {
  const found = effects('', deny('out', '', 'Egress'))
  expect(found.dns.lost.map(endName).toSorted()).toEqual(['shop/db', 'shop/web'])
  expect(headings(found).slice(0, 2)).toEqual(['checks: shop → shop +0 −1', 'dns: shop → kube-system +0 −2'])
  expect(effects(deny('out', '', 'Egress'), '').dns.gained).toHaveLength(2)
})

test('a document that is broken while somebody types changes nothing', () => {
  const policy = deny('db', 'matchLabels: { app: db }', 'Ingress')
  const found = effects(policy, policy.replace('podSelector: {', 'podSelector: {{'))
  expect([found.opened, found.closed, found.other]).toEqual([0, 0, 0])
})

test('a check about a whole namespace has a line of its own', () => {
  const checks = `
apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: all }
checks: [{ name: all ask db, from: { namespace: shop }, to: { namespace: shop, workload: Pod/db }, ports: [TCP/5432], expect: allowed }]
---`
  const found = effects(checks, checks + deny('db', 'matchLabels: { app: db }', 'Ingress'))
  const lines = found.groups.filter(({ concern }) => concern === 'checks').flatMap((group) => group.lines)
  expect(lines.map(({ from, note }) => `${endName(from)}: ${note}`)).toContain(
    'all of shop: Breaks the check “all ask db”: TCP/5432 should be allowed.',
  )
})

test('a plan ranks what nobody asked for in the same way', () => {
  const { loaded, evaluation } = meaningOf('')
  const web = { namespace: 'shop', workload: 'Deployment/web' }
  const intent = {
    type: 'allow',
    from: web,
    to: { namespace: 'shop', workload: 'Pod/db' },
    ports: ['TCP/5432'],
  } as const
  const made = plan(intent, { files: loaded.files, loaded, evaluation, revision: 1 })
  // The first way only saves the check, the last one isolates and keeps nothing.
  const isolating = [made, ...made.others].findLast(({ groups = [] }) => groups.length > 0)
  expect(isolating?.groups?.map(({ concern, from, counts }) => `${concern} ${endId(from)} −${counts.closed}`)).toEqual([
    'rest shop −1',
    'rest monitoring −1',
    'rest kube-system −1',
    'rest internet −1',
  ])
})
