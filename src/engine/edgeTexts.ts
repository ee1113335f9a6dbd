import { type End, endName } from '#core/model/end.ts'
import { formatPorts, intersectPorts, isNoPorts, type PortSet, subtractPorts } from '#core/model/ports.ts'
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

/** What is open, open for some pods, and unknown of a set of ports, and `others` where the rest is closed. */
export function openParts(verdict: Verdict, ports: PortSet): readonly Part[] {
  const allowed = intersectPorts(ports, verdict.allowed)
  const partial = intersectPorts(ports, verdict.partial)
  const unknown = intersectPorts(ports, verdict.undetermined)
  const rest = [allowed, partial, unknown].reduce(subtractPorts, ports)
  const others: Part[] = isNoPorts(rest) ? [] : [{ text: 'others', status: 'denied' }]
  return [...partOf(allowed, 'allowed'), ...partOf(partial, 'partial'), ...partOf(unknown, 'undetermined'), ...others]
}

function partOf(ports: PortSet, status: Status): Part[] {
  return isNoPorts(ports) ? [] : [{ text: formatPorts(ports), status }]
}
