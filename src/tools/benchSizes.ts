import { changesBetween } from '#core/evaluate/changes.ts'
import { evaluate, type Evaluation } from '#core/evaluate/evaluate.ts'
import { type Reachability, portsOfPair, reachabilityOf } from '#core/evaluate/reachability.ts'
import { explain } from '#core/explain/explain.ts'
import type { Cluster } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import type { Policy } from '#core/model/rule.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { bigCluster, editPod, editPolicy } from './bigCluster.ts'
import { referenceMicros } from './benchReference.ts'

/** One line of the table of sizes: times in milliseconds, memory in megabytes. */
export interface SizeRow {
  readonly pods: number
  readonly policies: number
  readonly classes: number
  /** Evaluation and the rows of all classes in both directions: the first time, and the median of all. */
  readonly first: number
  readonly cold: number
  /** Looking up every pair of classes in the rows. */
  readonly pairs: number
  /** One policy, one pod changed: to the list of changed connections; median and 95th percentile. */
  readonly policy: Spread
  readonly pod: Spread
  readonly explain: number
  readonly memory: number
  /** How many times longer the pairwise reference takes for all pairs of pods and a few ports; undefined where it can't. */
  readonly ratio?: number | undefined
}

interface Spread {
  readonly median: number
  readonly p95: number
}

const EDITS = 40
const EXPLAINED = 50
const PORTS_ASKED = 4
const MEGABYTE = 2 ** 20

/** Measures one size of seeded cluster. The reference is asked a sample of questions where there are at most so many pods. */
export function measureSize({
  pods,
  policies,
  repeats,
  compare,
}: {
  readonly pods: number
  readonly policies: number
  readonly repeats: number
  readonly compare: boolean
}): SizeRow {
  const world = bigCluster({ pods, policies })
  const before = used()
  const colds = Array.from({ length: repeats }, () => timed(() => cold(world.cluster, world.policies)))
  const last = colds.at(-1)
  if (!last) throw new Error('Nothing was measured.')
  const reach = last.result
  const memory = (used() - before) / MEGABYTE
  const cold50 = median(colds.map(({ ms }) => ms))
  const pairs = timed(() => lookUpAll(reach)).ms
  const micros = compare ? referenceMicros(world.cluster, world.policies, PORTS_ASKED) : undefined
  return {
    pods,
    policies,
    classes: reach.evaluation.podClasses.length,
    first: colds[0]?.ms ?? 0,
    cold: cold50,
    pairs,
    policy: edits(reach, world.policies, (list, i) => ({ cluster: world.cluster, policies: editPolicy(list, i) })),
    pod: podEdits(reach, world),
    explain: explained(reach.evaluation),
    memory,
    ratio: micros === undefined ? undefined : (micros * pods * pods * PORTS_ASKED) / 1000 / (cold50 + pairs),
  }
}

function cold(cluster: Cluster, policies: readonly Policy[]): Reachability {
  return reachabilityOf(evaluate(cluster, policies, DEFAULT_SETTINGS))
}

// The sum keeps the work from being optimised away.
function lookUpAll(reach: Reachability): number {
  let sum = 0
  for (let from = 0; from < reach.size; from++)
    for (let to = 0; to < reach.size; to++) sum += portsOfPair(reach, from, to).sure
  return sum
}

interface World {
  readonly cluster: Cluster
  readonly policies: readonly Policy[]
}

function edits(
  start: Reachability,
  policies: readonly Policy[],
  edit: (list: readonly Policy[], i: number) => World,
): Spread {
  let [reach, list] = [start, policies]
  return spread((i) => {
    const next = edit(list, i * 37)
    list = next.policies
    return () => (reach = goOn(reach, next))
  })
}

function podEdits(start: Reachability, { cluster, policies }: World): Spread {
  let [reach, now] = [start, cluster]
  return spread((i) => {
    now = editPod(now, i * 17)
    return () => (reach = goOn(reach, { cluster: now, policies }))
  })
}

function goOn(before: Reachability, { cluster, policies }: World): Reachability {
  const after = reachabilityOf(evaluate(cluster, policies, DEFAULT_SETTINGS, before.evaluation), before)
  changesBetween(before, after)
  return after
}

function explained({ ...evaluation }: Evaluation): number {
  const { workloads } = evaluation.cluster
  const end = (i: number): End => {
    const own = workloads[i % workloads.length]
    return own ? { namespace: own.namespace, workload: `${own.kind}/${own.name}` } : { anywhere: true }
  }
  const times = Array.from(
    { length: EXPLAINED },
    (_, i) => timed(() => explain(evaluation, end(i * 13), end(i * 29 + 1), [])).ms,
  )
  return median(times)
}

function spread(prepare: (i: number) => () => unknown): Spread {
  const times = Array.from({ length: EDITS }, (_, i) => timed(prepare(i)).ms)
  const sorted = times.toSorted((a, b) => a - b)
  return { median: median(times), p95: sorted[Math.floor(EDITS * 0.95)] ?? 0 }
}

function timed<T>(run: () => T): { readonly ms: number; readonly result: T } {
  const begin = performance.now()
  const result = run()
  return { ms: performance.now() - begin, result }
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

// What is reachable: needs --expose-gc, as `npm run bench` has it.
function used(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
