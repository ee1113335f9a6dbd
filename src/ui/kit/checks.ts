import type { CheckOutcome, CheckResult } from '#core/model/check.ts'

/** How many checks hold, are broken, or can't be told (an end is missing, or the verdict is open). */
export interface CheckTally {
  readonly all: number
  readonly holding: number
  readonly broken: number
  readonly open: number
}

/** Counts them. */
export function tallyOf(checks: readonly CheckResult[]): CheckTally {
  const of = (outcome: CheckOutcome): number => checks.filter((one) => one.outcome === outcome).length
  const [holding, broken] = [of('holds'), of('broken')]
  return { all: checks.length, holding, broken, open: checks.length - holding - broken }
}

/** The sign that stands for an outcome beside its colour. */
export const OUTCOME_SIGNS: Readonly<Record<CheckOutcome, string>> = {
  holds: '✓',
  broken: '✕',
  undetermined: '?',
  missing: '?',
}

/** The words for an outcome that people read. */
export const OUTCOME_WORDS: Readonly<Record<CheckOutcome, string>> = {
  holds: 'holds',
  broken: 'broken',
  undetermined: 'not known',
  missing: 'something is missing',
}
