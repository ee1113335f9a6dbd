import { load } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import type { PeerMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import { formatPath, type Ref } from '#core/model/text.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { told } from './build.testkit.ts'
import { evaluate, type Evaluation, namedBlocks, verdictOf } from './evaluate.ts'
import { type IdlePart, idleParts } from './idle.ts'
import { clusters, manifestsOf } from './random.testkit.ts'
import { tieredClusters } from './randomTiers.testkit.ts'
import type { RawCluster } from './raw.testkit.ts'

const RUNS = { numRuns: 40, endOnFailure: true }

function evaluated(cluster: RawCluster): Evaluation {
  const loaded = load([{ path: 'cluster.json', text: manifestsOf(cluster), counts: true }])
  return evaluate(loaded.cluster, loaded.policies, loaded.settings)
}

const ADDRESSES = ['203.0.113.9', '203.0.113.78', '10.0.9.9', '10.0.1.2', '2001:db8::1', 'fd00::7']

// Who can be asked about, one by one: every pod, addresses, hosts by name, and anywhere.
function endsOf({ cluster }: Evaluation): readonly End[] {
  return [
    ...cluster.workloads.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` })),
    ...ADDRESSES.map((cidr) => ({ cidr })),
    { internet: true },
    { anywhere: true },
    { host: 'api.example.com' },
  ]
}

function verdicts(evaluation: Evaluation, shown: readonly End[]): readonly string[] {
  const ends = endsOf(evaluation)
  return ends.flatMap((from) =>
    ends.map(
      (to) => `${JSON.stringify(from)} → ${JSON.stringify(to)}: ${told(verdictOf(evaluation, from, to, shown))}`,
    ),
  )
}

const placeOf = ({ document, path }: Ref): string => `${document} ${formatPath(path)}`

// Where the last text of IPv6 goes, the internet has no IPv6 any more (design.md 8).
function changed(before: Evaluation, after: Evaluation, shown: readonly End[]): readonly string[] {
  const isSame = before.usesV6 === after.usesV6
  const old = verdicts(before, shown)
  return verdicts(after, shown).filter((line, i) => line !== old[i] && (isSame || !/internet|host/.test(line)))
}

const without = <T extends PeerMatcher | PortMatcher>(list: readonly T[] | 'any', gone: ReadonlySet<unknown>) =>
  list === 'any' ? list : list.filter(({ ref }) => !gone.has(placeOf(ref)))

function mended(peer: PeerMatcher, gone: ReadonlySet<unknown>): PeerMatcher {
  if (peer.type !== 'ipBlock') return peer
  return { ...peer, except: peer.except.filter((hole) => !gone.has(`${placeOf(peer.ref)} except ${hole}`)) }
}

function cutRule(rule: Rule, gone: ReadonlySet<unknown>): readonly Rule[] {
  const peers = rule.peers === 'any' ? rule.peers : rule.peers.map((peer) => mended(peer, gone))
  return gone.has(placeOf(rule.ref)) ? [] : [{ ...rule, peers: without(peers, gone), ports: without(rule.ports, gone) }]
}

// The directions stay: what is told is that the line decides nothing, not what an empty list would mean to the server.
function cut(evaluation: Evaluation, parts: readonly IdlePart[]): Evaluation {
  const gone = new Set(parts.map(({ ref, hole }) => `${placeOf(ref)}${hole === undefined ? '' : ` except ${hole}`}`))
  const policies = evaluation.policies.flatMap((policy): readonly Policy[] => {
    const rules = policy.rules.flatMap((rule) => cutRule(rule, gone))
    return gone.has(placeOf(policy.ref)) ? [] : [{ ...policy, rules }]
  })
  return evaluate(evaluation.cluster, policies, evaluation.settings)
}

const found = (evaluation: Evaluation): readonly IdlePart[] =>
  evaluation.policies.flatMap((policy) => idleParts(evaluation, policy))
const name = ({ policy, ref, what, hole = '' }: IdlePart): string =>
  `${what} ${policy.name} ${formatPath(ref.path)} ${hole}`

for (const [what, all] of [
  ['NetworkPolicies', clusters],
  ['all three tiers', tieredClusters],
] as const)
  test(`without its idle parts, one by one and all together, every verdict of ${what} is the same`, () => {
    const seen = { parts: 0, kinds: new Set<string>() }
    fc.assert(
      fc.property(all, (cluster) => {
        const evaluation = evaluated(cluster)
        const shown = namedBlocks(evaluation)
        const parts = found(evaluation)
        for (const part of parts) {
          seen.parts++
          seen.kinds.add(`${part.what} ${part.why.type}`)
          expect([name(part), ...changed(evaluation, cut(evaluation, [part]), shown)]).toEqual([name(part)])
        }
        expect(changed(evaluation, cut(evaluation, parts), shown)).toEqual([])
      }),
      RUNS,
    )
    // The test must not pass blind.
    expect(seen.parts).toBeGreaterThan(40)
    expect(seen.kinds).toContain('rule decided')
    expect(seen.kinds).toContain('peer decided')
    expect(seen.kinds).toContain('rule nobody')
  })
