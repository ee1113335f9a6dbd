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
  // The find goes on from the cursor, which may stand where a decision was shown.
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.press('ControlOrMeta+F')
  await expect(page.getByRole('textbox', { name: 'Find', exact: true })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
  // The first place is chosen while one types; Enter would go on to the next one.
  await expect(page.locator('.find-widget .matchesCount')).toContainText(/^1 of/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
}

/** The texts of the newest workspace as they are on disk, by path: byte for byte what an export would start from. */
export async function savedTexts(page: Page): Promise<Record<string, string>> {
  await expectSaved(page)
  return page.evaluate(async () => {
    // Runs in the page: all that it needs is in here.
    const opening = indexedDB.open('drawbridge')
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const done = async <T>(request: IDBRequest<T>): Promise<T> => {
      await new Promise((resolve) => request.addEventListener('success', resolve))
      return request.result
    }
    const database = await done(opening)
    const store = database.transaction('workspaces').objectStore('workspaces')
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
    const all = keys.map((key, index) => ({ key: typeof key === 'string' ? key : '', value: values[index] as unknown }))
    const heads = all.flatMap(({ key, value }) =>
      key.startsWith('head:') ? [value as { id: string; changed: number; files: { path: string }[] }] : [],
    )
    const [head] = heads.toSorted((a, b) => b.changed - a.changed)
    const texts = (head?.files ?? []).map(({ path }) => [
      path,
      String(all.find(({ key }) => key === `text:${head?.id}:${path}`)?.value),
    ])
    database.close()
    return Object.fromEntries(texts) as Record<string, string>
  })
}

/** What went out of a text and what came in at its place; all bytes before and behind are the same. */
export function differenceOf(before: string, after: string): { readonly removed: string; readonly added: string } {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from++
  from = before.lastIndexOf('\n', from - 1) + 1
  let back = 0
  while (back < shorter - from && before.at(-1 - back) === after.at(-1 - back)) back++
  // Whole lines: what is the same of the line that changed belongs to it.
  const start = before.length - back
  const isWhole = before[start - 1] === '\n' && after[after.length - back - 1] === '\n'
  const kept = isWhole ? back : back - (before.slice(start).indexOf('\n') + 1)
  return { removed: before.slice(from, before.length - kept), added: after.slice(from, after.length - kept) }
}
