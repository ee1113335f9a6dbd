import type { RuleEvidence } from '#core/model/verdict.ts'
import { link, type Piece, place } from '#core/model/sentence.ts'

/** What a rule does, as a verb. */
export const ACTION: Readonly<Record<RuleEvidence['action'], string>> = {
  allow: 'allows',
  deny: 'denies',
  pass: 'passes on',
}

/** `Rule 1 of shop/db (spec.ingress[0])`, with links; cluster-scoped policies say their tier, named rules their name. */
export function ruleName(evidence: Titled & Pick<RuleEvidence, 'rule'>): readonly Piece[] {
  return [...ruleTitle(evidence), ' (', place(evidence.rule), ')']
}

/** The same without the place. */
export function ruleTitle({ index, policy, policyName, tier, ruleName: name }: Titled): readonly Piece[] {
  const own = name === undefined ? '' : ` “${name}”`
  return [`Rule ${index + 1}${own} of ${TIER[tier]}`, link(policyName, policy)]
}

type Titled = Pick<RuleEvidence, 'index' | 'policy' | 'policyName' | 'tier' | 'ruleName'>

const TIER: Readonly<Record<RuleEvidence['tier'], string>> = {
  admin: 'the admin policy ',
  networkPolicy: '',
  baseline: 'the baseline policy ',
}
