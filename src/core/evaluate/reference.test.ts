import { load } from '#core/load/load.ts'
import { type Protocol, PROTOCOLS } from '#core/model/ports.ts'
import type { Verdict } from '#core/model/verdict.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, type PodEnd, verdictOf, verdictOfPods } from './evaluate.ts'
import { clusters, manifestsOf } from './random.testkit.ts'
import { tieredClusters } from './randomTiers.testkit.ts'
import type { RawCluster, RawEnd, RawPod } from './raw.testkit.ts'
import { referenceVerdict } from './reference.testkit.ts'

const RUNS = 2000
const PATIENCE = 600_000 // ms, on a machine that others use too
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

/** Hosts by name, with those of the random policies' domain names that are theirs. */
const HOSTS: readonly (readonly [string, readonly string[]])[] = [
  ['a.example.com', ['a.example.com']],
  ['www.b.example.com', ['*.b.example.com']],
  ['b.example.com', []],
]

test('what is sure about a host by name holds whatever address it has', () => {
  fc.assert(
    fc.property(tieredClusters, (cluster) => {
      const loaded = load([{ path: 'cluster.json', text: manifestsOf(cluster), counts: true }])
      const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
      const found = HOSTS.flatMap(([host, names]) =>
        cluster.pods.flatMap((pod) => {
          const verdict = verdictOf(evaluation, { namespace: pod.namespace, workload: `Pod/${pod.name}` }, { host })
          return verdict ? contradictions(cluster, pod, { host, names }, verdict) : [`${host} is nobody`]
        }),
      )
      expect(found).toEqual([])
    }),
    { numRuns: 500 },
  )
})

function contradictions(
  cluster: RawCluster,
  pod: RawPod,
  { host, names }: { readonly host: string; readonly names: readonly string[] },
  verdict: Verdict,
): readonly string[] {
  const isOfNode = (ip: string): boolean => cluster.nodes.some(({ ips }) => ips.includes(ip))
  const possible = OUTSIDE.filter((ip) => ip.includes(':') === pod.ip.includes(':') && !isOfNode(ip))
  return possible.flatMap((ip) =>
    PROTOCOLS.flatMap((protocol) =>
      PORTS.flatMap((port) => {
        const answer = told(verdict, protocol, port)
        const truth = referenceVerdict(cluster, pod, { ip, names }, { protocol, port })
        const where = `${nameOf(pod)} → ${host} (${ip}) ${protocol} ${port}`
        return answer === truth || answer === 'undetermined' ? [] : [`${where}: ${answer}, ${truth} by the reference`]
      }),
    ),
  )
}
