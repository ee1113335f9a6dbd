import { judge } from '#core/checks/judge.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { endName } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import type { Problem } from '#core/model/picture.ts'
import { coversPorts, formatPorts, subtractPorts } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import type { Half } from '#core/model/verdict.ts'
import { planAllow } from './allow.ts'
import { isAbout } from './checks.ts'
import { planDefaultDeny } from './defaultDeny.ts'
import { begin, type Draft, type PlanContext } from './draft.ts'
import { planForget } from './forget.ts'
import type { Outcome, Planned } from './outcome.ts'
import { planRemove } from './remove.ts'
import { sideEffects } from './sideEffects.ts'
import { planNamespace, planWorkload } from './sketch.ts'

export type { PlanContext } from './draft.ts'

/**
 * The way to fulfil an intent (design.md 2, 6, 8): text edits that were applied to a copy, loaded and evaluated before they
 * are offered. Whatever else they open or close is in it; what does not hold is refused, in words that say why.
 */
export function plan(intent: Intent, context: PlanContext): Plan {
  const start = begin(context)
  const outcome = planFor(intent, start)
  const refusal = 'refusal' in outcome ? outcome.refusal : (failureOf(outcome) ?? newFault(start, outcome.draft))
  if (refusal !== undefined || 'refusal' in outcome) return refused(intent, context.revision, refusal ?? '')
  const { warnings: dangers, ...effects } = sideEffects(context.evaluation, outcome)
  const warnings = [...brokenChecks(start, outcome.draft), ...dangers, ...outcome.warnings]
  const isMore = [...effects.opens, ...effects.closes, ...effects.other].some(({ wanted }) => !wanted)
  return {
    intent,
    revision: context.revision,
    changes: [...outcome.draft.changes.values()],
    sentences: outcome.sentences,
    ...effects,
    warnings,
    needsPreview: outcome.preview === true || isMore || warnings.length > 0,
    diagnostics: [],
  }
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
  }
}

function failureOf({ goal, draft }: Outcome): string | undefined {
  if (!goal) return undefined
  const { from, to, ports } = goal
  const edge = `${endName(from)} → ${endName(to)}`
  const verdict = verdictOf(draft.evaluation, from, to)
  if (!verdict) return `${edge} would lose an end.`
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

function refused(intent: Intent, revision: number, refusal: string): Plan {
  const nothing = { changes: [], sentences: [], opens: [], closes: [], other: [], warnings: [], diagnostics: [] }
  return { intent, revision, ...nothing, refusal, needsPreview: false }
}
