import type { Sample } from './sample.ts'

import { POLICIES_DATA, POLICIES_SHOP } from './shopPolicies.ts'
import { DATA, PLATFORM, SHOP } from './shopWorkloads.ts'

const CHECKS = `# What must be open and what must be closed, whatever the policies say. Each is a line on the canvas.
apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata:
  name: shop
checks:
  - name: customers reach the shop
    from: { internet: true }
    to: { namespace: shop, workload: Deployment/web }
    ports: [TCP/8080]
    expect: allowed
  - name: web asks the api
    from: { namespace: shop, workload: Deployment/web }
    to: { namespace: shop, workload: Deployment/api }
    ports: [TCP/8080]
    expect: allowed
  - name: the api places orders
    from: { namespace: shop, workload: Deployment/api }
    to: { namespace: shop, workload: Deployment/orders }
    ports: [TCP/8080]
    expect: allowed
  - name: the api finds names
    from: { namespace: shop, workload: Deployment/api }
    to: { namespace: kube-system, workload: Deployment/kube-dns }
    ports: [TCP/53, UDP/53]
    expect: allowed
  - name: the api uses the cache
    from: { namespace: shop, workload: Deployment/api }
    to: { namespace: data, workload: Deployment/cache }
    ports: [TCP/6379]
    expect: allowed
  - name: orders are stored
    from: { namespace: shop, workload: Deployment/orders }
    to: { namespace: data, workload: StatefulSet/db }
    ports: [TCP/5432]
    expect: allowed
  - name: the database is backed up
    from: { namespace: data, workload: CronJob/backup }
    to: { namespace: data, workload: StatefulSet/db }
    ports: [TCP/5432]
    expect: allowed
  - name: the shop is measured
    from: { namespace: monitoring, workload: Deployment/prometheus }
    to: { namespace: shop } # every workload in it
    ports: [TCP/metrics]
    expect: allowed
  - name: web stays away from the database
    from: { namespace: shop, workload: Deployment/web }
    to: { namespace: data, workload: StatefulSet/db }
    ports: [TCP/5432]
    expect: denied
`

/** The living sample: a shop whose policies contain two classic mistakes (a label that no namespace has; DNS forgotten). */
export const shop: Sample = {
  id: 'shop',
  name: 'A small shop',
  about: 'Three namespaces and their policies, with two classic mistakes to find and mend.',
  hint: 'Lines marked ! should be open. Click one to see why, and how to mend it.',
  show: 'policies/data.yaml',
  files: [
    { path: 'shop.yaml', text: SHOP },
    { path: 'data.yaml', text: DATA },
    { path: 'platform.yaml', text: PLATFORM },
    { path: 'policies/shop.yaml', text: POLICIES_SHOP },
    { path: 'policies/data.yaml', text: POLICIES_DATA },
    { path: 'checks.yaml', text: CHECKS },
  ],
}
