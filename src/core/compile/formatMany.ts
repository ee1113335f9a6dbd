import { ALL_PORTS, formatPorts, isNoPorts, type PortSet, PROTOCOLS, subtractPorts } from '#core/model/ports.ts'

/** Ports for people; what is closed is often everything but the port that is drawn. '' where there are none. */
export function formatMany(ports: PortSet): string {
  if (isNoPorts(ports)) return ''
  const rest = subtractPorts(ALL_PORTS, ports)
  const isShorter = countOf(rest) > 0 && countOf(rest) < countOf(ports)
  return isShorter ? `all ports but ${formatPorts(rest)}` : formatPorts(ports)
}

function countOf(ports: PortSet): number {
  return PROTOCOLS.reduce((sum, protocol) => sum + ports[protocol].length, 0)
}
