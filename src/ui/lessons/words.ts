import { endName } from '#core/model/end.ts'
import type { Graded, Prediction } from '#core/model/lesson.ts'
import type { Status } from '#core/model/verdict.ts'

/** The ends of a connection, as people read them: `shop/web → shop/db`. */
export function connectionName({ from, to }: Pick<Prediction, 'from' | 'to'>): string {
  return `${endName(from)} → ${endName(to)}`
}

/** Its ports: `TCP 5432, UDP 53`, `all ports`. */
export function portNames(ports: readonly string[]): string {
  return ports.length === 0 ? 'all ports' : ports.map((port) => port.replace('/', ' ')).join(', ')
}

type Outcome = Graded['goals'][number]['outcome']

/** How a goal fares, in a word and in a glyph of the verdicts. */
export const OUTCOMES: Readonly<Record<Outcome, { readonly word: string; readonly glyph: Status }>> = {
  holds: { word: 'reached', glyph: 'allowed' },
  broken: { word: 'not reached', glyph: 'denied' },
  undetermined: { word: 'can’t be told', glyph: 'undetermined' },
  missing: { word: 'a pod is missing', glyph: 'undetermined' },
}

/** Minutes and seconds: `4:07`. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
