import type { ContainerPort } from './cluster.ts'
import { ALL_PORTS, NO_PORTS, type PortSet, portRange, PROTOCOLS, type Protocol, unitePorts } from './ports.ts'

/** Ports as a check or a form writes them: all of a protocol, an inclusive range, or a container port's name. */
export interface PortSpec {
  readonly protocol: Protocol
  readonly port:
    | { readonly type: 'all' }
    | { readonly type: 'range'; readonly from: number; readonly to: number }
    | { readonly type: 'named'; readonly name: string }
}

/** What is asked for, and which of the texts lead to no port: unreadable ones, and names that no pod declares. */
export interface AskedPorts {
  readonly ports: PortSet
  readonly unresolved: readonly string[]
}

/**
 * Reads `TCP/5432`, `UDP/8000-8080`, `TCP/http`, `TCP` (all of it), bare `5432` or `http` (TCP), and the habits
 * `tcp 5432` and `5432/tcp`; undefined for anything else.
 */
export function parsePortSpec(text: string): PortSpec | undefined {
  const [first = '', second, ...rest] = text.trim().split(/\s*\/\s*|\s+/)
  if (rest.length > 0) return undefined
  if (second === undefined) return parseBare(first)
  const protocol = protocolOf(first)
  if (protocol) return withPort(protocol, second)
  const last = protocolOf(second)
  return last && withPort(last, first)
}

/** Writes a spec as checks do: `TCP/5432`, `TCP/8000-8080`, `TCP/http`, `TCP`. */
export function formatPortSpec({ protocol, port }: PortSpec): string {
  if (port.type === 'all') return protocol
  if (port.type === 'named') return `${protocol}/${port.name}`
  return port.from === port.to ? `${protocol}/${port.from}` : `${protocol}/${port.from}-${port.to}`
}

/**
 * The ports that these specs (texts or read ones) ask for at these destination pods; no spec at all asks for every port. A name stands for
 * the ports that the pods declare under it with that protocol (semantics.md A.9).
 */
export function askedPorts(
  specs: readonly (string | PortSpec)[],
  pods: readonly { readonly ports: readonly ContainerPort[] }[],
): AskedPorts {
  if (specs.length === 0) return { ports: ALL_PORTS, unresolved: [] }
  let ports = NO_PORTS
  const unresolved: string[] = []
  for (const asked of specs) {
    const found = resolve(typeof asked === 'string' ? parsePortSpec(asked) : asked, pods)
    if (found === NO_PORTS) unresolved.push(typeof asked === 'string' ? asked : formatPortSpec(asked))
    ports = unitePorts(ports, found)
  }
  return { ports, unresolved }
}

/** Is it a name that a container port may have (IANA_SVC_NAME, semantics.md B.4)? */
export function isPortName(text: string): boolean {
  return /^(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(text)
}

function parseBare(text: string): PortSpec | undefined {
  const protocol = protocolOf(text)
  return protocol ? { protocol, port: { type: 'all' } } : withPort('TCP', text)
}

function withPort(protocol: Protocol, text: string): PortSpec | undefined {
  if (isPortName(text)) return { protocol, port: { type: 'named', name: text } }
  const [, low, high] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const from = Number(low)
  const to = high === undefined ? from : Number(high)
  return from >= 1 && from <= to && to <= 65535 ? { protocol, port: { type: 'range', from, to } } : undefined
}

function protocolOf(text: string): Protocol | undefined {
  return PROTOCOLS.find((protocol) => protocol === text.toUpperCase())
}

function resolve(spec: PortSpec | undefined, pods: readonly { readonly ports: readonly ContainerPort[] }[]): PortSet {
  if (!spec) return NO_PORTS
  const { protocol, port } = spec
  if (port.type === 'all') return portRange(protocol, 1, 65535)
  if (port.type === 'range') return portRange(protocol, port.from, port.to)
  return pods.map((pod) => namedPorts(pod.ports, protocol, port.name)).reduce(unitePorts, NO_PORTS)
}

/** The declared ports of that name and protocol; none where there is no such port (semantics.md A.9). */
export function namedPorts(declared: readonly ContainerPort[], protocol: Protocol, name: string): PortSet {
  return declared
    .filter((port) => port.name === name && port.protocol === protocol)
    .map(({ port }) => portRange(protocol, port, port))
    .reduce(unitePorts, NO_PORTS)
}
