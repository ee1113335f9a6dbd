import { chromium } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { preview } from 'vite'
import { findBrowser } from './browser.mjs'

// The README's pictures, taken from the built app (`npm run build` first) with its living sample.
const FOLDER = 'e2e/pictures'
const THEMES = ['light', 'dark'] as const

const executablePath = await findBrowser()
if (!executablePath) throw new Error('No browser: set CHROMIUM_PATH.')
mkdirSync(FOLDER, { recursive: true })
const server = await preview({ preview: { host: '127.0.0.1', port: 4188 }, logLevel: 'warn' })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
for (const theme of THEMES) {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  await page.goto(server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:4188/')
  const edge = page.getByRole('button', { name: /denied/ }).first()
  await edge.waitFor()
  await edge.focus()
  await page.keyboard.press('Enter')
  await page
    .getByRole('heading', { name: /Ingress at|Egress at/ })
    .first()
    .waitFor()
  await page.locator('.monaco-editor .view-line').first().waitFor()
  await page.screenshot({ path: `${FOLDER}/${theme}.png` })
  console.log(`${FOLDER}/${theme}.png`)
  await page.close()
}
await browser.close()
await server.close()
