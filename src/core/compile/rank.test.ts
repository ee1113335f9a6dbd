import { expect, test } from 'vitest'
import { plan } from './plan.ts'
import { worldOf } from './world.testkit.ts'

const pod = (name: string, labels: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { ${labels} } }
spec: { containers: [{ name: main, image: x }] }
---
`
const policy = (namespace: string, name: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }] }
---
`
const NAMESPACES = ['shop', 'empty']
  .map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n---\n`)
  .join('')

test('of two ways the one that opens fewer connections is first, even where the other’s take fewer lines to tell', () => {
  const text = [NAMESPACES, pod('bare', ''), pod('a', 'tier: b'), pod('b', 'tier: b'), policy('shop', 'mine')].join('')
  const files = [{ path: 'all.yaml', text: `${text}${policy('empty', 'other')}`, counts: true }]
  const to = { namespace: 'shop', workload: 'Pod/a' }
  const made = plan(
    { type: 'allow', from: { anyNamespace: true }, to, ports: ['TCP/80'] },
    { ...worldOf(files), revision: 1 },
  )
  expect([made, ...made.others].map(({ title }) => title)).toEqual(['New policy a-ingress', 'Amend mine'])
})
