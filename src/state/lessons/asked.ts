import { endId, endName } from '#core/model/end.ts'
import type { Prediction } from '#core/model/lesson.ts'
import type { Edge } from '#core/model/picture.ts'
import type { Status } from '#core/model/verdict.ts'
import type { Asked } from '../app.ts'
import type { TeachingState, Truth } from './teaching.ts'

/**
 * The lines that a lesson asks about: what the learner says of each, once it is told what is true of it. Only the ends
 * are left when the learner goes on to the task, so that the cards keep their places; undefined without a lesson.
 */
export function askedOf({ open, truths, instructor }: TeachingState): Asked | undefined {
  const predict = open?.lesson.predict ?? []
  if (!open || predict.length === 0) return undefined
  const { exam, guesses, predicted, step } = open.attempt
  const ends = predict.flatMap(({ from, to }) => [from, to]).filter((end) => !('namespace' in end))
  const isTold = predicted === 'told' && truths.length === predict.length
  const isAsked = predicted === 'no' && !instructor
  if (step === 'do' || exam !== 'off' || !(isTold || isAsked)) return { ends, edges: [] }
  const lineOf = (connection: Prediction, at: number): Edge =>
    isTold ? told(connection, truths[at]) : guessed(connection, guesses[at])
  return { ends, edges: predict.map(lineOf) }
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
