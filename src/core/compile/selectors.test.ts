import { expect, test } from 'vitest'
import { cluster, known, pod, workload } from '#core/evaluate/build.testkit.ts'
import type { Workload } from '#core/model/cluster.ts'
import type { Labels } from '#core/model/labels.ts'
import { selectWorkload } from './selectors.ts'

const labelled = (name: string, labels: Labels, more: Partial<Workload> = {}): Workload => ({
  ...workload(pod(name, { labels: known(labels) })),
  ...more,
})

/** How the first of the workloads is selected, with the names of those that this takes in, too. */
function chosen(...workloads: readonly Workload[]): unknown {
  const [first] = workloads
  const found = first && selectWorkload({ ...cluster([]), workloads }, first)
  return found && [found.selector, ...found.alsoSelects.map(({ name }) => name)]
}

const NAME = 'app.kubernetes.io/name'
const INSTANCE = 'app.kubernetes.io/instance'

test.each<[string, Labels, Partial<Workload>, Labels]>([
  ["its controller's labels", { app: 'web', tier: 'front' }, { selectorLabels: { tier: 'front' } }, { tier: 'front' }],
  [
    'the recommended labels',
    { app: 'web', [INSTANCE]: 'shop', [NAME]: 'web' },
    {},
    { [INSTANCE]: 'shop', [NAME]: 'web' },
  ],
  ['app', { tier: 'front', app: 'web' }, {}, { app: 'web' }],
  ['k8s-app', { tier: 'front', 'k8s-app': 'dns' }, {}, { 'k8s-app': 'dns' }],
  ['any other label', { 'pod-template-hash': '1', tier: 'front' }, {}, { tier: 'front' }],
  [
    'nothing that its controller asks for but its pods lack',
    { tier: 'front' },
    { selectorLabels: { app: 'x' } },
    { tier: 'front' },
  ],
])('a workload is selected by %s', (_, labels, more, matchLabels) => {
  expect(chosen(labelled('web', labels, more), labelled('db', { app: 'db', tier: 'back' }))).toEqual([{ matchLabels }])
})

test('labels that change from roll-out to roll-out are none', () => {
  const labels = {
    'pod-template-hash': '1',
    'controller-revision-hash': '2',
    'helm.sh/chart': 'x-1',
    'topology.kubernetes.io/zone': 'a',
  }
  expect(chosen(labelled('web', labels))).toBeUndefined()
})

test('only what all its pods share counts', () => {
  const pods = [
    pod('a', { labels: known({ app: 'web', track: 'old' }) }),
    pod('b', { labels: known({ app: 'web', track: 'new' }) }),
  ]
  expect(chosen(workload(...pods), labelled('db', { app: 'web', track: 'old' }))).toEqual([
    { matchLabels: { app: 'web' } },
    'db',
  ])
})

test('more labels keep others out', () => {
  const own = labelled('web', { app: 'shop', part: 'web', tier: 'a' }, { selectorLabels: { app: 'shop' } })
  const others = [
    labelled('db', { app: 'shop', part: 'db', tier: 'a' }),
    labelled('api', { app: 'shop', part: 'web', tier: 'b' }),
  ]
  expect(chosen(own, ...others)).toEqual([{ matchLabels: { app: 'shop', part: 'web', tier: 'a' } }])
})

test('labels that only the others have keep them out', () => {
  const own = labelled('web', { app: 'web' })
  expect(chosen(own, labelled('canary', { app: 'web', track: 'canary' }))).toEqual([
    { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'track', operator: 'DoesNotExist' }] },
  ])
})

test('an other value of a label that its own pods differ in keeps others out', () => {
  const pods = [
    pod('a', { labels: known({ app: 'web', zone: '1' }) }),
    pod('b', { labels: known({ app: 'web', zone: '2' }) }),
  ]
  expect(
    chosen(workload(...pods), labelled('c', { app: 'web', zone: '3' }), labelled('d', { app: 'web', zone: '4' })),
  ).toEqual([
    { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['3', '4'] }] },
  ])
})

test('those that nothing tells apart are named', () => {
  expect(chosen(labelled('web', { app: 'web' }), labelled('twin', { app: 'web' }))).toEqual([
    { matchLabels: { app: 'web' } },
    'twin',
  ])
})

test('pods that may have a label that is not known may be selected', () => {
  const job = workload(pod('job', { labels: { labels: {}, unknown: ['app'] } }))
  expect(chosen(labelled('web', { app: 'web' }), job)).toEqual([{ matchLabels: { app: 'web' } }, 'job'])
})

test('hostNetwork and finished pods are nobody that a selector could take in', () => {
  const agent = workload(pod('agent', { labels: known({ app: 'web' }), hostNetwork: true }))
  const done = workload(pod('done', { labels: known({ app: 'web' }), finished: true }))
  expect(chosen(labelled('web', { app: 'web' }), agent, done)).toEqual([{ matchLabels: { app: 'web' } }])
})
