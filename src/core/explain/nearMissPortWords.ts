import { ALL_PORTS, coversPorts, formatPorts, type PortSet } from '#core/model/ports.ts'
import type { PortMatcher } from '#core/model/rule.ts'
import type { PortTerm } from './nearMissTerms.ts'
import { code, type Piece } from '#core/model/sentence.ts'

/** What a rule allows instead of the port that is asked for, to follow the name of the rule; `at` is whose ports they are, `all`: are all asked for? */
export function tellPort(
  term: PortTerm,
  { at, all }: { readonly at: string; readonly all: boolean },
): readonly Piece[] {
  const { matcher, service, wanted } = term
  const own: Piece = { text: portText(matcher), ref: matcher.ref, code: true }
  if (service?.by === 'rule')
    return [
      'allows ',
      own,
      `, the port of the Service ${service.name}; ${at} listens on ${service.protocol} ${service.target}`,
    ]
  if (service)
    return [
      'allows ',
      own,
      `; ${service.protocol} ${service.port} is the port of the Service ${service.name}, and policies see the port behind it, ${service.target}`,
    ]
  if (term.kind === 'named-port') return ['allows ', own, ...undefinedName(term, at)]
  const means = term.resolved ? ` (${formatPorts(term.resolved)} at ${at})` : ''
  return ['allows ', own, `${means}, not ${all ? 'all ports' : closedText(wanted)}`]
}

function undefinedName({ matcher, defined }: PortTerm, at: string): readonly Piece[] {
  const name = matcher.port.type === 'named' ? matcher.port.name : ''
  if (!defined) return [`; ${at} defines no ${matcher.protocol} port of that name`]
  const is = `${defined.protocol} ${defined.port}`
  return defined.name === name
    ? [`; ${at} defines that name for ${is}`]
    : [`; ${at} defines no port of that name, but `, code(defined.name), ` (${is})`]
}

function portText({ protocol, port }: PortMatcher): string {
  if (port.type === 'all') return `all ${protocol} ports`
  if (port.type === 'named') return `${protocol} ${port.name}`
  return port.from === port.to ? `${protocol} ${port.from}` : `${protocol} ${port.from}-${port.to}`
}

function closedText(wanted: PortSet): string {
  return coversPorts(wanted, ALL_PORTS) ? 'all ports' : formatPorts(wanted)
}
