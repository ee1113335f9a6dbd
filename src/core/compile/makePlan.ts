import { judge } from '#core/checks/judge.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { endName } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import type { Problem } from '#core/model/picture.ts'
import { formatPorts, subtractPorts } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import { planAllow } from './planAllow.ts'
import { evaluateCopy, type Outcome, type PlanContext } from './planContext.ts'
import { planDefaultDeny } from './planDefaultDeny.ts'
import { changesBetween, type Copy } from './copy.ts'
import { effectsOf, type Effects } from './sideEffects.ts'
import { planForget } from './planForget.ts'
import { planRemove } from './planRemove.ts'
import { planNamespace, planWorkload } from './planSketch.ts'

export type { PlanContext } from './planContext.ts'

/**
 * The way to fulfil an intent: text edits that were applied to a copy, loaded and evaluated before they are offered
 * (design.md 1, 2). What else they open or close is in it; a plan that does not hold is a refusal that says why.
 */
export function plan(intent: Intent, context: PlanContext): Plan {
  const outcome = outcomeOf(intent, context)
  if ('refusal' in outcome) return refused(intent, context, outcome.refusal)
  const after = evaluateCopy(outcome.copy)
  const failure = failureOf(outcome, after) ?? newProblem(context, outcome.copy)
  if (failure !== undefined) return refused(intent, context, failure)
  const effects = effectsOf(context.evaluation, after, outcome.wanted)
  const warnings = [...outcome.warnings, ...brokenChecks(context, outcome.copy, after)]
  const needsPreview = outcome.preview === true || warnings.length > 0 || hasSideEffects(effects)
  return {
    intent,
    revision: context.revision,
    changes: changesBetween(context.files, outcome.copy.files),
    sentences: outcome.sentences,
    ...effects,
    warnings,
    needsPreview,
    diagnostics: [],
  }
}

function outcomeOf(intent: Intent, context: PlanContext): Outcome {
  switch (intent.type) {
    case 'allow':
      return planAllow(context, intent)
    case 'forget':
      return planForget(context, intent.check)
    case 'default-deny':
      return planDefaultDeny(context, intent)
    case 'add-namespace':
      return planNamespace(context, intent)
    case 'add-workload':
      return planWorkload(context, intent)
    case 'remove':
      return planRemove(context, intent.end)
  }
}

function failureOf({ wanted }: Exclude<Outcome, { refusal: string }>, after: Evaluation): string | undefined {
  if (!wanted) return undefined
  const verdict = verdictOf(after, wanted.from, wanted.to)
  if (!verdict) return `${endName(wanted.from)} or ${endName(wanted.to)} is not there any more.`
  const status = statusOf(verdict, wanted.ports)
  if (status === 'allowed') return undefined
  const edge = `${endName(wanted.from)} → ${endName(wanted.to)}`
  if (status === 'undetermined')
    return `No policy text makes ${edge} certain: what is loaded does not tell. Select the line to see what to load.`
  const closed = subtractPorts(wanted.ports, verdict.allowed)
  return `${edge} would still be closed for ${formatPorts(closed)}: a NetworkPolicy can't open it. Select the line to see why.`
}

// Text that Drawbridge writes must not be told off by its own validation.
function newProblem(context: PlanContext, copy: Copy): string | undefined {
  const before = new Set(context.loaded.problems.map(problemKey))
  const fresh = copy.loaded.problems.find((one) => one.severity === 'error' && !before.has(problemKey(one)))
  return fresh && `The text would not be valid: ${fresh.message}`
}

function problemKey({ code, message, file }: Problem): string {
  return `${code} ${file} ${message}`
}

function brokenChecks(context: PlanContext, { loaded }: Copy, after: Evaluation): string[] {
  const held = new Set(
    context.loaded.checks.filter((one) => judge(one, context.evaluation).outcome === 'holds').map(({ name }) => name),
  )
  const broken = loaded.checks.filter((one) => held.has(one.name) && judge(one, after).outcome !== 'holds')
  return broken.map(({ name, from, to }) => `Breaks the check "${name}" (${endName(from)} → ${endName(to)}).`)
}

function hasSideEffects({ opens, closes, other }: Effects): boolean {
  return [...opens, ...closes, ...other].some(({ wanted }) => !wanted)
}

function refused(intent: Intent, { revision }: PlanContext, refusal: string): Plan {
  const nothing = { changes: [], sentences: [], opens: [], closes: [], other: [], warnings: [], diagnostics: [] }
  return { intent, revision, ...nothing, refusal, needsPreview: false }
}
