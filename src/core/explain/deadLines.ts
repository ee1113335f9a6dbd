import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { type IdlePart, idleParts, idleSteps } from '#core/evaluate/idle.ts'
import type { Decider } from '#core/evaluate/idleReason.ts'
import type { DeadLine } from '#core/model/linking.ts'
import type { Policy } from '#core/model/rule.ts'
import { ACTION } from './rule.ts'

/**
 * The lines of a policy that decide nothing now, each with its reason in a sentence: without them every verdict is the same.
 * It is a fact about what is loaded, and said as one: pods that come later may make them count.
 */
export function deadLines(evaluation: Evaluation, policy: Policy): readonly DeadLine[] {
  return idleParts(evaluation, policy).map(tell)
}

/** The same in steps, for whoever has other things to do. */
export function* deadLineSteps(
  evaluation: Evaluation,
  policy: Policy,
): Generator<undefined, readonly DeadLine[], void> {
  return (yield* idleSteps(evaluation, policy)).map(tell)
}

function tell(part: IdlePart): DeadLine {
  return { ref: part.ref, why: whyOf(part), ...(part.hole === undefined ? {} : { within: part.hole }) }
}

function whyOf(part: IdlePart): string {
  const { policy, rule, why } = part
  switch (why.type) {
    case 'not-asked': {
      const word = rule?.direction === 'egress' ? 'Egress' : 'Ingress'
      return `No effect: policyTypes does not list ${word}.`
    }
    case 'no-subject':
      return 'No effect now: the policy selects no pod that is loaded.'
    case 'nobody':
      return part.what === 'rule'
        ? 'No effect now: its peers match no pod that is loaded.'
        : 'No effect now: it matches no pod that is loaded.'
    case 'no-port':
      return `No effect now: ${portless(part)}.`
    case 'isolated':
      return `No effect now: NetworkPolicies isolate every pod that ${policy.name} selects, and the baseline comes after them.`
    case 'decided':
      if (part.what === 'except') return `${part.hole} keeps nobody out now: ${decided(part, why.by)}.`
      return `No effect now: ${decided(part, why.by)}.`
  }
}

function portless({ rule, what }: IdlePart): string {
  const whose = rule?.direction === 'egress' ? 'no pod at the other end' : 'no pod that the policy selects'
  return what === 'rule' ? `${whose} has one of its ports` : `${whose} has this port`
}

// Two names are a help, ten are not.
const MOST_NAMES = 2

function decided(part: IdlePart, by: readonly Decider[]): string {
  const [first] = by
  if (!first) return 'other rules decide this already'
  if (by.length === 1 && first.rule === part.rule)
    return `the rest of this ${part.what === 'port' ? 'list' : 'rule'} says this already`
  const names = by.slice(0, MOST_NAMES).map((decider) => nameOf(part.policy, decider))
  const more = by.length > MOST_NAMES ? [`${by.length - MOST_NAMES} more`] : []
  const all = [...names, ...more]
  const [last = '', ...others] = all.toReversed()
  return others.length === 0
    ? `${last} ${verbOf(first)}`
    : `${others.toReversed().join(', ')} and ${last} decide this together`
}

function verbOf({ rule, policy }: Decider): string {
  return policy.tier === 'networkPolicy' ? 'allows this already' : `${ACTION[rule.action]} this first`
}

function nameOf(own: Policy, { policy, rule, index }: Decider): string {
  const name = rule.name === undefined ? '' : ` “${rule.name}”`
  const tier = policy.tier === 'networkPolicy' ? '' : `the ${policy.tier} policy `
  return `rule ${index + 1}${name}${policy === own ? '' : ` of ${tier}${policy.name}`}`
}
