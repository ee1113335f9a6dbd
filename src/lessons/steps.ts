import { verdictOf } from '#core/evaluate/evaluate.ts'
import { askedOf } from '#core/explain/asked.ts'
import { explain } from '#core/explain/explain.ts'
import { explainSelection } from '#core/explain/half.ts'
import { scopeOf } from '#core/explain/scope.ts'
import { plain, say } from '#core/explain/sentence.ts'
import { endName } from '#core/model/end.ts'
import type { Lesson, LessonFile, Prediction } from '#core/model/lesson.ts'
import type { ExplainedHalf } from '#core/model/picture.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Sentence } from '#core/model/sentence.ts'
import type { Status, Verdict } from '#core/model/verdict.ts'
import { enter, type Entered } from './enter.ts'

/** One step of the reveal; refs are places in what was entered. */
export interface Step {
  /** What the canvas shows of it: an end's lock, a half, or the whole connection. */
  readonly shows: 'source' | 'egress' | 'destination' | 'ingress' | 'result'
  /** `Who selects clinic/reception for egress?` */
  readonly title: string
  readonly sentences: readonly Sentence[]
  /** What is settled by it; undefined while only the selecting is told. */
  readonly status?: Status | undefined
}

/**
 * How the answer to a connection comes about, in the order in which one works it out: who selects the source, what its
 * egress says, who selects the destination, what its ingress says, the result. An end that isn't there is said in one step.
 */
export function steps(
  lesson: Lesson,
  prediction: Prediction,
  files: readonly LessonFile[] = lesson.files,
  entered: Entered = enter(lesson, files),
): readonly Step[] {
  const { evaluation } = entered
  const { from, to, ports } = prediction
  const { halves, status, summary } = explain(evaluation, from, to, ports)
  const verdict = verdictOf(evaluation, from, to)
  const both = verdict ? halves.flatMap((half) => stepsOf(half, prediction, verdict, entered)) : []
  return [...both, { shows: 'result', title: RESULT[status], sentences: [say(summary)], status }]
}

const RESULT: Readonly<Record<Status, string>> = {
  allowed: 'Allowed: both halves are open.',
  denied: 'Denied: it takes both halves.',
  partial: 'Partly allowed.',
  undetermined: 'Not known.',
}

function stepsOf(
  { direction, title, sentences, status }: ExplainedHalf,
  { from, to, ports }: Prediction,
  verdict: Verdict,
  { evaluation }: Entered,
): readonly Step[] {
  const subject = endName(direction === 'egress' ? from : to)
  const selecting = explainSelection({
    evaluation,
    half: verdict[direction],
    subject,
    isNode: false,
    scope: scopeOf(evaluation, from, to, direction),
    asked: askedOf(evaluation, to, ports),
    doubts: [],
  })
  const told = new Set(selecting.map(plain))
  const rest = sentences.filter((one) => !told.has(plain(one)))
  return [
    { shows: SELECTED[direction], title: `Who selects ${subject} for ${direction}?`, sentences: selecting },
    { shows: direction, title, sentences: rest.length > 0 ? rest : [say('No policy has a say here.')], status },
  ]
}

const SELECTED: Readonly<Record<Direction, Step['shows']>> = { egress: 'source', ingress: 'destination' }
