import { describe, expect, test } from 'vitest'
import { deploymentText, joined, loadText, policyText } from './load.testkit.ts'

const assumed = (...documents: readonly string[]): readonly string[] =>
  loadText(joined(...documents))
    .cluster.workloads.filter((workload) => workload.assumed)
    .map(({ id }) => id)
const namespace = (name: string, labels = ''): string =>
  `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, labels: {${labels}}}}\n`

describe('a policy without workloads (design.md 9)', () => {
  test.each([
    ['its subject', '{podSelector: {matchLabels: {app: web}}}', ['shop/Assumed/app=web']],
    [
      'its peers',
      '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]}',
      ['shop/Assumed/app=web', 'shop/Assumed/app=api'],
    ],
    ['any pod where nothing else is named', '{podSelector: {}}', ['shop/Assumed/*']],
    [
      'no "any pod" beside a named one',
      '{podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]}',
      ['shop/Assumed/app=db'],
    ],
    ['several labels', '{podSelector: {matchLabels: {app: web, tier: x}}}', ['shop/Assumed/app=web,tier=x']],
    [
      'a choice of values',
      '{podSelector: {matchExpressions: [{key: app, operator: In, values: [a, b]}]}}',
      ['shop/Assumed/app=a', 'shop/Assumed/app=b'],
    ],
    ['a key', '{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}', ['shop/Assumed/app']],
    [
      'what must not be',
      '{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}, {key: x, operator: DoesNotExist}]}}',
      ['shop/Assumed/app!=a,!x'],
    ],
    [
      'what can not be',
      '{podSelector: {matchLabels: {app: a}, matchExpressions: [{key: app, operator: NotIn, values: [a]}]}}',
      [],
    ],
    [
      'a namespace by name',
      '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]}]}',
      ['shop/Assumed/app=web', 'monitoring/Assumed/*'],
    ],
    [
      'DNS',
      '{podSelector: {}, egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]}]}',
      ['shop/Assumed/*', 'kube-system/Assumed/k8s-app=kube-dns'],
    ],
    [
      'no namespace in particular',
      '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{namespaceSelector: {}}]}]}',
      ['shop/Assumed/app=web'],
    ],
    [
      'a namespace by labels that nobody has',
      '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: x}}}]}]}',
      ['shop/Assumed/app=web'],
    ],
  ])('%s', (_, spec, ids) => {
    expect(assumed(policyText('p', spec))).toEqual(ids)
  })

  test('a namespace by labels that a loaded one has', () => {
    const policy = policyText(
      'p',
      '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: x}}}]}]}',
    )
    expect(assumed(namespace('data', 'team: x'), namespace('other', 'team: z'), policy)).toEqual([
      'shop/Assumed/app=web',
      'data/Assumed/*',
    ])
  })

  test.each([
    ['namespaces by name', '{namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}', ['shop/Assumed/*']],
    [
      'pods of namespaces by name',
      '{pods: {namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [a, b]}]}, podSelector: {matchLabels: {app: web}}}}',
      ['a/Assumed/app=web', 'b/Assumed/app=web'],
    ],
    ['namespaces by labels that a loaded one has', '{namespaces: {matchLabels: {team: x}}}', ['data/Assumed/*']],
    ['every namespace', '{namespaces: {}}', []],
    ['pods of every namespace', '{pods: {podSelector: {matchLabels: {app: web}}}}', []],
  ])('a cluster-scoped policy about %s', (_, subject, ids) => {
    const policy = `{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: p}, spec: {tier: Admin, priority: 1, subject: ${subject}}}\n`
    expect(assumed(namespace('data', 'team: x'), policy)).toEqual(ids)
  })

  test('the peers of a cluster-scoped policy, whatever its rules do, and no network, node or domain', () => {
    const peer = '{namespaces: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}'
    const others = '{networks: [10.0.0.0/8]}, {nodes: {}}, {domainNames: [example.com]}'
    const web =
      '{pods: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: web}}}}'
    const rules = `ingress: [{action: Deny, from: [${peer}]}], egress: [{action: Pass, to: [${others}, ${web}], protocols: [{tcp: {destinationPort: {number: 80}}}]}]`
    const policy = `{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: p}, spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, ${rules}}}\n`
    expect(loadText(policy).cluster.workloads).toMatchObject([
      { id: 'monitoring/Assumed/*', pods: [{ ports: [] }] },
      { id: 'shop/Assumed/app=web', pods: [{ ports: [{ port: 80, protocol: 'TCP' }] }] },
    ])
  })

  test('nothing is made up in a namespace that has any workload', () => {
    expect(assumed(deploymentText('api'), policyText('p', '{podSelector: {matchLabels: {app: web}}}'))).toEqual([])
    expect(
      assumed(deploymentText('api', '', 'data'), policyText('p', '{podSelector: {matchLabels: {app: web}}}')),
    ).toEqual(['shop/Assumed/app=web'])
  })

  test('the same pods of several policies are one card, with the ports that rules name', () => {
    const a = policyText(
      'a',
      '{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}, {port: http}, {port: 1, endPort: 2}]}]}',
    )
    const b = policyText(
      'b',
      '{podSelector: {matchLabels: {app: api}}, egress: [{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}, {port: 53, protocol: UDP}]}]}',
    )
    const { workloads } = loadText(joined(a, b)).cluster
    expect(workloads).toMatchObject([
      {
        id: 'shop/Assumed/app=web',
        assumed: true,
        refs: [],
        replicas: 1,
        pods: [
          {
            namespace: 'shop',
            labels: { labels: { app: 'web' }, unknown: [] },
            ports: [
              { port: 80, protocol: 'TCP' },
              { port: 53, protocol: 'UDP' },
            ],
          },
        ],
      },
      { id: 'shop/Assumed/app=api', pods: [{ ports: [] }] },
    ])
  })

  test('they are not counted, their namespaces are', () => {
    const policy = policyText(
      'p',
      '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]}]}',
    )
    expect(loadText(policy).counts).toMatchObject({ workloads: 0, pods: 0, namespaces: 2, unloadedNamespaces: 2 })
  })

  test('a stale policy keeps its cards; they stay the same objects while nothing changes', () => {
    const before = loadText(policyText('p', '{podSelector: {matchLabels: {app: web}}}'))
    const after = loadText(`${policyText('p', '{podSelector: {matchLabels: {app: web}}}')}: [\n`, before)
    expect(after.cluster).toBe(before.cluster)
  })
})
