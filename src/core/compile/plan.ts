import type { Check } from '#core/model/check.ts'
import { type End, endName } from '#core/model/end.ts'
import type { Help, Intent, Plan } from '#core/model/intent.ts'
import type { Problem } from '#core/model/picture.ts'
import type { FileChange } from '#core/model/text.ts'
import { planAddLabels } from './addLabels.ts'
import { allowWays } from './allow.ts'
import { planAllowDns } from './allowDns.ts'
import { planChangePorts } from './changePorts.ts'
import { planDeny } from './deny.ts'
import { begin, type Draft, type PlanContext, textOf } from './draft.ts'
import { brokenChecks, type Meaning } from './effects.ts'
import { failureOf } from './failure.ts'
import { planForget } from './forget.ts'
import { planIsolate, planNamespaceLock } from './isolate.ts'
import { countLines } from './lines.ts'
import type { Outcome, Planned } from './outcome.ts'
import { type Refusal, workloadsOf } from './peers.ts'
import { planEditCheck, planPin } from './pin.ts'
import { planProtect } from './protect.ts'
import { planRemove } from './remove.ts'
import { planRepair } from './repair.ts'
import { planSetProfile } from './setProfile.ts'
import { sideEffects } from './sideEffects.ts'
import { planNamespace, planWorkload } from './sketch.ts'
import { breaks } from './tally.ts'

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
  const [best, ...others] = unlike(ways.flatMap((way) => ('plan' in way ? [way] : [])))
  if (best) return { ...best, others }
  const refusals = ways.flatMap((way) => ('plan' in way ? [] : [way]))
  return refused(made, refusals[0] ?? { refusal: 'There is nothing to change for this.' })
}

interface Made {
  readonly intent: Intent
  readonly start: Draft
  readonly revision: number
}

interface Verified {
  readonly plan: Plan
  readonly offStyle: boolean
  readonly rank: number
  readonly isMeant: boolean
  /** Connections that change unasked, and warnings. */
  readonly unwanted: number
}

function verified({ intent, start, revision }: Made, outcome: Outcome): Verified | Refusal {
  const failure = failureOf(start, outcome)
  if (failure) return failure
  const fault = newFault(start, outcome.draft)
  if (fault !== undefined) return { refusal: fault }
  const broken = brokenChecks(meaningOf(start), meaningOf(outcome.draft))
  const { warnings: dangers, ...effects } = sideEffects(start.evaluation, outcome, broken)
  const warnings = [...broken.map((check) => tellBroken(check, outcome.draft)), ...dangers, ...outcome.warnings]
  const isMore = [...effects.opens, ...effects.closes, ...effects.other].some(({ wanted }) => !wanted)
  const changes = policiesFirst(outcome.draft)
  const plan: Plan = {
    intent,
    revision,
    changes,
    title: outcome.title ?? outcome.sentences[0] ?? '',
    sentences: outcome.sentences,
    ...effects,
    lines: countLines(changes, (path) => textOf(start, path) ?? ''),
    warnings,
    needsPreview:
      outcome.preview === true || isMore || warnings.length > 0 || (isLock(intent) && effects.closes.length > 0),
    diagnostics: [],
    help: unlikeHelp(outcome.help ?? []),
    others: [],
  }
  const unwanted = unwantedIn(outcome.draft, plan)
  return {
    plan,
    offStyle: outcome.offStyle === true,
    rank: outcome.rank ?? 0,
    isMeant: outcome.isMeant === true,
    unwanted,
  }
}

// What a cluster reads; then files with nothing but checks.
function policiesFirst({ changes, loaded }: Draft): readonly FileChange[] {
  const others = new Set(loaded.documents.filter(({ kind }) => kind !== 'ConnectivityChecks').map(({ file }) => file))
  const rank = (change: FileChange): number => ('path' in change && others.has(change.path) ? 0 : 1)
  return [...changes.values()].toSorted((a, b) => rank(a) - rank(b))
}

// What denies by a switch shows what it cuts, though all of it was asked for.
function isLock({ type }: Intent): boolean {
  return type === 'isolate' || type === 'default-deny'
}

function meaningOf({ evaluation, loaded }: Draft): Meaning {
  return { evaluation, checks: loaded.checks }
}

// Two ways to the same text are one; of equal ones the planner's own order stays.
function unlike(ways: readonly Verified[]): readonly Plan[] {
  const once = [...new Map(ways.toReversed().map((one) => [JSON.stringify(one.plan.changes), one])).values()]
  return once
    .toReversed()
    .toSorted(byCost)
    .map(({ plan: one }) => one)
}

// The rank of a planner never hides what else a way does.
function byCost(a: Verified, b: Verified): number {
  const unwanted = a.unwanted - b.unwanted
  return (
    Number(b.isMeant) - Number(a.isMeant) ||
    unwanted ||
    a.rank - b.rank ||
    Number(a.offStyle) - Number(b.offStyle) ||
    linesOf(a.plan) - linesOf(b.plan)
  )
}

function unlikeHelp(help: readonly Help[]): readonly Help[] {
  return [...new Map(help.map((one) => [JSON.stringify(one.intent), one])).values()]
}

// Of a namespace as an end, every workload counts: what opens more must not look like less because it takes fewer lines.
function unwantedIn({ evaluation }: Draft, { opens, closes, other, warnings }: Plan): number {
  const sizeOf = (end: End): number => Math.max(1, 'workload' in end ? 1 : workloadsOf(evaluation, end).length)
  const unasked = [...opens, ...closes, ...other].filter(({ wanted }) => !wanted)
  return unasked.reduce((sum, { from, to }) => sum + sizeOf(from) * sizeOf(to), warnings.length)
}

function linesOf({ lines }: Plan): number {
  return lines.added + lines.removed
}

function planFor(intent: Intent, start: Draft): Planned {
  switch (intent.type) {
    case 'allow':
      return allowWays(start, intent)
    case 'forget':
      return planForget(start, intent.check)
    case 'pin':
      return planPin(start, intent.checks)
    case 'edit-check':
      return planEditCheck(start, intent)
    case 'default-deny':
      return planNamespaceLock(start, intent)
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
    case 'repair':
      return planRepair(start, intent)
    case 'change-ports':
      return planChangePorts(start, intent)
    case 'isolate':
      return planIsolate(start, intent)
    case 'allow-dns':
      return planAllowDns(start, intent)
    case 'add-labels':
      return planAddLabels(start, intent)
    case 'set-profile':
      return planSetProfile(start, intent)
  }
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

function tellBroken(check: Check, { evaluation }: Draft): string {
  return `${breaks(check, evaluation)} (${endName(check.from)} → ${endName(check.to)}).`
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
