import { addWorkload, card } from './drawing.ts'
import { expect, openApp, test } from './journey.ts'
import { expectSaved, newWorkspace } from './screen.ts'

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

test('several workspaces stand beside each other, and a new one destroys none', async ({ page }) => {
  await openApp(page)
  await expectSaved(page)
  await newWorkspace(page)
  await addWorkload(page, 'mine', 'web', '')
  await expectSaved(page)
  await page.getByRole('button', { name: /^Workspace/ }).click()
  await page.getByRole('menuitem', { name: /shop/ }).first().click()
  await expect(page.getByRole('contentinfo')).toContainText('8 workloads')
  await page.reload()
  await expect(page.getByRole('contentinfo')).toContainText('8 workloads')
})
