import type { MissKind, NearMiss } from '#core/model/nearMiss.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import { code, link, list, type Piece, say, type SentencePart } from '#core/model/sentence.ts'
import type { Ref } from '#core/model/text.ts'
import type { RuleEvidence } from '#core/model/verdict.ts'
import { tellLabel } from './nearMissLabelWords.ts'
import { tellPort } from './nearMissPortWords.ts'
import type { Found } from './nearMissRules.ts'
import type { Denied, Term } from './nearMissTerms.ts'
import { ruleTitle } from './rule.ts'

/** A rule that comes close, in one sentence: whose rule it is, and each term that fails. */
export function tellRule({ policy, rule, index, denied, terms }: Found): NearMiss {
  const [first] = terms
  const clauses = terms.map(({ term }) => clauseOf(term, denied))
  const joined = clauses.flatMap((clause, i) => (i === 0 ? clause : ['; also, it ', ...clause]))
  const title = ruleTitle({
    index,
    policy: policy.ref,
    policyName: policy.name,
    tier: policy.tier,
    ruleName: rule.name,
  })
  return {
    kind: first ? kindOf(first.term) : 'no-rule',
    direction: denied.direction,
    policyName: policy.name,
    rule: rule.ref,
    at: (first && placeOf(first.term)) ?? rule.ref,
    sentence: say(...title, ' ', ...joined, '.'),
  }
}

/** A cluster-scoped rule that denies it: no NetworkPolicy undoes that in the admin tier (semantics.md C.2). */
export function tellAdmin(deny: RuleEvidence, { names, direction }: Denied): NearMiss {
  const { policyName, rule, tier } = deny
  const toward = direction === 'egress' ? `${names.subject} → ${names.peer}` : `${names.peer} → ${names.subject}`
  const what =
    tier === 'admin'
      ? ` comes before NetworkPolicies: ${toward} takes an exception there, in front of this rule.`
      : ` decides only where no NetworkPolicy isolates: one that allows ${toward} would be asked instead.`
  return { kind: 'admin-deny', direction, policyName, rule, at: rule, sentence: say(...ruleTitle(deny), what) }
}

/** What is missing where no rule comes close: this half alone (`other` is the rule that opens the other), or any rule at all. */
export function tellMissing({ half, direction, names }: Denied, other: RuleEvidence | undefined): NearMiss {
  if (other) {
    const sentence = say(
      ...ruleTitle(other),
      ` already allows it at ${names.peer}. The other half is missing: no ${direction} rule of ${names.subject} names ${names.peer}.`,
    )
    return { kind: 'other-half', direction, policyName: other.policyName, rule: other.rule, sentence }
  }
  const [first] = half.isolatedBy
  const policies = half.isolatedBy.slice(0, 3).map(({ policy, policyName }) => link(policyName, policy))
  const more = half.isolatedBy.length > 3 ? ` and ${half.isolatedBy.length - 3} more` : ''
  const by: readonly Piece[] = first
    ? [': ', list(policies), `${more} isolate${more || policies.length > 1 ? '' : 's'} it`]
    : []
  const sentence = say(`No ${direction} rule of ${names.subject} comes close to naming ${names.peer}`, ...by, '.')
  return { kind: 'no-rule', direction, policyName: first?.policyName, at: first?.policy, sentence }
}

// What kind of miss a term makes.
function kindOf(term: Term): MissKind {
  if (term.type === 'port') return term.kind
  if (term.type !== 'label') return term.type
  if (term.of === 'namespace') return 'namespace-label'
  return term.actual === undefined ? 'label-absent' : 'label-value'
}

function placeOf(term: Term): Ref | undefined {
  if (term.type === 'policy-types') return undefined
  return 'requirement' in term && term.type === 'label'
    ? term.requirement.ref
    : 'matcher' in term
      ? term.matcher.ref
      : undefined
}

// What follows "Rule 1 of shop/db": each begins with a verb.
function clauseOf(term: Term, { names, direction, subject, all }: Denied): readonly Piece[] {
  switch (term.type) {
    case 'label':
      return tellLabel(term)
    case 'port':
      return tellPort(term, { at: direction === 'egress' ? names.peer : names.subject, all })
    case 'own-namespace':
      return [
        'has no ',
        at('namespaceSelector', term.matcher.ref),
        `, so it means pods of ${term.own} only; ${names.peer} is in ${term.namespace}`,
      ]
    case 'and-for-or':
      return [
        'asks for ',
        at('namespaceSelector', term.matcher.ref),
        ' and ',
        code('podSelector'),
        ` in one item, and no pod answers to both; ${names.peer} answers to the ${term.fits === 'pods' ? 'second' : 'first'} (did you mean two items?)`,
      ]
    case 'or-for-and':
      return [
        'has ',
        at('namespaceSelector', term.namespaces.ref),
        ' and ',
        at('podSelector', term.matcher.ref),
        ` as two items: the second means ${subject.class.namespace} only, and the first asks for `,
        at(`${term.requirement.key}: ${term.requirement.values.join(', ')}`, term.requirement.ref),
        `, which ${term.namespace} does not have (did you mean one item with both, and `,
        code(`${NAMESPACE_NAME_LABEL}: ${term.namespace}`),
        '?)',
      ]
    case 'address':
      return term.except === undefined
        ? ['allows ', at(term.matcher.cidr, term.matcher.ref), `; ${names.peer} is outside of it`]
        : [
            'allows ',
            at(term.matcher.cidr, term.matcher.ref),
            ' without ',
            code(term.except),
            `; ${names.peer} is in that exception`,
          ]
    case 'policy-types':
      return [
        'does not count: ',
        code('policyTypes'),
        ' of its policy does not list ',
        code(direction === 'egress' ? 'Egress' : 'Ingress'),
      ]
  }
}

function at(text: string, ref: Ref): SentencePart {
  return { text, ref, code: true }
}
