import { formatPortSpec, namedPorts } from '#core/model/portSpec.ts'
import { ALL_PORTS, NO_PORTS, portRange, type PortSet, uniteAllPorts } from '#core/model/ports.ts'
import type { PortMatcher, Rule } from '#core/model/rule.ts'
import type { Evaluation } from './evaluation.ts'
import type { PeerClass, PodClass } from './peerClass.ts'

/** The ports of the rule at this destination; a name matches nothing where no pod can resolve it (semantics.md A.9). */
export function portsAt({ memo }: Pick<Evaluation, 'memo'>, { ports }: Rule, destination: PeerClass): PortSet {
  if (ports === 'any') return ALL_PORTS
  const known = memo.ports.get(ports) ?? { key: portsKey(ports), named: ports.some(isNamed) }
  memo.ports.set(ports, known)
  // Equal ports are one object, whichever rule and destination they are of: unions of them cost nothing.
  const key = known.named ? known.key + nameSpace(destination) : known.key
  const found = memo.portSets.get(key) ?? uniteAllPorts(ports.map((port) => portsOf(port, destination)))
  memo.portSets.set(key, found)
  return found
}

/** Does the rule ask for ports by name? */
export function asksByName({ ports }: Rule): boolean {
  return ports !== 'any' && ports.some(isNamed)
}

/** One text for the names that can be looked up at a destination: all classes with the same text resolve names alike. */
export function nameSpace(destination: PeerClass): string {
  return destination.type === 'pods' && resolvesNames(destination) ? destination.portsKey : ''
}

function portsOf({ protocol, port }: PortMatcher, destination: PeerClass): PortSet {
  if (port.type === 'all') return portRange(protocol, 1, 65535)
  if (port.type === 'range') return portRange(protocol, port.from, port.to)
  const resolves = destination.type === 'pods' && resolvesNames(destination)
  return resolves ? namedPorts(destination.ports, protocol, port.name) : NO_PORTS
}

// A hostNetwork pod is its node to the policies (semantics.md A.10), and a node has no named ports.
function resolvesNames({ hostNetwork, finished }: PodClass): boolean {
  return !hostNetwork && !finished
}

function isNamed({ port }: PortMatcher): boolean {
  return port.type === 'named'
}

function portsKey(ports: readonly PortMatcher[]): string {
  return ports.map((matcher) => formatPortSpec(matcher)).join(' ')
}
