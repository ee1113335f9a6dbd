import { explain } from '#core/explain/explain.ts'
import { plain, say, type Sentence } from '#core/model/sentence.ts'
import { endName } from '#core/model/end.ts'
import type { Lesson, LessonFile, Prediction } from '#core/model/lesson.ts'
import type { ExplainedHalf } from '#core/model/picture.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Status } from '#core/model/verdict.ts'
import { enter, type Entered } from './enter.ts'
import { selectionOf } from './halves.ts'

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
  const { from, to, ports } = prediction
  const { halves, status, summary } = explain(entered.evaluation, from, to, ports)
  const both = halves.flatMap((half) => stepsOf(half, prediction, entered))
  return [...both, { shows: 'result', title: RESULT[status], sentences: [say(summary)], status }]
}

const RESULT: Readonly<Record<Status, string>> = {
  allowed: 'Allowed: both halves are open.',
  denied: 'Denied: it takes both halves.',
  partial: 'Partly allowed.',
  undetermined: 'Not known.',
}

function stepsOf(half: ExplainedHalf, prediction: Prediction, entered: Entered): readonly Step[] {
  const { direction, title, sentences, status } = half
  const subject = endName(direction === 'egress' ? prediction.from : prediction.to)
  const selecting = selectionOf(prediction, direction, entered)
  const told = new Set(selecting.map(plain))
  const rest = sentences.filter((one) => !told.has(plain(one)))
  return [
    { shows: SELECTED[direction], title: `Who selects ${subject} for ${direction}?`, sentences: selecting },
    { shows: direction, title, sentences: rest.length > 0 ? rest : [say('No policy has a say here.')], status },
  ]
}

const SELECTED: Readonly<Record<Direction, Step['shows']>> = { egress: 'source', ingress: 'destination' }
