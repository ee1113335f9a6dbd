import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluateWithProfile } from '#core/evaluate/profiled.ts'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import type { RawCluster, RawPod } from '#core/evaluate/raw.testkit.ts'
import { referenceVerdict } from '#core/evaluate/reference.testkit.ts'
import { load } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import { endId } from '#core/model/end.ts'
import { judge } from './judge.ts'
import { canonicalPort } from './name.ts'
import { suggestChecks } from './suggest.ts'
import { judgeUnder } from './under.ts'

type Target = readonly [protocol: string, port: number]
const named = (pods: readonly RawPod[], protocol: string, name: string): readonly Target[] =>
  pods.flatMap(({ ports }) =>
    ports.flatMap((own): readonly Target[] =>
      own.name === name && own.protocol === protocol ? [[protocol, own.port]] : [],
    ),
  )
const SPECS: readonly (readonly [string, (pods: readonly RawPod[]) => readonly Target[]])[] = [
  ['TCP/80', () => [['TCP', 80]]],
  ['UDP/53', () => [['UDP', 53]]],
  ['TCP/79-82', () => [79, 80, 81, 82].map((port): Target => ['TCP', port])],
  ['TCP/http', (pods) => named(pods, 'TCP', 'http')],
  ['UDP/dns', (pods) => named(pods, 'UDP', 'dns')],
]

// Not all pods of the cluster: where a selector finds nobody, a pod is assumed that the manifests don't have.
const endsOf = ({ pods }: RawCluster): readonly (readonly [End, readonly RawPod[]])[] => [
  ...pods.map((one) => [{ namespace: one.namespace, workload: `Pod/${one.name}` }, [one]] as const),
  ...[...new Set(pods.map(({ namespace }) => namespace))].map(
    (namespace) => [{ namespace }, pods.filter((one) => one.namespace === namespace)] as const,
  ),
]

const isV6 = ({ ip }: RawPod): boolean => ip.includes(':')

// Each pair of pods, each port: slow, and from the manifests.
function wanted(
  cluster: RawCluster,
  [from, to]: readonly [readonly RawPod[], readonly RawPod[]],
  targets: readonly Target[],
): { readonly all: boolean; readonly some: boolean } | undefined {
  const pairs = from
    .flatMap((src) => to.map((dst) => [src, dst] as const))
    .filter(([src, dst]) => src !== dst && isV6(src) === isV6(dst))
  const answers = pairs.flatMap(([src, dst]) =>
    targets.map(([protocol, port]) => referenceVerdict(cluster, src, dst, { protocol, port }) === 'allowed'),
  )
  return answers.length === 0 ? undefined : { all: !answers.includes(false), some: answers.includes(true) }
}

test('a check holds where every pair of pods says so', () => {
  const seen = { holds: 0, broken: 0 }
  fc.assert(
    fc.property(clusters, (raw) => {
      const { cluster, policies, settings } = load([{ path: 'a.json', text: manifestsOf(raw), counts: true }])
      const { evaluation } = evaluateWithProfile(cluster, policies, settings)
      for (const [from, sources] of endsOf(raw))
        for (const [to, destinations] of endsOf(raw))
          for (const [spec, targetsOf] of SPECS) {
            const truth = wanted(raw, [sources, destinations], targetsOf(destinations))
            if (!truth) continue
            const outcome = (expectation: 'allowed' | 'denied'): string =>
              judge({ from, to, ports: [spec], expect: expectation }, evaluation).outcome
            const told = [outcome('allowed'), outcome('denied')]
            const right = [truth.all ? 'holds' : 'broken', truth.some ? 'broken' : 'holds']
            expect([endId(from), endId(to), spec, ...told]).toEqual([endId(from), endId(to), spec, ...right])
            for (const one of right) seen[one === 'holds' ? 'holds' : 'broken']++
          }
    }),
    { numRuns: 60 },
  )
  expect(Math.min(seen.holds, seen.broken)).toBeGreaterThan(500)
})

test('what is suggested is true by the API, told as it is under a CNI, said once, and not what is saved', () => {
  let suggested = 0
  fc.assert(
    fc.property(
      clusters,
      fc.constantFrom('reference', 'cilium', 'flannel', 'weave-net', 'gke-dataplane-v2'),
      (raw, id) => {
        const { cluster, policies, settings } = load([{ path: 'a.json', text: manifestsOf(raw), counts: true }])
        const profiled = evaluateWithProfile(cluster, policies, { ...settings, profile: { id } })
        const all = suggestChecks(profiled, [])
        suggested += all.length
        for (const { check, outcome } of all) {
          expect(judge(check, profiled.reference).outcome).toBe('holds')
          expect(outcome).toBe(judgeUnder(profiled, check))
        }
        const said = all.flatMap(({ check: { from, to, ports, only } }) =>
          ports.map((port) => [endId(from), endId(to), canonicalPort(port), only !== undefined].join(' ')),
        )
        expect(new Set(said).size).toBe(said.length)
        expect(new Set(all.map(({ check }) => check.name)).size).toBe(all.length)
        const ref = { document: 'd', path: [], range: { from: 0, to: 0 } } as const
        const saved = all.map(({ check }) => ({ ...check, ref }))
        expect(suggestChecks(profiled, saved)).toEqual([])
      },
    ),
    { numRuns: 120 },
  )
  expect(suggested).toBeGreaterThan(50)
})
