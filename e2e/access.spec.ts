import { expect, expectAccessible, openApp, test } from './journey.ts'
import { newWorkspace, showTable } from './screen.ts'

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('axe finds nothing serious in the main states', async ({ page }) => {
      await openApp(page)
      const broken = page.getByRole('button', { name: /shop\/orders → data\/db .*denied/ })
      await expect(broken).toBeVisible()
      await expectAccessible(page)
      await broken.focus()
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: 'Ingress at data/db: denied' })).toBeVisible()
      await expectAccessible(page)
      await showTable(page)
      await expectAccessible(page)
      await page.keyboard.press('ControlOrMeta+K')
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await newWorkspace(page)
      await expectAccessible(page)
    })
  })

test('nothing overflows the page at 1280 by 720, and the Content-Security-Policy is strict', async ({ page }) => {
  await openApp(page)
  const overflow = await page.evaluate(() => [
    document.documentElement.scrollWidth - innerWidth,
    document.documentElement.scrollHeight - innerHeight,
  ])
  expect(overflow).toEqual([0, 0])
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  // Scripts and workers are files of the app, nothing is embedded, and nothing is sent anywhere else.
  expect(policy?.split('; ').toSorted()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'none'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
  ])
})
