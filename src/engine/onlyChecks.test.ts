import { expect, test } from 'vitest'
import { deploymentText, joined, policyText } from '#core/load/load.testkit.ts'
import { edgeOf, file, openBench } from './engine.testkit.ts'

const DEPLOYMENTS = joined(deploymentText('web'), deploymentText('db'))
const EGRESS = policyText('web', '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}')
const DB = policyText(
  'db',
  '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}',
)
const CHECKS = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: {name: a}
checks: [{name: nobody, to: {namespace: shop, workload: Deployment/db}, only: []}]
`

test('who alone may reach an end is judged again whoever else changes', async () => {
  const files = { 'a.yaml': DEPLOYMENTS, 'db.yaml': DB, 'web.yaml': EGRESS, 'checks.yaml': CHECKS }
  const bench = openBench()
  const open = await bench.change({
    type: 'workspace',
    files: Object.entries(files).map(([path, text]) => file(path, text)),
  })
  const ID = 'anywhere→shop/Deployment/db all ports'
  expect(edgeOf(open, ID).checks).toMatchObject([{ name: 'nobody', expect: 'denied', outcome: 'holds' }])
  // Only what web may send changes, and neither end of the line is web.
  const typed = await bench.type('web.yaml', 'app: web', 'app: other')
  expect(edgeOf(typed, ID).checks).toMatchObject([{ outcome: 'broken' }])
})
