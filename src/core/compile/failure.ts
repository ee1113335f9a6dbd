import { verdictOf } from '#core/evaluate/evaluate.ts'
import { locate } from '#core/load/load.ts'
import { scopeOf, whereOf } from '#core/explain/scope.ts'
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
import { statusOf } from '#core/model/status.ts'
import type { Ref } from '#core/model/text.ts'
import type { Half, RuleEvidence, Verdict } from '#core/model/verdict.ts'
import { type Draft, textOf } from './draft.ts'
import type { Goal, Outcome } from './outcome.ts'
import { endOf, type Refusal, workloadsOf } from './peers.ts'
import { selectablePods } from './selectors.ts'

/** Why an outcome doesn't reach its goal, with what would help; undefined where it does, or has none. */
export function failureOf(start: Draft, { goal, draft }: Outcome): Refusal | undefined {
  if (!goal) return undefined
  const { from, to, ports, expect = 'allowed' } = goal
  const edge = `${endName(from)} → ${endName(to)}`
  const verdict = verdictOf(draft.evaluation, from, to)
  if (!verdict) return { refusal: `${edge} would lose an end.` }
  if (expect === 'denied') return stillOpen(edge, verdict, ports)
  const status = statusOf(verdict, ports)
  if (status === 'allowed') return undefined
  const denied = deniedAbove(start, goal, verdict)
  if (denied) return denied
  if (status === 'undetermined') return { refusal: uncertain(edge, verdict) }
  if ('ingressController' in from && !coversPorts(verdict.egress.allowed, ports))
    return {
      refusal: `${edge} is closed where it begins: ${closingAt(verdict.egress)} restricts what the pods of the ingress controller send. Please open it there by hand.`,
    }
  return stillClosed(draft, goal, subtractPorts(ports, verdict.allowed))
}

/** Why no NetworkPolicy can open a connection: a rule of a cluster-scoped policy that is asked before denies it; undefined where none does. */
export function deniedAbove(start: Draft, { from, to, ports }: Goal, verdict: Verdict): Refusal | undefined {
  for (const half of [verdict.ingress, verdict.egress]) {
    const rule = half.evidence.find(
      (one) => one.action === 'deny' && one.tier === 'admin' && !isNoPorts(intersectPorts(one.ports, ports)),
    )
    if (!rule) continue
    const kind = start.loaded.documents.find(({ id }) => id === rule.policy.document)?.kind ?? 'cluster-scoped policy'
    const allow = kind === 'ClusterNetworkPolicy' ? 'Accept' : 'Allow'
    const on = formatPorts(intersectPorts(rule.ports, ports))
    // Of several pods, it need not be about all.
    const scope = scopeOf(start.evaluation, from, to, half.direction)
    const { at, peer } = whereOf(scope, ({ evidence }) => evidence.some((one) => one.rule === rule.rule))
    const subject = at === '' ? endName(scope.subject) : at.replace(' at ', '')
    const side = `${half.direction === 'ingress' ? 'from' : 'to'} ${peer}`
    const advice = `An ${half.direction} rule in front of it would help: ${allow} ${side} on ${on}, in a policy whose subject takes in ${subject}.`
    return {
      refusal: `${endName(from)} → ${endName(to)} is denied${at} by ${nameOf(start, rule)} of the ${kind} ${rule.policyName}: it is asked before every NetworkPolicy, and none can override its Deny. ${advice}`,
      advice,
    }
  }
  return undefined
}

/** Where a ref stands, for people: `line 54 of policies/db.yaml`; undefined where its document is gone. */
export function lineOf(draft: Draft, ref: Ref): string | undefined {
  const place = locate(draft.loaded, ref)
  const text = place && textOf(draft, place.file)
  if (!place || text === undefined) return undefined
  return `line ${text.slice(0, place.range.from).split('\n').length} of ${place.file}`
}

function nameOf(draft: Draft, { index, ruleName, rule }: RuleEvidence): string {
  const line = lineOf(draft, rule)
  const name = ruleName === undefined ? '' : ` “${ruleName}”`
  return `rule ${index + 1}${name}${line === undefined ? '' : ` (${line})`}`
}

function stillOpen(edge: string, { allowed, partial, undetermined }: Verdict, ports: PortSet): Refusal | undefined {
  const open = intersectPorts(unitePorts(allowed, partial), ports)
  if (!isNoPorts(open))
    return { refusal: `${edge} would still be open for ${formatPorts(open)}, at least for some of the pods.` }
  const doubtful = intersectPorts(undetermined, ports)
  if (isNoPorts(doubtful)) return undefined
  return { refusal: `Whether ${edge} is closed for ${formatPorts(doubtful)} would not be known.` }
}

function uncertain(edge: string, { ingress, egress }: Verdict): string {
  const doubtful = [ingress, egress].flatMap(({ isolatedBy }) => isolatedBy.filter(({ unknown }) => unknown))
  const names = namesOf(doubtful)
  return `No policy text makes ${edge} certain: ${names === '' ? 'what is loaded does not tell' : `what ${names} does to it is not known here`}.`
}

function stillClosed(draft: Draft, { from, to }: Goal, closed: PortSet): Refusal {
  const edge = `${endName(from)} → ${endName(to)}`
  const hosts = [...hostNetworked(draft, from), ...hostNetworked(draft, to)]
  const why =
    hosts.length > 0
      ? `${hosts.slice(0, 3).join(', ')}${hosts.length > 3 ? ` and ${hosts.length - 3} more` : ''} run in the network of their nodes (hostNetwork), where no policy names them`
      : 'some share no labels, lack the named port, or run in the network of their nodes, where no policy names them'
  return {
    refusal: `${edge} would still be closed for ${formatPorts(closed)}, at least for some of the pods: ${why}.`,
  }
}

function hostNetworked({ evaluation }: Draft, end: End): readonly string[] {
  const unseen = workloadsOf(evaluation, end).filter(
    (workload) => selectablePods(workload).length < workload.pods.filter(({ finished }) => !finished).length,
  )
  return unseen.map((workload) => endName(endOf(workload)))
}

function closingAt({ isolatedBy, evidence }: Half): string {
  return namesOf([...isolatedBy, ...evidence.filter(({ action }) => action === 'deny')])
}

function namesOf(policies: readonly { readonly policyName: string }[]): string {
  return [...new Set(policies.map(({ policyName }) => policyName))].join(', ')
}
