import { load } from '#core/load/load.ts'
import { type Protocol, PROTOCOLS } from '#core/model/ports.ts'
import type { Verdict } from '#core/model/verdict.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, type PodEnd, verdictOfPods } from './evaluate.ts'
import { clusters, manifestsOf } from './random.testkit.ts'
import { tieredClusters } from './randomTiers.testkit.ts'
import type { RawCluster, RawEnd } from './raw.testkit.ts'
import { referenceVerdict } from './reference.testkit.ts'

const RUNS = 2000
const PATIENCE = 180_000 // ms; a tenth of it where nobody else works
const OUTSIDE = ['203.0.113.9', '203.0.113.77', '10.0.9.9', '2001:db8::1']
const PORTS = [53, 80, 81, 8080, 9999]

const endOf = (end: RawEnd): PodEnd => ('labels' in end ? { namespace: end.namespace, pod: end.name } : { ip: end.ip })
const nameOf = (end: RawEnd): string => ('labels' in end ? `${end.namespace}/${end.name}` : end.ip)

// Addresses of nodes are asked about as outside ends too, since nobody can tell them from the packet.
function endsOf({ pods, nodes }: RawCluster): readonly RawEnd[] {
  const ips = new Set([...OUTSIDE, ...nodes.flatMap((node) => node.ips)])
  return [...pods, ...[...ips].map((ip) => ({ ip }))]
}

function told({ allowed, partial, undetermined }: Verdict, protocol: Protocol, port: number): string {
  const sets = Object.entries({ allowed, partial, undetermined })
  const holding = sets.filter(([, set]) => set[protocol].some(({ from, to }) => from <= port && port <= to))
  return holding.length === 0 ? 'denied' : holding.map(([name]) => name).join(' and ')
}

function disagreements(cluster: RawCluster, verdictFor: (from: RawEnd, to: RawEnd) => Verdict): string[] {
  const found: string[] = []
  const ends = endsOf(cluster)
  for (const from of ends)
    for (const to of ends) {
      if (from === to || !('labels' in from || 'labels' in to)) continue
      const verdict = verdictFor(from, to)
      for (const protocol of PROTOCOLS)
        for (const port of PORTS) {
          const expected = referenceVerdict(cluster, from, to, { protocol, port })
          const answer = told(verdict, protocol, port)
          if (answer !== expected)
            found.push(`${nameOf(from)} → ${nameOf(to)} ${protocol} ${port}: ${answer}, ${expected} by the reference`)
        }
    }
  return found
}

describe(`the engine agrees with the slow pairwise reference on ${RUNS} random clusters`, () => {
  test.each([
    ['NetworkPolicies alone', clusters],
    ['policies of every tier', tieredClusters],
  ])(
    'with %s',
    (_, random) => {
      fc.assert(
        fc.property(random, (cluster) => {
          const loaded = load([{ path: 'cluster.json', text: manifestsOf(cluster), counts: true }])
          expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
          const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
          expect(disagreements(cluster, (from, to) => verdictOfPods(evaluation, endOf(from), endOf(to)))).toEqual([])
        }),
        { numRuns: RUNS },
      )
    },
    PATIENCE,
  )
})
