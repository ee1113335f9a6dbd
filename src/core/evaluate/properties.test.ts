import { load } from '#core/load/load.ts'
import { parseIp } from '#core/model/cidr.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { coversPorts, formatPorts, NO_PORTS, type PortSet } from '#core/model/ports.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { told } from './build.testkit.ts'
import { evaluate, type Evaluation, verdictOf } from './evaluate.ts'
import { type Permitted, permitted, type Place } from './permitted.ts'
import { clusters, manifestsOf, rule } from './random.testkit.ts'
import { tieredClusters } from './randomTiers.testkit.ts'
import type { RawCluster, RawPolicy, RawRule } from './raw.testkit.ts'
import { effectiveTypes } from './reference.testkit.ts'

const RUNS = { numRuns: 300 }
const ADDRESSES = ['203.0.113.9', '203.0.113.78', '10.0.9.9', '2001:db8::1']
const NAMESPACES = ['x', 'y', 'z']

function evaluatedText(text: string): Evaluation {
  const loaded = load([{ path: 'cluster.json', text, counts: true }])
  expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return evaluate(loaded.cluster, loaded.policies, loaded.settings)
}

const evaluated = (cluster: RawCluster): Evaluation => evaluatedText(manifestsOf(cluster))

const podEnd = ({ namespace, name }: { namespace: string; name: string }): End => ({
  namespace,
  workload: `Pod/${name}`,
})
const endOf = ({ namespace, kind, name }: Workload): End => ({ namespace, workload: `${kind}/${name}` })
const addressEnd = (ip: string): End => ({ cidr: ip })

type Pair = readonly [End, End]

function pairsOf(cluster: RawCluster, others: readonly End[]): readonly Pair[] {
  const inside = cluster.pods.map(podEnd)
  return inside.flatMap((pod) =>
    [...inside, ...others].flatMap((other): Pair[] => [
      [pod, other],
      [other, pod],
    ]),
  )
}

const outsideOf = ({ nodes }: RawCluster): readonly End[] => [
  { internet: true },
  ...[...ADDRESSES, ...nodes.flatMap(({ ips }) => ips)].map(addressEnd),
]
const allPairsOf = (cluster: RawCluster): readonly Pair[] =>
  pairsOf(cluster, [...outsideOf(cluster), ...NAMESPACES.map((namespace) => ({ namespace }))])

const allowed = (evaluation: Evaluation, from: End, to: End): PortSet =>
  verdictOf(evaluation, from, to)?.allowed ?? NO_PORTS
const nameOf = ([from, to]: Pair): string => `${endId(from)} → ${endId(to)}`
const tell = (evaluation: Evaluation, [from, to]: Pair): string => told(verdictOf(evaluation, from, to))

/** Everything that can be asked about the cluster, as texts. */
function picture(evaluation: Evaluation, pairs: readonly Pair[]): readonly string[] {
  return pairs.map((pair) => `${nameOf(pair)}: ${tell(evaluation, pair)}`)
}

describe('NetworkPolicies add up', () => {
  const addition = fc.oneof(
    fc.tuple(fc.constant('ingress' as const), rule('from')),
    fc.tuple(fc.constant('egress' as const), rule('to')),
  )

  // Without policyTypes a first egress rule makes the policy isolate egress too (semantics.md A.3). Namespaces are not asked
  // about: a rule that names pods which aren't loaded adds assumed ones to them.
  test('a further rule in a policy with explicit policyTypes never closes a connection', () => {
    const explicit = clusters.map((cluster) => ({
      ...cluster,
      policies: cluster.policies.map((own) => ({ ...own, spec: { ...own.spec, policyTypes: effectiveTypes(own) } })),
    }))
    fc.assert(
      fc.property(explicit, fc.nat(4), addition, (cluster, at, [direction, added]) => {
        const before = evaluated(cluster)
        const after = evaluated({
          ...cluster,
          policies: cluster.policies.map((own, i) => (i === at ? withRule(own, direction, added) : own)),
        })
        const closed = pairsOf(cluster, outsideOf(cluster)).filter(
          (pair) => !coversPorts(allowed(after, ...pair), allowed(before, ...pair)),
        )
        expect(closed.map(nameOf)).toEqual([])
      }),
      RUNS,
    )
  })

  test('a policy cut into one policy for each of its rules says the same', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const cut = { ...cluster, policies: cluster.policies.flatMap(cutUp) }
        const pairs = allPairsOf(cluster)
        expect(picture(evaluated(cut), pairs)).toEqual(picture(evaluated(cluster), pairs))
      }),
      RUNS,
    )
  })
})

function withRule(policy: RawPolicy, direction: 'ingress' | 'egress', added: RawRule): RawPolicy {
  return { ...policy, spec: { ...policy.spec, [direction]: [...(policy.spec[direction] ?? []), added] } }
}

function cutUp(policy: RawPolicy): readonly RawPolicy[] {
  const { ingress = [], egress = [], ...spec } = policy.spec
  const types = { ...spec, policyTypes: effectiveTypes(policy) }
  const specs = [
    ...ingress.map((own) => ({ ...types, ingress: [own] })),
    ...egress.map((own) => ({ ...types, egress: [own] })),
  ]
  return (specs.length > 0 ? specs : [types]).map((own, i) => ({ ...policy, name: `${policy.name}-${i}`, spec: own }))
}

describe('what has no meaning changes nothing', () => {
  const shuffled = tieredClusters.chain((cluster) =>
    fc.tuple(
      fc.constant(cluster),
      fc.shuffledSubarray([...cluster.policies], { minLength: cluster.policies.length }),
      fc.shuffledSubarray([...cluster.clusterPolicies], { minLength: cluster.clusterPolicies.length }),
    ),
  )

  test('the order in which policies are written', () => {
    fc.assert(
      fc.property(shuffled, ([cluster, policies, clusterPolicies]) => {
        const pairs = allPairsOf(cluster)
        const other = evaluated({ ...cluster, policies, clusterPolicies })
        expect(picture(other, pairs)).toEqual(picture(evaluated(cluster), pairs))
      }),
      RUNS,
    )
  })

  test('the names of policies, namespaces, pods and nodes', () => {
    fc.assert(
      fc.property(tieredClusters, (cluster) => {
        const pairs = allPairsOf(cluster)
        const other = evaluatedText(renamed(manifestsOf(cluster)))
        const renamedPairs = JSON.parse(renamed(JSON.stringify(pairs))) as typeof pairs
        const [before, after] = [evaluated(cluster), other]
        expect(renamedPairs.map((pair) => tell(after, pair))).toEqual(pairs.map((pair) => tell(before, pair)))
      }),
      RUNS,
    )
  })
})

// Turns every order by name around. No label has a value that is also a name, but that of `kubernetes.io/metadata.name`.
function renamed(text: string): string {
  return text
    .replaceAll(/"([xyz])"/g, (_, name: string) => `"${{ x: 'last', y: 'middle', z: 'first' }[name]}"`)
    .replaceAll(/"(Pod\/pod|pod|policy|admin)-(\d)"/g, (_, kind: string, i: string) => `"${kind}-${9 - Number(i)}"`)
    .replaceAll(/"n([12])"/g, (_, i: string) => `"node-${9 - Number(i)}"`)
}

const idOf = (place: Place): string => ('workload' in place ? place.workload.id : 'address')
const line = ({ from, to, ports }: Permitted): string => `${idOf(from)} → ${idOf(to)}: ${formatPorts(ports)}`

describe('the list of permitted connections', () => {
  test('between workloads it is what each pair is allowed', () => {
    fc.assert(
      fc.property(tieredClusters, (cluster) => {
        const evaluation = evaluated(cluster)
        const { workloads } = evaluation.cluster
        const expected = workloads.flatMap((from) =>
          workloads.flatMap((to) => {
            const ports = formatPorts(allowed(evaluation, endOf(from), endOf(to)))
            return from === to || ports === 'no ports' ? [] : [`${from.id} → ${to.id}: ${ports}`]
          }),
        )
        const listed = [...permitted(evaluation)].filter(({ from, to }) => 'workload' in from && 'workload' in to)
        expect(listed.map(line).toSorted()).toEqual(expected.toSorted())
      }),
      RUNS,
    )
  })

  test('between workloads and addresses it is what each address is allowed, once', () => {
    fc.assert(
      fc.property(tieredClusters, (cluster) => {
        const evaluation = evaluated(cluster)
        const listed = [...permitted(evaluation)]
        const addresses = ADDRESSES.filter((ip) => evaluation.usesV6 || !ip.includes(':'))
        for (const workload of evaluation.cluster.workloads)
          for (const ip of addresses) {
            const [end, address] = [endOf(workload), addressEnd(ip)]
            const both = [listedFor(listed, workload, ip, 'from'), listedFor(listed, workload, ip, 'to')]
            const expected = [allowed(evaluation, end, address), allowed(evaluation, address, end)]
            expect([workload.id, ip, ...both]).toEqual([workload.id, ip, ...expected.map(formatPorts)])
          }
      }),
      RUNS,
    )
  })

  test('for some workloads it is what of the whole list has one of them at an end', () => {
    fc.assert(
      fc.property(tieredClusters, fc.subarray(NAMESPACES), (cluster, namespaces) => {
        const evaluation = evaluated(cluster)
        const isWanted = (workload: Workload): boolean => namespaces.includes(workload.namespace)
        const touches = (place: Place): boolean => 'workload' in place && isWanted(place.workload)
        const expected = [...permitted(evaluation)].filter(({ from, to }) => touches(from) || touches(to))
        expect([...permitted(evaluation, isWanted)].map(line).toSorted()).toEqual(expected.map(line).toSorted())
      }),
      RUNS,
    )
  })
})

function listedFor(listed: readonly Permitted[], workload: Workload, ip: string, side: 'from' | 'to'): string {
  const address = parseIp(ip)
  const holding = listed.filter((one) => {
    const [own, other] = side === 'from' ? [one.from, one.to] : [one.to, one.from]
    if (!('workload' in own && own.workload === workload && 'range' in other) || !address) return false
    const { family, from, to } = other.range
    return family === address.family && from <= address.value && address.value <= to
  })
  return holding.map(({ ports }) => formatPorts(ports)).join(' and ') || 'no ports'
}
