import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, openApp, paste, test } from './journey.ts'
import { connection, newWorkspace, savedTexts, showGraph, showTable } from './screen.ts'

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: i, ports: [{ containerPort: 5432 }] }] }
---
`
// The API says that the block holds every pod; Cilium says that it holds none.
const SHOP = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
${deployment('web')}${deployment('db')}apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ ipBlock: { cidr: 0.0.0.0/0 } }]
      ports: [{ port: 5432 }]
---
apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: shop }
checks:
  - name: web asks db
    from: { namespace: shop, workload: Deployment/web }
    to: { namespace: shop, workload: Deployment/db }
    ports: [TCP/5432]
    expect: allowed
`
const EDGE = 'shop/web → shop/db TCP 5432'

async function openShop(page: Page): Promise<void> {
  await openApp(page)
  await newWorkspace(page)
  await paste(page, SHOP)
  await expect(line(page, `${EDGE}: allowed`)).toBeVisible()
}

function line(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

function profile(page: Page): Locator {
  return page.getByRole('banner').getByRole('button', { name: /^CNI profile/ })
}

async function choose(page: Page, name: string): Promise<void> {
  await profile(page).click()
  await page.getByRole('menuitemcheckbox', { name, exact: true }).click()
}

test('choosing a CNI turns the edge on which it differs, says why, and undo turns it back', async ({ page }) => {
  await openShop(page)
  await choose(page, 'Cilium')
  const turned = line(page, `${EDGE}: denied; the API says allowed`)
  await expect(turned).toBeVisible()
  await expect(profile(page)).toHaveAccessibleName('CNI profile: Cilium')
  expect((await savedTexts(page))['settings.yaml']).toContain('profile:\n  id: cilium')

  await turned.focus()
  await page.keyboard.press('Enter')
  const why = page.getByRole('region', { name: 'Why' })
  await expect(why).toContainText('Under Cilium: denied (the API says allowed)')
  const facts = why.getByRole('region', { name: 'Differs from the API' })
  await expect(facts).toContainText('In shop/db.')
  const source = facts.getByRole('link').first()
  await expect(source).toHaveAttribute('rel', /noreferrer/)
  await expect(source).toHaveAttribute('target', '_blank')
  await expectAccessible(page)

  await showTable(page)
  const row = connection(page, `${EDGE}: denied; the API says allowed`)
  await expect(row).toContainText('the API says allowed')
  await expectAccessible(page)
  await showGraph(page)

  await page.getByRole('banner').getByRole('button', { name: 'Undo choosing the CNI cilium' }).click()
  await expect(line(page, `${EDGE}: allowed`)).toBeVisible()
  await expect(profile(page)).toHaveAccessibleName(/^CNI profile: Reference/i)
})

test('the reference takes the choice out of the settings, and leaves no mark', async ({ page }) => {
  await openShop(page)
  await expect(page.getByText('≠')).toHaveCount(0)
  await choose(page, 'Cilium')
  await expect(page.getByText('≠').first()).toBeVisible()
  await profile(page).click()
  await page.getByRole('menuitemcheckbox', { name: /reference|Kubernetes API/i }).click()
  await expect(line(page, `${EDGE}: allowed`)).toBeVisible()
  expect((await savedTexts(page))['settings.yaml']).not.toContain('profile')
  await expect(page.getByText('≠')).toHaveCount(0)
})

test('under Flannel the whole canvas says that all is open', async ({ page }) => {
  await openApp(page)
  await choose(page, 'Flannel')
  const banner = page.getByRole('alert').filter({ hasText: 'Flannel enforces no network policy: all is open.' })
  await expect(banner).toBeVisible()
  await expect(page.getByRole('button', { name: /: denied/ })).toHaveCount(0)
  await expectAccessible(page)
  await showTable(page)
  await expect(banner).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await expect(banner).toBeHidden()
})

test('a paste of the system’s pods shows which CNI runs', async ({ page }) => {
  await openShop(page)
  await profile(page).click()
  await page.getByRole('menuitem', { name: /Which CNI/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Which CNI have I got?' })
  await expect(dialog.getByRole('button', { name: 'Use it' })).toBeDisabled()
  await dialog
    .getByRole('textbox', { name: 'Pods of the cluster' })
    .fill('NAME            READY   STATUS    RESTARTS   AGE\ncilium-x7k2p    1/1     Running   0          3d\n')
  await expect(dialog.getByRole('radio', { name: /Cilium/ })).toBeChecked()
  await expect(dialog).toContainText('cilium-x7k2p 1/1 Running')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Use Cilium' }).click()
  await expect(line(page, `${EDGE}: denied; the API says allowed`)).toBeVisible()
})

test('the comparison tells for each CNI what it makes of a policy, and why', async ({ page }) => {
  await openShop(page)
  await profile(page).click()
  await page.getByRole('menuitem', { name: 'Compare CNIs' }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare CNIs' })
  const row = dialog.getByRole('row', { name: /^shop\/db/ })
  await expect(row).toContainText('as written')
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeHidden()
  await row.getByRole('button', { name: 'no effect' }).first().click()
  await expect(dialog.getByRole('region', { name: 'Why' })).toContainText('shop/db under Flannel: no effect')
  await expect(dialog.getByRole('link').first()).toHaveAttribute('href', /^https:/)
  await expect(dialog.getByRole('row', { name: /^Connections that differ/ })).toContainText('1 of 2')
  await expectAccessible(page)
})

test('who allows what only the CNI denies is told that no change helps, and what does', async ({ page }) => {
  await openShop(page)
  await choose(page, 'Cilium')
  await line(page, `${EDGE}: denied; the API says allowed`).focus()
  await page.keyboard.press('a')
  await page.getByRole('dialog').getByRole('button', { name: 'Allow', exact: true }).click()
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(messages).toContainText('But under Cilium it is closed all the same.')
  await expect(messages).toContainText('What helps: a rule that selects the pods by their labels')
  await expect(page.getByRole('dialog', { name: 'Review the change' })).toBeHidden()
})

test('with the longest name of a CNI all of the header is in reach, and the page never scrolls', async ({ page }) => {
  await openShop(page)
  await choose(page, 'kindnet / kube-network-policies')
  await showTable(page)
  await page
    .getByRole('tablist', { name: 'Lower panel' })
    .getByRole('tab', { name: /^Checks/ })
    .click()
  const heights = await page.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight])
  expect(heights[0]).toBe(heights[1])
  const tally = page.getByRole('banner').getByRole('list', { name: 'Connections that are shown' })
  const tabs = page.getByRole('banner').getByRole('tablist', { name: 'View' })
  const [left, right] = [await tabs.boundingBox(), await tally.boundingBox()]
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0)
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeInViewport({ ratio: 1 })
})

test('an article says, too, that nothing is enforced', async ({ page }) => {
  await openApp(page)
  await choose(page, 'Flannel')
  await page.getByRole('banner').getByRole('button', { name: 'Share', exact: true }).click()
  const link = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue()
  await page.goto(`/?embed${link.slice(link.indexOf('#'))}`)
  const banner = page.getByRole('alert').filter({ hasText: 'Flannel enforces no network policy: all is open.' })
  await expect(banner).toBeVisible()
  await expectAccessible(page)
})
