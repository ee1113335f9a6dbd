import type { Page } from '@playwright/test'
import { card, connectForm, drag, preview } from './drawing.ts'
import { expect, expectAccessible, openApp, paste, test } from './journey.ts'
import { connection, differenceOf, newWorkspace, savedTexts, showGraph, showTable } from './screen.ts'

const deployment = (name: string, port: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: x, ports: [{ containerPort: ${port} }] }] }
---
`
const check = (from: string, to: string, port: number): string => `  - name: ${from} uses ${to}
    from: { namespace: shop, workload: Deployment/${from} }
    to: { namespace: shop, workload: Deployment/${to} }
    ports: [TCP/${port}]
    expect: allowed
`
// Written by somebody with habits: comments, quotes, flow and block style side by side, trailing spaces.
const POLICIES = `# who may call the api ${''}
apiVersion: "networking.k8s.io/v1"
kind: NetworkPolicy
metadata: {name: api, namespace: shop}   # by hand
spec:
    podSelector: {matchLabels: {app: api}}
    policyTypes: [Ingress]
    ingress:
    -   from:
        -   podSelector: {matchLabels: {app: 'web'}}  # the shop
        -   podSelector: {matchLabels: {app: 'job'}}
        ports:
        -   port: 8080


---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata:
  namespace: shop
  name: db
spec:
  podSelector:
    matchLabels:
      app: db
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: Api # written large
      ports:
        - {port: 5432, protocol: TCP}
---
apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: {name: shop}
checks:
${check('web', 'api', 8080)}${check('api', 'db', 5432)}`
const CLUSTER = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kubernetes.io/metadata.name: shop } }
---
${deployment('web', 8080)}${deployment('api', 8080)}${deployment('db', 5432)}${deployment('job', 8080)}`
const TEXT = CLUSTER + POLICIES

const policiesOf = (text: string): string => text.slice(0, text.indexOf('ConnectivityChecks'))
const line = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const undo = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Undo/ })
const pasted = async (page: Page): Promise<string> => (await savedTexts(page))['pasted.yaml'] ?? ''

test.beforeEach(async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  await paste(page, TEXT)
  await expect(page.getByRole('contentinfo')).toContainText('4 workloads in 1 namespace, 2 policies')
})

async function undoAll(page: Page): Promise<void> {
  await undo(page).click()
  await expect.poll(() => savedTexts(page)).toEqual({ 'pasted.yaml': TEXT })
}

test('deny an allowed connection by key, see it all before, and take it back', async ({ page }) => {
  await line(page, 'shop/web → shop/api TCP 8080: allowed').focus()
  await page.keyboard.press('x')
  await expect(preview(page).getByRole('list', { name: 'As you asked' })).toContainText('shop/web → shop/api')
  await expect(preview(page)).toContainText('Nothing else changes.')
  await expectAccessible(page)
  await preview(page).getByRole('button', { name: 'Accept' }).click()
  await expect(line(page, 'shop/web → shop/api TCP 8080: denied')).toBeVisible()
  // The other peer of the rule stays, and so does every byte around.
  await expect
    .poll(async () => differenceOf(policiesOf(TEXT), policiesOf(await pasted(page))))
    .toEqual({
      removed: "        -   podSelector: {matchLabels: {app: 'web'}}  # the shop\n",
      added: '',
    })
  await undoAll(page)
  await expect(line(page, 'shop/web → shop/api TCP 8080: allowed')).toBeVisible()
})

test('one click mends the near miss of a denied connection', async ({ page }) => {
  await line(page, 'shop/api → shop/db TCP 5432: denied').press('Enter')
  const nearly = page.getByRole('list', { name: 'Nearly' })
  await expect(nearly).toContainText('app: Api')
  await expect(nearly.getByText(/nothing else changes/).first()).toBeVisible()
  await expectAccessible(page)
  await nearly.getByRole('button', { name: /^Fix/ }).first().click()
  await preview(page).getByRole('button', { name: 'Accept' }).click()
  await expect(line(page, 'shop/api → shop/db TCP 5432: allowed')).toBeVisible()
  await expect
    .poll(async () => differenceOf(TEXT, await pasted(page)))
    .toEqual({
      removed: '              app: Api # written large\n',
      added: '              app: api # written large\n',
    })
  await undoAll(page)
  await expect(line(page, 'shop/api → shop/db TCP 5432: denied')).toBeVisible()
})

test('change the ports of a connection from its line in the table', async ({ page }) => {
  await showTable(page)
  await page.getByRole('button', { name: 'Actions for shop/web → shop/api TCP 8080: allowed' }).click()
  await expectAccessible(page)
  await page.getByRole('menuitem', { name: /^Change ports/ }).click()
  const form = page.getByRole('dialog', { name: 'Change the ports of shop/web → shop/api' })
  await expect(form.getByRole('checkbox', { name: '8080', exact: true })).toBeChecked()
  await expectAccessible(page)
  await form.getByRole('checkbox', { name: '8080', exact: true }).uncheck()
  await form.getByLabel('Other port, range or name').fill('9090')
  await page.keyboard.press('Enter')
  await expect(form).toBeHidden()
  await expect(connection(page, 'shop/web → shop/api TCP 9090: allowed')).toBeVisible()
  await expect(connection(page, 'shop/job → shop/api TCP 8080: allowed')).toBeVisible()
  await undoAll(page)
  await expect(connection(page, 'shop/web → shop/api TCP 8080: allowed')).toBeVisible()
})

test('isolate a workload by its switch; DNS is asked about, and undo opens it again', async ({ page }) => {
  await card(page, 'shop/Deployment/web').click({ position: { x: 60, y: 40 } })
  const isolate = page.getByRole('button', { name: 'Isolate out' })
  await expect(isolate).toHaveAttribute('aria-pressed', 'false')
  await isolate.click()
  const dns = page.getByRole('dialog', { name: 'Deny egress from shop/web' })
  await expect(dns.getByLabel('Keep DNS open')).toBeChecked()
  await dns.getByRole('button', { name: 'Deny egress' }).click()
  await preview(page).getByRole('button', { name: 'Accept' }).click()
  await expect(isolate).toHaveAttribute('aria-pressed', 'true')
  expect(await pasted(page)).toContain(TEXT.trimEnd())
  await undoAll(page)
  await expect(isolate).toHaveAttribute('aria-pressed', 'false')
})

test('protect a namespace from its menu, by keyboard, and take it back', async ({ page }) => {
  await card(page, 'ns shop').focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: /^Protect shop/ }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Protect shop' })
  await expect(dialog.getByRole('radio', { name: /What comes in/ })).toBeChecked()
  await expectAccessible(page)
  await dialog.getByRole('radio', { name: /Both ways/ }).check()
  await dialog.getByRole('button', { name: 'Show the plan' }).click()
  await expect(preview(page)).toContainText('Nothing has been changed yet.')
  await expectAccessible(page)
  await preview(page).getByRole('button', { name: 'Accept' }).press('Enter')
  for (const way of ['in', 'out']) {
    await expect(page.getByRole('button', { name: `Default deny ${way} of shop` })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
  }
  await expect(line(page, 'shop/web → shop/api TCP 8080: allowed')).toBeVisible()
  await expect(line(page, 'shop/api → shop/db TCP 5432: allowed')).toBeVisible()
  expect((await pasted(page)).startsWith(CLUSTER + POLICIES.slice(0, POLICIES.indexOf('app: Api')))).toBe(true)
  await undoAll(page)
})

test('another way than the first can be chosen, also after the first was applied', async ({ page }) => {
  await drag(page, card(page, 'shop/Deployment/job'), card(page, 'shop/Deployment/db'))
  await connectForm(page).getByRole('button', { name: 'Allow' }).click()
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(line(page, 'shop/job → shop/db TCP 5432: allowed')).toBeVisible()
  const first = await savedTexts(page)
  await messages.getByRole('button', { name: 'Other ways …' }).click()
  const ways = preview(page).getByRole('radio')
  await expect(ways.first()).toBeChecked()
  await expectAccessible(page)
  // Closed without an answer, it is as it was.
  await page.keyboard.press('Escape')
  await expect.poll(() => savedTexts(page)).toEqual(first)
  await undoAll(page)
})

test('forgetting what others wrote says so, and offers to deny it instead', async ({ page }) => {
  await line(page, 'shop/web → shop/api TCP 8080: allowed').focus()
  await page.keyboard.press('Delete')
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(messages).toContainText(/still allowed by shop\/api line \d+ of pasted.yaml/)
  await messages.getByRole('button', { name: 'Deny it instead …' }).click()
  await expect(preview(page).getByRole('list', { name: 'As you asked' })).toContainText('shop/web → shop/api')
  await preview(page).getByRole('button', { name: 'Accept' }).click()
  await showTable(page)
  await expect(connection(page, 'shop/web → shop/api TCP 8080: denied')).toBeVisible()
  await showGraph(page)
})

test('an explanation is copied as Markdown, with the lines of its rules', async ({ page }) => {
  await line(page, 'shop/web → shop/api TCP 8080: allowed').press('Enter')
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Copied')
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('Ingress at shop/api: allowed')
  expect(text).toMatch(/pasted\.yaml/)
})
