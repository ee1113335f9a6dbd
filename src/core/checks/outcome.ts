import type { Answer } from '#core/evaluate/answers.ts'
import type { CheckOutcome } from '#core/model/check.ts'
import { intersectPorts, isNoPorts, type PortSet, unitePorts } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'

/** Is every asked port open for every pod pair? */
export function holdsOpen(verdict: Answer, asked: PortSet): CheckOutcome {
  const status = statusOf(verdict, asked)
  if (status === 'allowed') return 'holds'
  return status === 'undetermined' ? 'undetermined' : 'broken'
}

/** Is none of the asked ports open for any pod pair? */
export function holdsClosed(verdict: Answer, asked: PortSet): CheckOutcome {
  const open = intersectPorts(unitePorts(verdict.allowed, verdict.partial), asked)
  if (!isNoPorts(open)) return 'broken'
  return isNoPorts(intersectPorts(verdict.undetermined, asked)) ? 'holds' : 'undetermined'
}
