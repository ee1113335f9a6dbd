import { load, type Loaded } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import type { Settings } from '#core/model/settings.ts'
import { PROFILES } from '#core/profiles/index.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { told } from './build.testkit.ts'
import { namedBlocks, verdictOf } from './evaluate.ts'
import { evaluateWithProfile, type Profiled, verdictUnder } from './profiled.ts'
import { manifestsOf } from './random.testkit.ts'
import { tieredClusters } from './randomTiers.testkit.ts'
import type { RawCluster } from './raw.testkit.ts'

const RUNS = 40

const loaded = (cluster: RawCluster, before?: Loaded): Loaded =>
  load([{ path: 'all.json', text: manifestsOf(cluster), counts: true }], before)

const under = (settings: Settings, id: string): Settings => ({ ...settings, profile: { id } })

const endsOf = ({ reference }: Profiled): readonly End[] => [
  ...reference.cluster.workloads.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` })),
  { internet: true },
  { cidr: '203.0.113.9/32' },
  ...reference.cluster.nodes.map(({ name }) => ({ node: name })),
]

function answersOf(profiled: Profiled): readonly string[] {
  const ends = endsOf(profiled)
  return ends.flatMap((from) =>
    ends.map((to) => {
      const verdict = verdictUnder(profiled, from, to)
      return JSON.stringify([
        from,
        to,
        told(verdict?.verdict),
        verdict?.deviations.map(({ fact, note }) => [fact, note]),
      ])
    }),
  )
}

test(`for the reference nothing changes (${RUNS} random clusters)`, () => {
  fc.assert(
    fc.property(tieredClusters, (cluster) => {
      const { cluster: own, policies, settings } = loaded(cluster)
      const profiled = evaluateWithProfile(own, policies, under(settings, 'reference'))
      expect(profiled.evaluation).toBe(profiled.reference)
      expect(profiled.deviations).toEqual([])
      const ends = endsOf(profiled)
      for (const from of ends)
        for (const to of ends)
          expect(verdictUnder(profiled, from, to)?.verdict).toEqual(verdictOf(profiled.reference, from, to))
    }),
    { numRuns: RUNS },
  )
})

describe.each(PROFILES.map(({ id }) => [id]))('%s', (id) => {
  test('a verdict differs from the reference only where a deviation says why', () => {
    let differing = 0
    fc.assert(
      fc.property(tieredClusters, (cluster) => {
        const { cluster: own, policies, settings } = loaded(cluster)
        const profiled = evaluateWithProfile(own, policies, under(settings, id))
        const ends = endsOf(profiled)
        const shown = namedBlocks(profiled.reference)
        for (const from of ends)
          for (const to of ends) {
            const verdict = verdictUnder(profiled, from, to)
            if (verdict?.differs) differing++
            expect(told(verdict?.reference)).toBe(told(verdictOf(profiled.reference, from, to, shown)))
            expect(verdict?.differs).toBe(told(verdict?.verdict) !== told(verdict?.reference))
            expect([from, to, (verdict?.deviations.length ?? 0) > 0]).toEqual([from, to, verdict?.differs])
          }
      }),
      { numRuns: RUNS },
    )
    // Else nothing was tested.
    expect(differing > 0).toBe(id !== 'reference')
  })

  test('after an edit it answers as a new one does', () => {
    fc.assert(
      fc.property(tieredClusters, tieredClusters, (cluster, other) => {
        const first = loaded(cluster)
        const before = evaluateWithProfile(first.cluster, first.policies, under(first.settings, id))
        answersOf(before)
        const next = loaded({ ...cluster, policies: other.policies, clusterPolicies: other.clusterPolicies }, first)
        const settings = under(next.settings, id)
        const after = evaluateWithProfile(next.cluster, next.policies, settings, before)
        expect(answersOf(after)).toEqual(answersOf(evaluateWithProfile(next.cluster, next.policies, settings)))
      }),
      { numRuns: 12 },
    )
  })
})
