import { endId, endName } from '#core/model/end.ts'
import type { Graded, Prediction } from '#core/model/lesson.ts'
import type { Edge } from '#core/model/picture.ts'
import type { Status } from '#core/model/verdict.ts'
import type { Asked } from '../app.ts'
import { goalWords } from '../shown.ts'
import type { TeachingState, Truth } from './teaching.ts'

/**
 * The lines that a lesson asks about: what the learner says of each, once it is told what is true of it. With the task
 * come the goals that are shown, as they fare; the ends stay, so that the cards keep their places. Nothing of that while an
 * exam is sealed; undefined without a lesson.
 */
export function askedOf({ open, truths, instructor, graded }: TeachingState): Asked | undefined {
  if (!open) return undefined
  const { predict } = open.lesson
  const { exam, guesses, predicted, step } = open.attempt
  const goals = step === 'do' && exam !== 'sealed' ? (graded?.goals ?? []).flatMap(aimed) : []
  const ends = [...predict, ...goals].flatMap(({ from, to }) => [from, to]).filter((end) => !('namespace' in end))
  if (goals.length > 0) return { ends, edges: goals }
  if (predict.length === 0) return undefined
  const isTold = predicted === 'told' && truths.length === predict.length
  const isAsked = predicted === 'no' && !instructor
  if (step === 'do' || exam !== 'off' || !(isTold || isAsked)) return { ends, edges: [] }
  const lineOf = (connection: Prediction, at: number): Edge =>
    isTold ? told(connection, truths[at]) : guessed(connection, guesses[at])
  return { ends, edges: predict.map(lineOf) }
}

function aimed({ goal, outcome, status }: Graded['goals'][number]): Edge[] {
  const { from, to, ports, expect, shown } = goal
  if (!shown || status === undefined || outcome === 'missing') return []
  const wanted = { expect, outcome }
  const drawn = line({ from, to, ports }, status, `${WORDS[status]}, ${goalWords(wanted)}`)
  return [{ ...drawn, id: `${endId(from)}→${endId(to)} goal ${ports.join()}`, goal: wanted }]
}

/** The id of the line that asks about a connection. */
export function askedId({ from, to, ports }: Prediction): string {
  return `${endId(from)}→${endId(to)} asked ${ports.join()}`
}

function told(connection: Prediction, truth: Truth | undefined): Edge {
  const closed = truth?.steps.filter(({ status }) => status === 'denied').map(({ shows }) => shows) ?? []
  const [source, target] = [closed.includes('egress'), closed.includes('ingress')]
  const status = truth?.status ?? 'undetermined'
  const at = source && target ? 'both' : source ? 'source' : target ? 'destination' : 'none'
  return { ...line(connection, status, WORDS[status]), blockedAt: status === 'denied' ? at : 'none' }
}

const WORDS: Readonly<Record<Status, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  partial: 'partly allowed',
  undetermined: 'undetermined',
}

function guessed(connection: Prediction, guess: 'allowed' | 'denied' | undefined): Edge {
  return line(connection, guess ?? 'undetermined', guess ? `you say ${guess}` : 'what do you say?')
}

function line({ from, to, ports }: Prediction, status: Status, words: string): Edge {
  const label = ports.length === 0 ? 'all ports' : ports.map((port) => port.replace('/', ' ')).join(', ')
  return {
    id: askedId({ from, to, ports }),
    layers: ['checks'],
    from,
    to,
    ports: label,
    status,
    label,
    name: `${endName(from)} → ${endName(to)} ${label}: ${words}`,
    blockedAt: 'none',
    checks: [],
    rules: [],
    stale: false,
    asked: ports,
  }
}
