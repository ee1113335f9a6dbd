import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleFiles, samplesExist } from '#core/compile/samples.testkit.ts'
import { evaluateWithProfile, verdictUnder } from '#core/evaluate/profiled.ts'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import { tieredClusters } from '#core/evaluate/randomTiers.testkit.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import { type End, endId } from '#core/model/end.ts'
import { formatPorts } from '#core/model/ports.ts'
import { PROFILES } from '#core/profiles/index.ts'
import { leanCopy } from './lean.ts'

const IDS = PROFILES.map(({ id }) => id)
const OUTSIDE: readonly End[] = [{ internet: true }, { cidr: '203.0.113.8/32' }, { cidr: '10.0.1.2/32' }]

function under(profile: string, files: readonly SourceFile[]): readonly SourceFile[] {
  const text = `apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: { name: a }\nprofile: { id: ${profile} }\n`
  return [...files, { path: 'settings.yaml', text, counts: true }]
}

function copied(files: readonly SourceFile[], ips: boolean) {
  const { files: kept, needsIps } = leanCopy(files, load(files), { ips })
  return { needsIps, files: kept.map((one) => ({ ...one, counts: true })) }
}

// What the CNI of the settings lets every pair of workloads, and addresses outside, do.
function verdicts(files: readonly SourceFile[]): readonly string[] {
  const { cluster, policies, settings } = load(files)
  const profiled = evaluateWithProfile(cluster, policies, settings)
  const inside = cluster.workloads.map(({ namespace, kind, name }): End => ({ namespace, workload: `${kind}/${name}` }))
  const pairs = [...inside, ...OUTSIDE].flatMap((from) => [...inside, ...OUTSIDE].map((to) => [from, to] as const))
  const told = pairs.flatMap(([from, to]) => {
    const verdict = verdictUnder(profiled, from, to, [])?.verdict
    if (!verdict) return []
    const { allowed, partial, undetermined } = verdict
    return `${endId(from)} → ${endId(to)}: ${[allowed, partial, undetermined].map(formatPorts).join(' | ')}`
  })
  return told.toSorted()
}

describe.each([
  ['NetworkPolicies', clusters],
  ['cluster-scoped policies', tieredClusters],
] as const)('a lean copy of random clusters with %s', (_, random) => {
  const worlds = fc
    .tuple(random, fc.constantFrom(...IDS))
    .map(([cluster, id]) => under(id, [{ path: 'all.json', text: manifestsOf(cluster), counts: true }]))

  test('means the same under every CNI, if it has addresses', () => {
    fc.assert(
      fc.property(worlds, (files) => {
        expect(verdicts(copied(files, true).files)).toEqual(verdicts(files))
      }),
      { numRuns: 40 },
    )
  })

  test('means the same without them, or says that it needs them', () => {
    fc.assert(
      fc.property(worlds, (files) => {
        const copy = copied(files, false)
        const wanted = verdicts(files)
        expect(copy.needsIps ? wanted : verdicts(copy.files)).toEqual(wanted)
      }),
      { numRuns: 90 },
    )
  })
})

describe.runIf(samplesExist()).each(['online-boutique', 'sock-shop'])('a lean copy of %s', (name) => {
  test.each(IDS)('means the same under %s', (id) => {
    const files = under(id, sampleFiles(name))
    const copy = copied(files, false)
    expect(copy.needsIps).toBe(false)
    expect(verdicts(copy.files)).toEqual(verdicts(files))
  })
})
