import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SHARED = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'shared')

/** Every journey also watches the page: no error in the console, no refused content, no request that leaves the origin. */
export const test = base.extend<{ watched: undefined }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
      })
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
      // Windows that it opens, too.
      page.context().on('request', (request) => {
        const url = request.url()
        if (!url.startsWith(baseURL ?? '') && !/^(blob|data):/.test(url)) complaints.push(`request to ${url}`)
      })
      await use(undefined)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** The files of `../shared/samples/<name>`; undefined, said loudly, where that folder is absent. */
export function sharedSample(name: string): { path: string; text: string }[] | undefined {
  const folder = join(SHARED, 'samples', name)
  if (!existsSync(folder)) {
    console.warn(`\n!! ../shared/samples/${name} is absent: this journey runs on the built-in sample only.\n`)
    return undefined
  }
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ path: join(folder, file), text: readFileSync(join(folder, file), 'utf8') }))
}

/** Opens the app and waits until the first picture stands. */
export async function openApp(page: Page): Promise<void> {
  await page.goto('/')
  await expect(page.getByRole('contentinfo')).toContainText(/workload/)
}

/** Puts a text on the clipboard and presses the real paste keys where the focus is. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => navigator.clipboard.writeText(content), text)
  await page.keyboard.press('ControlOrMeta+V')
}

/** axe finds nothing serious or critical on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
}
