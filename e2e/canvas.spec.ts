import type { Page } from '@playwright/test'
import { expect, openApp, test } from './journey.ts'

/** Cards and boxes that are out of sight or under a bar, and names that are cut. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const frame = document.querySelector('.react-flow')?.getBoundingClientRect()
    const bars = [...document.querySelectorAll('[aria-label="Draw"], [aria-label="Zoom"], [aria-label="Legend"]')]
    const covers = bars.map((bar) => bar.getBoundingClientRect())
    return [...document.querySelectorAll<HTMLElement>('.react-flow__node')].flatMap((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect()
      const id = node.dataset['id'] ?? ''
      const isIn = frame && left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom
      const isCovered = covers.some(
        (bar) => left < bar.right && bar.left < right && top < bar.bottom && bar.top < bottom,
      )
      const isCut = [...node.querySelectorAll('b')].some((name) => name.scrollWidth > name.clientWidth)
      return [
        isIn ? '' : `${id} is out of sight`,
        isCovered ? `${id} is covered` : '',
        isCut ? `${id} is cut` : '',
      ].filter((fault) => fault !== '')
    })
  })
}

async function choose(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByText(theme, { exact: true }).click()
}

test('the whole picture is in sight and under no bar, at a desk and on a projector, with panels and without', async ({
  page,
}) => {
  await openApp(page)
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await expect.poll(() => faults(page)).toEqual([])
  const toolbar = page.getByRole('toolbar', { name: 'Draw' })
  const before = (await toolbar.boundingBox())?.height ?? 0
  await choose(page, 'Projector')
  await expect.poll(() => faults(page)).toEqual([])
  expect((await toolbar.boundingBox())?.height).toBeGreaterThan(before * 1.2)
  const width = async (): Promise<number> => (await page.locator('[data-id="ns shop"]').boundingBox())?.width ?? 0
  const narrow = await width()
  await page.getByRole('button', { name: 'Right panel' }).click()
  await expect.poll(width).toBeGreaterThan(narrow)
  expect(await faults(page)).toEqual([])
})

test('beside a lesson on a small projector no bar lies on another', async ({ page }) => {
  await openApp(page)
  await choose(page, 'Projector')
  await page.getByRole('button', { name: /^Learn/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Begin', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Lesson' })).toBeVisible()
  const apart = async (): Promise<boolean> => {
    const zoom = await page.getByRole('toolbar', { name: 'Zoom' }).boundingBox()
    const draw = await page.getByRole('toolbar', { name: 'Draw' }).boundingBox()
    return zoom !== null && draw !== null && zoom.x + zoom.width <= draw.x
  }
  await expect.poll(apart).toBe(true)
})

test('who looks elsewhere is left alone when a panel goes', async ({ page }) => {
  await openApp(page)
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  const zoom = (): Promise<string> => page.locator('.react-flow__viewport').evaluate((one) => one.style.transform)
  const chosen = await zoom()
  await page.getByRole('button', { name: 'Right panel' }).click()
  await expect(page.getByRole('region', { name: 'Text' })).toBeHidden()
  expect(await zoom()).toBe(chosen)
})
