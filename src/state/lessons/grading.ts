import { patchAttempt, type Room } from './context.ts'
import type { Teaching, Truth } from './teaching.ts'

/** What is right and what is wrong, asked from the engine. */
export interface Grading extends Pick<Teaching, 'tell'> {
  /** A new picture stands: the texts are graded anew. Done when it is known how they do. */
  readonly follow: () => Promise<void>
}

/** Grades after each picture, one at a time: who types faster than the engine grades wants the newest only. */
export function createGrading(room: Room, pass: () => void): Grading {
  const { store, analysis } = room
  let asked = 0
  let running: Promise<void> | undefined

  const grade = async (mine: number): Promise<void> => {
    const lesson = store.getState().open?.lesson
    if (!lesson) return
    const answer = await analysis.engine.ask('grade', { lesson })
    if (mine !== asked || !answer || store.getState().open?.lesson !== lesson) return
    store.setState({ graded: answer.graded })
    if (answer.graded.passed && store.getState().open?.attempt.exam !== 'sealed') pass()
  }
  const run = async (): Promise<void> => {
    for (let done = -1; done !== asked;) {
      done = asked
      await grade(done)
    }
    running = undefined
  }
  const learn = async (): Promise<readonly Truth[] | undefined> => {
    const lesson = store.getState().open?.lesson
    if (!lesson) return undefined
    const { files } = lesson
    const answers = await Promise.all(
      lesson.predict.map((connection) => analysis.engine.ask('reveal', { lesson, connection, files })),
    )
    if (store.getState().open?.lesson !== lesson) return undefined
    const truths = answers.flatMap((answer): readonly Truth[] => {
      const status = answer?.steps.at(-1)?.status
      return answer && status ? [{ status, steps: answer.steps }] : []
    })
    return truths.length === lesson.predict.length ? truths : undefined
  }
  const tell = async (): Promise<void> => {
    const truths = await learn()
    if (!truths) return
    // The cards that were pointed at while guessing.
    analysis.select(undefined)
    store.setState({ truths })
    patchAttempt(room, { predicted: 'told' })
  }

  return {
    tell,
    async follow() {
      const { open, truths } = store.getState()
      if (!open) return
      // What was told before the page was loaded anew.
      if (open.attempt.predicted === 'told' && truths.length === 0) store.setState({ truths: (await learn()) ?? [] })
      asked++
      await (running ??= run())
    },
  }
}
