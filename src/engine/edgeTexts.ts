import { type End, endName } from '#core/model/end.ts'
import { formatPorts, intersectPorts, isNoPorts, type PortSet, PROTOCOLS, subtractPorts } from '#core/model/ports.ts'
import type { Status, Verdict } from '#core/model/verdict.ts'

/** A piece of the asked ports with its own answer. */
export interface Part {
  readonly text: string
  readonly status: Status
}

/** The accessible name: `shop/web → shop/db TCP 5432: denied`; of a partial one with what each part gets. */
export function nameOf(from: End, to: End, ports: string, answer: { status: Status; parts: readonly Part[] }): string {
  const parts = answer.parts.map((part) => `${part.text} ${part.status}`).join(', ')
  return `${endName(from)} → ${endName(to)} ${ports}: ${answer.status}${parts === '' ? '' : ` (${parts})`}`
}

/** What is written on the line: `9090 ✓ · 8080 ✕` where parts differ, else the ports. */
export function labelOf(ports: string, parts: readonly Part[]): string {
  return parts.length === 0 ? ports : parts.map((part) => `${part.text} ${MARKS[part.status]}`).join(' · ')
}

const MARKS: Readonly<Record<Status, string>> = { allowed: '✓', denied: '✕', partial: '◐', undetermined: '?' }

/** What parts of a set of ports get; the part with the most ports is called `others`. None where all get the same. */
export function partsOfPorts(verdict: Verdict, ports: PortSet): readonly Part[] {
  const allowed = intersectPorts(ports, verdict.allowed)
  const partial = intersectPorts(ports, verdict.partial)
  const undetermined = intersectPorts(ports, verdict.undetermined)
  const denied = [allowed, partial, undetermined].reduce(subtractPorts, ports)
  const sets: Record<Status, PortSet> = { allowed, partial, undetermined, denied }
  const present = ORDER.filter((status) => !isNoPorts(sets[status]))
  if (present.length < 2) return []
  const [most] = present.toSorted((a, b) => countPorts(sets[b]) - countPorts(sets[a]))
  return present.map((status) => {
    return { text: status === most ? OTHERS : formatPorts(sets[status]), status }
  })
}

/** What stands for the ports that are not named one by one. */
export const OTHERS = 'others'

const ORDER: readonly Status[] = ['allowed', 'partial', 'undetermined', 'denied']

function countPorts(set: PortSet): number {
  const intervals = PROTOCOLS.flatMap((protocol) => set[protocol])
  return intervals.reduce((sum, { from, to }) => sum + to - from + 1, 0)
}
