import { expect, test } from 'vitest'
import { edgeOf, file, openBench } from './engine.testkit.ts'

// An edit far away from an edge can change its answer all the same. Each of these would keep an old verdict otherwise.

const workload = (name: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
`

const policy = (name: string, spec: string): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  podSelector: { matchLabels: { app: ${name} } }
  ${spec}
`

const check = (from: string, to: string): string => `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: shop }
checks:
  - { name: one, from: ${from}, to: ${to}, expect: allowed }
`

const cluster = file('cluster.yaml', `${workload('web')}${workload('api')}`)
const WEB = '{ namespace: shop, workload: Deployment/web }'

test('a block that another policy names is no longer part of the internet', async () => {
  const bench = openBench()
  const before = await bench.change({
    type: 'workspace',
    files: [
      cluster,
      file('web.yaml', policy('web', 'egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [30.0.0.0/8] } }] }]')),
      file('api.yaml', policy('api', 'ingress: [{ from: [{ ipBlock: { cidr: 31.0.0.0/8 } }] }]')),
      file('checks.yaml', check(WEB, '{ internet: true }')),
    ],
  })
  const id = 'shop/Deployment/web→internet all ports'
  expect(edgeOf(before, id).status).toBe('partial')
  const after = await bench.type('api.yaml', 'cidr: 31.', 'cidr: 30.')
  expect(edgeOf(after, id).status).toBe('allowed')
})

test('where pods live decides whether a block may hold them', async () => {
  const bench = openBench()
  const before = await bench.change({
    type: 'workspace',
    files: [
      cluster,
      file('web.yaml', policy('web', 'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]')),
      file('checks.yaml', check('{ namespace: shop, workload: Deployment/api }', WEB)),
      file(
        's.yaml',
        'apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: { name: s }\npodCidrs: [10.1.0.0/16]\n',
      ),
    ],
  })
  const id = 'shop/Deployment/api→shop/Deployment/web all ports'
  expect(edgeOf(before, id).status).toBe('allowed')
  const after = await bench.type('s.yaml', '10.1.0.0', '11.1.0.0')
  expect(edgeOf(after, id).status).toBe('denied')
})

test('a namespace that comes to be loaded answers what its labels left open', async () => {
  const bench = openBench()
  const before = await bench.change({
    type: 'workspace',
    files: [
      cluster,
      file('web.yaml', policy('web', 'ingress: [{ from: [{ namespaceSelector: { matchLabels: { env: prod } } }] }]')),
      file('checks.yaml', check('{ namespace: shop, workload: Deployment/api }', WEB)),
    ],
  })
  const id = 'shop/Deployment/api→shop/Deployment/web all ports'
  expect(edgeOf(before, id).status).toBe('undetermined')
  const text = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { env: prod } }\n'
  const after = await bench.change({ type: 'create', path: 'ns.yaml', text })
  expect(edgeOf(after, id).status).toBe('allowed')
})

test('a policy for one workload can change what all pods may reach', async () => {
  const bench = openBench()
  const before = await bench.change({
    type: 'workspace',
    files: [
      cluster,
      file('web.yaml', policy('web', 'ingress: [{ from: [{ namespaceSelector: {} }] }]')),
      file('api.yaml', policy('api', 'policyTypes: [Egress]\n  egress: [{}]')),
      file('checks.yaml', check('{ anyNamespace: true }', WEB)),
    ],
  })
  const id = 'any-namespace→shop/Deployment/web all ports'
  expect(edgeOf(before, id).status).toBe('allowed')
  const after = await bench.type('api.yaml', 'egress: [{}]', 'egress: []')
  expect(edgeOf(after, id).status).toBe('denied')
})
