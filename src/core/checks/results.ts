import { doubtsOf, type Doubt } from '#core/evaluate/doubts.ts'
import { type Evaluation, verdictOf } from '#core/evaluate/evaluate.ts'
import type { Check, CheckResult } from '#core/model/check.ts'
import { type End, endName } from '#core/model/end.ts'
import type { PortSet } from '#core/model/ports.ts'
import { say, type Sentence } from '#core/model/sentence.ts'
import { tellClosed, tellOpen } from './halves.ts'
import { judge, type Judged } from './judge.ts'
import { tellMissing } from './missing.ts'
import { names } from './names.ts'

/** How each check fares now, with a short sentence why where it does not hold (design.md 7). */
export function results(checks: readonly Check[], evaluation: Evaluation): readonly CheckResult[] {
  return checks.map((check) => {
    const judged = judge(check, evaluation)
    return { check, outcome: judged.outcome, why: whyOf(check, judged, evaluation) }
  })
}

function whyOf(check: Check, judged: Judged, evaluation: Evaluation): Sentence {
  const { outcome, verdict, asked } = judged
  if (outcome === 'holds') return []
  if (outcome === 'missing' || !verdict || !asked) return tellMissing(check, evaluation)
  if (judged.others) return tellOthers(check, judged, asked)
  if (outcome === 'undetermined') return say('Not known: ', tellUndetermined(evaluation, check, asked))
  return check.expect === 'allowed' ? tellClosed(check, verdict, asked) : tellOpen(check, verdict, asked)
}

// The first one in full, the others by name.
function tellOthers({ to }: Check, { others = [], outcome }: Judged, asked: PortSet): Sentence {
  const worst = others.filter((other) => other.outcome === outcome)
  const [first] = worst
  const verdict = first && verdictOf(first.evaluation, first.from, to)
  if (!first || !verdict) return []
  const who = names(worst.map((other) => other.who))
  const ends = { from: first.from, to }
  if (outcome !== 'broken')
    return say(`Whether ${who} can reach it is open: `, tellUndetermined(first.evaluation, ends, asked))
  const why = tellOpen(ends, verdict, asked)
  return say(`${who} can reach it, too: `, first.future === undefined ? why : withName(why, first.from, first.who))
}

// A pod that isn't there yet has no name of its own.
function withName(sentence: Sentence, end: End, who: string): Sentence {
  return sentence.map((part) => ({ ...part, text: part.text.replace(endName(end), who) }))
}

function tellUndetermined(evaluation: Evaluation, ends: Pick<Check, 'from' | 'to'>, asked: PortSet): Sentence {
  const { egress, ingress } = doubtsOf(evaluation, ends, asked)
  const [doubt] = [...egress, ...ingress]
  return doubt ? say(...tellDoubt(doubt), '.') : say('what is loaded does not tell.')
}

function tellDoubt(doubt: Doubt): readonly (string | Sentence)[] {
  switch (doubt.type) {
    case 'unevaluated':
      return [
        `${doubt.policy.unevaluated ?? 'the policy'} `,
        [{ text: doubt.policy.name, ref: doubt.policy.ref }],
        ' is not evaluated',
      ]
    case 'namespace':
      return [`the labels of namespace ${doubt.namespace} are not loaded`]
    case 'labels':
      return [`the label ${doubt.keys.join(', ')} is put on ${podsOf(doubt)} only when they start`]
    case 'address':
      return [`the addresses of ${podsOf(doubt)} are not known, and a policy names IP blocks`]
    case 'node':
      return [`which node ${podsOf(doubt)} run on is not known, and a pod's own node always reaches it`]
    case 'nodes':
      return ['a policy names nodes, and not all of them are loaded']
    case 'domains':
      return [`which addresses ${names(doubt.names)} has is not known`]
    case 'conflict':
      return ['rules of equal priority contradict each other']
    case 'controller':
      return ['where the ingress controller runs is not known']
    case 'name':
      return [`policies see addresses, and which one ${doubt.host} has is not known`]
  }
}

function podsOf({ pods }: Extract<Doubt, { pods: unknown }>): string {
  const [first] = pods
  return first ? `the pods of ${first.namespace}` : 'the pods'
}
