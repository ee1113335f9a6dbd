import { judge } from '#core/checks/judge.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { endName } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import type { Problem } from '#core/model/picture.ts'
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
import type { Half, Verdict } from '#core/model/verdict.ts'
import { planAllow } from './allow.ts'
import { isAbout } from './checks.ts'
import { planDefaultDeny } from './defaultDeny.ts'
import { planDeny } from './deny.ts'
import { begin, type Draft, type PlanContext, textOf } from './draft.ts'
import { planForget } from './forget.ts'
import { countLines } from './lines.ts'
import type { Outcome, Planned } from './outcome.ts'
import type { Refusal } from './peers.ts'
import { planProtect } from './protect.ts'
import { planRemove } from './remove.ts'
import { sideEffects } from './sideEffects.ts'
import { planNamespace, planWorkload } from './sketch.ts'

export type { PlanContext } from './draft.ts'

/**
 * The way to fulfil an intent (design.md 2, 6, 8): text edits that were applied to a copy, loaded and evaluated before they
 * are offered. Whatever else they open or close is in it; what does not hold is refused, in words that say why. Of several
 * ways that hold the one with the fewest unwanted changes is it, then the one with the fewest lines; the rest are its others.
 */
export function plan(intent: Intent, context: PlanContext): Plan {
  const start = begin(context)
  const planned = planFor(intent, start)
  const made: Made = { intent, start, revision: context.revision }
  if ('refusal' in planned) return refused(made, planned)
  const ways = ('draft' in planned ? [planned] : planned).map((outcome) => verified(made, outcome))
  const [best, ...others] = unlike(ways.flatMap((way) => ('plan' in way ? [way.plan] : []))).toSorted(byCost)
  if (best) return { ...best, others }
  const refusals = ways.flatMap((way) => ('plan' in way ? [] : [way]))
  return refused(made, refusals[0] ?? { refusal: 'There is nothing to change for this.' })
}

interface Made {
  readonly intent: Intent
  readonly start: Draft
  readonly revision: number
}

type Way = { readonly plan: Plan } | Refusal

function verified({ intent, start, revision }: Made, outcome: Outcome): Way {
  const fault = failureOf(outcome) ?? newFault(start, outcome.draft)
  if (fault !== undefined) return { refusal: fault }
  const { warnings: dangers, ...effects } = sideEffects(start.evaluation, outcome)
  const warnings = [...brokenChecks(start, outcome.draft), ...dangers, ...outcome.warnings]
  const isMore = [...effects.opens, ...effects.closes, ...effects.other].some(({ wanted }) => !wanted)
  const changes = [...outcome.draft.changes.values()]
  const plan: Plan = {
    intent,
    revision,
    changes,
    title: outcome.title ?? outcome.sentences[0] ?? '',
    sentences: outcome.sentences,
    ...effects,
    lines: countLines(changes, (path) => textOf(start, path) ?? ''),
    warnings,
    needsPreview: outcome.preview === true || isMore || warnings.length > 0,
    diagnostics: [],
    help: [],
    others: [],
  }
  return { plan }
}

// Two ways to the same text are one.
function unlike(plans: readonly Plan[]): readonly Plan[] {
  return [...new Map(plans.toReversed().map((one) => [JSON.stringify(one.changes), one])).values()].toReversed()
}

function byCost(a: Plan, b: Plan): number {
  return unwantedOf(a) - unwantedOf(b) || linesOf(a) - linesOf(b)
}

function unwantedOf({ opens, closes, other, warnings }: Plan): number {
  return [...opens, ...closes, ...other].filter(({ wanted }) => !wanted).length + warnings.length
}

function linesOf({ lines }: Plan): number {
  return lines.added + lines.removed
}

function planFor(intent: Intent, start: Draft): Planned {
  switch (intent.type) {
    case 'allow':
      return planAllow(start, intent)
    case 'forget':
      return planForget(start, intent.check)
    case 'default-deny':
      return planDefaultDeny(start, intent)
    case 'add-namespace':
      return planNamespace(start, intent)
    case 'add-workload':
      return planWorkload(start, intent)
    case 'remove':
      return planRemove(start, intent.end)
    case 'protect':
      return planProtect(start, intent)
    case 'deny':
      return planDeny(start, intent)
    case 'change-ports':
    case 'isolate':
    case 'allow-dns':
    case 'repair':
    case 'add-labels':
      return { refusal: `Nothing plans “${intent.type}” yet.` }
  }
}

function failureOf({ goal, draft }: Outcome): string | undefined {
  if (!goal) return undefined
  const { from, to, ports, expect = 'allowed' } = goal
  const edge = `${endName(from)} → ${endName(to)}`
  const verdict = verdictOf(draft.evaluation, from, to)
  if (!verdict) return `${edge} would lose an end.`
  if (expect === 'denied') return stillOpen(edge, verdict, ports)
  const status = statusOf(verdict, ports)
  if (status === 'allowed') return undefined
  const doubtful = [verdict.ingress, verdict.egress].flatMap(({ isolatedBy }) =>
    isolatedBy.filter(({ unknown }) => unknown),
  )
  const names = namesOf(doubtful)
  if (status === 'undetermined')
    return `No policy text makes ${edge} certain: ${names === '' ? 'what is loaded does not tell' : `what ${names} does to it is not known here`}.`
  if ('ingressController' in from && !coversPorts(verdict.egress.allowed, ports))
    return `${edge} is closed where it begins: ${closingAt(verdict.egress)} restricts what the pods of the ingress controller send. Please open it there by hand.`
  const closed = formatPorts(subtractPorts(ports, verdict.allowed))
  return `${edge} would still be closed for ${closed}, at least for some of the pods: some share no labels, lack the named port, or run in the network of their nodes, where no policy names them.`
}

function stillOpen(edge: string, { allowed, partial, undetermined }: Verdict, ports: PortSet): string | undefined {
  const open = intersectPorts(unitePorts(allowed, partial), ports)
  if (!isNoPorts(open)) return `${edge} would still be open for ${formatPorts(open)}, at least for some of the pods.`
  const doubtful = intersectPorts(undetermined, ports)
  return isNoPorts(doubtful) ? undefined : `Whether ${edge} is closed for ${formatPorts(doubtful)} would not be known.`
}

function closingAt({ isolatedBy, evidence }: Half): string {
  return namesOf([...isolatedBy, ...evidence.filter(({ action }) => action === 'deny')])
}

function namesOf(policies: readonly { readonly policyName: string }[]): string {
  return [...new Set(policies.map(({ policyName }) => policyName))].join(', ')
}

// What Drawbridge writes must not be told off by its own validation.
function newFault(start: Draft, { loaded }: Draft): string | undefined {
  const known = new Set(start.loaded.problems.map(keyOf))
  const fault = loaded.problems.find((problem) => problem.severity === 'error' && !known.has(keyOf(problem)))
  return fault && `This would leave ${fault.file} with an error: ${fault.message}`
}

function keyOf({ code, message, file }: Problem): string {
  return `${code} ${file} ${message}`
}

function brokenChecks(start: Draft, end: Draft): readonly string[] {
  const held = start.loaded.checks.filter((check) => judge(check, start.evaluation).outcome === 'holds')
  return end.loaded.checks
    .filter((check) => held.some((one) => one.expect === check.expect && isAbout(one, check)))
    .filter((check) => !['holds', 'missing'].includes(judge(check, end.evaluation).outcome))
    .map(({ name, from, to }) => `Breaks the check “${name}” (${endName(from)} → ${endName(to)}).`)
}

function refused({ intent, revision }: Made, { refusal, help }: Refusal): Plan {
  const nothing = {
    changes: [],
    title: '',
    sentences: [],
    opens: [],
    closes: [],
    other: [],
    warnings: [],
    diagnostics: [],
  }
  const none = { dns: { lost: [], gained: [] }, lines: { added: 0, removed: 0 }, others: [] }
  return { intent, revision, ...nothing, ...none, refusal, help: help ?? [], needsPreview: false }
}
