import { plan } from '#core/compile/plan.ts'
import { explain } from '#core/explain/explain.ts'
import { exportBundle } from '#core/export/bundle.ts'
import { placeCursor } from './cursor.ts'
import { offerPorts } from './offers.ts'
import type { Drawing } from './picture.ts'
import type { EngineFile, QuestionName, Questions } from './protocol.ts'
import { reachSteps } from './reach.ts'
import { tableSteps } from './table.ts'

/** What answers speak of: the newest drawing and its texts. */
export interface Topic {
  readonly drawing: Drawing
  readonly files: readonly EngineFile[]
}

/** An answer, or the steps that lead to it where it takes long. */
export type Answering<A> = A | Generator<undefined, A, void>

type Answers = {
  readonly [Q in QuestionName]: (topic: Topic, question: Questions[Q]['question']) => Answering<Questions[Q]['answer']>
}

const ANSWERS: Answers = {
  reach: ({ drawing }, { end, denied }) => reachSteps(drawing.scene, { end, denied, outside: drawing.picture.outside }),
  explain: ({ drawing }, { from, to, ports }) => ({ explanation: explain(drawing.scene.evaluation, from, to, ports) }),
  offers: ({ drawing }, { to }) => ({ offers: offerPorts(drawing.scene, to) }),
  plan({ drawing, files }, { intent }) {
    const { loaded, evaluation, revision } = drawing.scene
    return { plan: plan(intent, { files, loaded, evaluation, revision }) }
  },
  cursor: ({ drawing }, cursor) => placeCursor(drawing.scene, drawing.picture.edges, cursor),
  table: ({ drawing }, question) => tableSteps(drawing.scene, question),
  export: ({ drawing, files }, { options, opened, deleted }) => ({
    bundle: exportBundle(options, { files, loaded: drawing.scene.loaded, opened, deleted }),
  }),
}

/** Answers a question about the topic. */
export function answer<Q extends QuestionName>(
  topic: Topic,
  name: Q,
  question: Questions[Q]['question'],
): Answering<Questions[Q]['answer']> {
  return ANSWERS[name](topic, question)
}
