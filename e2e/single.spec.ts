import type { Page } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { card } from './drawing.ts'
import { expect, test as base } from './journey.ts'
import { openInEditor, showTable } from './screen.ts'

const FILE = new URL('../dist-single/drawbridge.html', import.meta.url)
// Requests that leave the file would be complaints, as everywhere.
const test = base.extend({ baseURL: FILE.href })

async function open(page: Page, behind = ''): Promise<void> {
  await page.goto(FILE.href + behind)
  await expect(page.getByRole('contentinfo')).toContainText(/workload/)
}

test.beforeAll(() => {
  if (!existsSync(fileURLToPath(FILE))) throw new Error('dist-single/drawbridge.html is missing: npm run build:single')
})

test('one file, opened from a disk, evaluates, edits and keeps', async ({ page }) => {
  await open(page)
  await expect(card(page, 'shop/Deployment/web')).toBeVisible()
  await showTable(page)
  const allowed = page.getByRole('row', { name: /: allowed$/ })
  await expect(allowed.first()).toBeVisible()
  const before = await allowed.count()
  // An edit in the editor reaches the engine in its worker.
  await openInEditor(page, 'policies/data.yaml')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await expect.poll(() => allowed.count()).not.toBe(before)
  await expect(page.getByTestId('saving')).toHaveText('Saved')
  await page.reload()
  await showTable(page)
  await expect(page.getByRole('grid', { name: 'Connections' })).toBeVisible()
  await expect.poll(() => allowed.count()).not.toBe(before)
})

test('its editor marks what is wrong, by a worker that is alive', async ({ page }) => {
  await open(page)
  await openInEditor(page, 'checks.yaml')
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.insertText('metadata: [\n')
  await expect(page.getByRole('contentinfo')).toContainText(/error/)
  await expect(page.locator('.monaco-editor .squiggly-error').first()).toBeAttached()
})

test('its links say that they are for this computer, and open', async ({ page, context }) => {
  await open(page)
  await page.getByRole('banner').getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('its links open on this computer only')
  const link = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue()
  expect(link.startsWith(FILE.href)).toBe(true)
  const other = await context.newPage()
  await other.goto(link)
  await expect(other.getByRole('region', { name: 'Messages' })).toContainText('came by a link')
  await other.goto('about:blank')
  await other.goto(link.replace('#', '?embed#'))
  await expect(card(other, 'shop/Deployment/web')).toBeVisible()
})

test('it teaches, and hands a workspace out as a file', async ({ page }) => {
  await open(page)
  await page
    .getByRole('button', { name: /^Learn/ })
    .first()
    .click()
  await page.getByRole('dialog', { name: 'Learn' }).getByRole('button', { name: 'Begin', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Lesson' }).getByRole('heading').first()).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeVisible()
  // Nobody else can show a page from this disk.
  await expect(dialog.getByRole('button', { name: 'Copy for a page' })).toHaveCount(0)
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download file' }).click()
  const text = readFileSync(await (await downloading).path(), 'utf8')
  // The lesson that is taken goes along.
  expect(JSON.parse(text)).toMatchObject({ drawbridge: 'w1', lesson: { format: 'drawbridge-lesson' } })
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await page.evaluate((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'lesson.drawbridge'))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, text)
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('came by a file')
  await expect(page.getByRole('region', { name: 'Lesson' })).toBeVisible()
})

test('it says what it may do: no network at all', async ({ page }) => {
  await open(page)
  const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content')
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/http|unsafe-eval|script-src[^;]*unsafe/)
  expect(await page.locator('script[src], link[href^="."], link[href^="/"]').count()).toBe(0)
})

test('the app that needs a server says so when it is opened from a disk, instead of nothing', async ({ browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(new URL('../dist/index.html', FILE).href)
  await expect(page.getByText('or use the one-file version, drawbridge.html')).toBeVisible()
  await context.close()
})
