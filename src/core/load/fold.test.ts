import { describe, expect, test } from 'vitest'
import { deploymentText, joined, loadText, workloadIn } from './load.testkit.ts'

const owner = (kind: string, name: string): string =>
  `ownerReferences: [{apiVersion: x/v1, kind: "${kind}", name: ${name}, controller: true}]`
const pod = (name: string, metadata = '', status = 'phase: Running'): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: shop${metadata && `, ${metadata}`}}, status: {${status}}}\n`
const controller = (kind: string, name: string, metadata = '', spec = ''): string =>
  `{apiVersion: ${/Job/.test(kind) ? 'batch' : 'apps'}/v1, kind: ${kind}, metadata: {name: ${name}, namespace: shop${metadata && `, ${metadata}`}}, spec: {${spec}}}\n`
const DIRECT = '{apiVersion: drawbridge/v1alpha1, kind: DrawbridgeSettings, metadata: {name: s}, directOwners: true}\n'

/** Workloads as `Kind/name: pods`. */
const folded = (...documents: readonly string[]): readonly string[] =>
  loadText(joined(...documents)).cluster.workloads.map(
    ({ kind, name, pods }) => `${kind}/${name}: ${pods.map((one) => one.name).join(' ')}`,
  )

describe('pods fold into what owns them', () => {
  test.each([
    ['a bare pod', [pod('a')], ['Pod/a: a']],
    ['a pod of an owner that is not loaded', [pod('a', owner('StatefulSet', 'db'))], ['StatefulSet/db: a']],
    [
      'several pods of one owner',
      [pod('a', owner('DaemonSet', 'x')), pod('b', owner('DaemonSet', 'x'))],
      ['DaemonSet/x: a b'],
    ],
    ['an owner without a kind', [pod('a', owner('', 'x'))], ['Pod/x: a']],
    ["a node's mirror pod", [pod('a', owner('Node', 'n1'))], ['Pod/a: a']],
    ["somebody's own kind", [pod('a', owner('StrimziPodSet', 'kafka'))], ['StrimziPodSet/kafka: a']],
    ['an owner that does not control', [pod('a', 'ownerReferences: [{kind: StatefulSet, name: db}]')], ['Pod/a: a']],
    [
      'a hash tells the Deployment',
      [pod('a', `labels: {pod-template-hash: 5d4f}, ${owner('ReplicaSet', 'web-5d4f')}`)],
      ['Deployment/web: a'],
    ],
    [
      'a hash tells the Rollout',
      [pod('a', `labels: {rollouts-pod-template-hash: 5d4f}, ${owner('ReplicaSet', 'web-5d4f')}`)],
      ['Rollout/web: a'],
    ],
    [
      'a hash that does not fit',
      [pod('a', `labels: {pod-template-hash: xxxx}, ${owner('ReplicaSet', 'web-5d4f')}`)],
      ['ReplicaSet/web-5d4f: a'],
    ],
    ['a ReplicaSet without a hash', [pod('a', owner('ReplicaSet', 'web'))], ['ReplicaSet/web: a']],
    [
      'a loaded ReplicaSet knows its Deployment',
      [pod('a', owner('ReplicaSet', 'rs')), controller('ReplicaSet', 'rs', owner('Deployment', 'web'))],
      ['Deployment/web: a'],
    ],
    [
      'a loaded ReplicaSet of nobody',
      [pod('a', `labels: {pod-template-hash: x}, ${owner('ReplicaSet', 'rs-x')}`), controller('ReplicaSet', 'rs-x')],
      ['ReplicaSet/rs-x: a'],
    ],
    [
      'a Job of a CronJob',
      [pod('a', owner('Job', 'run-1')), controller('Job', 'run-1', owner('CronJob', 'run'))],
      ['CronJob/run: a'],
    ],
    [
      "an operator's kind is not followed",
      [controller('StatefulSet', 'db', owner('Postgres', 'main'), 'replicas: 1')],
      ['StatefulSet/db: db-0'],
    ],
    [
      'owners in a circle',
      [
        controller('ReplicaSet', 'a', owner('ReplicaSet', 'b')),
        controller('ReplicaSet', 'b', owner('ReplicaSet', 'a')),
      ],
      ['ReplicaSet/a: a', 'ReplicaSet/b: b'],
    ],
    [
      'another namespace is another owner',
      [pod('a', owner('DaemonSet', 'x')), pod('b', owner('DaemonSet', 'x')).replace('shop', 'data')],
      ['DaemonSet/x: a', 'DaemonSet/x: b'],
    ],
  ])('%s', (_, documents, workloads) => {
    expect(folded(...documents).toSorted()).toEqual(workloads.toSorted())
  })

  test('direct owners on request (other tools name them so)', () => {
    const documents = [
      pod('a', `labels: {pod-template-hash: x}, ${owner('ReplicaSet', 'web-x')}`),
      controller('ReplicaSet', 'web-x', owner('Deployment', 'web')),
      deploymentText('web'),
    ]
    expect(folded(...documents)).toEqual(['Deployment/web: a'])
    expect(folded(DIRECT, ...documents)).toEqual(['ReplicaSet/web-x: a', 'Deployment/web: web'])
  })
})

const live = (name: string, labels: string, status = 'phase: Running'): string =>
  pod(name, `labels: {${labels}, pod-template-hash: x}, ${owner('ReplicaSet', 'web-x')}`, status)

describe('which pods stand for a workload', () => {
  test('live pods count before the template; the controller tells the replicas', () => {
    const loaded = loadText(
      joined(deploymentText('web', 'replicas: 3, '), live('a', 'app: old'), live('b', 'app: web')),
    )
    const web = workloadIn(loaded, 'shop/Deployment/web')
    expect(web.pods.map(({ name, labels }) => [name, labels.labels['app']])).toEqual([
      ['a', 'old'],
      ['b', 'web'],
    ])
    expect(web).toMatchObject({ replicas: 3, selectorLabels: { app: 'web' } })
    expect(web.pods.every(({ labels }) => labels.unknown.length === 0)).toBe(true)
  })

  test('without live pods the template stands, also scaled to none', () => {
    const web = workloadIn(loadText(deploymentText('web', 'replicas: 0, ')), 'shop/Deployment/web')
    expect(web).toMatchObject({ replicas: 0, pods: [{ name: 'web', count: 0 }] })
  })

  test('finished pods leave no trace beside running ones or a template, but keep a bare pod and a done Job', () => {
    const done = 'phase: Failed'
    expect(folded(deploymentText('web'), live('a', 'app: web', done), live('b', 'app: web'))).toEqual([
      'Deployment/web: b',
    ])
    expect(folded(deploymentText('web'), live('a', 'app: web', done))).toEqual(['Deployment/web: web'])
    expect(folded(pod('a', '', done))).toEqual(['Pod/a: a'])
    const job = joined(controller('Job', 'j'), pod('a', owner('Job', 'j'), 'phase: Succeeded'))
    expect(workloadIn(loadText(job), 'shop/Job/j').pods).toMatchObject([{ name: 'a', finished: true }])
    const cron = joined(
      controller('CronJob', 'c'),
      controller('Job', 'c-1', owner('CronJob', 'c')),
      pod('a', owner('Job', 'c-1'), 'phase: Succeeded'),
    )
    expect(workloadIn(loadText(cron), 'shop/CronJob/c').pods).toMatchObject([{ name: 'c', finished: false }])
  })

  test('without the Deployment its scaled ReplicaSet stands', () => {
    const old = controller('ReplicaSet', 'web-1', owner('Deployment', 'web'), 'replicas: 0')
    const now = controller('ReplicaSet', 'web-2', owner('Deployment', 'web'), 'replicas: 2')
    expect(loadText(joined(old, now)).cluster.workloads).toMatchObject([
      { id: 'shop/Deployment/web', replicas: 2, pods: [{ name: 'web-2', count: 2 }] },
    ])
  })

  test('all documents that fold into a workload are told, its own first; a stale one makes it stale', () => {
    const text = joined(live('a', 'app: web'), deploymentText('web'))
    const loaded = loadText(text)
    const own = loaded.documents.map(({ id }) => id).toReversed()
    expect(workloadIn(loaded, 'shop/Deployment/web').refs.map(({ document }) => document)).toEqual(own)
    expect(workloadIn(loaded, 'shop/Deployment/web').stale).toBe(false)
    expect(workloadIn(loadText(`${text}: [\n`, loaded), 'shop/Deployment/web').stale).toBe(true)
  })
})

const namespaces = (...documents: readonly string[]): readonly object[] =>
  loadText(joined(...documents)).cluster.namespaces.map(({ name, loaded, labels }) =>
    Object.assign({ name, loaded, unknown: labels.unknown }, labels.labels),
  )

describe('namespaces', () => {
  const ABSENT =
    '{apiVersion: drawbridge/v1alpha1, kind: DrawbridgeSettings, metadata: {name: s}, unknownLabels: absent}\n'
  const named = { name: 'shop', 'kubernetes.io/metadata.name': 'shop' }

  test('one that is only named exists, its other labels unknown', () => {
    expect(namespaces(deploymentText('web'))).toEqual([{ ...named, loaded: false, unknown: 'all' }])
  })

  test('the setting reads them as absent', () => {
    expect(namespaces(ABSENT, deploymentText('web'))).toEqual([{ ...named, loaded: false, unknown: [] }])
  })

  test('a loaded one is known', () => {
    expect(
      namespaces(
        deploymentText('web'),
        '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a}}}\n',
      ),
    ).toEqual([{ ...named, team: 'a', loaded: true, unknown: [] }])
  })

  test('policies and Services name them, too', () => {
    const service = '{apiVersion: v1, kind: Service, metadata: {name: s, namespace: b}}\n'
    const policy = '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: s, namespace: a}}\n'
    expect(namespaces(service, policy)).toMatchObject([{ name: 'a' }, { name: 'b' }])
  })
})
