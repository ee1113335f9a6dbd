import { expect, test } from 'vitest'
import { detectProfile } from './detect.ts'
import { PROFILES } from './index.ts'

const table = (...names: readonly string[]): string =>
  [
    'NAME                       READY   STATUS    RESTARTS   AGE',
    'coredns-76f75df574-4qk9x   1/1     Running   0          3d',
    ...names.map((name) => `${name}   1/1   Running   0   3d`),
    'kube-proxy-7xkqz           1/1     Running   0          3d',
  ].join('\n')
const ids = (text: string): readonly string[] =>
  detectProfile(text).proposals.map(({ profile: { id, version } }) => (version === undefined ? id : `${id} ${version}`))

test.each([
  ['cilium-x7k2p', 'cilium'],
  ['cilium-operator-5d8c9b7f6-2xkqz', 'cilium'],
  ['calico-node-4qk9x', 'calico'],
  ['weave-net-4qk9x', 'weave-net'],
  ['kube-flannel-ds-4qk9x', 'flannel'],
  ['kube-router-4qk9x', 'kube-router'],
  ['svclb-traefik-f4e1c7b1-9xk2p', 'kube-router'],
  ['antrea-agent-4qk9x', 'antrea'],
  ['ovnkube-node-4qk9x', 'ovn-kubernetes'],
  ['aws-node-4qk9x', 'aws-vpc-cni'],
  ['azure-npm-4qk9x', 'azure-npm-linux'],
  ['azure-npm-win-4qk9x', 'azure-npm-windows'],
  ['anetd-4qk9x', 'gke-dataplane-v2'],
  ['kindnet-4qk9x', 'kindnet'],
  ['kube-network-policies-4qk9x', 'kindnet'],
])('%s in a table shows %s', (name, id) => {
  expect(detectProfile(table(name)).proposals).toEqual([
    { profile: { id }, evidence: `${name}   1/1   Running   0   3d` },
  ])
  expect(ids(`pod/coredns-76f75df574-4qk9x\npod/${name}\n`)).toEqual([id])
  expect(ids(`kube-system   ${name}   1/1   Running`)).toEqual([id])
  expect(PROFILES.some((profile) => profile.id === id)).toBe(true)
})

test.each([
  [
    'YAML',
    'items:\n- kind: Pod\n  metadata:\n    name: cilium-x7k2p\n  spec:\n    containers:\n    - image: quay.io/cilium/cilium:v1.16.3@sha256:ab\n      name: cilium-agent\n',
  ],
  [
    'JSON',
    JSON.stringify({
      kind: 'List',
      items: [
        {
          kind: 'Pod',
          metadata: { name: 'cilium-x7k2p' },
          spec: { containers: [{ image: 'quay.io/cilium/cilium:v1.16.3' }] },
        },
      ],
    }),
  ],
])('%s shows the version, too', (_, text) => {
  const { proposals } = detectProfile(text)
  expect(proposals.map(({ profile }) => profile)).toEqual([{ id: 'cilium', version: '1.16.3' }])
  expect(proposals[0]?.evidence).toContain('cilium-x7k2p')
})

test.each([
  ['docker.io/calico/node:v3.28.1', 'calico 3.28.1'],
  ['antrea/antrea-agent-ubuntu:v2.1.0', 'antrea 2.1.0'],
  ['registry.k8s.io/networking/kube-network-policies:v0.8.1', 'kindnet 0.8.1'],
])('the image %s shows %s', (image, expected) => {
  expect(ids(`    image: ${image}`)).toEqual([expected])
})

test('Flannel with Calico is Canal, and AWS with Calico is Calico', () => {
  expect(detectProfile(table('kube-flannel-ds-4qk9x', 'calico-node-4qk9x'))).toMatchObject({
    proposals: [{ profile: { id: 'calico' } }],
    hint: 'This is Canal: Flannel connects the pods; Calico enforces the policies.',
  })
  expect(detectProfile(table('aws-node-4qk9x', 'calico-node-4qk9x'))).toMatchObject({
    proposals: [{ profile: { id: 'calico' } }],
    hint: 'AWS VPC CNI (EKS) may connect the pods; Calico enforces the policies.',
  })
})

test('k3s leaves policies to another CNI where one shows', () => {
  expect(ids(table('svclb-traefik-f4e1c7b1-9xk2p', 'cilium-x7k2p'))).toEqual(['cilium'])
})

test.each(['canal-4qk9x', 'rke2-canal-4qk9x'])('%s is Canal, too', (name) => {
  const { proposals, hint } = detectProfile(table('helm-install-rke2-canal-4qk9x', name))
  expect(proposals.map(({ profile }) => profile)).toEqual([{ id: 'calico' }])
  expect(hint).toMatch(/^This is Canal/)
})

test('an operator of Calico shows Calico', () => {
  expect(ids(table('tigera-operator-8547bd6cc6-4qk9x'))).toEqual(['calico'])
})

test('what k3s leaves of itself is said to be no pod of the CNI', () => {
  expect(detectProfile(table('svclb-traefik-f4e1c7b1-9xk2p')).hint).toMatch(
    /^This looks like k3s.*disable-network-policy/,
  )
  expect(detectProfile(table('kube-router-4qk9x')).hint).toBe('One CNI shows: kube-router / k3s.')
})

test.each([
  ['azure-cns-4qk9x', /Azure CNI shows.*nothing that is known here/],
  ['gke-metrics-agent-4qk9x', /GKE, without anetd/],
  ['local-path-provisioner-6c86858495-4qk9x', /may be k3s/],
])('%s proposes nothing, and says what to look for', (name, hint) => {
  expect(detectProfile(table(name))).toEqual({ proposals: [], hint: expect.stringMatching(hint) as string })
})

test.each([
  ['true', /^Policies count: /],
  ['false', /^Policies do not count here/],
])('whether the agent of AWS is on (%s) is read from its arguments', (on, hint) => {
  const text = `  name: aws-node-4qk9x\n    args:\n    - --enable-network-policy=${on}\n    name: aws-eks-nodeagent\n`
  expect(ids(text)).toEqual(['aws-vpc-cni'])
  expect(detectProfile(text).hint).toMatch(hint)
})

test('several that enforce are all proposed, with a hint', () => {
  const { proposals, hint } = detectProfile(table('calico-node-4qk9x', 'cilium-x7k2p', 'kube-flannel-ds-4qk9x'))
  expect(proposals.map(({ profile: { id } }) => id)).toEqual(['cilium', 'calico'])
  expect(hint).toMatch(/^More than one CNI shows/)
})

test.each([
  '',
  'hello',
  table(),
  'my-cilium-docs-site',
  'cilium-docs-x7k2p',
  'No resources found in kube-system namespace.',
  '\u0000{]',
])('nothing shows in %j, and that is said', (text) => {
  const { proposals, hint } = detectProfile(text)
  expect(proposals).toEqual([])
  expect(hint).toMatch(/^No CNI that is known here/)
})

test('AWS alone says what has to be set', () => {
  expect(detectProfile(table('aws-node-4qk9x')).hint).toMatch(/enableNetworkPolicy/)
})

test('a long text is looked at in a moment', () => {
  const long = `${'a'.repeat(200_000)} ${'cilium-'.repeat(50_000)}\n${table('kindnet-4qk9x')}`
  expect(ids(long)).toEqual(['kindnet'])
})
