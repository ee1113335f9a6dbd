import { describe, expect, test } from 'vitest'
import { labelsOfPods, objectOf, workloadOf } from './read.testkit.ts'

const template = (rest = ''): string => `{metadata: {labels: {app: web}}, spec: {containers: [{name: c}]${rest}}}`
const controller = (type: string, spec: string): string =>
  `{${type}, metadata: {name: web, namespace: shop}, spec: ${spec}}`
const podsOf = (text: string): readonly object[] => {
  const object = workloadOf(text)
  return labelsOfPods(object.type === 'pod' ? [object.pod] : object.pods)
}
const hashes = ['controller-revision-hash', 'pod-template-generation']
const uids = ['batch.kubernetes.io/controller-uid', 'controller-uid', 'batch.kubernetes.io/job-completion-index']
const jobNames = ['batch.kubernetes.io/job-name', 'job-name']

const replica = (i: number): object => ({
  name: `web-${i}`,
  count: 1,
  app: 'web',
  'statefulset.kubernetes.io/pod-name': `web-${i}`,
  'apps.kubernetes.io/pod-index': `${i}`,
  unknown: ['controller-revision-hash'],
})

describe('the labels that controllers put on their pods (semantics.md A.2)', () => {
  test.each([
    ['Deployment', 'apiVersion: apps/v1, kind: Deployment', { count: 1, unknown: ['pod-template-hash'] }],
    ['ReplicaSet', 'apiVersion: apps/v1, kind: ReplicaSet', { count: 1, unknown: [] }],
    ['DaemonSet', 'apiVersion: apps/v1, kind: DaemonSet', { count: 1, unknown: hashes }],
    [
      'Job',
      'apiVersion: batch/v1, kind: Job',
      { count: 1, 'job-name': 'web', 'batch.kubernetes.io/job-name': 'web', unknown: uids },
    ],
    [
      'Rollout',
      'apiVersion: argoproj.io/v1alpha1, kind: Rollout',
      { count: 1, unknown: ['rollouts-pod-template-hash'] },
    ],
    [
      'DeploymentConfig',
      'apiVersion: apps.openshift.io/v1, kind: DeploymentConfig',
      { count: 1, deploymentconfig: 'web', unknown: ['deployment'] },
    ],
    [
      'a kind of nobody we know',
      'apiVersion: example.org/v1, kind: Thing',
      { count: 1, unknown: ['pod-template-hash', 'controller-revision-hash'] },
    ],
    ['Knative', 'apiVersion: serving.knative.dev/v1, kind: Service', { count: 1, unknown: 'all' }],
  ])('%s', (_, type, pod) => {
    expect(podsOf(controller(type, `{template: ${template()}}`))).toEqual([{ name: 'web', app: 'web', ...pod }])
  })

  test('CronJobs name their jobs by the time', () => {
    const pods = podsOf(
      controller('apiVersion: batch/v1, kind: CronJob', `{jobTemplate: {spec: {template: ${template()}}}}`),
    )
    expect(pods).toEqual([{ name: 'web', app: 'web', count: 1, unknown: [...jobNames, ...uids] }])
  })

  test('a label that the template of a live object has is known', () => {
    const text = controller(
      'apiVersion: apps/v1, kind: Deployment',
      '{template: {metadata: {labels: {pod-template-hash: x}}}}',
    )
    expect(podsOf(text)).toEqual([{ name: 'web', count: 1, 'pod-template-hash': 'x', unknown: [] }])
  })

  test('each replica of a StatefulSet has its own name and index', () => {
    const text = controller(
      'apiVersion: apps/v1, kind: StatefulSet',
      `{replicas: 2, ordinals: {start: 5}, template: ${template()}}`,
    )
    expect(podsOf(text)).toEqual([replica(5), replica(6)])
  })

  test.each([
    [0, [0]],
    [1, [1]],
    [40, [...Array.from({ length: 32 }, () => 1), 8]],
  ])('a StatefulSet of %i replicas stays small', (replicas, counts) => {
    const text = controller(
      'apiVersion: apps/v1, kind: StatefulSet',
      `{replicas: ${replicas}, template: ${template()}}`,
    )
    expect(podsOf(text)).toMatchObject(counts.map((count) => ({ count })))
  })
})

describe('what a pod shows to policies', () => {
  test('ports: containers, then restartable init containers; TCP by default; nonsense left out', () => {
    const text = `{kind: Pod, apiVersion: v1, metadata: {name: p}, spec: {
      initContainers: [{ports: [{containerPort: 1}]}, {restartPolicy: Always, ports: [{containerPort: 15090, name: metrics}]}],
      containers: [{ports: [{containerPort: 53, protocol: UDP}, {containerPort: "80"}, {name: x}]}, {ports: [{containerPort: 8080, name: http}]}]}}`
    const object = workloadOf(text)
    expect(object.type === 'pod' && object.pod.ports).toEqual([
      { port: 53, protocol: 'UDP' },
      { name: 'http', port: 8080, protocol: 'TCP' },
      { name: 'metrics', port: 15090, protocol: 'TCP' },
    ])
  })

  test('a live pod has addresses, a node and a phase', () => {
    const text = `{kind: Pod, apiVersion: v1, metadata: {name: p, namespace: shop}, spec: {nodeName: n1, hostNetwork: true},
      status: {phase: Succeeded, podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]}}`
    const object = workloadOf(text)
    expect(object.type === 'pod' && object.pod).toMatchObject({
      ips: ['10.0.0.1', 'fd00::1'],
      node: 'n1',
      hostNetwork: true,
      finished: true,
      count: 1,
    })
  })

  test.each([
    ['Running', false],
    ['Pending', false],
    ['Failed', true],
    ['Unknown', false],
  ])('phase %s: finished %s', (phase, finished) => {
    const object = workloadOf(`{kind: Pod, apiVersion: v1, metadata: {name: p}, status: {phase: ${phase}}}`)
    expect(object.type === 'pod' && object.pod.finished).toBe(finished)
  })

  test.each([
    ['Deployment', '{replicas: 0}', 0],
    ['Deployment', '{}', 1],
    ['Deployment', '{replicas: null}', 1],
    ['Deployment', '{replicas: -3}', 0],
  ])('%s %s: %i replicas', (kind, spec, replicas) => {
    expect(workloadOf(controller(`apiVersion: apps/v1, kind: ${kind}`, spec))).toMatchObject({
      replicas,
      pods: [{ count: replicas }],
    })
  })

  test("a DaemonSet's pods are those that its live status wants", () => {
    const text = '{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a}, status: {desiredNumberScheduled: 7}}'
    expect(workloadOf(text)).toMatchObject({ replicas: 7 })
  })

  test('the selector of a controller is told apart from its labels', () => {
    const text = controller(
      'apiVersion: apps/v1, kind: Deployment',
      `{selector: {matchLabels: {app: web}}, template: ${template()}}`,
    )
    expect(workloadOf(text)).toMatchObject({ selectorLabels: { app: 'web' }, sketch: false })
    expect(
      workloadOf('{apiVersion: v1, kind: ReplicationController, metadata: {name: a}, spec: {selector: {a: b}}}'),
    ).toMatchObject({ selectorLabels: { a: 'b' } })
  })

  test.each([
    ['apiVersion: batch/v1, kind: Job', '{parallelism: 3, selector: {matchLabels: {a: b}}}'],
    ['apiVersion: batch/v1, kind: CronJob', '{jobTemplate: {spec: {parallelism: 3, selector: {matchLabels: {a: b}}}}}'],
    [
      'apiVersion: apps.openshift.io/v1, kind: DeploymentConfig',
      `{replicas: 3, selector: {a: b}, template: ${template()}}`,
    ],
    [
      'apiVersion: argoproj.io/v1alpha1, kind: Rollout',
      `{replicas: 3, selector: {matchLabels: {a: b}}, template: ${template()}}`,
    ],
  ])('%s says how many, and by which labels, in its own place', (type, spec) => {
    expect(workloadOf(controller(type, spec))).toMatchObject({ replicas: 3, selectorLabels: { a: 'b' } })
  })

  test.each([
    ['{podIP: 10.0.0.1}', ['10.0.0.1']],
    ['{podIPs: [{ip: 10.0.0.1}, {}, {ip: ""}]}', ['10.0.0.1']],
    ['{podIP: ""}', []],
  ])('a pod with the status %s has these addresses', (status, ips) => {
    const object = workloadOf(`{kind: Pod, apiVersion: v1, metadata: {name: p}, status: ${status}}`)
    expect(object).toMatchObject({ sketch: false, pod: { namespace: 'default', ips } })
  })

  test('a sketch is known by its label', () => {
    expect(
      workloadOf('{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {drawbridge/sketch: "true"}}}'),
    ).toMatchObject({ sketch: true })
    expect(
      workloadOf('{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, labels: {drawbridge/sketch: "true"}}}'),
    ).toMatchObject({ sketch: true })
  })
})

describe('metadata', () => {
  test.each([
    ['a missing namespace is default', '{name: a}', { namespace: 'default', defaulted: true, name: 'a' }],
    ['a named one', '{name: a, namespace: shop}', { namespace: 'shop', defaulted: false }],
    ['a generated name', '{generateName: job-}', { name: 'job-…' }],
    ['no name', '{}', { name: '' }],
    [
      'the controlling owner',
      '{ownerReferences: [{kind: A, name: a}, {kind: B, name: b, controller: true}]}',
      { owner: { kind: 'B', name: 'b' } },
    ],
    ['an owner without a kind', '{ownerReferences: [{name: b, controller: true}]}', { owner: { kind: '', name: 'b' } }],
  ])('%s', (_, metadata, meta) => {
    expect(objectOf(`{apiVersion: v1, kind: Pod, metadata: ${metadata}}`).meta).toMatchObject(meta)
  })

  test('a Namespace carries its name as a label, whatever it says itself', () => {
    const { meta } = objectOf(
      '{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {kubernetes.io/metadata.name: b, x: z}}}',
    )
    expect({ ...meta.labels }).toEqual({ 'kubernetes.io/metadata.name': 'a', x: 'z' })
  })

  test('an old group names the same object', () => {
    expect(objectOf('{apiVersion: extensions/v1beta1, kind: Deployment, metadata: {name: a}}').meta.group).toBe('apps')
  })
})

describe('Services and Nodes', () => {
  test.each([
    ['{ports: [{port: 80}]}', { headless: false, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] }],
    [
      '{clusterIP: None, selector: {a: b}, ports: [{port: 53, protocol: UDP, targetPort: dns, name: dns}]}',
      { headless: true, selector: { a: 'b' }, ports: [{ port: 53, protocol: 'UDP', targetPort: 'dns', name: 'dns' }] },
    ],
    ['{selector: {}, ports: [{port: 80, targetPort: 0}, {port: x}]}', { ports: [{ port: 80, targetPort: 80 }] }],
  ])('a Service %s', (spec, service) => {
    const object = objectOf(`{apiVersion: v1, kind: Service, metadata: {name: s, namespace: shop}, spec: ${spec}}`)
    expect(object.type === 'service' && object.service).toMatchObject({ name: 's', namespace: 'shop', ...service })
  })

  test('a Service without a selector leads to no pod', () => {
    const object = objectOf('{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {}}}')
    expect(object.type === 'service' && object.service.selector).toBeUndefined()
  })

  test('only addresses of a Node count', () => {
    const object = objectOf(
      '{apiVersion: v1, kind: Node, metadata: {name: n}, status: {addresses: [{address: 10.0.0.1}, {address: "fd00::1"}, {address: n.local}, {address: 10.0.0.1}]}}',
    )
    expect(object.type === 'node' && object.node.ips).toEqual(['10.0.0.1', 'fd00::1'])
  })
})
