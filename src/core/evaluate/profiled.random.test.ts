import { load, type Loaded } from '#core/load/load.ts'
import { parseIp } from '#core/model/cidr.ts'
import type { End } from '#core/model/end.ts'
import { formatPorts, NO_PORTS } from '#core/model/ports.ts'
import type { Settings } from '#core/model/settings.ts'
import { PROFILES } from '#core/profiles/index.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { told } from './build.testkit.ts'
import { namedBlocks, verdictOf } from './evaluate.ts'
import { type Permitted, permitted, permittedUnder, type Place } from './permitted.ts'
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

const ADDRESSES = ['203.0.113.9', '203.0.113.78', '10.0.9.9']

const isAt = (place: Place, end: End): boolean => {
  if ('workload' in end) return 'workload' in place && place.workload.id === `${end.namespace}/${end.workload}`
  const address = 'cidr' in end ? parseIp(end.cidr) : undefined
  if (!('range' in place) || !address) return false
  const { family, from, to } = place.range
  return family === address.family && from <= address.value && address.value <= to
}

const listedBetween = (listed: readonly Permitted[], from: End, to: End): readonly string[] =>
  listed.filter((one) => isAt(one.from, from) && isAt(one.to, to)).map(({ ports }) => formatPorts(ports))

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
      expect([...permittedUnder(profiled)]).toEqual([...permitted(profiled.reference)])
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

  test('what is listed as permitted is what a verdict surely allows, once', () => {
    fc.assert(
      fc.property(tieredClusters, (cluster) => {
        const { cluster: own, policies, settings } = loaded(cluster)
        const profiled = evaluateWithProfile(own, policies, under(settings, id))
        const listed = [...permittedUnder(profiled)]
        const inside = own.workloads.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
        const outside = ADDRESSES.map((cidr) => ({ cidr }))
        const pairs = inside.flatMap((from) =>
          [...inside, ...outside].flatMap((to) => [[from, to] as const, [to, from] as const]),
        )
        for (const [from, to] of pairs) {
          if (from === to) continue
          const open = formatPorts(verdictUnder(profiled, from, to)?.verdict.allowed ?? NO_PORTS)
          expect([from, to, ...listedBetween(listed, from, to)]).toEqual([
            from,
            to,
            ...(open === 'no ports' ? [] : [open]),
          ])
        }
      }),
      { numRuns: 20 },
    )
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
