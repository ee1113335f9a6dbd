import { completeCheck } from '#core/checks/complete.ts'
import { suggestChecks } from '#core/checks/suggest.ts'
import { exportBundle } from '#core/export/bundle.ts'
import { compareProfile } from './compareProfile.ts'
import { liveTests, readTests } from './checks.ts'
import { leanCopy } from '#core/export/lean.ts'
import { placeCursor } from './cursor.ts'
import { connect } from './edge.ts'
import { explainUnder } from './explainUnder.ts'
import { gradeTexts, revealSteps } from './grading.ts'
import { lensSteps } from './lenses.ts'
import { offerPorts } from './offers.ts'
import { beforeSteps, changeSteps, type Past } from './past.ts'
import type { Drawing } from './picture.ts'
import { planUnder } from './planUnder.ts'
import type { QuestionName, Questions } from './protocol.ts'
import { drawReach, reachSteps } from './reach.ts'
import { tableSteps } from './table.ts'

/** An answer, or the steps that lead to it where it takes long. */
export type Answering<A> = A | Generator<undefined, A, void>

type Answers = {
  readonly [Q in QuestionName]: (
    drawing: Drawing,
    question: Questions[Q]['question'],
    past: Past,
  ) => Answering<Questions[Q]['answer']>
}

const ANSWERS: Answers = {
  reach(drawing, { end, denied, to }) {
    if (to) return { edges: [drawReach(drawing.scene, end, to)].filter((edge) => edge !== undefined) }
    return reachSteps(drawing.scene, { end, denied, outside: drawing.picture.outside })
  },
  explain: ({ scene }, { from, to, ports }) => ({ explanation: explainUnder(scene, connect(from, to, ports)) }),
  offers: (drawing, { to }) => ({ offers: offerPorts(drawing.scene, to) }),
  plan: ({ scene }, { intent, style }) => ({ plan: planUnder(scene, intent, style) }),
  cursor: (drawing, cursor) => placeCursor(drawing, cursor),
  lenses: (drawing, span) => lensSteps(drawing, span),
  changes: (drawing, { since }, past) => changeSteps(drawing, past, since),
  before: (drawing, { since }, past) => beforeSteps(drawing, past, since),
  profile: ({ scene }, { profile }) => compareProfile(scene, profile),
  suggest: ({ scene }) => ({ suggested: suggestChecks(scene.profiled, scene.loaded.checks) }),
  'read-tests': ({ scene }, { text }) => readTests(scene, text),
  complete: ({ scene }, { text, offset }) => ({ completions: completeCheck(text, offset, scene.loaded.cluster) }),
  'live-tests': ({ scene }, { format }) => liveTests(scene, format),
  grade: (drawing, { lesson, files }) => ({ graded: gradeTexts(drawing, lesson, files) }),
  reveal: (drawing, { lesson, connection, files }) => ({ steps: revealSteps(drawing, lesson, connection, files) }),
  table: (drawing, question) => tableSteps(drawing.scene, question),
  export(drawing, { options, opened, deleted }) {
    const { loaded } = drawing.scene
    return { bundle: exportBundle(options, { files: loaded.files, loaded, opened, deleted }) }
  },
  lean: ({ scene: { loaded } }, options) => ({ copy: leanCopy(loaded.files, loaded, options) }),
}

/** Answers a question about the newest drawing and its texts, and what was before. */
export function answer<Q extends QuestionName>(
  drawing: Drawing,
  past: Past,
  { name, question }: { readonly name: Q; readonly question: Questions[Q]['question'] },
): Answering<Questions[Q]['answer']> {
  return ANSWERS[name](drawing, question, past)
}
