/** Three-valued logic: `unknown` where what is loaded does not tell (design.md 8, 9). */
export type Truth = 'yes' | 'no' | 'unknown'

/** `yes` where all are, `no` where one is, else `unknown`; `yes` for none. */
export function and(...truths: readonly Truth[]): Truth {
  if (truths.includes('no')) return 'no'
  return truths.includes('unknown') ? 'unknown' : 'yes'
}

/** `yes` where one is, `no` where all are, else `unknown`; `no` for none. */
export function or(...truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes'
  return truths.includes('unknown') ? 'unknown' : 'no'
}

/** Turns yes and no around; `unknown` stays. */
export function not(truth: Truth): Truth {
  if (truth === 'unknown') return truth
  return truth === 'yes' ? 'no' : 'yes'
}
