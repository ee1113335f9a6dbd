import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isolationOf, verdictOf } from '#core/evaluate/evaluate.ts'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import { type End, endId } from '#core/model/end.ts'
import { intersectPorts, isNoPorts, type PortSet, subtractPorts, unitePorts } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { statusOf } from '#core/model/status.ts'
import { applied, planOf, unlisted, unwanted, type World, worldOf } from './deny.testkit.ts'
import { workloadsOf } from './peers.ts'

const OUTSIDE: readonly End[] = [
  { internet: true },
  { cidr: '10.0.0.0/16' },
  { cidr: '203.0.113.0/24', except: ['203.0.113.9/32'] },
  { host: '198.51.100.7' },
]
const PORTS = [[], ['TCP/80'], ['UDP/53'], ['TCP/8080', 'TCP/8090-8100'], ['TCP/http'], ['SCTP']]
const scene = clusters.map((cluster) => {
  const text = JSON.stringify(JSON.parse(manifestsOf(cluster)), null, 2)
  return [{ path: 'cluster.json', text, counts: true }]
})
const choice = fc.record({ pick: fc.nat(), ports: fc.constantFrom(...PORTS), next: fc.constantFrom(...PORTS) })

/** The documents that no denial has to touch, as they are written. */
function untouched(files: World['files']): string {
  const text = files.find(({ path }) => path === 'cluster.json')?.text ?? ''
  return text.slice(0, text.indexOf('"kind": "NetworkPolicy"') + 1)
}

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
  const inside = all.filter(({ from, to }) => 'namespace' in from || 'namespace' in to)
  return inside.filter((edge) => isOpen(world, edge, askedAt(world, edge.to, ports)))
}

function isAssumed({ evaluation }: World, { from, to }: { readonly from: End; readonly to: End }): boolean {
  return [from, to].some((end) => evaluation.workloads.get(endId(end))?.assumed === true)
}

test('an open edge that is denied is closed afterwards, or it is refused with a reason; whatever else changes is listed', () => {
  let [denied, clean] = [0, 0]
  fc.assert(
    fc.property(scene, choice, (files, { pick, ports }) => {
      const before = worldOf(files)
      const edges = openEdges(before, ports)
      const edge = edges[pick % edges.length]
      if (!edge) return
      const made = planOf(before, { type: 'deny', ...edge, ports })
      expect(made.refusal === undefined ? [] : made.changes).toEqual([])
      expect((made.refusal ?? made.sentences.join(' ')).length).toBeGreaterThan(20)
      if (made.refusal !== undefined) return
      denied++
      for (const way of [made, ...made.others]) {
        const after = worldOf(applied(files, way))
        const verdict = verdictOf(after.evaluation, edge.from, edge.to)
        // A workload that only a rule spoke of goes with what was said about it.
        const isGone = !verdict && isAssumed(before, edge)
        expect(verdict && statusOf(verdict, askedAt(before, edge.to, ports))).toBe(isGone ? undefined : 'denied')
        expect(unlisted(before, after, way)).toEqual([])
        expect(way.needsPreview).toBe(true)
        expect(untouched(after.files)).toBe(untouched(files))
        expect(after.loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(after.loaded.checks.map((check) => check.expect)).toEqual(['denied'])
      }
      if (unwanted(made).length === 0) clean++
    }),
    { numRuns: 200 },
  )
  expect(clean).toBeGreaterThan(20)
  expect(denied).toBeGreaterThan(60)
})

test('an open edge that gets other ports has these, and no more of the old ones; whatever else changes is listed', () => {
  let changed = 0
  fc.assert(
    fc.property(scene, choice, (files, { pick, ports, next }) => {
      const before = worldOf(files)
      const edges = openEdges(before, ports)
      const edge = edges[pick % edges.length]
      if (!edge) return
      const made = planOf(before, { type: 'change-ports', ...edge, ports, next })
      expect(made.refusal === undefined ? [] : made.changes).toEqual([])
      if (made.refusal !== undefined) return
      changed++
      const fresh = askedAt(before, edge.to, next)
      const gone = subtractPorts(askedAt(before, edge.to, ports), fresh)
      for (const way of [made, ...made.others]) {
        const after = worldOf(applied(files, way))
        const verdict = verdictOf(after.evaluation, edge.from, edge.to)
        expect(verdict && statusOf(verdict, fresh)).toBe('allowed')
        expect(isOpen(after, edge, gone)).toBe(false)
        expect(untouched(after.files)).toBe(untouched(files))
        expect(unlisted(before, after, way)).toEqual([])
        expect(after.loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(after.loaded.checks.map((check) => check.ports)).toEqual([next])
      }
    }),
    { numRuns: 120 },
  )
  expect(changed).toBeGreaterThan(20)
})

test('a workload that is isolated takes nothing more but what is kept, and is as before when it is opened again', () => {
  let isolated = 0
  fc.assert(
    fc.property(scene, fc.nat(), fc.constantFrom('ingress', 'egress'), fc.boolean(), (files, pick, direction, dns) => {
      const before = worldOf(files)
      const { workloads } = before.evaluation.cluster
      const own = workloads[pick % workloads.length]
      if (!own) return
      const end = { namespace: own.namespace, workload: `${own.kind}/${own.name}` }
      const intent = { type: 'isolate', end, direction, dns } as const
      const made = planOf(before, { ...intent, on: true })
      // What isolates it already stays.
      if (made.refusal !== undefined || isolationOf(before.evaluation, own.id, direction) !== 'no') return
      isolated++
      for (const way of [made, ...made.others]) {
        const after = worldOf(applied(files, way))
        expect(isolationOf(after.evaluation, own.id, direction)).toBe('yes')
        expect(unlisted(before, after, way)).toEqual([])
        expect(way.opens).toEqual([])
      }
      for (const way of [made, ...made.others]) {
        const locked = worldOf(applied(files, way))
        const again = planOf(locked, { ...intent, on: false })
        expect(again.refusal).toBeUndefined()
        expect(applied(locked.files, again)).toEqual(files)
      }
    }),
    { numRuns: 80 },
  )
  expect(isolated).toBeGreaterThan(10)
})
