import { expect, test } from 'vitest'
import { CLUSTER, policy } from '#core/explain/nearMiss.testkit.ts'
import { openBench } from './engine.testkit.ts'

const RULE = policy(
  'db-in',
  'ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: web-http }] }]',
)
const CHECKS = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: all }
checks:
  - { name: named, from: { namespace: shop, workload: Deployment/web }, to: { namespace: shop, workload: Deployment/db }, ports: [TCP/web-http], expect: allowed }
  - { name: other, from: { namespace: shop, workload: Deployment/web }, to: { namespace: shop, workload: Deployment/db }, ports: [TCP/other], expect: allowed }
`

test('a port name that no pod defines: the edge of a rule is denied where it enters, a check of it has no answer', async () => {
  const bench = openBench()
  const picture = await bench.change({
    type: 'workspace',
    files: [{ path: 'a.yaml', text: `${CLUSTER}${RULE}${CHECKS}`, counts: true }],
  })
  const drawn = picture.edges.map(({ name, blockedAt, checks }) => [
    name,
    blockedAt,
    checks.map(({ outcome }) => outcome),
  ])
  expect(drawn).toEqual([
    ['shop/web → shop/db TCP web-http: denied', 'destination', ['missing']],
    ['shop/web → shop/db TCP other: undetermined', 'none', ['missing']],
  ])
})
