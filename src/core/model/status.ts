import { coversPorts, intersectPorts, isNoPorts, type PortSet, unitePorts } from './ports.ts'
import type { Status, Verdict } from './verdict.ts'

/**
 * What the asked ports get (design.md 3). Partial where some surely pass and some surely don't; undetermined where
 * what is not known could still decide. Asking for no port at all is undetermined: nothing was asked that could hold.
 */
export function statusOf(verdict: Pick<Verdict, 'allowed' | 'partial' | 'undetermined'>, asked: PortSet): Status {
  if (isNoPorts(asked)) return 'undetermined'
  if (coversPorts(verdict.allowed, asked)) return 'allowed'
  if (!isNoPorts(intersectPorts(verdict.partial, asked))) return 'partial'
  const open = !isNoPorts(intersectPorts(verdict.allowed, asked))
  const closed = !coversPorts(unitePorts(verdict.allowed, verdict.undetermined), asked)
  if (open && closed) return 'partial'
  return open || !isNoPorts(intersectPorts(verdict.undetermined, asked)) ? 'undetermined' : 'denied'
}
