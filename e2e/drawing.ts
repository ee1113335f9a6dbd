import { expect, type Locator, type Page } from '@playwright/test'

/** A card or box of the canvas by its id: `shop/Deployment/web`, `ns shop`, `internet`. */
export function card(page: Page, id: string): Locator {
  return page.locator(`.react-flow__node[data-id="${id}"]`)
}

/** Adds a workload through the toolbar's dialog. */
export async function addWorkload(page: Page, namespace: string, name: string, ports: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a Workload', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a workload' })
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByLabel('Namespace').fill(namespace)
  if (ports !== '') await dialog.getByLabel('Ports').fill(ports)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(card(page, `${namespace}/Deployment/${name}`)).toBeVisible()
}

/** Drags with the mouse from one card to another, as a user does: below the grip, with a way in between. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [a, b] = [await from.boundingBox(), await to.boundingBox()]
  if (!a || !b) throw new Error('a card has no place on the page')
  await page.mouse.move(a.x + a.width / 2, a.y + a.height * 0.75)
  await page.mouse.down()
  await page.mouse.move(b.x + b.width / 2, b.y + b.height * 0.75, { steps: 12 })
  await page.mouse.up()
}

/** The small form that asks for the ports of a drawn edge. */
export function connectForm(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Connect / })
}

/** The dialog that shows a plan before it is applied. */
export function preview(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Review the change' })
}

/** Presses Tab (or Shift+Tab) until the focus is there, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isThere = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement)
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 80; presses++) {
    if (await isThere()) return
    await page.keyboard.press(key)
  }
  throw new Error('Tab never comes there')
}
