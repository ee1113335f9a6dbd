import { load } from '#core/load/load.ts'
import { isNoPorts, type Protocol, PROTOCOLS } from '#core/model/ports.ts'
import type { Verdict } from '#core/model/verdict.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, type PodEnd, verdictOfPods } from './evaluate.ts'
import { clusters, manifestsOf } from './random.testkit.ts'
import { type RawCluster, type RawEnd, referenceAllows } from './reference.testkit.ts'

const RUNS = 2000
const OUTSIDE: readonly RawEnd[] = ['203.0.113.9', '203.0.113.77', '10.0.9.9', '2001:db8::1'].map((ip) => ({ ip }))
const PORTS = [53, 80, 81, 8080, 9999]

const endOf = (end: RawEnd): PodEnd => ('labels' in end ? { namespace: end.namespace, pod: end.name } : { ip: end.ip })
const nameOf = (end: RawEnd): string => ('labels' in end ? `${end.namespace}/${end.name}` : end.ip)

function opens(verdict: Verdict, protocol: Protocol, port: number): boolean {
  return verdict.allowed[protocol].some(({ from, to }) => from <= port && port <= to)
}

function disagreements(cluster: RawCluster, verdictFor: (from: RawEnd, to: RawEnd) => Verdict): string[] {
  const found: string[] = []
  const ends = [...cluster.pods, ...OUTSIDE]
  for (const from of ends)
    for (const to of ends) {
      if (from === to || !('labels' in from || 'labels' in to)) continue
      const verdict = verdictFor(from, to)
      if (!isNoPorts(verdict.undetermined) || !isNoPorts(verdict.partial))
        found.push(`${nameOf(from)} → ${nameOf(to)}: not sure`)
      for (const protocol of PROTOCOLS)
        for (const port of PORTS) {
          const expected = referenceAllows(cluster, from, to, protocol, port)
          if (opens(verdict, protocol, port) !== expected)
            found.push(
              `${nameOf(from)} → ${nameOf(to)} ${protocol} ${port}: ${expected ? 'allowed' : 'denied'} by the reference`,
            )
        }
    }
  return found
}

test(`the engine agrees with the slow pairwise reference on ${RUNS} random clusters`, () => {
  fc.assert(
    fc.property(clusters, (cluster) => {
      const loaded = load([{ path: 'cluster.json', text: manifestsOf(cluster), counts: true }])
      expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
      const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
      expect(disagreements(cluster, (from, to) => verdictOfPods(evaluation, endOf(from), endOf(to)))).toEqual([])
    }),
    { numRuns: RUNS },
  )
})
