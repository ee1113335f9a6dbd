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

type Answer<Q extends QuestionName> = Generator<undefined, Questions[Q]['answer'], void>

type Answers = { readonly [Q in QuestionName]: (topic: Topic, question: Questions[Q]['question']) => Answer<Q> }

/** How each question is answered; long ones yield between their parts. */
const ANSWERS: Answers = {
  *reach({ drawing }, { end, denied }) {
    return { edges: yield* reachSteps(drawing.scene, { end, denied, outside: drawing.picture.outside }) }
  },
  *explain({ drawing }, { from, to, ports }) {
    return { explanation: explain(drawing.scene.evaluation, from, to, ports) }
  },
  *offers({ drawing }, { to }) {
    return { offers: offerPorts(drawing.scene, to) }
  },
  *plan({ drawing, files }, { intent }) {
    const { loaded, evaluation, revision } = drawing.scene
    return { plan: plan(intent, { files, loaded, evaluation, revision }) }
  },
  *cursor({ drawing }, cursor) {
    return placeCursor(
      drawing.scene,
      [...drawing.drawn.values()].map(({ edge }) => edge),
      cursor,
    )
  },
  table: ({ drawing }, question) => tableSteps(drawing.scene, question),
  *export({ drawing, files }, { options, opened, deleted }) {
    return { bundle: exportBundle(options, { files, loaded: drawing.scene.loaded, opened, deleted }) }
  },
}

/** Answers a question in steps. */
export function answerSteps<Q extends QuestionName>(
  topic: Topic,
  name: Q,
  question: Questions[Q]['question'],
): Answer<Q> {
  return ANSWERS[name](topic, question)
}
