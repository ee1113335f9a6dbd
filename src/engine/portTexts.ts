import type { Pod } from '#core/model/cluster.ts'
import { askedPorts, formatPortSpec, parsePortSpec } from '#core/model/portSpec.ts'
import { ALL_PORTS, type PortSet, PROTOCOLS } from '#core/model/ports.ts'
import type { PortMatcher } from '#core/model/rule.ts'

/** Ports that a connection is asked for: as a set at these pods (names looked up), and for people. */
export interface Asked {
  readonly ports: PortSet
  readonly text: string
}

/** A rule's ports as a check would write them, sorted; none for all ports. */
export function specsOfRule(ports: readonly PortMatcher[] | 'any'): readonly string[] {
  return ports === 'any' ? [] : sortSpecs(ports.map(formatPortSpec))
}

/** The same texts in the order in which they are shown, each once, in a check's spelling; nonsense stays as it is. */
export function sortSpecs(specs: readonly string[]): readonly string[] {
  const spelled = specs.map((text) => {
    const spec = parsePortSpec(text)
    return spec ? formatPortSpec(spec) : text
  })
  return [...new Set(spelled)].toSorted(compareSpecs)
}

/** What these texts ask of these pods. */
export function ask(specs: readonly string[], pods: readonly Pod[]): Asked {
  if (specs.length === 0) return { ports: ALL_PORTS, text: 'all ports' }
  return { ports: askedPorts(specs, pods).ports, text: textOf(specs) }
}

/** One text for people where the protocol is said elsewhere: `TCP/5432` becomes `5432`. */
export function portOf(spec: string): string {
  const slash = spec.indexOf('/')
  return slash < 0 ? `all ${spec}` : spec.slice(slash + 1)
}

function compareSpecs(a: string, b: string): number {
  const numbers = (parseInt(portOf(a), 10) || 0) - (parseInt(portOf(b), 10) || 0)
  return rank(a) - rank(b) || numbers || (a < b ? -1 : Number(a > b))
}

function rank(spec: string): number {
  return PROTOCOLS.findIndex((protocol) => spec.startsWith(protocol))
}

function textOf(specs: readonly string[]): string {
  const parts = PROTOCOLS.flatMap((protocol) => {
    if (specs.includes(protocol)) return [`all ${protocol} ports`]
    const own = specs.filter((spec) => spec.startsWith(`${protocol}/`)).map(portOf)
    return own.length === 0 ? [] : [`${protocol} ${own.join(', ')}`]
  })
  return parts.length === 0 ? specs.join(', ') : parts.join('; ')
}
