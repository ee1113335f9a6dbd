import { expect, openApp, paste, test } from './journey.ts'
import { connection, goTo, newWorkspace, openInEditor, showGraph, showTable } from './screen.ts'

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: x, ports: [{ containerPort: 8080 }] }] }
---
`
const POLICY = `# who may call the api
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 8080 }]
---
apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: shop }
checks:
  - name: web calls api
    from: { namespace: shop, workload: Deployment/web }
    to: { namespace: shop, workload: Deployment/api }
    ports: [TCP/8080]
    expect: allowed
`

test.beforeEach(async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  await paste(page, deployment('web') + deployment('api') + POLICY)
  await expect(page.getByRole('contentinfo')).toContainText('2 workloads in 1 namespace, 1 policy')
})

test('typing turns one edge, and one history takes it back', async ({ page }) => {
  const line = (verdict: string) => page.getByRole('button', { name: `shop/web → shop/api TCP 8080: ${verdict}` })
  await expect(line('allowed')).toBeVisible()
  await openInEditor(page, 'pasted.yaml')
  await goTo(page, '{ port: 8080')
  await page.keyboard.press('Backspace')
  await expect(line('denied')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Z')
  await expect(line('allowed')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Shift+Z')
  await expect(line('denied')).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await expect(line('allowed')).toBeVisible()
})

test('space, paste and find work in the editor while the canvas is on the page; Escape then Tab leaves it', async ({
  page,
}) => {
  await openInEditor(page, 'pasted.yaml')
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.type('# a b c')
  await page.keyboard.press('Enter')
  await expect(page.locator('.monaco-editor .view-lines')).toContainText(/#\sa\sb\sc/)
  await paste(page, '# pasted at the cursor\n')
  await expect(page.locator('.monaco-editor .view-lines')).toContainText(/pasted\sat\sthe\scursor/)
  await expect(page.getByRole('navigation').getByRole('button', { name: 'pasted-2.yaml' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(page.locator('.monaco-editor :focus')).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+K')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('a broken document keeps its last good meaning and says where it is broken, until it is mended', async ({
  page,
}) => {
  await openInEditor(page, 'pasted.yaml')
  await goTo(page, 'podSelector: { matchLabels: { app: api')
  await page.keyboard.type(' ]')
  await expect(page.getByRole('contentinfo')).toContainText('1 error')
  await expect(page.getByRole('button', { name: 'shop/web → shop/api TCP 8080: allowed' })).toBeVisible()
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /1 error/ })
    .click()
  await expect(page.getByText(/This is not YAML/).first()).toBeVisible()
  await page.locator('.monaco-editor .view-lines').click()
  await page.keyboard.press('ControlOrMeta+Z')
  await expect(page.getByRole('contentinfo')).toContainText('No problems')
})

test('an edge says why, and leads to the rule in the text', async ({ page }) => {
  await showTable(page)
  await connection(page, 'shop/web → shop/api TCP 8080: allowed').click()
  await expect(page.getByRole('heading', { name: 'Ingress at shop/api: allowed' })).toBeVisible()
  await expect(page.getByText(/Rule 1|rule 1/).first()).toBeVisible()
  await showGraph(page)
  await expect(page.getByRole('button', { name: 'shop/web → shop/api TCP 8080: allowed' })).toBeVisible()
})
