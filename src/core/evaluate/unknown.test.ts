import { load } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import {
  coversPorts,
  intersectPorts,
  type PortSet,
  subtractPorts,
  unitePorts,
  ALL_PORTS,
  NO_PORTS,
  equalPorts,
} from '#core/model/ports.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, type Evaluation, type PodEnd, verdictOf, verdictOfPods } from './evaluate.ts'
import { clusters, manifestsOf } from './random.testkit.ts'
import { tieredClusters } from './randomTiers.testkit.ts'
import type { RawCluster, RawPod } from './raw.testkit.ts'

const NAMESPACES = ['x', 'y', 'z']

interface Gaps {
  readonly addresses: readonly boolean[]
  readonly nodes: readonly boolean[]
  readonly namespaces: readonly string[]
  readonly nodeObjects: readonly string[]
}

/** What the manifests don't say: which pods' addresses, which pods' nodes, which Namespace objects; all Node objects. */
const gaps = fc.record({
  addresses: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  nodes: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  namespaces: fc.subarray(NAMESPACES),
  nodeObjects: fc.subarray(['n1', 'n2']),
})

function evaluated(cluster: RawCluster): Evaluation {
  const loaded = load([{ path: 'cluster.json', text: manifestsOf(cluster), counts: true }])
  return evaluate(loaded.cluster, loaded.policies, DEFAULT_SETTINGS)
}

const endOf = ({ namespace, name }: RawPod): PodEnd => ({ namespace, pod: name })
const perhaps = ({ allowed, undetermined }: { allowed: PortSet; undetermined: PortSet }): PortSet =>
  unitePorts(allowed, undetermined)

// A hidden IPv6 address is none that a pod of an IPv4 cluster may have, so those stay known. So does that of a hostNetwork
// pod where it is one of several that its node has: without its own it would have them all.
function hide(cluster: RawCluster, { addresses, nodes, namespaces, nodeObjects }: Gaps): RawCluster {
  return {
    ...cluster,
    namespaces: cluster.namespaces.filter(({ name }) => !namespaces.includes(name)),
    nodes: cluster.nodes.filter(({ name }) => !nodeObjects.includes(name)),
    pods: cluster.pods.map((pod, i) => ({
      ...pod,
      ip: addresses[i] && !pod.ip.includes(':') && !isOneOfSeveral(cluster, pod) ? '' : pod.ip,
      node: nodes[i] ? '' : pod.node,
    })),
  }
}

function isOneOfSeveral({ nodes }: RawCluster, { hostNetwork, node }: RawPod): boolean {
  return hostNetwork && nodes.some(({ name, ips }) => name === node && ips.length > 1)
}

test.each([
  ['NetworkPolicies alone', clusters],
  ['policies of every tier', tieredClusters],
])('whatever is hidden, what is sure stays true: allowed stays allowed, denied stays denied (%s)', (_, random) => {
  fc.assert(
    fc.property(random, gaps, (cluster, hidden) => {
      const full = evaluated(cluster)
      const part = evaluated(hide(cluster, hidden))
      for (const from of cluster.pods)
        for (const to of cluster.pods) {
          const truth = verdictOfPods(full, endOf(from), endOf(to))
          const guess = verdictOfPods(part, endOf(from), endOf(to))
          expect(coversPorts(truth.allowed, guess.allowed), `${from.name} → ${to.name} allowed`).toBe(true)
          expect(coversPorts(perhaps(guess), perhaps(truth)), `${from.name} → ${to.name} denied`).toBe(true)
        }
    }),
    { numRuns: 500 },
  )
})

test('the answer for namespaces is what all their pairs of pods have in common', () => {
  fc.assert(
    fc.property(clusters, (cluster) => {
      const evaluation = evaluated(cluster)
      for (const from of NAMESPACES)
        for (const to of NAMESPACES) {
          const all = pairsOf(cluster, from, to).map(([a, b]) => verdictOfPods(evaluation, endOf(a), endOf(b)).allowed)
          if (all.length === 0) continue
          const every = all.reduce(intersectPorts, ALL_PORTS)
          const some = subtractPorts(all.reduce(unitePorts, NO_PORTS), every)
          const verdict = verdictOf(evaluation, endIn(from), endIn(to))
          expect(verdict && equalPorts(verdict.allowed, every), `${from} → ${to} allowed`).toBe(true)
          expect(verdict && equalPorts(verdict.partial, some), `${from} → ${to} partial`).toBe(true)
        }
    }),
    { numRuns: 500 },
  )
})

const endIn = (namespace: string): End => ({ namespace })

// Pods that share no address family are not asked about together where others do.
function pairsOf({ pods }: RawCluster, from: string, to: string): readonly (readonly [RawPod, RawPod])[] {
  const inside = (namespace: string): readonly RawPod[] => pods.filter((pod) => pod.namespace === namespace)
  const all = inside(from).flatMap((a) => inside(to).flatMap((b) => (a === b ? [] : [[a, b] as const])))
  const sharing = all.filter(([a, b]) => a.ip.includes(':') === b.ip.includes(':'))
  return sharing.length > 0 ? sharing : all
}
