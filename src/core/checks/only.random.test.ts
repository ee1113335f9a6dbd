import { expect, test } from 'vitest'
import { evaluate, type Evaluation, verdictOf } from '#core/evaluate/evaluate.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import type { Check } from '#core/model/check.ts'
import { endName } from '#core/model/end.ts'
import { ALL_PORTS } from '#core/model/ports.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { bigCluster, editPod, editPolicy } from '../../tools/bigCluster.ts'
import { endOf } from './ends.ts'
import { othersOf } from './only.ts'
import { holdsClosed } from './outcome.ts'
import { holdOn, judge } from './judge.ts'
import { results } from './results.ts'

const REF = { document: 'd', path: [], range: { from: 0, to: 0 } } as const

function checksOf({ cluster }: Evaluation): readonly Check[] {
  return cluster.workloads.slice(0, 8).map((one, i, all) => ({
    ref: REF,
    name: one.id,
    from: { anywhere: true },
    to: endOf(one),
    ports: [],
    expect: 'denied',
    only: i % 2 === 0 ? [] : all.slice(0, i).map(endOf),
  }))
}

// Without what was worked out before it.
function told(evaluation: Evaluation): readonly string[] {
  return results(checksOf(evaluation), evaluation).map(
    ({ outcome, why }) => `${outcome}: ${why.map(({ text }) => text).join('')}`,
  )
}

test('the answer does not depend on what was asked before an edit, and is that of each pair', () => {
  let compared = 0
  for (const seed of [1, 2]) {
    let { cluster, policies } = bigCluster({ pods: 120, policies: 40, seed })
    let evaluation = evaluate(cluster, policies, DEFAULT_SETTINGS)
    for (let i = 0; i < 12; i++) {
      if (i % 3 === 2) cluster = editPod(cluster, i)
      else policies = editPolicy(policies, i)
      evaluation = evaluate(cluster, policies, DEFAULT_SETTINGS, evaluation)
      const fresh = evaluate(cluster, policies, DEFAULT_SETTINGS)
      expect(told(evaluation), `seed ${seed}, edit ${i}`).toEqual(told(fresh))
      compared++
    }
    for (const to of cluster.workloads.slice(0, 6).map(endOf)) {
      const others = othersOf(evaluation, { to, only: [], asked: ALL_PORTS })
      const found = others
        .filter(({ from, future }) => 'workload' in from && future === undefined)
        .map(({ who }) => who)
      const wanted = cluster.workloads
        .filter(({ pods }) => pods.some(({ hostNetwork, finished }) => !hostNetwork && !finished))
        .filter((one) => {
          const verdict = verdictOf(evaluation, endOf(one), to)
          return verdict && holdsClosed(verdict, ALL_PORTS) !== 'holds'
        })
      expect(found.toSorted()).toEqual(wanted.map((one) => endName(endOf(one))).toSorted())
    }
  }
  expect(compared).toBe(24)
})

// Whom an edit can have let in, or out: as the engine finds them.
function changedBetween(before: Evaluation, after: Evaluation): ReadonlySet<string> {
  const old = new Set<unknown>([...before.policies, ...before.cluster.workloads])
  const now = new Set<unknown>([...after.policies, ...after.cluster.workloads])
  return new Set([
    ...before.policies.filter((one) => !now.has(one)).flatMap((one) => [...selectedBy(before, one)]),
    ...after.policies.filter((one) => !old.has(one)).flatMap((one) => [...selectedBy(after, one)]),
    ...after.cluster.workloads.filter((one) => !old.has(one)).map(({ id }) => id),
  ])
}

test('what holds on after an edit is what holds when everybody is asked', () => {
  let held = 0
  let broken = 0
  for (const seed of [1, 2, 3]) {
    let { cluster, policies } = bigCluster({ pods: 200, policies: 60, seed })
    let before = evaluate(cluster, policies, DEFAULT_SETTINGS)
    const checks = cluster.workloads.map((one): Check => {
      const only = othersOf(before, { to: endOf(one), only: [], asked: ALL_PORTS }).map(({ from }) => from)
      const listed = only.filter((end) => 'workload' in end)
      return {
        ref: REF,
        name: one.id,
        from: { anywhere: true },
        to: endOf(one),
        ports: [],
        expect: 'denied',
        only: listed,
      }
    })
    for (let i = 0; i < 24; i++) {
      if (i % 3 === 2) cluster = editPod(cluster, i)
      else policies = editPolicy(policies, i)
      const after = evaluate(cluster, policies, DEFAULT_SETTINGS, before)
      const changed = changedBetween(before, after)
      const untouched = checks.filter(
        ({ name, ...check }) => !changed.has(name) && judge(check, before).outcome === 'holds',
      )
      const fresh = evaluate(cluster, policies, DEFAULT_SETTINGS)
      for (const check of untouched) {
        holdOn(check, after, changed)
        const { outcome } = judge(check, after)
        expect([seed, i, check.name, outcome]).toEqual([seed, i, check.name, judge(check, fresh).outcome])
        if (outcome === 'holds') held++
        else broken++
      }
      before = after
    }
  }
  expect(held).toBeGreaterThan(50)
  expect(broken).toBeGreaterThan(0)
})
