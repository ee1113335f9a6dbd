import { addWorkload, card, connectForm, drag, preview, tabTo } from './drawing.ts'
import { expect, expectAccessible, openApp, test } from './journey.ts'
import { connection, goTo, newWorkspace, openInEditor, showGraph, showTable } from './screen.ts'
import type { Locator, Page } from '@playwright/test'

const WHOLE = 'shop/api → data/cache TCP 6379: '

/** What the status bar says of the last edit. */
function lastEdit(page: Page): Locator {
  return page.getByRole('contentinfo').getByRole('status', { name: 'Last edit' })
}

/** Takes the rule away that lets the api ask the cache, by one key in the editor: its policy selects nothing like it. */
async function closeCache(page: Page): Promise<void> {
  await openInEditor(page, 'policies/data.yaml')
  await goTo(page, 'app: api')
  await page.keyboard.type('x')
}

test('an edit by key shows its effect at once, and undo the reverse', async ({ page }) => {
  await openApp(page)
  await closeCache(page)
  await expect(lastEdit(page)).toHaveText('−1 connection, 1 check broken')
  await page.getByRole('tab', { name: /^Changes/ }).click()
  const panel = page.getByRole('region', { name: 'Changes' })
  await expect(panel).toContainText('Breaks the check “the api uses the cache”')
  await expectAccessible(page)
  // Where motion is not wanted, the changed line stays marked instead.
  const line = page.getByRole('button', { name: `${WHOLE}denied` }).locator('g[class*="changed"]')
  await expect(line).toHaveCount(1)
  await expect(line.locator('path[class*="halo"]')).toHaveCSS('animation-name', 'none')

  await panel.getByRole('button', { name: /shop\/api → data\/cache/ }).click()
  await page.getByRole('tab', { name: 'Why' }).click()
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('Ingress at data/cache')

  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await expect(lastEdit(page)).toHaveText('+1 connection, 1 check mended')
})

test('with motion a changed line flashes once', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ reducedMotion: 'no-preference', baseURL: baseURL ?? '' })
  await openApp(page)
  await closeCache(page)
  const halo = page.getByRole('button', { name: `${WHOLE}denied` }).locator('path[class*="halo"]')
  await expect(halo).toHaveCSS('animation-iteration-count', '1')
  await expect(halo).toHaveCSS('animation-name', /flash/)
  await page.close()
})

test('a dash that is typed away shows what it opened and closes again', async ({ page }) => {
  await openApp(page)
  await openInEditor(page, 'policies/data.yaml')
  const peer = 'kubernetes.io/metadata.name: shop }'
  await goTo(page, peer)
  for (const key of ['ArrowDown', 'Home', 'Shift+ArrowLeft', 'Shift+ArrowLeft']) await page.keyboard.press(key)
  // The peer and its pods become two peers: all of shop, and the pods here.
  await page.keyboard.insertText('- ')
  await expect(lastEdit(page)).toHaveText(/^[+]\d+ connections$/)
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await expect(lastEdit(page)).toHaveText(/^−\d+ connections$/)
  await page.getByRole('banner').getByRole('button', { name: /^Redo/ }).click()
  await expect(lastEdit(page)).toHaveText(/^[+]\d+ connections$/)

  await openInEditor(page, 'policies/data.yaml')
  await goTo(page, peer)
  for (const key of ['ArrowDown', 'Home', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key)
  await page.keyboard.insertText('  ')
  await expect(lastEdit(page)).toHaveText(/^−\d+ connections$/)
})

test('a document that is broken for a moment changes nothing', async ({ page }) => {
  await openApp(page)
  await openInEditor(page, 'policies/data.yaml')
  await goTo(page, 'app: api')
  await page.keyboard.type('{')
  await expect(page.getByRole('contentinfo')).toContainText(/[1-9] errors?/)
  await expect(lastEdit(page)).toHaveText('')
  await page.keyboard.press('Backspace')
  await expect(page.getByRole('contentinfo')).not.toContainText(/[1-9] errors?/)
  await expect(lastEdit(page)).toHaveText('')
})

test('a drawing tells what it closes; before is shown by mouse and by key, on canvas and in the table', async ({
  page,
}) => {
  await openApp(page)
  await newWorkspace(page)
  for (const name of ['web', 'api', 'db']) await addWorkload(page, 'shop', name, '8080')
  await drag(page, card(page, 'shop/Deployment/web'), card(page, 'shop/Deployment/db'))
  await connectForm(page).getByRole('button', { name: 'Allow' }).click()
  await preview(page).getByRole('button', { name: 'Accept' }).click()
  await expect(lastEdit(page)).toHaveText(/^−\d+ connections$/)
  await lastEdit(page).getByRole('button').click()
  const panel = page.getByRole('region', { name: 'Changes' })
  await expect(panel).toContainText('shop/api → shop/db')

  await panel.getByRole('button', { name: 'Pin this state' }).click()
  await drag(page, card(page, 'shop/Deployment/api'), card(page, 'shop/Deployment/db'))
  await connectForm(page).getByRole('button', { name: 'Allow' }).click()
  await expect(lastEdit(page)).toHaveText('+1 connection')
  // What was drawn is selected, and explained.
  await page.getByRole('tab', { name: /^Changes/ }).click()
  await expect(panel).toContainText('+1 connection since you pinned')

  const before = panel.getByRole('button', { name: 'Show before' })
  await before.click()
  await expect(page.getByText('Showing before')).toBeVisible()
  await expect(page.getByRole('button', { name: 'shop/api → shop/db TCP 8080: denied' })).toBeVisible()
  await expectAccessible(page)
  await before.click()
  await expect(page.getByText('Showing before')).toBeHidden()
  const line = page.getByRole('button', { name: 'shop/api → shop/db TCP 8080: allowed' })
  await line.focus()
  await page.keyboard.press('b')
  await expect(page.getByText('Showing before')).toBeVisible()
  await page.getByRole('button', { name: /^Show now/ }).click()

  await showTable(page)
  await page.getByRole('button', { name: 'Changed 1' }).click()
  await expect(connection(page, 'shop/api → shop/db TCP 8080: allowed')).toContainText('was denied')
  await tabTo(page, page.getByRole('row').nth(1))
  await page.keyboard.press('b')
  await page.getByRole('button', { name: 'Changed 0' }).click()
  await expect(connection(page, 'shop/api → shop/db TCP 8080: denied')).toBeVisible()
  await showGraph(page)
  // An edit ends it: its effect must be seen.
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByText('Showing before')).toBeHidden()
  await expect(panel).toContainText('Every connection is as it was when you pinned this state.')
})
