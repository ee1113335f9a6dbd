import { type Browser, chromium, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { card } from './drawing.ts'
import { expect, expectAccessible, openApp, paste, test } from './journey.ts'
import { connection, expectSaved, newWorkspace, savedTexts, showTable } from './screen.ts'

const WORKLOADS = 200

// Twenty namespaces of ten Deployments, a policy for each of them.
function manyWorkloads(): string {
  const documents = Array.from({ length: WORKLOADS }, (_, n) => {
    const namespace = `team-${n % 20}`
    return `apiVersion: apps/v1
kind: Deployment
metadata: { name: app-${n}, namespace: ${namespace}, annotations: { owner: someone-${n} } }
spec:
  selector: { matchLabels: { app: app-${n} } }
  template:
    metadata: { labels: { app: app-${n} } }
    spec:
      containers:
        - name: main
          image: registry.example/app-${n}:1.${n}
          env: [{ name: PASSWORD, value: hush-${n} }]
          ports: [{ name: http, containerPort: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: app-${n}, namespace: ${namespace} }
spec:
  podSelector: { matchLabels: { app: app-${n} } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: app-${(n + 20) % WORKLOADS} } } }]
      ports: [{ port: http }]
`
  })
  return documents.join('---\n')
}

async function openShare(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible()
}

async function linkOf(page: Page): Promise<string> {
  return page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue()
}

// Another person: nothing of the first one's browser is there.
async function elsewhere(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(address)
  return page
}

test('a workspace of 200 workloads goes by link, lean, and means the same elsewhere', async ({ page, browser }) => {
  await openApp(page)
  await newWorkspace(page)
  await page.getByRole('main').focus()
  await paste(page, manyWorkloads())
  await expect(page.getByRole('contentinfo')).toContainText(`${WORKLOADS} workloads`)
  const tally = page.getByRole('list', { name: 'Connections that are shown' })
  await expect(tally).toContainText(`${WORKLOADS} allowed`)
  const connections = (await tally.textContent()) ?? ''
  await openShare(page)
  await expect(page.getByRole('meter', { name: 'Length of the link' })).toBeVisible()
  await page.getByRole('button', { name: 'Copy link' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(await linkOf(page))
  expect(link.length).toBeLessThan(30_000)

  const other = await elsewhere(browser, link)
  await expect(other.getByRole('contentinfo')).toContainText(
    `${WORKLOADS} workloads in 20 namespaces, ${WORKLOADS} policies`,
  )
  await expect(other.getByRole('list', { name: 'Connections that are shown' })).toHaveText(connections)
  // The address bar is free again: a reload goes on with the copy instead of opening another.
  await expect.poll(() => other.evaluate(() => location.hash)).toBe('')
  const texts = JSON.stringify(await savedTexts(other))
  expect(texts).toContain('app-199')
  expect(texts).not.toMatch(/hush|someone|registry\.example/)
  await other.reload()
  await expect(other.getByRole('contentinfo')).toContainText(`${WORKLOADS} workloads`)
  await other.getByRole('button', { name: /^Workspace/ }).click()
  await expect(other.getByRole('menuitem', { name: /Untitled/ })).toHaveCount(0)
  await other.context().close()
})

test('exact texts arrive byte for byte, beside what is there, as it was seen', async ({ page, browser }) => {
  await openApp(page)
  const before = await savedTexts(page)
  await page.getByRole('navigation').getByLabel('Rules').uncheck()
  await showTable(page)
  await openShare(page)
  await page.getByLabel(/^The exact texts/).check()
  await expect(page.getByRole('dialog').getByText('What stays here')).toHaveCount(0)
  await expectAccessible(page)
  const link = await linkOf(page)

  const other = await elsewhere(browser, '/')
  await expect(other.getByRole('contentinfo')).toContainText(/workload/)
  const name = (await other.getByRole('button', { name: /^Workspace/ }).textContent())?.replace('Workspace ', '') ?? ''
  await expectSaved(other)
  // Into the address bar of the open app: no page is loaded.
  await other.evaluate((address) => location.assign(address), link)
  await expect(other.getByRole('region', { name: 'Messages' })).toContainText(`“${name} 2” came by a link`)
  await expect(other.getByRole('tab', { name: 'Table' })).toHaveAttribute('aria-selected', 'true')
  await expect(other.getByRole('navigation').getByLabel('Rules')).not.toBeChecked()
  expect(await savedTexts(other)).toEqual(before)
  await other.getByRole('button', { name: /^Workspace/ }).click()
  await expect(other.getByRole('menuitem', { name, exact: true })).toBeVisible()
  await other.context().close()
})

test('what is too long for a link goes as a file, and comes back by a drop', async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  let noise = ''
  for (let n = 7; noise.length < 60_000; n = (n * 48_271) % 2_147_483_647) noise += `# ${n.toString(36)}\n`
  await page.getByRole('main').focus()
  await paste(page, `${noise}apiVersion: v1\nkind: Namespace\nmetadata: { name: far }\n`)
  await expect(page.getByRole('contentinfo')).toContainText('1 namespace')
  await openShare(page)
  await page.getByLabel(/^The exact texts/).check()
  await expect(page.getByRole('dialog')).toContainText('too long for a link')
  await expect(page.getByRole('dialog').getByLabel('Link', { exact: true })).toHaveCount(0)
  await expectAccessible(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download file' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('untitled.drawbridge')
  const content = readFileSync(await download.path(), 'utf8')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  await newWorkspace(page)
  await page.evaluate((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'untitled.drawbridge'))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, content)
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('came by a file')
  expect(Object.values(await savedTexts(page))[0]).toContain(noise.slice(-200))
})

test('who shares policies on IP addresses is told that the addresses stay here, until they go along', async ({
  page,
}) => {
  await openApp(page)
  await newWorkspace(page)
  await page.getByRole('main').focus()
  await paste(
    page,
    `apiVersion: v1
kind: Pod
metadata: { name: a, labels: { app: a } }
spec: { nodeName: ip-10-0-0-1, containers: [{ name: a, image: a }] }
status: { podIP: 10.0.0.7, podIPs: [{ ip: 10.0.0.7 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a }
spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }
`,
  )
  await expect(page.getByRole('contentinfo')).toContainText('1 policy')
  await openShare(page)
  const warning = page.getByText('Policies here look at IP addresses')
  await expect(warning).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(/^with IP addresses/).check()
  await expect(warning).toHaveCount(0)
})

test('a damaged link says so and changes nothing', async ({ page }) => {
  await openApp(page)
  const before = await savedTexts(page)
  const messages = page.getByRole('region', { name: 'Messages' })
  await page.goto('/#w1.7VpbbyPJdX4')
  await expect(messages.getByRole('alert')).toContainText('damaged or cut off')
  expect(await savedTexts(page)).toEqual(before)
  await page.goto('/#w99.abc')
  await expect(messages.getByRole('alert').last()).toContainText('newer Drawbridge')
  expect(await savedTexts(page)).toEqual(before)
})

test('an embedded page shows canvas and text, changes and keeps nothing, and opens in full', async ({
  page,
  context,
}) => {
  await openApp(page)
  await openShare(page)
  const fragment = new URL(await linkOf(page)).hash
  await page.setViewportSize({ width: 1680, height: 900 })
  await page.goto('about:blank')
  await page.goto(`/?embed${fragment}`)
  const web = card(page, 'shop/Deployment/web')
  await expect(web).toBeVisible()
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('apiVersion')
  await expect(page.getByText('only shown here')).toBeVisible()
  await expect(page.getByRole('toolbar', { name: 'Draw' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0)
  await expectAccessible(page)
  const text = await page.locator('.monaco-editor .view-lines').textContent()
  await page.locator('.monaco-editor .editor-scrollable').click()
  await page.keyboard.type('changed')
  expect(await page.locator('.monaco-editor .view-lines').textContent()).toBe(text)
  const place = await web.boundingBox()
  if (!place) throw new Error('no card')
  await page.mouse.move(place.x + 60, place.y + 10)
  await page.mouse.down()
  await page.mouse.move(place.x + 160, place.y + 90, { steps: 6 })
  await page.mouse.up()
  // The workspaces of this browser are as they were before the article was read.
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual(['drawbridge'])
  const opening = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open in Drawbridge' }).click()
  const full = await opening
  await expect(full.getByRole('contentinfo')).toContainText(/workload/)
  await expect(full.getByRole('region', { name: 'Messages' })).toContainText('came by a link')
  await showTable(full)
  await expect(connection(full, /shop\/web/).first()).toBeVisible()
})

test('an article on another origin shows a workspace, its storage refused or not', async ({ page }) => {
  await openApp(page)
  await openShare(page)
  await page.getByRole('button', { name: 'Copy for a page' }).click()
  const code = await page.evaluate(() => navigator.clipboard.readText())
  const article = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<h1>An article</h1>${code}`)
  })
  await new Promise<void>((resolve) => void article.listen(0, '127.0.0.1', resolve))
  const { port } = article.address() as AddressInfo
  const reader = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--test-third-party-cookie-phaseout'],
  })
  const other = await reader.newPage({ reducedMotion: 'reduce' })
  const errors: string[] = []
  other.on('pageerror', ({ message }) => errors.push(message))
  await other.goto(`http://localhost:${port}/`)
  const frame = other.frameLocator('iframe')
  await expect(frame.getByRole('heading', { name: 'A small shop' })).toBeVisible()
  await expect(frame.locator('.monaco-editor .view-lines')).toContainText('apiVersion')
  const popup = other.waitForEvent('popup')
  await frame.getByRole('link', { name: 'Open in Drawbridge' }).click()
  await expect((await popup).getByRole('region', { name: 'Messages' })).toContainText('came by a link')
  expect(errors).toEqual([])
  await reader.close()
  await new Promise((resolve) => article.close(resolve))
})

test('an embedded page without a link shows the sample', async ({ page }) => {
  await page.goto('/?embed')
  await expect(card(page, 'shop/Deployment/web')).toBeVisible()
  await page.setViewportSize({ width: 480, height: 640 })
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('apiVersion')
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
})
