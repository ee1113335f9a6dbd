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
  explain: () => notBuilt('explain'),
  offers: ({ drawing }, { to }) => ({ offers: offerPorts(drawing.scene, to) }),
  plan: () => notBuilt('plan'),
  cursor: ({ drawing }, cursor) => placeCursor(drawing.scene, drawing.picture.edges, cursor),
  table: ({ drawing }, question) => tableSteps(drawing.scene, question),
  export: () => notBuilt('export'),
}

// TODO(join): these rooms are being built; the client gets a crash of the question meanwhile.
function notBuilt(room: string): never {
  throw new Error(`${room} is not built yet`)
}

/** Answers a question about the topic. */
export function answer<Q extends QuestionName>(
  topic: Topic,
  name: Q,
  question: Questions[Q]['question'],
): Answering<Questions[Q]['answer']> {
  return ANSWERS[name](topic, question)
}
