import { verdictOf } from '#core/evaluate/evaluate.ts'
import { askedOf } from '#core/explain/asked.ts'
import { explainSelection } from '#core/explain/half.ts'
import { scopeOf } from '#core/explain/scope.ts'
import { endName } from '#core/model/end.ts'
import type { Prediction } from '#core/model/lesson.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Sentence } from '#core/model/sentence.ts'
import type { Half } from '#core/model/verdict.ts'
import type { Entered } from './enter.ts'

/** Who selects the end that a direction is about, in sentences; nothing where an end isn't there. */
export function selectionOf(connection: Prediction, direction: Direction, entered: Entered): readonly Sentence[] {
  const verdict = verdictOf(entered.evaluation, connection.from, connection.to)
  return verdict ? tell(connection, verdict[direction], entered) : []
}

/** Policies without rules, in sentences, where nothing but these selects the end: no rule of anybody's can be near. */
export function rulelessOf(connection: Prediction, direction: Direction, entered: Entered): readonly Sentence[] {
  const verdict = verdictOf(entered.evaluation, connection.from, connection.to)
  if (!verdict) return []
  // Behind the sentence that names who selects comes one for each of them that has no rules.
  const ruleless = tell(connection, verdict[direction], entered).slice(1)
  return ruleless.length === verdict[direction].isolatedBy.length ? ruleless : []
}

function tell({ from, to, ports }: Prediction, half: Half, { evaluation }: Entered): readonly Sentence[] {
  const subject = half.direction === 'egress' ? from : to
  return explainSelection({
    evaluation,
    half,
    subject: endName(subject),
    isNode: 'node' in subject,
    scope: scopeOf(evaluation, from, to, half.direction),
    asked: askedOf(evaluation, to, ports),
    doubts: [],
  })
}
