import { expect, test } from 'vitest'
import { formatPath } from '#core/model/text.ts'
import { explain } from './explain.ts'
import { at, CLUSTER, evaluationOf, policy } from './nearMiss.testkit.ts'

const LOCKDOWN = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: lockdown }
spec:
  tier: Admin
  priority: 10
  subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: db } } } }
  ingress: [{ action: Deny, from: [{ namespaces: {} }] }]
---
`
const OUT = policy('out', 'policyTypes: [Egress]\negress: [{}]', '{ matchLabels: { app: web } }')
const into = (app: string): string =>
  policy('in', `ingress: [{ from: [{ podSelector: { matchLabels: { app: ${app} } } }] }]`)

function placesOf(text: string): readonly string[] {
  const { deciders } = explain(evaluationOf(CLUSTER + text), at('web'), at('db'), ['TCP/8080'])
  return deciders.map(({ ref, effect }) => `${effect} ${formatPath(ref.path)}`)
}

test('a rule of the half that is open is no reason for what the other closes: each place has its own effect', () => {
  expect(placesOf(OUT + into('web'))).toEqual(['opens spec.egress[0]', 'opens spec.ingress[0]'])
  expect(placesOf(OUT + into('wbe'))).toEqual([
    'closes spec.ingress[0].from[0].podSelector.matchLabels.app',
    'closes spec.podSelector',
    'opens spec.egress[0]',
  ])
})

test('the rule that denies comes first; what isolates is told by the pods that it selects, not by a whole document', () => {
  expect(placesOf(OUT + LOCKDOWN)).toEqual(['closes spec.ingress[0]', 'opens spec.egress[0]'])
  expect(placesOf(OUT + policy('deny', 'policyTypes: [Ingress]'))).toEqual([
    'closes spec.podSelector',
    'opens spec.egress[0]',
  ])
})
