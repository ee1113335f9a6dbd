import { describe, expect, test } from 'vitest'
import { load } from '#core/load/load.ts'
import type { Cluster } from '#core/model/cluster.ts'
import type { PeerMatcher, Policy, PortMatcher } from '#core/model/rule.ts'
import { bigCluster, editPod, editPolicy } from './bigCluster.ts'
import { bigDump, manifestsOf } from './bigDump.ts'

const MIDDLE = bigCluster({ pods: 10_000, policies: 1000 })

const podsOf = ({ workloads }: Cluster) => workloads.flatMap(({ pods }) => pods)
const peersOf = ({ rules }: Policy): readonly PeerMatcher[] =>
  rules.flatMap(({ peers }) => (peers === 'any' ? [] : peers))
const portsOf = ({ rules }: Policy): readonly PortMatcher[] =>
  rules.flatMap(({ ports }) => (ports === 'any' ? [] : ports))

function styleOf(policy: Policy): string {
  const peers = peersOf(policy)
  const selectors = [policy.subject, ...peers.filter((peer) => peer.type === 'pods')].map(({ pods }) => pods)
  if (peers.some((peer) => peer.type === 'ipBlock')) return 'blocks'
  if (portsOf(policy).some(({ port }) => port.type === 'named' || (port.type === 'range' && port.to > port.from)))
    return 'ports'
  return selectors.flat().some(({ operator, values }) => operator !== 'In' || values.length > 1)
    ? 'expressions'
    : 'simple'
}

// Documents get other names and places when they are read. Cluster policies have tests of their own.
const meaningOf = (policies: readonly Policy[]): unknown =>
  JSON.parse(
    JSON.stringify(
      policies.filter(({ namespace }) => namespace !== undefined),
      (key, value: unknown) => (key === 'ref' ? undefined : value),
    ),
  )

describe('a big cluster', () => {
  test('has exactly the pods and policies that were asked for, at any size', () => {
    for (const [pods, policies] of [
      [100, 20],
      [1000, 200],
      [10_000, 10_000],
      [7, 3],
      [0, 0],
    ] as const) {
      const big = bigCluster({ pods, policies })
      expect([podsOf(big.cluster).length, big.policies.length]).toEqual([pods, policies])
    }
  })

  test('is the same for the same seed, and another for another', () => {
    expect(bigCluster({ pods: 300, policies: 60, seed: 4 })).toEqual(bigCluster({ pods: 300, policies: 60, seed: 4 }))
    expect(bigCluster({ pods: 300, policies: 60, seed: 4 })).not.toEqual(
      bigCluster({ pods: 300, policies: 60, seed: 5 }),
    )
  })

  test('has some forty namespaces and a thousand workloads for 10,000 pods, most of few pods', () => {
    const { namespaces, workloads } = MIDDLE.cluster
    expect(namespaces.length).toBeGreaterThan(35)
    expect(namespaces.length).toBeLessThan(45)
    expect(workloads.length).toBeGreaterThan(850)
    expect(workloads.length).toBeLessThan(1150)
    const few = workloads.filter(({ replicas }) => replicas <= 8).length
    expect(few / workloads.length).toBeGreaterThan(0.4)
    expect(new Set(workloads.map(({ id }) => id)).size).toBe(workloads.length)
  })

  test('gives each pod an address of its own, those on the host network their node’s', () => {
    const own = podsOf(MIDDLE.cluster).filter(({ hostNetwork }) => !hostNetwork)
    const nodes = new Map(MIDDLE.cluster.nodes.map(({ name, ips }) => [name, ips]))
    expect(new Set(own.flatMap(({ ips }) => ips)).size).toBe(own.length)
    const onHost = podsOf(MIDDLE.cluster).filter(({ hostNetwork }) => hostNetwork)
    expect(onHost.length).toBeGreaterThan(0)
    expect(onHost.every(({ node, ips }) => nodes.get(node ?? '') === ips)).toBe(true)
  })

  test('writes its policies in the promised mix', () => {
    const own = MIDDLE.policies.filter(({ namespace }) => namespace !== undefined)
    const share = (style: string): number => own.filter((policy) => styleOf(policy) === style).length / own.length
    expect(share('simple')).toBeCloseTo(0.6, 1)
    expect(share('expressions')).toBeCloseTo(0.2, 1)
    expect(share('blocks')).toBeCloseTo(0.1, 1)
    expect(share('ports')).toBeCloseTo(0.1, 1)
    expect(own.flatMap(peersOf).some((peer) => peer.type === 'ipBlock' && peer.except.length > 0)).toBe(true)
    expect(own.filter(({ rules, directions }) => rules.length === 0 && directions.length === 2).length).toBe(20)
  })

  test('has cluster policies of both tiers, priorities apart, with every action', () => {
    const wide = MIDDLE.policies.filter(({ namespace }) => namespace === undefined)
    expect(wide.length).toBe(10)
    expect(wide.map(({ tier }) => tier).filter((tier) => tier === 'baseline').length).toBe(1)
    expect(new Set(wide.map(({ priority }) => priority)).size).toBe(wide.length)
    const actions = new Set(wide.flatMap(({ rules }) => rules.map(({ action }) => action)))
    expect([...actions].toSorted()).toEqual(['allow', 'deny', 'pass'])
    const many = bigCluster({ pods: 100, policies: 5000 }).policies
    expect(many.filter(({ namespace }) => namespace === undefined).length).toBe(20)
  })
})

describe('an edit of a big cluster', () => {
  test('makes one policy anew, in a port or a peer, and leaves all others as they are', () => {
    for (let i = 0; i < 300; i++) {
      const edited = editPolicy(MIDDLE.policies, i)
      const changed = edited.flatMap((policy, n) => (policy === MIDDLE.policies[n] ? [] : [n]))
      expect(changed.length).toBe(1)
      const [at = 0] = changed
      expect(edited[at]).not.toEqual(MIDDLE.policies[at])
    }
    expect(editPolicy([], 3)).toEqual([])
  })

  test('relabels one pod of one workload, and leaves all others as they are', () => {
    const edited = editPod(MIDDLE.cluster, 1007)
    const changed = edited.workloads.filter((workload, n) => workload !== MIDDLE.cluster.workloads[n])
    expect(changed.length).toBe(1)
    const before = new Set(podsOf(MIDDLE.cluster))
    const pods = podsOf(edited).filter((pod) => !before.has(pod))
    expect(pods.length).toBe(1)
    expect(pods[0]?.labels.labels['app']).not.toBe(
      MIDDLE.cluster.workloads[1007 % MIDDLE.cluster.workloads.length]?.pods[0]?.labels.labels['app'],
    )
  })
})

describe('a big dump', () => {
  test('has about as many bytes as were asked for, the same ones for the same seed', () => {
    const { text } = bigDump(1_000_000)
    expect(text.length).toBeGreaterThan(900_000)
    expect(text.length).toBeLessThan(1_100_000)
    expect(bigDump(1_000_000).text === text).toBe(true)
  })

  test('reads back without a problem as the cluster that it was written from', () => {
    const big = bigCluster({ pods: 300, policies: 150 })
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifestsOf(big.cluster, big.policies) })
    const loaded = load([{ path: 'dump.json', text, counts: true }])
    expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(loaded.cluster.workloads.map(({ id, pods }) => [id, pods.length])).toEqual(
      big.cluster.workloads.map(({ id, pods }) => [id, pods.length]),
    )
    expect(podsOf(loaded.cluster).map(({ ips, node, hostNetwork }) => [ips, node, hostNetwork])).toEqual(
      podsOf(big.cluster).map(({ ips, node, hostNetwork }) => [ips, node, hostNetwork]),
    )
    expect(meaningOf(loaded.policies)).toEqual(meaningOf(big.policies))
  })
})
