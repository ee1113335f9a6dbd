import { differences } from '#core/compare/compare.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { endName } from '#core/model/end.ts'
import { intersectPorts, isNoPorts, type PortSet, unitePorts } from '#core/model/ports.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { DocumentId } from '#core/model/text.ts'
import type { RuleEvidence } from '#core/model/verdict.ts'
import { type Closing, isClosed } from './denyAsked.ts'
import { removeDocument } from './documents.ts'
import type { Draft } from './draft.ts'
import { outcastOf } from './narrowEnd.ts'
import { narrowRule } from './narrowRule.ts'
import type { Step } from './outcome.ts'
import { podsOf, type Refusal } from './peers.ts'
import { isDnsRule, listAt } from './policyText.ts'

/** More rules than anybody has for one connection: then narrowing gets nowhere. */
const MOST_RULES = 60

/**
 * Closes one half of a connection by narrowing every NetworkPolicy rule that opens it, whoever wrote it; a policy of
 * Drawbridge's that says nothing any more goes. A refusal where a rule can't be narrowed, or no NetworkPolicy is asked.
 */
export function closeHalf(start: Step, closing: Closing, direction: Direction): Step | Refusal {
  let step = start
  const touched = new Set<DocumentId>()
  for (let turn = 0; turn < MOST_RULES; turn++) {
    const found = openingOf(step.draft, closing, direction)
    if (!found) break
    if ('refusal' in found) return found
    const next = narrow(step, closing, found)
    if ('refusal' in next) return next
    if (next.draft.changes === step.draft.changes) break
    touched.add(found.policy.ref.document)
    step = next
  }
  return [...touched].reduce((now, id) => tidy(now, closing, { id, direction }), step)
}

interface Found {
  readonly policy: Policy
  readonly evidence: RuleEvidence
}

// The first rule that opens one of the ports; the admin tier is asked before, and can't be narrowed here (semantics.md C.2).
function openingOf(
  { evaluation }: Draft,
  { from, to, ports }: Closing,
  direction: Direction,
): Found | Refusal | undefined {
  const half = verdictOf(evaluation, from, to)?.[direction]
  const allowing = half?.evidence.filter((one) => one.action === 'allow' && opens(one, ports)) ?? []
  const admin = allowing.find(({ tier }) => tier === 'admin')
  if (admin) return { refusal: tellAdmin(admin, `${endName(from)} → ${endName(to)}`) }
  for (const evidence of allowing.toReversed()) {
    const policy = evaluation.policies.find(({ ref }) => ref.document === evidence.policy.document)
    if (policy && evidence.tier === 'networkPolicy') return { policy, evidence }
  }
  return undefined
}

function opens({ ports, unknownPorts }: RuleEvidence, closed: PortSet): boolean {
  return !isNoPorts(intersectPorts(unitePorts(ports, unknownPorts), closed))
}

function tellAdmin({ policyName, index, ruleName }: RuleEvidence, edge: string): string {
  const name = ruleName === undefined ? '' : ` “${ruleName}”`
  return `Rule ${index + 1}${name} of the admin policy ${policyName} allows ${edge}: it decides first, and NetworkPolicies are not asked. Change it there.`
}

function narrow(step: Step, { from, to, ports }: Closing, { policy, evidence }: Found): Step | Refusal {
  const { draft } = step
  const rule = policy.rules.filter(({ direction }) => direction === directionOf(evidence))[evidence.index]
  if (!rule) return step
  const out = outcastOf(draft.evaluation, rule.direction === 'ingress' ? from : to)
  const done = narrowRule(draft, { policy, rule, out, hole: { ports, pods: podsOf(draft.evaluation, to) } })
  if ('refusal' in done) return done
  return {
    draft: done.draft,
    sentences: [...step.sentences, done.sentence],
    warnings: [...new Set([...step.warnings, ...done.warnings])],
  }
}

function directionOf({ rule }: RuleEvidence): Direction {
  return rule.path[1] === 'egress' ? 'egress' : 'ingress'
}

interface Place {
  readonly id: DocumentId
  readonly direction: Direction
}

// What is left without rules still denies, unless it was Drawbridge's and others deny the same.
function tidy(step: Step, closing: Closing, { id, direction }: Place): Step {
  const { draft } = step
  const policy = draft.loaded.policies.find(({ ref }) => ref.document === id)
  if (!policy) return step
  const rules = listAt(draft, policy, ['spec', direction])
  const isEmpty = rules.every((rule) => isDnsRule(draft, rule, direction))
  if (!isEmpty) return step
  const gone = policy.managed && policy.directions.length === 1 ? removeDocument(draft, id) : undefined
  if (gone && isClosed(gone, closing) && differences(draft.evaluation, gone.evaluation, []).length === 0)
    return told(without(step, gone, policy), `Removes the policy ${policy.name}: ${stillBy(gone, closing, direction)}.`)
  if (rules.length > 0) return step
  return told(step, `Leaves ${policy.name} without rules for ${direction}: it allows nothing any more.`)
}

// What was done to it before is no news any more.
function without({ sentences, warnings }: Step, draft: Draft, { name }: Policy): Step {
  return { draft, warnings, sentences: sentences.filter((sentence) => !sentence.endsWith(` of ${name}.`)) }
}

function stillBy({ evaluation }: Draft, { from, to }: Closing, direction: Direction): string {
  const verdict = verdictOf(evaluation, from, to)
  const names = [...new Set(verdict?.[direction].isolatedBy.map(({ policyName }) => policyName))]
  if (names.length === 0) return 'nothing depended on it'
  const own = endName(direction === 'ingress' ? to : from)
  return `${names.join(', ')} still ${names.length === 1 ? 'isolates' : 'isolate'} ${own}`
}

function told(step: Step, sentence: string): Step {
  return { ...step, sentences: [...step.sentences, sentence] }
}
