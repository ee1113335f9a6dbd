import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, type Evaluation, namedBlocks, verdictOf } from '#core/evaluate/evaluate.ts'
import { manifestsOf } from '#core/evaluate/random.testkit.ts'
import { tieredClusters } from '#core/evaluate/randomTiers.testkit.ts'
import type { RawCluster } from '#core/evaluate/raw.testkit.ts'
import { load, type Loaded } from '#core/load/load.ts'
import { type End, endId } from '#core/model/end.ts'
import { formatPorts, intersectPorts, isNoPorts, type PortSet, subtractPorts, unitePorts } from '#core/model/ports.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { differences } from './compare.ts'

const SEQUENCES = 200

/** Each object as a file of its own, so that those that stay keep their objects. */
function filesOf(cluster: RawCluster, settings: readonly string[]): ReadonlyMap<string, string> {
  const { items } = JSON.parse(manifestsOf(cluster)) as { items: { kind: string }[] }
  const counts = new Map<string, number>()
  const files = items.map(({ ...item }) => {
    const type = ['Pod', 'Namespace', 'Node'].includes(item.kind) ? item.kind : 'Policy'
    const at = counts.get(type) ?? 0
    counts.set(type, at + 1)
    return [`${type}-${at}`, JSON.stringify(item)] as const
  })
  const said = { apiVersion: 'drawbridge/v1alpha1', kind: 'DrawbridgeSettings', metadata: { name: 's' } }
  return new Map([...files, ['Settings-0', JSON.stringify({ ...said, podCIDRs: settings })]])
}

/** Somebody edits: another text for some of the files, or none. */
const edits = fc.array(
  fc.record({
    type: fc.constantFrom('Policy', 'Policy', 'Policy', 'Pod', 'Namespace', 'Node', 'Settings'),
    at: fc.nat(4),
    gone: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
)
const settings = fc.constantFrom(['10.0.0.0/16'], ['0.0.0.0/0', '::/0'])

function loadAll(files: ReadonlyMap<string, string>, previous?: Loaded): Loaded {
  return load(
    [...files].map(([path, text]) => ({ path: `${path}.json`, text, counts: true })),
    previous,
  )
}

function endsOf(
  before: Evaluation,
  after: Evaluation,
): { readonly inside: readonly End[]; readonly outside: readonly End[] } {
  const both = after.cluster.workloads.filter(
    ({ id, pods }) => before.workloads.has(id) && pods.some((pod) => !pod.finished),
  )
  return {
    inside: both.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` })),
    outside: [{ internet: true }, { anywhere: true }, ...namedBlocks(before), ...namedBlocks(after)],
  }
}

/** What pairwise verdicts say, of all pairs, without a thought about what an edit can have touched. */
function slowly(before: Evaluation, after: Evaluation): ReadonlyMap<string, string> {
  const { inside, outside } = endsOf(before, after)
  const shown = [...new Map([...namedBlocks(before), ...namedBlocks(after)].map((end) => [endId(end), end])).values()]
  const pairs = inside.flatMap((own) => [
    ...inside.map((other) => [own, other] as const),
    ...outside.flatMap((other) => [[own, other] as const, [other, own] as const]),
  ])
  const found = new Map<string, string>()
  for (const [from, to] of pairs) {
    if (endId(from) === endId(to) && podsOf(after, from) < 2) continue
    const [old, now] = [verdictOf(before, from, to, shown), verdictOf(after, from, to, shown)]
    const text = old && now ? lineOf(old, now) : ''
    if (text !== '') found.set(`${endId(from)} → ${endId(to)}`, text)
  }
  return found
}

function podsOf({ workloads }: Evaluation, end: End): number {
  return workloads.get(endId(end))?.pods.reduce((sum, { count }) => sum + count, 0) ?? 0
}

function lineOf(old: Verdict, now: Verdict): string {
  const unknown = unitePorts(old.undetermined, now.undetermined)
  const opened = subtractPorts(
    unitePorts(
      subtractPorts(now.allowed, old.allowed),
      subtractPorts(now.partial, unitePorts(old.allowed, old.partial)),
    ),
    unknown,
  )
  const closed = subtractPorts(
    unitePorts(
      subtractPorts(old.allowed, now.allowed),
      subtractPorts(old.partial, unitePorts(now.allowed, now.partial)),
    ),
    unknown,
  )
  return textOf(opened, closed, subtractPorts(unknown, intersectPorts(old.undetermined, now.undetermined)))
}

function textOf(...sets: readonly PortSet[]): string {
  return sets.every(isNoPorts) ? '' : sets.map(formatPorts).join(' | ')
}

function expectAll(before: Evaluation, after: Evaluation): ReadonlyMap<string, string> {
  const told = differences(before, after, []).map(({ from, to, opened, closed, other }) => [
    `${endId(from)} → ${endId(to)}`,
    textOf(opened, closed, other),
  ])
  expect(new Set(told.map(([pair]) => pair)).size).toBe(told.length)
  const expected = slowly(before, after)
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected))
  return expected
}

test(`all differences between two texts, and no others, as pairwise verdicts tell them (${SEQUENCES} random edits)`, () => {
  let [found, carried] = [0, 0]
  fc.assert(
    fc.property(tieredClusters, tieredClusters, edits, settings, settings, (cluster, other, todo, one, two) => {
      const [files, others] = [filesOf(cluster, one), filesOf(other, two)]
      const next = new Map(files)
      for (const { type, at, gone } of todo) {
        const text = gone ? undefined : others.get(`${type}-${at}`)
        if (text === undefined) next.delete(`${type}-${at}`)
        else next.set(`${type}-${at}`, text)
      }
      const was = loadAll(files)
      const is = loadAll(next, was)
      const before = evaluate(was.cluster, was.policies, was.settings)
      const after = evaluate(is.cluster, is.policies, is.settings, before)
      const expected = expectAll(before, after)
      // The one that came later may as well be the one before.
      expectAll(after, before)
      found += expected.size
      carried += Number(after.table === before.table)
    }),
    { numRuns: SEQUENCES },
  )
  // Else nothing was tested.
  expect(found).toBeGreaterThan(SEQUENCES)
  expect(carried).toBeGreaterThan(SEQUENCES / 5)
}, 600_000)
