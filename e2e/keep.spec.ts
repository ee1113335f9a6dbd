import type { Page } from '@playwright/test'
import { addWorkload, card } from './drawing.ts'
import { expect, openApp, test } from './journey.ts'
import { expectSaved, newWorkspace } from './screen.ts'

async function choose(page: Page, entry: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Workspace/ }).click()
  await page.getByRole('menuitem', { name: entry }).first().click()
}

async function rename(page: Page, name: string): Promise<void> {
  await choose(page, /^Rename/)
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: `Workspace ${name}` })).toBeVisible()
}

test('a reload keeps texts, positions and layers', async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  await addWorkload(page, 'shop', 'web', '8080')
  await addWorkload(page, 'shop', 'api', '8080')
  const web = card(page, 'shop/Deployment/web')
  const before = await web.boundingBox()
  if (!before) throw new Error('no card')
  // The upper part of a card is its grip.
  await page.mouse.move(before.x + 60, before.y + 10)
  await page.mouse.down()
  await page.mouse.move(before.x + 60, before.y - 50, { steps: 8 })
  await page.mouse.up()
  await page.getByRole('navigation').getByLabel('Rules').uncheck()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Undo/ })).toBeEnabled()
  await expectSaved(page)
  const distance = async (): Promise<number> => {
    const [a, b] = [await web.boundingBox(), await card(page, 'shop/Deployment/api').boundingBox()]
    return a && b ? Math.round(((b.y - a.y) / a.height) * 10) : Number.NaN
  }
  const moved = await distance()
  await page.reload()
  await expect(web).toBeVisible()
  expect(await distance()).toBe(moved)
  await expect(page.getByRole('navigation').getByLabel('Rules')).not.toBeChecked()
  await expect(page.getByRole('contentinfo')).toContainText('2 workloads')
})

test('several named workspaces stand beside each other, and a new one destroys none', async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  await rename(page, 'staging')
  await addWorkload(page, 'mine', 'web', '')
  await newWorkspace(page)
  await rename(page, 'production')
  await addWorkload(page, 'mine', 'api', '')
  await addWorkload(page, 'mine', 'db', '')
  await expectSaved(page)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Workspace production' })).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('2 workloads')
  await choose(page, /^staging$/)
  await expect(card(page, 'mine/Deployment/web')).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('1 workload')
  await choose(page, /^production$/)
  await expect(card(page, 'mine/Deployment/db')).toBeVisible()
})

test('a workspace that was deleted comes back with undo', async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  await rename(page, 'precious')
  await addWorkload(page, 'mine', 'web', '8080')
  await expectSaved(page)
  await choose(page, /^Delete this workspace/)
  await expect(page.getByRole('button', { name: 'Workspace precious', exact: true })).toHaveCount(0)
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(messages).toContainText('“precious” is deleted')
  await messages.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Workspace precious', exact: true })).toBeVisible()
  await expect(card(page, 'mine/Deployment/web')).toBeVisible()
  await expectSaved(page)
  await page.reload()
  await expect(card(page, 'mine/Deployment/web')).toBeVisible()
})
