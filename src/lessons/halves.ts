import { verdictOf } from '#core/evaluate/evaluate.ts'
import { askedOf } from '#core/explain/asked.ts'
import { explainSelection } from '#core/explain/half.ts'
import { scopeOf } from '#core/explain/scope.ts'
import { endName } from '#core/model/end.ts'
import type { Prediction } from '#core/model/lesson.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Sentence } from '#core/model/sentence.ts'
import type { Entered } from './enter.ts'

/** Who selects the end that a direction is about, in sentences; nothing where an end isn't there. */
export function selectionOf(
  { from, to, ports }: Prediction,
  direction: Direction,
  entered: Entered,
): readonly Sentence[] {
  const { evaluation } = entered
  const verdict = verdictOf(evaluation, from, to)
  if (!verdict) return []
  const subject = direction === 'egress' ? from : to
  return explainSelection({
    evaluation,
    half: verdict[direction],
    subject: endName(subject),
    isNode: 'node' in subject,
    scope: scopeOf(evaluation, from, to, direction),
    asked: askedOf(evaluation, to, ports),
    doubts: [],
  })
}
