import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import type { RawPolicy } from '#core/evaluate/raw.testkit.ts'
import { askedOf } from '#core/explain/asked.ts'
import { explain } from '#core/explain/explain.ts'
import type { SourceFile } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import type { Plan } from '#core/model/intent.ts'
import type { NearMiss } from '#core/model/nearMiss.ts'
import { statusOf } from '#core/model/status.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { applied, covers, planOf, unlisted, type World, worldOf } from './deny.testkit.ts'

const OUTSIDE: readonly End[] = [{ internet: true }, { cidr: '203.0.113.0/24' }, { host: '203.0.113.9' }]
const PORTS = [[], ['TCP/80'], ['TCP/8080'], ['UDP/53'], ['TCP/80', 'TCP/8080-8090'], ['TCP/http']]

// Policies as somebody keeps them, and as one dump.
const scenes = fc.tuple(clusters, fc.boolean()).map(([cluster, isDump]): readonly SourceFile[] =>
  isDump
    ? [{ path: 'all.json', text: manifestsOf(cluster), counts: true }]
    : [
        { path: 'cluster.json', text: manifestsOf({ ...cluster, policies: [] }), counts: true },
        { path: 'policies.yaml', text: cluster.policies.map(textOf).join('---\n'), counts: true },
      ],
)

function textOf({ namespace, name, spec }: RawPolicy): string {
  const object = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec }
  return writeYaml(object, { indent: 2, indentLists: true })
}

function endsOf({ evaluation }: World): readonly End[] {
  const loaded = evaluation.cluster.workloads.filter(({ assumed }) => !assumed)
  const pods = loaded.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
  const namespaces = [...new Set(loaded.map(({ namespace }) => namespace))]
  return [...pods, ...pods, ...namespaces.map((namespace) => ({ namespace })), ...OUTSIDE]
}

const RUNS = 120

interface Edge {
  readonly from: End
  readonly to: End
  readonly ports: readonly string[]
}

function statusIn(world: World, { from, to, ports }: Edge): string {
  const verdict = verdictOf(world.evaluation, from, to)
  return verdict ? statusOf(verdict, askedOf(world.evaluation, to, ports).ports) : 'missing'
}

/** What is wrong with one way of a plan, in words. */
function faultsOf(before: World, edge: Edge, made: Plan): readonly string[] {
  const after = worldOf(applied(before.files, made))
  const status = statusIn(after, edge)
  const quiet = made.needsPreview ? [] : ['not shown first']
  const missing = unlisted(before, after, made).map(([from, to]) => `unlisted ${JSON.stringify([from, to])}`)
  // Other documents than policies and checks are not touched.
  const cluster = after.files.find(({ path }) => path === 'cluster.json')
  const touched = cluster && cluster.text !== before.files[0]?.text ? ['cluster touched'] : []
  const known = new Set(before.loaded.problems.map(({ message }) => message))
  const problems = after.loaded.problems.filter(({ severity, message }) => severity === 'error' && !known.has(message))
  return [
    ...(status === 'allowed' ? [] : [`${made.title}: ${status}`]),
    ...quiet,
    ...missing,
    ...touched,
    ...problems.map(({ message }) => message),
  ]
}

/** The first edge of all, counted from a place, of which a half is denied. */
function deniedEdge(
  world: World,
  start: number,
  ports: readonly string[],
): (Edge & { misses: readonly NearMiss[] }) | undefined {
  const ends = endsOf(world)
  const all = ends.flatMap((from) => ends.flatMap((to) => (covers(from, to) ? [] : [{ from, to, ports }])))
  for (const at of all.keys()) {
    const edge = all[(start + at) % all.length]
    const halves = edge ? explain(world.evaluation, edge.from, edge.to, ports).halves : []
    const misses = halves.flatMap((half) => half.misses)
    if (edge && misses.length > 0) return { ...edge, misses }
  }
  return undefined
}

test('each fix of a near miss opens the connection and lists all else that changes, or there is a reason why none is offered', () => {
  const counts = { misses: 0, fixed: 0, mended: 0 }
  fc.assert(
    fc.property(scenes, fc.nat(), fc.constantFrom(...PORTS), (files, start, ports) => {
      const before = worldOf(files)
      const edge = deniedEdge(before, start, ports)
      if (!edge) return
      const { from, to, misses } = edge
      for (const miss of misses) {
        counts.misses++
        const made = planOf(before, { type: 'repair', from, to, ports, miss })
        const ways = made.refusal === undefined ? [made, ...made.others] : []
        expect(made.refusal ?? '-').not.toBe('')
        expect(ways.flatMap((way) => faultsOf(before, edge, way))).toEqual([])
        counts.fixed += Math.min(ways.length, 1)
        counts.mended += /^(?:Change|Add|Take|Make|Allow)/.test(made.title) ? 1 : 0
      }
    }),
    { numRuns: RUNS },
  )
  expect(counts.misses).toBeGreaterThan(RUNS / 4)
  expect(counts.fixed).toBeGreaterThan(counts.misses / 4)
  expect(counts.mended).toBeGreaterThan(RUNS / 12)
})
