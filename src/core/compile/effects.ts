import { isAbout } from '#core/checks/name.ts'
import { judge } from '#core/checks/judge.ts'
import { type Difference, differenceSteps } from '#core/compare/compare.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Check } from '#core/model/check.ts'
import type { Effects } from '#core/model/effects.ts'
import { type End, endId } from '#core/model/end.ts'
import { assumedDnsChanges } from './assumedDns.ts'
import { dnsPods } from './dns.ts'
import { changesDns } from './dnsChanges.ts'
import { echoFilter } from './echoes.ts'
import { createTally } from './tally.ts'

/** Texts with what they mean: one side of a comparison. */
export interface Meaning {
  readonly evaluation: Evaluation
  readonly checks: readonly Check[]
}

/** Everything that became different between two texts, counted and ranked (design.md 9); yields now and then so that the caller may stop. */
export function* effectSteps(before: Meaning, after: Meaning): Generator<undefined, Effects, void> {
  const broken = brokenChecks(before, after)
  const tally = createTally(after.evaluation, broken)
  const dns = dnsPods(after.evaluation)
  const lost = new Map<string, End>()
  const gained = new Map<string, End>()
  const echoes = echoFilter<Difference>()
  const take = (one: Difference): void => {
    tally.add(one)
    if (changesDns(dns, one, 'closed')) lost.set(endId(one.from), one.from)
    if (changesDns(dns, one, 'opened')) gained.set(endId(one.from), one.from)
  }
  for (const one of differenceSteps(before.evaluation, after.evaluation, [])) {
    if (!one) yield undefined
    else if (echoes.passes(one)) take(one)
  }
  for (const one of echoes.alone()) take(one)
  const assumed = assumedDnsChanges(before.evaluation, after.evaluation)
  for (const end of assumed.lost) lost.set(endId(end), end)
  for (const end of assumed.gained) gained.set(endId(end), end)
  return {
    ...tally.counts(),
    ...tally.ranked(),
    dns: { lost: [...lost.values()], gained: [...gained.values()] },
    checks: { broken: namesOf(broken), mended: namesOf(brokenChecks(after, before)) },
    workloads: {
      come: countMissing(before.evaluation, after.evaluation),
      gone: countMissing(after.evaluation, before.evaluation),
    },
  }
}

/** Nothing is different. */
export const NO_EFFECTS: Effects = {
  opened: 0,
  closed: 0,
  other: 0,
  dns: { lost: [], gained: [] },
  checks: { broken: [], mended: [] },
  workloads: { come: 0, gone: 0 },
  groups: [],
  more: 0,
}

/** The checks after that held before and don't any more; one whose end is gone does not count. */
export function brokenChecks(before: Meaning, after: Meaning): readonly Check[] {
  const failing = after.checks.filter((check) => {
    return ['broken', 'undetermined'].includes(judge(check, after.evaluation).outcome)
  })
  return failing.filter((check) =>
    before.checks.some(
      (one) => one.expect === check.expect && isAbout(one, check) && judge(one, before.evaluation).outcome === 'holds',
    ),
  )
}

function namesOf(checks: readonly Check[]): readonly string[] {
  return checks.map(({ name }) => name)
}

function countMissing({ workloads }: Evaluation, { cluster }: Evaluation): number {
  if (cluster.workloads.length === 0) return 0
  return cluster.workloads.filter(({ id }) => !workloads.has(id)).length
}
