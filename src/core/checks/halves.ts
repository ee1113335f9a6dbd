import type { Check } from '#core/model/check.ts'
import { endName } from '#core/model/end.ts'
import {
  ALL_PORTS,
  equalPorts,
  formatPorts,
  intersectPorts,
  isNoPorts,
  type PortSet,
  subtractPorts,
  unitePorts,
} from '#core/model/ports.ts'
import { say, type Sentence } from '#core/model/sentence.ts'
import type { Half, RuleEvidence, Verdict } from '#core/model/verdict.ts'
import { links } from './names.ts'

type Ends = Pick<Check, 'from' | 'to'>

/** Why a check that wants ports open is broken: which half keeps them closed, and whose policies. */
export function tellClosed(ends: Ends, verdict: Verdict, asked: PortSet): Sentence {
  const closed = subtractPorts(asked, verdict.allowed)
  const halves = [verdict.egress, verdict.ingress].map((half) => tellBlock(ends, half, closed))
  return say(headOfClosed(verdict, asked, closed), ...joined(halves), '.')
}

/** Why a check that wants ports closed is broken: who lets them through at either half. */
export function tellOpen(ends: Ends, verdict: Verdict, asked: PortSet): Sentence {
  const open = intersectPorts(unitePorts(verdict.allowed, verdict.partial), asked)
  const isSome = isNoPorts(intersectPorts(verdict.allowed, asked))
  const halves = [verdict.egress, verdict.ingress].map((half) => tellPass(ends, half, open))
  return say(`${formatPorts(open)} ${are(open)} open${isSome ? ' for some pods' : ''}: `, ...joined(halves), '.')
}

// Of all ports, saying which are closed would be a long list.
function headOfClosed(verdict: Verdict, asked: PortSet, closed: PortSet): string {
  if (!equalPorts(asked, ALL_PORTS)) return `${formatPorts(closed)} ${are(closed)} closed: `
  const open = intersectPorts(verdict.allowed, asked)
  return isNoPorts(open) ? 'not every port is open: ' : `only ${formatPorts(open)} ${are(open)} open: `
}

// The subject is one port, or it is several.
function are(ports: PortSet): string {
  const spans = [...ports.TCP, ...ports.UDP, ...ports.SCTP]
  return spans.length === 1 && spans[0]?.from === spans[0]?.to ? 'is' : 'are'
}

function tellBlock({ from, to }: Ends, half: Half, closed: PortSet): Sentence {
  const blocked = subtractPorts(closed, half.allowed)
  if (isNoPorts(blocked)) return []
  const isSome = isNoPorts(subtractPorts(blocked, half.some))
  const who = endName(half.direction === 'egress' ? from : to)
  const act = half.direction === 'egress' ? 'send' : 'receive'
  const policies = blockers(half, blocked)
  const by = policies.length === 0 ? [] : say(' (', links(policies), ')')
  return say(`${isSome ? 'between some pods ' : ''}${who} may not ${act} it`, by)
}

// A denying rule says it; else those that isolate, since nothing of them allows it.
function blockers({ evidence, isolatedBy }: Half, ports: PortSet) {
  const denying = evidence.filter((one) => one.action === 'deny' && isAbout(one, ports))
  return (denying.length > 0 ? denying : isolatedBy).map(({ policy, policyName }) => ({
    name: policyName,
    ref: policy,
  }))
}

function tellPass({ from, to }: Ends, half: Half, open: PortSet): Sentence {
  if (half.exempt === 'outside') return []
  const isOut = half.direction === 'egress'
  const allowing = half.evidence.filter((one) => one.action === 'allow' && isAbout(one, open))
  const who = endName(isOut ? from : to)
  if (allowing.length === 0) return say(`no policy limits what ${who} ${isOut ? 'sends' : 'receives'}`)
  const verb = allowing.length > 1 ? 'let' : 'lets'
  const policies = allowing.map(({ policy, policyName }) => ({ name: policyName, ref: policy }))
  return say(links(policies), ` ${verb} it ${isOut ? 'out' : 'in'}`)
}

function isAbout({ ports, unknownPorts }: RuleEvidence, asked: PortSet): boolean {
  return !isNoPorts(intersectPorts(unitePorts(ports, unknownPorts), asked))
}

function joined(halves: readonly Sentence[]): readonly (string | Sentence)[] {
  const said = halves.filter((half) => half.length > 0)
  return said.flatMap((half, i) => (i === 0 ? [half] : [', and ', half]))
}
