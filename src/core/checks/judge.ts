import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import type { Check, CheckOutcome } from '#core/model/check.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { intersectPorts, isNoPorts, type PortSet, unitePorts } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { statusOf } from '#core/model/status.ts'
import type { Verdict } from '#core/model/verdict.ts'

/** How a check fares; with the verdict and the asked ports where its ends are there and its ports could be read. */
export interface Judged {
  readonly outcome: CheckOutcome
  readonly verdict?: Verdict | undefined
  readonly asked?: PortSet | undefined
}

/**
 * Does the expectation hold (design.md 7)? `allowed` holds when every asked port is open for every pod pair, `denied`
 * when none is. A missing end, a port name that no pod declares and an undetermined verdict never pass.
 */
export function judge(check: Pick<Check, 'from' | 'to' | 'ports' | 'expect'>, evaluation: Evaluation): Judged {
  const verdict = verdictOf(evaluation, check.from, check.to)
  if (!verdict) return { outcome: 'missing' }
  const { ports: asked, unresolved } = askedPorts(check.ports, podsOf(evaluation, check.to))
  if (unresolved.length > 0) return { outcome: 'missing', verdict, asked }
  return {
    outcome: check.expect === 'allowed' ? holdsOpen(verdict, asked) : holdsClosed(verdict, asked),
    verdict,
    asked,
  }
}

function holdsOpen(verdict: Verdict, asked: PortSet): CheckOutcome {
  const status = statusOf(verdict, asked)
  if (status === 'allowed') return 'holds'
  return status === 'undetermined' ? 'undetermined' : 'broken'
}

function holdsClosed(verdict: Verdict, asked: PortSet): CheckOutcome {
  const open = intersectPorts(unitePorts(verdict.allowed, verdict.partial), asked)
  if (!isNoPorts(open)) return 'broken'
  return isNoPorts(intersectPorts(verdict.undetermined, asked)) ? 'holds' : 'undetermined'
}

function podsOf({ cluster, workloads }: Evaluation, end: End): readonly Pod[] {
  if ('anyNamespace' in end) return cluster.workloads.flatMap(runningPods)
  if (!('namespace' in end)) return []
  if ('workload' in end) return runningPods(workloads.get(`${end.namespace}/${end.workload}`))
  return cluster.workloads.filter(({ namespace }) => namespace === end.namespace).flatMap(runningPods)
}

function runningPods(workload: Workload | undefined): readonly Pod[] {
  return workload?.pods.filter(({ finished }) => !finished) ?? []
}
