import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, openApp, paste, test } from './journey.ts'
import { connection, goTo, newWorkspace, openInEditor, savedTexts, showTable } from './screen.ts'

const panel = (page: Page): Locator => page.getByRole('region', { name: 'Checks', exact: true })
const line = (page: Page, text: string): Locator =>
  panel(page).getByRole('list', { name: 'Checks' }).getByRole('listitem').filter({ hasText: text })
const tab = (page: Page): Locator =>
  page.getByRole('tablist', { name: 'Lower panel' }).getByRole('tab', { name: /^Checks/ })
const status = (page: Page): Locator => page.getByRole('contentinfo')

async function openChecks(page: Page): Promise<void> {
  await tab(page).click()
  await expect(panel(page)).toBeVisible()
}

async function menuOfChecks(page: Page, item: string | RegExp): Promise<void> {
  await panel(page).getByRole('button', { name: 'More about checks' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const deployment = (name: string, port: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: x, ports: [{ containerPort: ${port} }] }] }
---
`
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 5432 }]
`
const SERVICE = `---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ port: 5432 }] }
`

/** web, job and db of shop, where only web may reach db. */
async function openShop(page: Page): Promise<void> {
  await openApp(page)
  await newWorkspace(page)
  await paste(page, deployment('web', 8080) + deployment('job', 9000) + deployment('db', 5432) + POLICY + SERVICE)
  await expect(status(page)).toContainText('3 workloads')
}

async function pinFromTable(page: Page, name: RegExp, item: string): Promise<void> {
  await showTable(page)
  await connection(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: item }).click()
}

test('a connection is pinned from the table; an edit turns its check red, the fix turns it green', async ({ page }) => {
  await openShop(page)
  await pinFromTable(page, /shop\/web → shop\/db TCP 5432: allowed/, 'Pin as check')
  await expect(tab(page)).toContainText('1 of 1 hold')
  await openChecks(page)
  await expect(line(page, 'web may reach db on TCP 5432')).toContainText('holds')

  await openInEditor(page, 'pasted.yaml')
  await goTo(page, 'app: web } } }')
  for (let at = 0; at < ' } } }'.length; at++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('x')
  await expect(tab(page)).toContainText('0 of 1 hold')
  await expect(status(page)).toContainText('No problems')
  await expect(status(page)).toContainText('1 check broken')
  const broken = line(page, 'web may reach db on TCP 5432')
  await expect(broken).toContainText('broken')
  await expect(broken).toContainText('shop/db may not receive it')
  await expectAccessible(page)

  await page.keyboard.press('Backspace')
  await expect(tab(page)).toContainText('1 of 1 hold')
  await expect(status(page)).not.toContainText('broken')
})

test('what must be denied is pinned, too, turned around in the panel, filtered, and undone', async ({ page }) => {
  await openShop(page)
  await pinFromTable(page, /shop\/web → shop\/db TCP 5432: allowed/, 'Pin “must be denied”')
  await openChecks(page)
  await expect(line(page, 'web must not reach db on TCP 5432')).toContainText('broken')
  await panel(page).getByRole('tab', { name: 'Failing 1' }).click()
  await line(page, 'web must not reach db')
    .getByRole('button', { name: /^web must not/ })
    .click()
  await expect(page.getByRole('row', { selected: true })).toContainText('shop/db')

  await panel(page)
    .getByRole('button', { name: /^Edit web must not reach db/ })
    .click()
  const form = page.getByRole('dialog', { name: 'Edit the check' })
  await expectAccessible(page)
  await form.getByLabel('Ports').fill('nonsense!')
  await expect(form.getByRole('alert')).toContainText('not a port')
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled()
  await form.getByLabel('Ports').fill('TCP/5432')
  await form.getByLabel('allowed').check()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(tab(page)).toContainText('1 of 1 hold')
  expect((await savedTexts(page))['checks.yaml']).toContain('name: web may reach db on TCP 5432')
  await expect(panel(page)).toContainText('Every check holds.')

  await panel(page).getByRole('tab', { name: 'All 1' }).click()
  await panel(page)
    .getByRole('button', { name: /^Forget web may reach db/ })
    .click()
  await expect(panel(page)).toContainText('A check says that')
  await page
    .getByRole('button', { name: /^Undo deleting a drawn edge/ })
    .first()
    .click()
  await expect(tab(page)).toContainText('1 of 1 hold')
})

test('checks are suggested with reasons, and those that are chosen are added in one step', async ({ page }) => {
  await openShop(page)
  await openChecks(page)
  await panel(page)
    .getByRole('button', { name: /^Suggest/ })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Suggest checks' })
  const offered = dialog.getByRole('list', { name: 'Checks to add' }).getByRole('listitem')
  await expect(offered.first()).toBeVisible()
  await expectAccessible(page)
  const count = await offered.count()
  expect(count).toBeGreaterThan(1)
  await offered.first().getByRole('checkbox').uncheck()
  await dialog.getByRole('button', { name: /^Add \d+ check/ }).click()
  await expect(tab(page)).toContainText(`of ${count - 1} hold`)
  await page
    .getByRole('button', { name: /^Undo adding|^Undo pinning/ })
    .first()
    .click()
  await expect(panel(page)).toContainText('A check says that')
})

test('NetAssert: what goes out by download comes in again by paste, and says the same', async ({ page }) => {
  await openShop(page)
  await pinFromTable(page, /shop\/web → shop\/db TCP 5432: allowed/, 'Pin as check')
  await expect(tab(page)).toContainText('1 of 1 hold')
  const before = (await savedTexts(page))['checks.yaml']
  await openChecks(page)
  await menuOfChecks(page, /NetAssert …$/)
  const dialog = page.getByRole('dialog', { name: 'Test it for real' })
  await expect(dialog).toContainText('1 test')
  await expectAccessible(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/-netassert\.yaml$/)
  const text = await readFile(await download.path(), 'utf8')
  await dialog.getByRole('tab', { name: 'Probe script' }).click()
  await expect(dialog).toContainText('1 probe')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()

  await panel(page)
    .getByRole('button', { name: /^Forget/ })
    .click()
  await expect(panel(page)).toContainText('A check says that')
  await page
    .getByRole('heading', { name: 'Checks', exact: true })
    .last()
    .evaluate(() => (document.activeElement as HTMLElement).blur())
  await paste(page, `${text}- name: half\n  type: k8s\n  src: {}\n  dst: {}\n`)
  const taken = page.getByRole('dialog', { name: 'NetAssert tests' })
  await expect(taken.getByRole('region', { name: 'What could not be read' })).toContainText(/Line \d+: .*protocol/)
  await expectAccessible(page)
  await taken.getByRole('button', { name: 'Add 1 check' }).click()
  await expect(tab(page)).toContainText('1 of 1 hold')
  expect((await savedTexts(page))['checks.yaml']).toBe(before)
})

test('the editor completes what is written in a document of checks, and marks a check that is broken', async ({
  page,
}) => {
  await openShop(page)
  await pinFromTable(page, /shop\/web → shop\/db TCP 5432: allowed/, 'Pin as check')
  await expect(tab(page)).toContainText('1 of 1 hold')
  await openInEditor(page, 'checks.yaml')
  await goTo(page, 'expect: allowed')
  await page.keyboard.press('ControlOrMeta+Shift+ArrowLeft')
  await page.keyboard.press('Delete')
  await page.keyboard.press('ControlOrMeta+Space')
  const offers = page.locator('.suggest-widget')
  await expect(offers).toContainText('denied')
  await expect(offers).toContainText('every asked port is open')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect((await savedTexts(page))['checks.yaml']).toContain('expect: denied')
  await expect(tab(page)).toContainText('0 of 1 hold')
  await expect(page.locator('.squiggly-error').first()).toBeVisible()
})

test('a check is written by what the editor offers, each line where it belongs', async ({ page }) => {
  await openShop(page)
  await pinFromTable(page, /shop\/web → shop\/db TCP 5432: allowed/, 'Pin as check')
  await expect(tab(page)).toContainText('1 of 1 hold')
  await openInEditor(page, 'checks.yaml')
  await page.keyboard.press('ControlOrMeta+End')
  const offers = page.locator('.suggest-widget')
  await page.keyboard.type('  - name: job stays away')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.keyboard.type('from: ')
  await expect(offers).toContainText('Deployment/job')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('to: ')
  await expect(offers).toContainText('Deployment/db')
  await page.keyboard.type('{ namespace: shop, workload: Deployment/db }')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.keyboard.type('expect: ')
  await expect(offers).toContainText('denied')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(tab(page)).toContainText('of 2 hold')
  const text = (await savedTexts(page))['checks.yaml'] ?? ''
  expect(text).toMatch(/\n {2}- name: job stays away\n {4}from: .*\n {4}to: .*\n {4}expect: denied\n?$/)
})
