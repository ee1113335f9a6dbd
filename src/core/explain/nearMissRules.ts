import type { Evaluation } from '#core/evaluate/evaluation.ts'
import { selectsClass } from '#core/evaluate/matching.ts'
import { isUnevaluated, standingOf } from '#core/evaluate/standing.ts'
import { intersectPorts, isNoPorts } from '#core/model/ports.ts'
import type { Direction, Policy, Rule } from '#core/model/rule.ts'
import type { RuleEvidence } from '#core/model/verdict.ts'
import { failingLabels } from './nearMissLabels.ts'
import { peerTerms } from './nearMissPeers.ts'
import { portTerms } from './nearMissPorts.ts'
import { byCloseness, type Denied, LIKELY, type Placed, type Weighed, weightOf } from './nearMissTerms.ts'

/** A rule that comes close, and all that keeps it from allowing this pair: the likeliest slip first. */
export interface Found extends Placed {
  readonly denied: Denied
  readonly terms: readonly Weighed[]
}

/** So many rules are looked at: enough for any namespace that people read. */
const MOST_RULES = 3000
/** Two terms that fail are near only where both are likely slips. */
const MOST_WEIGHT = 6

/** The rules that come closest to allowing one of the pairs, closest first. Where rules of a tier deny a pair: rules of that tier before them. */
export function closestRules(evaluation: Evaluation, pairs: readonly Denied[]): readonly Found[] {
  const best = new Map<Rule, Found>()
  for (const denied of pairs)
    for (const placed of candidates(evaluation, denied).slice(0, MOST_RULES)) {
      const terms = failingTerms(evaluation, placed, denied)
      const known = best.get(placed.rule)
      if (!terms || !isNear(terms) || (known && byCloseness(known.terms, terms) <= 0)) continue
      best.set(placed.rule, { ...placed, denied, terms })
    }
  return [...best.values()].toSorted((a, b) => byCloseness(a.terms, b.terms))
}

/** The rules that deny such a pair asked ports. */
export function deniesOf({ half, closed }: Denied): readonly RuleEvidence[] {
  return half.evidence.filter(({ action, ports }) => action === 'deny' && !isNoPorts(intersectPorts(ports, closed)))
}

/** Does a rule of the half name the peer already, if only for other ports? */
export function namesPeer(evaluation: Evaluation, denied: Denied): boolean {
  return candidates(evaluation, denied)
    .slice(0, MOST_RULES)
    .some((placed) => failingTerms(evaluation, placed, denied)?.every(({ term }) => term.type === 'port') === true)
}

/** Is it rather a slip than another rule for somebody else? */
export function isLikely(found: Found | undefined): boolean {
  return found !== undefined && weightOf(found.terms) <= LIKELY
}

/** All that keeps a rule from allowing what is denied, the likeliest slip first; undefined where nothing about it is alike. */
export function failingTerms(
  evaluation: Evaluation,
  { policy, rule }: Placed,
  denied: Denied,
): readonly Weighed[] | undefined {
  const peers = peerTerms(evaluation, rule, denied)
  if (!peers) return undefined
  const isListed = policy.directions.includes(rule.direction)
  const types: readonly Weighed[] = isListed ? [] : [{ term: { type: 'policy-types' }, weight: 0 }]
  const terms = [...subjectTerms(policy, denied), ...types, ...peers, ...portTerms(evaluation, rule, denied)]
  return terms.toSorted((a, b) => a.weight - b.weight)
}

function isNear(terms: readonly Weighed[]): boolean {
  return terms.length === 1 || (terms.length === 2 && weightOf(terms) <= MOST_WEIGHT)
}

// One that does not select the pods is a weaker guess.
function subjectTerms({ subject: matcher }: Policy, { subject, names }: Denied): readonly Weighed[] {
  const { labels } = subject.class
  const all = subject.pods[0]?.labels.labels ?? labels.labels
  const terms = failingLabels(matcher.pods, { of: 'subject', name: names.subject, labels, all })
  return terms.map(({ term, weight }) => ({ term, weight: weight + 3 }))
}

function candidates(evaluation: Evaluation, denied: Denied): readonly Placed[] {
  const { direction, subject } = denied
  const [deny] = deniesOf(denied)
  if (deny) {
    const { applicable } = standingOf(evaluation, subject.class, direction)
    return applicable.flatMap(({ policy }) => placed(policy, direction).filter((one) => comesBefore(one, deny)))
  }
  const near = evaluation.policies.filter((policy) => isNearby(evaluation, policy, denied))
  return near.flatMap((policy) => placed(policy, direction))
}

function placed(policy: Policy, direction: Direction): readonly Placed[] {
  const rules = policy.rules.filter((rule) => rule.direction === direction && rule.action === 'allow')
  return rules.map((rule) => ({ policy, rule, index: indexOf(policy, rule) }))
}

function indexOf({ rules }: Policy, rule: Rule): number {
  return rules.filter(({ direction }) => direction === rule.direction).indexOf(rule)
}

// Of one tier: lower priority first, then the order of the rules (semantics.md C.2).
function comesBefore({ policy, index }: Placed, deny: RuleEvidence): boolean {
  if (policy.tier !== deny.tier) return false
  return policy.priority < deny.priority || (policy.ref === deny.policy && index < deny.index)
}

// One that selects the pods, or would but for one term.
function isNearby(evaluation: Evaluation, policy: Policy, denied: Denied): boolean {
  const { class: own } = denied.subject
  if (policy.tier !== 'networkPolicy' || policy.namespace !== own.namespace || isUnevaluated(policy)) return false
  return selectsClass(evaluation, policy.subject, own) !== 'no' || subjectTerms(policy, denied).length === 1
}
