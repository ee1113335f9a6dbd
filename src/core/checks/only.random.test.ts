import { expect, test } from 'vitest'
import { evaluate, type Evaluation, verdictOf } from '#core/evaluate/evaluate.ts'
import type { Check } from '#core/model/check.ts'
import { endName } from '#core/model/end.ts'
import { ALL_PORTS } from '#core/model/ports.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { bigCluster, editPod, editPolicy } from '../../tools/bigCluster.ts'
import { endOf } from './ends.ts'
import { othersOf } from './only.ts'
import { holdsClosed } from './outcome.ts'
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
