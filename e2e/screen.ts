import { expect, type Locator, type Page } from '@playwright/test'

/** The line of the table for a connection, by its accessible name: `shop/web → shop/db TCP 5432: denied`. */
export function connection(page: Page, name: string | RegExp): Locator {
  return page.getByRole('row', { name })
}

/** Switches the centre to the table of connections. */
export async function showTable(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Table' }).click()
  await expect(page.getByRole('grid', { name: 'Connections' })).toBeVisible()
}

/** Switches the centre to the canvas. */
export async function showGraph(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Graph' }).click()
}

/** Waits until the workspace is on disk. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo').getByText('Saved', { exact: true })).toBeVisible()
}

/** Makes an empty workspace the present one. */
export async function newWorkspace(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Workspace/ }).click()
  await page.getByRole('menuitem', { name: /^New/ }).click()
  await expect(page.getByText('No files yet.')).toBeVisible()
}

/** Opens a file of the workspace in the editor and puts the cursor into its text. */
export async function openInEditor(page: Page, path: string): Promise<void> {
  const files = page.getByRole('navigation', { name: 'Files and layers' })
  await files.getByRole('button', { name: path, exact: true }).click()
  // Not a line of it: the first one may be scrolled away.
  await page.locator('.monaco-editor .editor-scrollable').click()
}

/** Puts the cursor behind the first place of a text that stands in the open file, by the editor's own find. */
export async function goTo(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+F')
  await expect(page.getByRole('textbox', { name: 'Find', exact: true })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
}
