import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import type { Check, CheckOutcome } from '#core/model/check.ts'
import type { PortSet } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { isThere, runningPods, workloadsOf } from './ends.ts'
import { type Other, othersOf } from './only.ts'
import { holdsClosed, holdsOpen } from './outcome.ts'
import { remembered } from './remembered.ts'

/** What of a check decides how it fares. */
export type Expectation = Pick<Check, 'from' | 'to' | 'ports' | 'expect' | 'only'>

/** How a check fares; with the verdict and the asked ports where its ends are there and its ports could be read. */
export interface Judged {
  readonly outcome: CheckOutcome
  readonly verdict?: Verdict | undefined
  readonly asked?: PortSet | undefined
  /** Of a check that says `only`: those who are not in the list and not surely kept out, the worst first. */
  readonly others?: readonly Other[] | undefined
}

/**
 * Does the expectation hold (design.md 7)? `allowed` holds when every asked port is open for every pod pair, `denied`
 * when none is, `only` when it is so for all that are not in the list. A missing end, a port name that no pod declares and
 * an undetermined verdict never pass.
 */
export function judge(check: Expectation, evaluation: Evaluation): Judged {
  return judgedBy(evaluation)(check)
}

// A CNI's checks are asked for outcomes and for reasons, and most of its ways are the API's.
const judgedBy = remembered((evaluation: Evaluation) =>
  remembered((check: Expectation) => (heldIn(evaluation).has(check) ? HELD : judgeNow(check, evaluation))),
)

const HELD: Judged = { outcome: 'holds' }
const heldIn = remembered<Evaluation, WeakSet<Expectation>>(() => new WeakSet())

/**
 * Lets a check with \`only\` that held before an edit hold on without asking everybody again, where of those whom the edit can
 * have let in, these workloads and pods to come, nobody is. The edit must not have touched \`to\`. Asked for before \`judge\` is.
 */
export function holdOn(check: Expectation, evaluation: Evaluation, changed: ReadonlySet<string>): void {
  const { to, only } = check
  if (!only?.every((end) => isThere(evaluation, end))) return
  const { ports: asked, unresolved } = askedPorts(check.ports, runningPods(workloadsOf(evaluation, to)))
  if (unresolved.length > 0) return
  if (othersOf(evaluation, { to, only, asked, changed }).length === 0) heldIn(evaluation).add(check)
}

function judgeNow(check: Expectation, evaluation: Evaluation): Judged {
  const verdict = verdictOf(evaluation, check.from, check.to)
  if (!verdict || !(check.only ?? []).every((end) => isThere(evaluation, end))) return { outcome: 'missing' }
  const { ports: asked, unresolved } = askedPorts(check.ports, runningPods(workloadsOf(evaluation, check.to)))
  if (unresolved.length > 0) return { outcome: 'missing', verdict, asked }
  if (check.only)
    return { ...judgeOthers(othersOf(evaluation, { to: check.to, only: check.only, asked })), verdict, asked }
  return {
    outcome: check.expect === 'allowed' ? holdsOpen(verdict, asked) : holdsClosed(verdict, asked),
    verdict,
    asked,
  }
}

function judgeOthers(others: readonly Other[]): Pick<Judged, 'outcome' | 'others'> {
  return { outcome: others[0]?.outcome ?? 'holds', others }
}
