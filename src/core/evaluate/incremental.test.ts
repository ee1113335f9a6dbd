import { load, type Loaded } from '#core/load/load.ts'
import { formatPorts } from '#core/model/ports.ts'
import type { Verdict } from '#core/model/verdict.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, type Evaluation, type PodEnd, verdictOf, verdictOfPods } from './evaluate.ts'
import { manifestsOf } from './random.testkit.ts'
import { tieredClusters } from './randomTiers.testkit.ts'
import type { RawCluster } from './raw.testkit.ts'
import { CELL, changesBetween } from './changes.ts'
import { classesOf } from './classes.ts'
import { countsOf } from './counts.ts'
import { portsOfPair, type Reachability, reachabilityOf } from './reachability.ts'

const SEQUENCES = 2000
const OUTSIDE: readonly PodEnd[] = ['203.0.113.9', '10.0.9.9', '2001:db8::1'].map((ip) => ({ ip }))

/** One step of somebody who edits: another text for one document, or none. */
type Step = { readonly type: 'policy' | 'pod' | 'namespace'; readonly at: number; readonly gone: boolean }

const steps = fc.array(
  fc.record({
    type: fc.constantFrom<Step['type']>('policy', 'policy', 'policy', 'pod', 'pod', 'namespace'),
    at: fc.nat(5),
    gone: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
)

/** Each document of a cluster as a file of its own, so that those that stay keep their objects. */
function filesOf(cluster: RawCluster): ReadonlyMap<string, string> {
  const { items } = JSON.parse(manifestsOf(cluster)) as { items: { kind: string }[] }
  const counts = new Map<string, number>()
  return new Map(
    items.map((item) => {
      const type =
        item.kind === 'Pod' || item.kind === 'Namespace' || item.kind === 'Node' ? item.kind.toLowerCase() : 'policy'
      const at = counts.get(type) ?? 0
      counts.set(type, at + 1)
      return [`${type}-${at}.json`, JSON.stringify(item)] as const
    }),
  )
}

function edited(
  files: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
  step: Step,
): ReadonlyMap<string, string> {
  const path = `${step.type}-${step.at}.json`
  const text = step.gone ? undefined : others.get(path)
  const next = new Map(files)
  if (text === undefined) next.delete(path)
  else next.set(path, text)
  return next
}

function loadAll(files: ReadonlyMap<string, string>, previous?: Loaded): Loaded {
  return load(
    [...files].map(([path, text]) => ({ path, text, counts: true })),
    previous,
  )
}

function told(verdict: Verdict | undefined): string {
  if (!verdict) return 'nobody'
  const { allowed, partial, undetermined, egress, ingress } = verdict
  const evidence = [egress, ingress].map((half) =>
    half.evidence.map(({ policyName, index, ports, unknownPorts }) => [
      policyName,
      index,
      formatPorts(ports),
      formatPorts(unknownPorts),
    ]),
  )
  return JSON.stringify([
    [allowed, partial, undetermined].map(formatPorts),
    egress.isolated,
    ingress.isolated,
    evidence,
  ])
}

function answers(evaluation: Evaluation): readonly string[] {
  const { workloads } = evaluation.cluster
  const ends: readonly PodEnd[] = [
    ...workloads.flatMap(({ pods }) => pods.map(({ namespace, name }) => ({ namespace, pod: name }))),
    ...OUTSIDE,
  ]
  const pairs = ends.flatMap((from) =>
    ends.map((to) => `${JSON.stringify([from, to])} ${told(verdictOfPods(evaluation, from, to))}`),
  )
  const names = workloads.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
  const toInternet = names.map((own) => `${own.workload} ${told(verdictOf(evaluation, own, { internet: true }))}`)
  return [...pairs, ...toInternet]
}

test(`after any edits the evaluation answers as a new one does (${SEQUENCES} random sequences)`, () => {
  let carried = 0
  fc.assert(
    fc.property(tieredClusters, tieredClusters, steps, (cluster, other, todo) => {
      let files = filesOf(cluster)
      let loaded = loadAll(files)
      let evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
      answers(evaluation)
      for (const step of todo) {
        files = edited(files, filesOf(other), step)
        loaded = loadAll(files, loaded)
        const before = evaluation
        evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings, before)
        if (evaluation.table === before.table) carried++
        expect(answers(evaluation)).toEqual(answers(evaluate(loaded.cluster, loaded.policies, loaded.settings)))
      }
    }),
    { numRuns: SEQUENCES },
  )
  // Else nothing was tested.
  expect(carried).toBeGreaterThan(SEQUENCES / 4)
}, 600_000)

test('the evaluation before an edit goes on answering as it did', () => {
  fc.assert(
    fc.property(tieredClusters, tieredClusters, steps, (cluster, other, todo) => {
      const loaded = loadAll(filesOf(cluster))
      const first = evaluate(loaded.cluster, loaded.policies, loaded.settings)
      const expected = answers(evaluate(loaded.cluster, loaded.policies, loaded.settings))
      let [files, now, evaluation] = [filesOf(cluster), loaded, first]
      for (const step of todo) {
        files = edited(files, filesOf(other), step)
        now = loadAll(files, now)
        evaluation = evaluate(now.cluster, now.policies, now.settings, evaluation)
        answers(evaluation)
        reachabilityOf(evaluation)
      }
      expect(answers(first)).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})

/** All pairs of classes that have pods or addresses, with what is sure and what may be. */
function pairs(reach: Reachability, ids: readonly number[]): ReadonlyMap<string, string> {
  const text = (id: number): string => formatPorts(reach.book.setOf(id))
  return new Map(
    ids.flatMap((from) =>
      ids.map((to) => {
        const { sure, perhaps } = portsOfPair(reach, from, to)
        return [`${from} ${to}`, `${text(sure)} | ${text(perhaps)}`] as const
      }),
    ),
  )
}

// What a class is does not change while the table stays: it is asked about by one and the same id before and after.
function livingIds({ cluster, table, anywhere }: Evaluation): readonly number[] {
  const own = cluster.workloads.flatMap(({ pods }) => pods.flatMap((pod) => classesOf(table, pod).map(({ id }) => id)))
  return [...new Set([...Array.from({ length: anywhere.id + 1 }, (_, i) => i), ...own])]
}

test('rows that go on say what new ones say, and the changes between them are all that differs', () => {
  let carried = 0
  fc.assert(
    fc.property(tieredClusters, tieredClusters, steps, (cluster, other, todo) => {
      let files = filesOf(cluster)
      let loaded = loadAll(files)
      let evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
      let reach = reachabilityOf(evaluation)
      for (const step of todo) {
        const [before, was] = [evaluation, reach]
        files = edited(files, filesOf(other), step)
        loaded = loadAll(files, loaded)
        evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings, before)
        reach = reachabilityOf(evaluation, was)
        if (evaluation.table !== before.table) continue
        carried++
        const ids = livingIds(evaluation)
        const now = pairs(reach, ids)
        expect(now).toEqual(pairs(reachabilityOf(evaluation), ids))
        const differ = before.cluster === evaluation.cluster ? differing(pairs(was, ids), now) : changed(was, reach)
        expect(changed(was, reach)).toEqual(differ)
      }
    }),
    { numRuns: 1000 },
  )
  expect(carried).toBeGreaterThan(250)
}, 600_000)

function changed(before: Reachability, after: Reachability): readonly string[] {
  const { cells } = changesBetween(before, after)
  const rows = Array.from({ length: cells.length / CELL.width }, (_, i) =>
    cells.subarray(i * CELL.width, (i + 1) * CELL.width),
  )
  return rows.map((row) => `${row[CELL.from]} ${row[CELL.to]}`).toSorted()
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...after].flatMap(([pair, text]) => (before.get(pair) === text ? [] : [pair])).toSorted()
}

const relabelled = (labels: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'x', labels },
    status: { podIP: '10.0.0.1' },
  })

test('a pod that is relabelled changes what is told of its class', () => {
  const policy = JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny', namespace: 'x' },
    spec: { podSelector: { matchLabels: { app: 'web' } } },
  })
  const namespace = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } })
  const filesWith = (labels: object) =>
    new Map([
      ['n', namespace],
      ['policy', policy],
      ['pod', relabelled(labels)],
    ])
  const first = loadAll(filesWith({ app: 'web' }))
  const open = evaluate(first.cluster, first.policies, first.settings)
  const before = reachabilityOf(open)
  const second = loadAll(filesWith({ app: 'api' }), first)
  const after = reachabilityOf(evaluate(second.cluster, second.policies, second.settings, open), before)
  const { cells, moved } = changesBetween(before, after)
  expect(after.evaluation.table).toBe(open.table)
  expect(moved).toHaveLength(1)
  // From every part of the address space, and from anywhere, it may be reached now.
  expect(cells.length / CELL.width).toBe(after.evaluation.anywhere.id + 1)
})

const podText = (name: string): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'x', labels: { app: 'web' } } })

test('a pod that only moves up is not counted again', () => {
  const first = loadAll(new Map(['a', 'b', 'c'].map((name) => [name, podText(name)])))
  const before = evaluate(first.cluster, first.policies, first.settings)
  expect(countsOf(before).at(-1)).toBe(3)
  const second = loadAll(new Map(['b', 'c'].map((name) => [name, podText(name)])), first)
  const after = evaluate(second.cluster, second.policies, second.settings, before)
  expect(after.table).toBe(before.table)
  expect(countsOf(after).at(-1)).toBe(2)
})
