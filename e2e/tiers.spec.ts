import { expect, expectAccessible, openApp, paste, test } from './journey.ts'
import { connection, goTo, newWorkspace, openInEditor, showTable } from './screen.ts'

const workload = (namespace: string, name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: x, ports: [{ containerPort: 8080 }] }] }
---
`
const namespace = (name: string): string => `apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { kubernetes.io/metadata.name: ${name} } }
---
`
const CLUSTER =
  namespace('shop') + namespace('data') + workload('shop', 'web') + workload('shop', 'jobs') + workload('data', 'db')

// What its owner allows.
const OWN = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: data }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }]
      ports: [{ port: 8080 }]
---
`
const clusterPolicy = (
  name: string,
  priority: number,
  action: string,
  app: string,
): string => `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: ${name} }
spec:
  tier: Admin
  priority: ${priority}
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: data } } }
  ingress:
    - name: ${name}-rule
      action: ${action}
      from: [{ pods: { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }, podSelector: { matchLabels: { app: ${app} } } } }]
---
`

const ANTREA = `apiVersion: crd.antrea.io/v1beta1
kind: ClusterNetworkPolicy
metadata: { name: isolate }
spec:
  tier: securityops
  priority: 5
  appliedTo: [{ podSelector: { matchLabels: { app: db } } }]
  ingress: [{ action: Drop, from: [{ podSelector: {} }] }]
`

test.beforeEach(async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
})

test('an admin policy overrides a NetworkPolicy, and the inspector leads to its line', async ({ page }) => {
  await paste(page, CLUSTER + OWN + clusterPolicy('fence', 10, 'Deny', 'web'))
  await expect(page.getByRole('contentinfo')).toContainText('3 workloads in 2 namespaces, 2 policies')
  await expect(page.getByRole('contentinfo')).toContainText('No problems')
  await expect(page.getByRole('button', { name: /^shop\/web → data\/db .*: denied$/ }).first()).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('3 workloads, 2 policies')
  await showTable(page)
  // Half of what the NetworkPolicy opens is still open.
  await expect(connection(page, 'all of shop → data/db TCP 8080: partial')).toBeVisible()
  await connection(page, 'shop/web → data/db all ports: denied').click()
  await expect(page.getByText('the admin policy fence denies it')).toBeVisible()
  const half = page.getByRole('region', { name: 'Why' })
  await expect(half.getByText(/whatever NetworkPolicies say/)).toBeVisible()
  await half.getByRole('button', { name: 'fence', exact: true }).first().click()
  await expect(page.locator('.monaco-editor .view-lines')).toContainText(/fence-rule/)
  await expectAccessible(page)
})

test('rules of equal priority that contradict each other are undetermined, until one goes first', async ({ page }) => {
  await paste(page, CLUSTER + clusterPolicy('open', 20, 'Accept', 'web') + clusterPolicy('shut', 20, 'Deny', 'web'))
  await showTable(page)
  const line = (verdict: string) => connection(page, `shop/web → data/db all ports: ${verdict}`)
  await line('undetermined').click()
  const conflict = page.getByText(/contradict each other at the same priority 20/)
  await expect(conflict).toBeVisible()
  await expect(conflict).toContainText('open-rule')
  await expect(conflict).toContainText('shut-rule')
  await expectAccessible(page)
  // The first document with this priority is the one that opens.
  await openInEditor(page, 'pasted.yaml')
  await goTo(page, 'priority: 20')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('1')
  await expect(line('denied')).toBeVisible()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('19')
  await expect(line('allowed')).toBeVisible()
  await expect(conflict).toHaveCount(0)
})

test("Antrea's policy of the same name is not taken for it: a banner stands, and nothing is green", async ({
  page,
}) => {
  await paste(page, CLUSTER + OWN + ANTREA)
  const banner = page.getByText('1 Antrea ClusterNetworkPolicy is not evaluated: the pods it selects are undetermined.')
  await expect(banner).toBeVisible()
  await showTable(page)
  await connection(page, 'all of shop → data/db TCP 8080: undetermined').click()
  await expect(page.getByText(/Drawbridge does not evaluate this kind of policy/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'isolate', exact: true }).first()).toBeVisible()
  await expect(banner).toBeVisible()
  await expectAccessible(page)
})
