import { card } from './drawing.ts'
import { expect, openApp, paste, sharedSample, test } from './journey.ts'
import { connection, expectSaved, newWorkspace, showGraph, showTable } from './screen.ts'

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: db, ports: [{ containerPort: 5432 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 5432 }]
---
apiVersion: v1
kind: Secret
metadata: { name: keys, namespace: shop }
stringData: { password: hunter2 }
`

test('a paste anywhere becomes a file, with Secrets taken out and everything counted', async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  await paste(page, SHOP)
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(/4 documents: 2 workloads, 1 policy/)
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(/Secret/)
  await showTable(page)
  await expect(connection(page, 'shop/web → shop/db TCP 5432: allowed')).toBeVisible()
  await expectSaved(page)
  await expect(page.locator('body')).not.toContainText('hunter2')
})

const INGRESS = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`

test('an Ingress puts the ingress controller on the canvas, and leads to its text', async ({ page }) => {
  await openApp(page)
  await newWorkspace(page)
  await paste(page, `${SHOP}---\n${INGRESS}`)
  await expect(page.getByRole('button', { name: /^The ingress controller/ })).toBeVisible()
  await showTable(page)
  const line = connection(page, 'the ingress controller → shop/web TCP 8080: allowed')
  await line.click()
  await expect(page.getByText('leads to shop/web on TCP 8080')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ingress shop/web' })).toBeVisible()
})

test('online-boutique: what its policies really do', async ({ page }) => {
  const files = sharedSample('online-boutique')
  await openApp(page)
  if (!files) return
  await newWorkspace(page)
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Paste/ })
    .click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /Open files/ }).click()
  await (await chooser).setFiles(files.map(({ path }) => path))
  await expect(page.getByRole('contentinfo')).toContainText('12 workloads in 1 namespace, 13 policies')
  await showTable(page)
  for (const name of [
    'default/frontend → default/cartservice TCP 7070: allowed',
    'default/checkoutservice → default/cartservice TCP 7070: allowed',
    'default/cartservice → default/redis-cart TCP 6379: allowed',
    'default/checkoutservice → default/paymentservice TCP 50051: allowed',
  ])
    await expect(connection(page, name)).toBeVisible()
  // Nobody names paymentservice → redis-cart: asked for, it is denied.
  await showGraph(page)
  await card(page, 'default/Deployment/redis-cart').click({ position: { x: 80, y: 12 } })
  await page.getByRole('navigation').getByLabel('denied ones, too').check()
  await showTable(page)
  await expect(connection(page, 'default/cartservice → default/redis-cart TCP 6379: allowed').first()).toBeVisible()
  await expect(connection(page, /^default\/paymentservice → default\/redis-cart .*: denied$/)).toBeVisible()
})

test('sock-shop: the label that nobody has leaves carts without its database', async ({ page }) => {
  const files = sharedSample('sock-shop')
  await openApp(page)
  if (!files) return
  await newWorkspace(page)
  for (const { text } of files) await paste(page, text)
  await expect(page.getByRole('contentinfo')).toContainText('in 1 namespace')
  await showTable(page)
  await expect(connection(page, 'sock-shop/front-end → sock-shop/catalogue TCP 80: allowed')).toBeVisible()
  // The policy names `cart`, the Deployment's pods are labelled `carts`: the rule reaches nobody.
  await showGraph(page)
  await card(page, 'sock-shop/Deployment/carts-db').click({ position: { x: 80, y: 12 } })
  await page.getByRole('navigation').getByLabel('denied ones, too').check()
  await showTable(page)
  await expect(connection(page, /^sock-shop\/carts → sock-shop\/carts-db .*: denied$/)).toBeVisible()
})
