import { endId, endName } from '#core/model/end.ts'
import type { Prediction } from '#core/model/lesson.ts'
import { askedId } from './asked.ts'
import type { Room } from './context.ts'
import type { Reveal, Teaching } from './teaching.ts'

/** Shows connections step by step, in the panel and on the canvas. */
export function createReveals({ store, analysis }: Room): Pick<Teaching, 'reveal' | 'step' | 'endReveal' | 'point'> {
  const point = (connection: Prediction): void => {
    const { from, to } = connection
    analysis.linking.showSet({
      cards: [endId(from), endId(to)],
      edges: [askedId(connection)],
      note: `${endName(from)} → ${endName(to)}`,
    })
  }
  const show = (reveal: Reveal): void => {
    store.setState({ reveal })
    const { connection, steps, at } = reveal
    const step = steps[at]
    if (!step) return
    if (step.shows === 'result') return void analysis.selectConnection(connection.from, connection.to)
    const cards = cardsOf(step.shows, connection)
    analysis.select(undefined)
    analysis.linking.showSet({ cards, edges: [], note: step.title })
  }
  return {
    async reveal(title, connection) {
      const lesson = store.getState().open?.lesson
      const answer = lesson && (await analysis.engine.ask('reveal', { lesson, connection }))
      if (answer && store.getState().open?.lesson === lesson) show({ title, connection, steps: answer.steps, at: 0 })
    },
    step(by) {
      const { reveal } = store.getState()
      if (!reveal) return
      const at = Math.max(0, Math.min(reveal.at + by, reveal.steps.length - 1))
      if (at !== reveal.at) show({ ...reveal, at })
    },
    endReveal() {
      if (!store.getState().reveal) return
      store.setState({ reveal: undefined })
      analysis.select(undefined)
    },
    point,
  }
}

function cardsOf(shows: 'source' | 'egress' | 'destination' | 'ingress', { from, to }: Prediction): readonly string[] {
  if (shows === 'source') return [endId(from)]
  return shows === 'destination' ? [endId(to)] : [endId(from), endId(to)]
}
