import type { Edge } from '#core/model/picture.ts'
import { PROTOCOLS } from '#core/model/ports.ts'
import type { Status } from '#core/model/verdict.ts'

const OPENNESS: Readonly<Record<Status, number>> = { denied: 0, undetermined: 1, partial: 2, allowed: 3 }

/** More than 0 where the connection got more open, less where it closed; 0 where nothing changed or it is new. */
export function compareStatus(before: Status | undefined, after: Status): number {
  return before === undefined ? 0 : OPENNESS[after] - OPENNESS[before]
}

/** The ports that an edge asks about, as checks write them; none for all ports. */
export function askedBy(edge: Edge): readonly string[] {
  if (edge.ports === 'all ports') return []
  return edge.ports.split('; ').flatMap(specsOf)
}

function specsOf(part: string): readonly string[] {
  const whole = PROTOCOLS.find((protocol) => part === `all ${protocol} ports`)
  if (whole) return [whole]
  const protocol = PROTOCOLS.find((protocol) => part.startsWith(`${protocol} `))
  if (!protocol) return [part]
  return part
    .slice(protocol.length + 1)
    .split(', ')
    .map((port) => `${protocol}/${port}`)
}
