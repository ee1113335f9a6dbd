import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, openApp, paste, test } from './journey.ts'
import { connection, newWorkspace, openInEditor, showTable } from './screen.ts'

const deployment = (namespace: string, name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: x, ports: [{ name: http, containerPort: 8080 }] }] }
---
`
const namespace = (name: string, team: string): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { team: ${team} } }\n---\n`

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector:
    matchLabels: { app: db }
  ingress:
    - from:
        - podSelector: { matchLabels: { app: web } }
        - podSelector: { matchLabels: { app: api } }
      ports: [{ port: 5432 }]
    - from:
        - namespaceSelector: { matchLabels: { team: ops } }
        - podSelector: { matchLabels: { app: web } }
      ports: [{ port: 9090 }]
    - from:
        - podSelector: { matchLabels: { app: api } }
      ports: [{ port: 5432 }]
---
`
const CLUSTER =
  namespace('shop', 'store') +
  namespace('ops', 'ops') +
  deployment('shop', 'web') +
  deployment('shop', 'api') +
  deployment('shop', 'db') +
  deployment('ops', 'web') +
  deployment('ops', 'agent')

// Lines of the policy.
const SUBJECT = 6
const API_PEER = 10
const OPS_PEER = 13
const DEAD_PEER = 17

test.use({ viewport: { width: 1440, height: 900 } })

const FILE = 'pasted.yaml'
const line = (page: Page, text: string): Locator => page.locator('.monaco-editor .view-line').filter({ hasText: text })
const chosen = (page: Page): Locator => page.locator('.react-flow__node[aria-label$="selected by the text"]')
const lens = (page: Page, text: string | RegExp): Locator => page.locator('.codelens-decoration a', { hasText: text })

/** Puts the cursor into the end of a line of the text, by key. */
async function goToLine(page: Page, number: number): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Home')
  for (let i = 1; i < number; i++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
}

/** Rests the pointer on a word of the text until the page says what it means; again, where the editor has drawn its lines anew. */
async function pointAt(page: Page, word: string, meaning: string): Promise<void> {
  await expect(async () => {
    await page.getByRole('banner').hover({ timeout: 3000 })
    await line(page, word).getByText(word, { exact: true }).hover({ timeout: 3000 })
    await expect(page.getByText(meaning)).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 40_000 })
}

/** Names of the cards that the text selects, in order. */
async function chosenCards(page: Page): Promise<readonly string[]> {
  const ids = await chosen(page).evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-id') ?? ''))
  return ids.toSorted()
}

test.beforeEach(async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  await paste(page, POLICY + CLUSTER)
  await expect(page.getByRole('contentinfo')).toContainText('5 workloads in 2 namespaces, 1 policy')
})

test('an edge under the pointer marks the lines that decide it, and nothing scrolls', async ({ page }) => {
  await openInEditor(page, FILE)
  await expect(line(page, 'NetworkPolicy')).toBeVisible()
  const edge = page.getByRole('button', { name: 'shop/web → shop/db TCP 9090: allowed' })
  await edge.focus()
  const marks = page.locator('.monaco-editor [class*=hoverBar]')
  await expect(marks.first()).toBeVisible()
  await page.locator('.monaco-editor .editor-scrollable').click()
  await expect(marks).toHaveCount(0)
  await showTable(page)
  const scrolled = () => page.locator('.monaco-editor .lines-content').first().getAttribute('style')
  const before = await scrolled()
  await connection(page, 'shop/web → shop/db TCP 9090: allowed').hover()
  await expect(marks.first()).toBeVisible()
  expect(await scrolled()).toBe(before)
  await page.getByRole('banner').hover()
  await expect(marks).toHaveCount(0)
})

test('the cursor in a peer means the cards that it selects and the edges that it makes', async ({ page }) => {
  await openInEditor(page, FILE)
  await goToLine(page, API_PEER)
  await expect(page.getByText('This peer selects 1 pod in 1 workload: api.')).toBeVisible()
  await expect.poll(() => chosenCards(page)).toEqual(['shop/Deployment/api'])
  await goToLine(page, OPS_PEER)
  await expect(page.getByText('This peer selects 2 pods in 2 workloads: web, agent.')).toBeVisible()
  await expect.poll(() => chosenCards(page)).toEqual(['ops/Deployment/agent', 'ops/Deployment/web'])
  await goToLine(page, SUBJECT)
  await expect(page.getByText('The policy selects 1 pod in 1 workload: db.')).toBeVisible()
  await expect.poll(() => chosenCards(page)).toEqual(['shop/Deployment/db'])
  await expectAccessible(page)
  // Whatever is selected on the canvas takes over.
  await page.locator('.react-flow__node[data-id="shop/Deployment/web"]').press('Enter')
  await expect(chosen(page)).toHaveCount(0)
})

test('the pointer in the text means the same while it rests there', async ({ page }) => {
  await openInEditor(page, FILE)
  // Lenses and the panel below leave room for a dozen lines: the one to be pointed at must stay among them.
  await goToLine(page, DEAD_PEER)
  const resting = page.getByText('This peer selects 1 pod in 1 workload: api.')
  await expect(resting).toBeVisible()
  await expect(page.locator('.monaco-editor [class*=deadMark]')).toBeVisible()
  await pointAt(page, 'namespaceSelector', 'This peer selects 2 pods in 2 workloads: web, agent.')
  await expect.poll(() => chosenCards(page)).toEqual(['ops/Deployment/agent', 'ops/Deployment/web'])
  await page.getByRole('banner').hover()
  await expect(resting).toBeVisible()
  await expect.poll(() => chosenCards(page)).toEqual(['shop/Deployment/api'])
})

test('a lens above the policy says what it comes to, and shows it', async ({ page }) => {
  await openInEditor(page, FILE)
  const above = lens(page, 'selects 1 pod · allows 4 connections · 1 line without effect · show')
  await expect(above).toBeVisible()
  await above.click()
  await expect(page.getByText(/^shop\/db selects 1 pod · allows 4 connections/)).toBeVisible()
  await expect.poll(() => chosenCards(page)).toEqual(['shop/Deployment/db'])
  // By key, from the text.
  await page.keyboard.press('Escape')
  await goToLine(page, API_PEER)
  await expect(page.getByText('This peer selects 1 pod in 1 workload: api.')).toBeVisible()
  await page.keyboard.press('Alt+F9')
  await expect(page.getByText(/^shop\/db selects 1 pod · allows 4 connections/)).toBeVisible()
})

test('a line that decides nothing is faded, and says why', async ({ page }) => {
  await openInEditor(page, FILE)
  const faded = page.locator('.monaco-editor [class*=_dead_]')
  await goToLine(page, DEAD_PEER)
  await expect(faded.first()).toBeVisible()
  await expect(page.locator('.monaco-editor [class*=deadMark]')).toHaveText(/no\seffect/)
  const note = page.getByText('This peer selects 1 pod in 1 workload: api. No effect now: rule 1 allows this already.')
  await expect(note).toBeVisible()
  await faded.first().hover()
  await expect(page.locator('.monaco-hover', { hasText: 'No effect now: rule 1 allows this already.' })).toBeVisible()
})

test('a list of peers tells what each item adds, and what one item would be', async ({ page }) => {
  await openInEditor(page, FILE)
  await goToLine(page, OPS_PEER)
  await expect(lens(page, 'adds 2 pods')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(lens(page, 'adds 1 pod')).toBeVisible()
  const sets = page.getByRole('group', { name: 'This list of peers' })
  await expect(sets.getByRole('button', { name: 'Item 1 adds 2 pods' })).toBeVisible()
  const asOne = sets.getByRole('button', { name: 'As one item (AND): 1 pod in 1 workload: web' })
  await asOne.focus()
  await page.keyboard.press('Enter')
  await expect(chosen(page)).toHaveCount(1)
  await expect.poll(() => chosenCards(page)).toEqual(['ops/Deployment/web'])
  await expectAccessible(page)
})
