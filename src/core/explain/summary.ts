import { type End, endName } from '#core/model/end.ts'
import {
  coversPorts,
  formatPorts,
  intersectPorts,
  isNoPorts,
  type PortSet,
  subtractPorts,
  unitePorts,
} from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import { statusOf } from '#core/model/status.ts'
import type { Half, RuleEvidence, Status, Verdict } from '#core/model/verdict.ts'
import type { Asked } from './asked.ts'
import { deniedBy, verdictOfHalf } from './half.ts'
import { isMixed, type Scope, whereOf } from './scope.ts'

/** A connection and its answer, to be said in one sentence. */
export interface Answered {
  readonly from: End
  readonly to: End
  readonly asked: Asked
  readonly verdict: Verdict
  readonly status: Status
  /** Who meets whom in each half. */
  readonly scopes: Readonly<Record<Direction, Scope>>
}

/** The answer in one sentence. */
export function summarise(answered: Answered): string {
  const { status, asked } = answered
  if (isNoPorts(asked.ports)) return nothingAsked(answered)
  if (status === 'allowed') return allowed(answered)
  if (status === 'denied') return denied(answered)
  if (status === 'partial') return partial(answered)
  return `What is loaded does not tell whether ${ends(answered).from} may reach ${ends(answered).to} on ${asked.text}.`
}

function nothingAsked({ asked, to }: Answered): string {
  return `No pod of ${endName(to)} declares ${asked.unresolved.join(', ')}, so there is no port to ask about.`
}

function allowed(answered: Answered): string {
  const { from, to } = ends(answered)
  const { egress, ingress } = answered.verdict
  const ruled = [...(isRuled(egress) ? [from] : []), ...(isRuled(ingress) ? [to] : [])]
  const why =
    ruled.length === 0
      ? 'no policy restricts it'
      : ruled.length === 2
        ? 'rules at both ends allow it'
        : `a rule at ${ruled[0]} allows it`
  return `${from} may reach ${to} on ${answered.asked.text}: ${why}.`
}

function isRuled(half: Half): boolean {
  return half.exempt === undefined && (half.isolated !== 'no' || half.evidence.length > 0)
}

function denied(answered: Answered): string {
  const { from, to } = ends(answered)
  const { asked, verdict, scopes } = answered
  const what = asked.all ? 'anything' : asked.text
  const out = statusOf(verdictOfHalf(verdict.egress), asked.ports) === 'denied'
  const into = statusOf(verdictOfHalf(verdict.ingress), asked.ports) === 'denied'
  if (out && into) return `Closed at both ends: ${from} may not send ${what} to ${to}, and ${to} does not accept it.`
  if (out) return `${from} may not send ${what} to ${to}: ${closedBy(verdict.egress, scopes.egress, asked)}.`
  if (into) return `${to} does not accept ${what} from ${from}: ${closedBy(verdict.ingress, scopes.ingress, asked)}.`
  return `The two ends do not meet: of ${asked.text}, ${to} accepts nothing that ${from} may send.`
}

function closedBy(half: Half, scope: Scope, { ports }: Asked): string {
  const isAsked = (one: RuleEvidence): boolean => one.action === 'deny' && !isNoPorts(intersectPorts(one.ports, ports))
  const denies = half.evidence.filter(isAsked)
  if (denies.length === 0) return `it is isolated for ${half.direction}, and no rule allows this`
  const isDenied = ({ evidence }: Pick<Half, 'evidence'>): boolean => evidence.some(isAsked)
  const isWhole = scope.meetings.every(({ half: own }) => !isDenied(own) || coversPorts(deniedBy(own), ports))
  const told = `${denierNames(denies)} it${isWhole ? '' : ' in part'}`
  if (!isMixed(scope, isDenied)) return isWhole ? told : `${told}, and no rule allows the rest`
  const { at, peer } = whereOf(scope, isDenied)
  const isAnyPeer = peer === endName(scope.peer)
  const toward = isAnyPeer ? '' : ` ${half.direction === 'egress' ? 'to' : 'from'} ${peer}`
  const others =
    isAnyPeer && isWhole ? `; the others are isolated for ${half.direction}, and no rule allows this` : undefined
  return `${told}${toward}${at}${others ?? ', and no rule allows the rest'}`
}

function denierNames(denies: readonly RuleEvidence[]): string {
  const [first, ...more] = [...new Map(denies.map((one) => [one.policyName, one])).values()]
  if (!first) return 'a policy denies'
  return more.length === 0 ? `the ${first.tier} policy ${first.policyName} denies` : 'cluster-scoped policies deny'
}

function partial(answered: Answered): string {
  const { verdict, asked } = answered
  const open = intersectPorts(verdict.allowed, asked.ports)
  const some = intersectPorts(verdict.partial, asked.ports)
  const unknown = intersectPorts(verdict.undetermined, asked.ports)
  const closed = subtractPorts(asked.ports, [verdict.allowed, verdict.partial, verdict.undetermined].reduce(unitePorts))
  const said = [
    ...tell(open, 'open', asked),
    ...tell(some, 'open for some of the pods only', asked),
    ...tell(unknown, 'not known', asked),
    ...tell(closed, 'closed', asked),
  ]
  const { from, to } = ends(answered)
  return `Only part of it may pass from ${from} to ${to}: ${said.join(', ')}.`
}

function tell(ports: PortSet, what: string, asked: Asked): readonly string[] {
  if (isNoPorts(ports)) return []
  // A long remainder is better said as such: "TCP 80 is open, the rest is closed".
  const text = coversPorts(ports, asked.ports)
    ? asked.text
    : asked.all && what === 'closed'
      ? 'the rest'
      : formatPorts(ports)
  return [`${text} ${/ports$|[,;-]/.test(text) ? 'are' : 'is'} ${what}`]
}

function ends({ from, to }: Answered): { readonly from: string; readonly to: string } {
  return { from: endName(from), to: endName(to) }
}
