import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import type { End } from '#core/model/end.ts'
import { intersectPorts, isNoPorts, type PortSet, unitePorts } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { statusOf } from '#core/model/status.ts'
import { applied, planOf, unlisted, type World, worldOf } from './deny.testkit.ts'
import { workloadsOf } from './peers.ts'

const OUTSIDE: readonly End[] = [
  { internet: true },
  { cidr: '10.0.0.0/16' },
  { cidr: '203.0.113.0/24', except: ['203.0.113.9/32'] },
  { host: '198.51.100.7' },
]
const PORTS = [[], ['TCP/80'], ['UDP/53'], ['TCP/8080', 'TCP/8090-8100'], ['TCP/http'], ['SCTP']]
const scene = clusters.map((cluster) => [{ path: 'cluster.json', text: manifestsOf(cluster), counts: true }])
const choice = fc.record({ pick: fc.nat(), ports: fc.constantFrom(...PORTS), next: fc.constantFrom(...PORTS) })

interface Edge {
  readonly from: End
  readonly to: End
}

function endsOf({ evaluation }: World): readonly End[] {
  const { workloads } = evaluation.cluster
  const pods = workloads.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))]
  return [...pods, ...namespaces.map((namespace) => ({ namespace })), ...OUTSIDE]
}

function askedAt({ evaluation }: World, to: End, ports: readonly string[]): PortSet {
  const pods = workloadsOf(evaluation, to).flatMap(({ pods: own }) => own.filter(({ finished }) => !finished))
  return askedPorts(ports, pods).ports
}

/** Is a port of it open, for one pod pair at least? */
function isOpen(world: World, { from, to }: Edge, ports: PortSet): boolean {
  const verdict = verdictOf(world.evaluation, from, to)
  return verdict !== undefined && !isNoPorts(intersectPorts(unitePorts(verdict.allowed, verdict.partial), ports))
}

function openEdges(world: World, ports: readonly string[]): readonly Edge[] {
  const ends = endsOf(world)
  const all = ends.flatMap((from) => ends.map((to) => ({ from, to })))
  return all.filter((edge) => isOpen(world, edge, askedAt(world, edge.to, ports)))
}

test('an open edge that is denied is closed afterwards, or it is refused with a reason; whatever else changes is listed', () => {
  let [denied, refused, clean] = [0, 0, 0]
  fc.assert(
    fc.property(scene, choice, (files, { pick, ports }) => {
      const before = worldOf(files)
      const edges = openEdges(before, ports)
      const edge = edges[pick % edges.length]
      if (!edge) return
      const made = planOf(before, { type: 'deny', ...edge, ports })
      if (made.refusal !== undefined) {
        refused++
        expect(made.refusal.length).toBeGreaterThan(20)
        expect(made.changes).toEqual([])
        return
      }
      denied++
      for (const way of [made, ...made.others]) {
        const after = worldOf(applied(files, way))
        const verdict = verdictOf(after.evaluation, edge.from, edge.to)
        expect(verdict && statusOf(verdict, askedAt(before, edge.to, ports))).toBe('denied')
        expect(unlisted(before, after, way)).toEqual([])
        expect(way.needsPreview).toBe(true)
        expect(after.loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(after.loaded.checks.map((check) => check.expect)).toEqual(['denied'])
      }
      if ([...made.opens, ...made.closes, ...made.other].every(({ wanted }) => wanted)) clean++
    }),
    { numRuns: 400 },
  )
  console.log({ denied, refused, clean })
  expect(denied).toBeGreaterThan(150)
})
