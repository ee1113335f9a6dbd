import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { type Profiled, verdictUnder } from '#core/evaluate/profiled.ts'
import type { Check, CheckOutcome, CheckResult } from '#core/model/check.ts'
import type { Deviation } from '#core/model/profile.ts'
import { say, type Sentence } from '#core/model/sentence.ts'
import { type Expectation, judge } from './judge.ts'
import { results } from './results.ts'

/** How an expectation fares under a CNI (semantics.md D); undetermined where that hangs on what is not known about it. */
export function judgeUnder(profiled: Profiled, check: Expectation): CheckOutcome {
  return sameOr(profiled, (way) => judge(check, way).outcome, 'undetermined')
}

/** What all ways give in which the CNI may be, else `otherwise`. */
export function sameOr<T>({ evaluation, variants }: Profiled, ask: (way: Evaluation) => T, otherwise: T): T {
  const first = ask(evaluation)
  return variants.every((variant) => ask(variant.evaluation) === first) ? first : otherwise
}

/** How each check fares under a CNI, with a sentence why where it does not hold: what the CNI does otherwise comes first. */
export function resultsUnder(checks: readonly Check[], profiled: Profiled): readonly CheckResult[] {
  const told = results(checks, profiled.evaluation)
  if (profiled.evaluation === profiled.reference && profiled.variants.length === 0) return told
  return told.map((result) => {
    const outcome = judgeUnder(profiled, result.check)
    if (outcome === 'holds' || outcome === judge(result.check, profiled.reference).outcome)
      return { ...result, outcome }
    return { ...result, outcome, why: whyUnder(profiled, result, outcome) }
  })
}

function whyUnder(profiled: Profiled, { check: { from, to }, why }: CheckResult, outcome: CheckOutcome): Sentence {
  const deviations = decisive(verdictUnder(profiled, from, to)?.deviations ?? [], outcome)
  const notes = [...new Set(deviations.map(({ note }) => note))]
  if (notes.length === 0) return why
  return say(outcome === 'undetermined' ? 'Not known of this CNI: ' : 'The CNI does otherwise: ', notes.join(' '))
}

/** The deviations that an outcome hangs on: where it is not known, those about which nothing is known, else those that are sure; all where there are none such. */
export function decisive(deviations: readonly Deviation[], outcome: CheckOutcome): readonly Deviation[] {
  const deciding = deviations.filter(({ uncertain }) => uncertain === (outcome === 'undetermined'))
  return deciding.length > 0 ? deciding : deviations
}
