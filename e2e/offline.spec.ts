import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test as base } from './journey.ts'
import { expectSaved, openInEditor, savedTexts } from './screen.ts'
import { DIST, serve, type Site } from './serve.ts'

// A site of its own for each test: under a sub-path, as on a page of a code host.
const test = base.extend<{ site: Site }>({
  // oxlint-disable-next-line no-empty-pattern -- the test runner asks for it
  site: async ({}, give) => {
    const site = await serve('/some/where/')
    await give(site)
    await site.close()
  },
  baseURL: async ({ site }, give) => give(site.address),
})
test.use({ serviceWorkers: 'allow' })

interface Icon {
  src: string
  sizes: string
  purpose?: string
}

async function open(page: Page): Promise<void> {
  await page.goto('./')
  await expect(page.getByRole('contentinfo')).toContainText(/workload/)
}

async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state === 'activated') return
    await new Promise<void>((resolve) => active?.addEventListener('statechange', () => resolve()))
  })
}

async function ask(page: Page): Promise<void> {
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
}

test('after the first visit it opens and works without a network, the lazy editor included', async ({
  page,
  context,
  site,
}) => {
  await open(page)
  await installed(page)
  await expectSaved(page)
  await site.close()
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('contentinfo')).toContainText(/workload/)
  await openInEditor(page, 'checks.yaml')
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.insertText('# without a network\n')
  await page.getByRole('tab', { name: 'Table' }).click()
  await expect(page.getByRole('grid', { name: 'Connections' })).toBeVisible()
  expect((await savedTexts(page))['checks.yaml']).toContain('# without a network')
  // Dialogs, lessons and a link to a workspace, too.
  await page
    .getByRole('button', { name: /^Learn/ })
    .first()
    .click()
  await page.getByRole('dialog', { name: 'Learn' }).getByRole('button', { name: 'Begin', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Lesson' }).getByRole('heading').first()).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByRole('meter')).toBeVisible()
  await page.goto(`${site.address}?embed`)
  await expect(page.getByRole('link', { name: 'Open in Drawbridge' })).toBeVisible()
})

test('only the app’s own files are kept', async ({ page, site }) => {
  await open(page)
  await installed(page)
  const kept = await page.evaluate(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return { names, urls: requests.flat().map(({ url }) => url) }
  })
  expect(kept.names).toHaveLength(1)
  expect(kept.urls.length).toBeGreaterThan(20)
  expect(kept.urls.filter((url) => !url.startsWith(site.address))).toEqual([])
  expect(kept.urls).toContain(site.address)
})

test('a new version waits for the click, and nothing that was typed is lost', async ({ page, site }) => {
  await open(page)
  await installed(page)
  const [index, worker] = ['index.html', 'sw.js'].map((file) => readFileSync(join(DIST, file), 'utf8'))
  site.instead.set('index.html', (index ?? '').replace('<title>Drawbridge', '<title>Drawbridge the next'))
  site.instead.set('sw.js', (worker ?? '').replace(/const VERSION = ".*"/, 'const VERSION = "next"'))
  await openInEditor(page, 'checks.yaml')
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.insertText('# typed while it came\n')
  await ask(page)
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(messages).toContainText('A new version of Drawbridge is ready')
  // It is only offered: the page is the old one, also after a reload.
  await expect(page).toHaveTitle('Drawbridge')
  await expectSaved(page)
  await page.reload()
  await expect(page).toHaveTitle('Drawbridge')
  await expect(messages).toContainText('A new version of Drawbridge is ready')
  await messages.getByRole('button', { name: 'Reload' }).click()
  await expect(page).toHaveTitle('Drawbridge the next')
  await expect(page.getByRole('contentinfo')).toContainText(/workload/)
  expect((await savedTexts(page))['checks.yaml']).toContain('# typed while it came')
  await expect(messages).not.toContainText('A new version')
})

test('a tab in which nobody has clicked stays as it is when another takes the new version', async ({
  page,
  context,
  site,
}) => {
  await open(page)
  await installed(page)
  const other = await context.newPage()
  await open(other)
  const worker = readFileSync(join(DIST, 'sw.js'), 'utf8')
  site.instead.set('sw.js', worker.replace(/const VERSION = ".*"/, 'const VERSION = "next"'))
  await ask(other)
  await other.evaluate(() => Object.assign(window, { stillHere: true }))
  const messages = page.getByRole('region', { name: 'Messages' })
  await messages.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('contentinfo')).toContainText(/workload/)
  await expect(other.getByRole('region', { name: 'Messages' })).toContainText('A new version of Drawbridge is ready')
  expect(await other.evaluate(() => 'stillHere' in window)).toBe(true)
  // Lazy parts of the old version are still to be had there.
  await openInEditor(other, 'checks.yaml')
})

// As another build would be: a part more, which its page names.
function publish(site: Site, version: string, part = `assets/${version}.js`): void {
  const [index = '', worker = ''] = ['index.html', 'sw.js'].map((file) => readFileSync(join(DIST, file), 'utf8'))
  site.instead.set(part, '')
  site.instead.set('index.html', index.replace('</head>', `<meta name="part" content="./${part}" /></head>`))
  const named = worker.replace(/const VERSION = ".*"/, `const VERSION = "${version}"`)
  site.instead.set('sw.js', named.replace('const FILES = [', `const FILES = ["${part}",`))
}

async function triedToInstall(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const found = new Promise<ServiceWorker | null>((resolve) =>
      registration.addEventListener('updatefound', () => resolve(registration.installing), { once: true }),
    )
    await registration.update()
    const worker = await found
    return new Promise<string>((resolve) => {
      const tell = (): void => {
        if (worker?.state === 'installed' || worker?.state === 'redundant') resolve(worker.state)
      }
      worker?.addEventListener('statechange', tell)
      tell()
    })
  })
}

test('a version that comes only in part is left alone: the one that is there stays whole', async ({
  page,
  context,
  site,
}) => {
  await open(page)
  await installed(page)
  publish(site, 'torn')
  site.torn.add('assets/torn.js')
  expect(await triedToInstall(page)).toBe('redundant')
  // A server that is being filled: the worker is new, the page is still the one before.
  const before = site.instead.get('index.html') ?? ''
  publish(site, 'filling')
  site.instead.set('index.html', before)
  expect(await triedToInstall(page)).toBe('redundant')
  // A server that hands out a page for whatever it doesn't have.
  publish(site, 'paged', 'assets/paged.html')
  expect(await triedToInstall(page)).toBe('redundant')
  await expect(page.getByRole('region', { name: 'Messages' })).not.toContainText('A new version')
  await site.close()
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('contentinfo')).toContainText(/workload/)
  await openInEditor(page, 'checks.yaml')
})

test('of old versions only the one that another tab may still have open is kept', async ({ page, site }) => {
  await open(page)
  await installed(page)
  const kept = (): Promise<string[]> =>
    page.evaluate(async () => (await caches.keys()).map((name) => name.split(' ').at(-1) ?? ''))
  const [first = ''] = await kept()
  publish(site, 'torn')
  site.torn.add('assets/torn.js')
  expect(await triedToInstall(page)).toBe('redundant')
  for (const [version, wanted] of [
    ['second', [first, 'second']],
    ['third', ['second', 'third']],
  ] as const) {
    publish(site, version)
    expect(await triedToInstall(page)).toBe('installed')
    // Chromium can be slow to change workers while the old one is asked for a part: the page has to have them all.
    await expect(page.locator('.monaco-editor .view-lines')).toContainText('apiVersion')
    await page.waitForLoadState('networkidle')
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Reload' }).click()
    await expect.poll(() => page.locator('meta[name=part]').getAttribute('content')).toContain(version)
    await expect.poll(kept).toEqual(wanted)
  }
})

test('it can be installed: the manifest is read and its icons are there', async ({ page, context, site }) => {
  await open(page)
  const session = await context.newCDPSession(page)
  const { url, errors, data } = (await session.send('Page.getAppManifest')) as {
    url: string
    errors: unknown[]
    data: string
  }
  expect(url).toBe(`${site.address}manifest.webmanifest`)
  expect(errors).toEqual([])
  const manifest = JSON.parse(data) as { icons: Icon[] }
  expect(manifest).toMatchObject({ name: 'Drawbridge', start_url: './', scope: './', display: 'standalone' })
  // Without one of its own the app is known by where it starts: two copies on one host are two apps.
  expect((await session.send('Page.getAppId')).appId).toBe(site.address)
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (address) => {
      const image = new Image()
      image.src = address
      await image.decode()
      return `${image.naturalWidth}x${image.naturalHeight}`
    }, src)
    expect([size, 'any']).toContain(sizes)
  }
  expect(manifest.icons.flatMap(({ purpose, sizes }) => (purpose === 'maskable' ? sizes : []))).toEqual([
    '192x192',
    '512x512',
  ])
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
})
