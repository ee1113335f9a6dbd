import { strToU8, zipSync } from 'fflate'
import { expect, openApp, paste, test } from './journey.ts'
import { newWorkspace } from './screen.ts'

const pod = (name: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: main, image: x }] }
`

test.beforeEach(async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
})

test('files that are dropped on the page become files of the workspace', async ({ page }) => {
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'dropped.yaml', { type: 'text/yaml' }))
    return data
  }, pod('web'))
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('main', type, { dataTransfer: transfer })
  await expect(page.getByRole('navigation').getByRole('button', { name: 'dropped.yaml', exact: true })).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('1 workload')
})

test('a zip is unpacked, and JSON Lists, CRLF and byte order marks are read', async ({ page }) => {
  const list = JSON.stringify({
    apiVersion: 'v1',
    kind: 'PodList',
    items: [{ metadata: { name: 'json' }, spec: { containers: [] } }],
  })
  const zip = zipSync({
    'shop/crlf.yaml': strToU8(`\uFEFF${pod('crlf').replaceAll('\n', '\r\n')}`),
    'shop/pods.json': strToU8(list),
    'readme.txt': strToU8('not for us'),
  })
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Paste/ })
    .click()
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Open files/ })
    .click()
  await (await chooser).setFiles({ name: 'shop.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) })
  await expect(page.getByRole('navigation').getByRole('button', { name: 'shop/crlf.yaml', exact: true })).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('2 workloads in 2 namespaces')
})

test('hostile texts cost a message and never become HTML', async ({ page }) => {
  const laughs = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`)
  await paste(page, `l0: &l0 ha\n${laughs.join('\n')}\n`)
  await expect(page.getByRole('contentinfo')).toContainText('1 error')
  await paste(
    page,
    `${pod('web')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, __proto__: { a: 1 } }\ndata: { a: "<img src=x onerror=alert(1)>" }\n`,
  )
  await paste(page, pod('"<img src=x onerror=alert(1)>"'))
  await expect(page.getByRole('contentinfo')).toContainText(/workload/)
  await expect(page.locator('img')).toHaveCount(0)
})

test('a dump of 10 MB shows progress and leaves the page alive', async ({ page }) => {
  test.slow()
  const transfer = await page.evaluateHandle((one) => {
    const filler = 'x'.repeat(1800)
    const pods = Array.from({ length: 5000 }, (_, i) =>
      one.replaceAll('NAME', `web-${i % 60}`).replace('labels: {', `annotations: { note: "${filler}" }, labels: {`),
    )
    const data = new DataTransfer()
    data.items.add(new File([pods.join('---\n')], 'dump.yaml'))
    return data
  }, pod('NAME'))
  // From here on the page counts how long it ever waits for a frame.
  const gaps = await page.evaluateHandle(() => {
    const state = { last: performance.now(), longest: 0, frames: 0 }
    const tick = (now: number): void => {
      state.longest = Math.max(state.longest, now - state.last)
      state.last = now
      state.frames++
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    return state
  })
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('main', type, { dataTransfer: transfer })
  await expect(page.getByRole('contentinfo')).toContainText('60 workloads', { timeout: 60_000 })
  const { longest, frames } = await gaps.jsonValue()
  console.log(`10 MB: ${frames} frames while it came in, the longest gap between two ${Math.round(longest)} ms`)
  // Milliseconds would tell how busy the machine is. Frames go on where the work is elsewhere, and stop where it is here.
  expect(frames).toBeGreaterThan(10)
})

test('a file over the limit gets a message', async ({ page }) => {
  test.slow()
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Paste/ })
    .click()
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(51 * 1024 * 1024).fill(35)], 'huge.yaml'))
    return data
  })
  await page.keyboard.press('Escape')
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('main', type, { dataTransfer: transfer })
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('50 MB')
})
