import { expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import { explain } from './explain.ts'
import { at, CLUSTER, evaluationOf, policy } from './nearMiss.testkit.ts'
import { plain } from '#core/model/sentence.ts'

const SHOP: End = { namespace: 'shop' }
const DENY = policy(
  'deny',
  'policyTypes: [Ingress]',
  '{ matchExpressions: [{ key: app, operator: NotIn, values: [db] }] }',
)

// An admin policy that denies everything from shop to `app: db`.
const lockdown = (more = ''): string => `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: lockdown }
spec:
  tier: Admin
  priority: 10
  subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: db } } } }
  ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }]${more} }]
---
`

function told(text: string, [from, to]: readonly [End, End], ports = ['UDP/53']) {
  const { summary, halves } = explain(evaluationOf(CLUSTER + text), from, to, ports)
  const into = halves.find(({ direction }) => direction === 'ingress')
  const [sentences = [], misses = []] = [
    into?.sentences.map(plain),
    into?.misses.map(({ sentence }) => plain(sentence)),
  ]
  return { summary, sentences, misses }
}

test('what denies some pods of a namespace is said of those, and of the others why they are closed', () => {
  const { summary, sentences, misses } = told(lockdown() + DENY, [at('web'), SHOP])
  expect(summary).toBe(
    'all of shop does not accept UDP 53 from shop/web: the admin policy lockdown denies it at shop/db; the others are isolated for ingress, and no rule allows this.',
  )
  expect(sentences).toContain(
    'Rule 1 of the admin policy lockdown (spec.ingress[0]) denies UDP 53 from shop/web at shop/db, whatever NetworkPolicies say.',
  )
  expect(sentences).toContain('No rule allows UDP 53 from shop/web at shop/api.')
  expect(misses).toEqual([
    'Rule 1 of the admin policy lockdown comes before NetworkPolicies: shop/web → shop/db takes an exception there, in front of this rule.',
    'No ingress rule of shop/api comes close to naming shop/web: shop/deny isolates it.',
  ])
})

test('a deny of some of the ports is no reason for the rest', () => {
  const text =
    lockdown(', protocols: [{ udp: { destinationPort: { number: 53 } } }]') + policy('closed', 'policyTypes: [Ingress]')
  expect(told(text, [at('web'), at('db')], ['UDP/53', 'TCP/80']).summary).toBe(
    'shop/db does not accept TCP 80; UDP 53 from shop/web: the admin policy lockdown denies it in part, and no rule allows the rest.',
  )
})

test('a rule for some of the pods at the other end names those', () => {
  const rule = policy('db-in', 'ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]')
  expect(told(rule, [SHOP, at('db')]).sentences).toContain(
    'Rule 1 of shop/db-in (spec.ingress[0]) allows UDP 53 from shop/web.',
  )
})

test('the other half is missing only where no rule of it names the peer; else its ports are told', () => {
  const out = policy('web-out', 'policyTypes: [Egress]\negress: [{}]', '{ matchLabels: { app: web } }')
  const into = policy(
    'db-in',
    'ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 80 }] }]',
  )
  expect(told(into + out, [at('web'), at('db')], []).misses).toEqual([
    'Rule 1 of shop/db-in allows TCP 80, not all ports.',
  ])
  const other = into.replace('app: web', 'app: nobody')
  expect(told(other + out, [at('web'), at('db')], []).misses[0]).toContain('The other half is missing')
})
