import type { JSHandle, Page } from '@playwright/test'
import { expect, expectAccessible, openApp, paste, test } from './journey.ts'
import { connection, expectSaved, goTo, newWorkspace, openInEditor, showTable } from './screen.ts'

const SHOP = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: main, image: x }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: main, image: x }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]
`

/** A dump of 10 MB. */
function dump(page: Page): Promise<JSHandle<DataTransfer>> {
  return page.evaluateHandle(() => {
    const filler = 'x'.repeat(1700)
    const documents = Array.from({ length: 5000 }, (_, i) => {
      const app = `app-${i % 60}`
      return `apiVersion: v1
kind: Pod
metadata: { name: ${app}-${i}, namespace: big, annotations: { note: "${filler}" }, labels: { app: ${app} } }
spec: { containers: [{ name: main, image: x }] }
---
`
    })
    const data = new DataTransfer()
    data.items.add(new File(documents, 'dump.yaml'))
    return data
  })
}

async function drop(page: Page, dataTransfer: JSHandle<DataTransfer>): Promise<void> {
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer })
}

/** From now on each message to the engine that holds the word is one that it cannot digest: the real code breaks in the real worker. */
async function poison(page: Page, word: string): Promise<void> {
  await page.addInitScript((bad) => {
    const NativeWorker = window.Worker
    window.Worker = class extends NativeWorker {
      override postMessage(message: unknown): void {
        const broken = { type: 'edit', path: 'no such file', edits: [] }
        const spoilt = JSON.stringify(message).includes(bad)
        super.postMessage(spoilt ? { ...(message as object), changes: [broken] } : message, [])
      }
    }
  }, word)
}

/** Presses Cancel as soon as something of this name is under way, as somebody does who is quick: it stands for a moment only. */
function cancelWhile(page: Page, doing: RegExp): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const watcher = new MutationObserver(() => {
          const label = [...document.querySelectorAll('label')].find((one) => one.querySelector('progress'))
          const button = label?.parentElement?.querySelector('button')
          if (!wanted.test(label?.textContent ?? '') || button?.textContent !== 'Cancel') return
          watcher.disconnect()
          button.click()
          resolve()
        })
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true })
      }),
    doing,
  )
}

/** Nothing long is running, and what was there is as it was. */
async function expectOnlyShop(page: Page): Promise<void> {
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await expect(page.getByRole('contentinfo')).toContainText('2 workloads in 1 namespace, 1 policy')
  await expect(page.getByRole('contentinfo')).not.toContainText('evaluating')
  await expect(page.getByRole('navigation').getByRole('button', { name: 'dump.yaml', exact: true })).toHaveCount(0)
  await expect(connection(page, /^shop\/web → shop\/db .*: allowed$/)).toBeVisible()
}

test.describe('a dump of 10 MB shows how far it is and can be cancelled', () => {
  test.slow()

  test.beforeEach(async ({ page }) => {
    await openApp(page)
    await newWorkspace(page)
    await paste(page, SHOP)
    await showTable(page)
    await expect(connection(page, /^shop\/web → shop\/db .*: allowed$/)).toBeVisible()
  })

  test('while its files are read: nothing of it comes in', async ({ page }) => {
    const cancelled = cancelWhile(page, /^Reading files$/)
    await drop(page, await dump(page))
    await cancelled
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Stopped: nothing was added.')
    await expectOnlyShop(page)
  })

  test('while the engine is at work: the last picture stays, and redo brings it back', async ({ page }) => {
    const cancelled = cancelWhile(page, /^(Reading documents|Evaluating connections)$/)
    await drop(page, await dump(page))
    await cancelled
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText('is out again. Redo brings it back.')
    await expectOnlyShop(page)
    await page.getByRole('banner').getByRole('button', { name: /^Redo/ }).click()
    await expect(page.getByRole('contentinfo')).toContainText('5,002 workloads in 2 namespaces', { timeout: 60_000 })
  })
})

test('a mistake in the engine names its place and keeps the last good picture, until other texts come', async ({
  page,
}) => {
  await poison(page, 'BOOM')
  await openApp(page)
  await newWorkspace(page)
  await paste(page, SHOP)
  await showTable(page)
  const line = connection(page, /^shop\/web → shop\/db .*: allowed$/)
  await expect(line).toBeVisible()
  await openInEditor(page, 'pasted.yaml')
  await goTo(page, 'kind: NetworkPolicy')
  await paste(page, ' # BOOM')
  const alert = page.getByRole('alert').filter({ hasText: 'mistake' })
  await expect(alert).toContainText(
    /^Drawbridge made a mistake while taking in the texts \(worker-[\w-]+\.js:\d+:\d+\): .*no such file.*\. What you see is the last good picture; your texts are safe\.$/,
  )
  await expect(line).toBeVisible()
  await expectAccessible(page)
  await expectSaved(page)
  await page.keyboard.press('ControlOrMeta+Z')
  await expect(alert).toHaveCount(0)
  await expect(line).toBeVisible()
})
