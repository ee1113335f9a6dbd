import type { Check } from '#core/model/check.ts'
import type { Pod } from '#core/model/cluster.ts'
import { equalPorts, type PortSet, PROTOCOLS } from '#core/model/ports.ts'
import { askedPorts, parsePortSpec, type PortSpec } from '#core/model/portSpec.ts'
import type { Draft } from './draft.ts'
import { workloadsOf } from './peers.ts'

/** Ports as texts ask for them, as policies of these destination pods write them: a name stays one only where all the pods mean the same by it (semantics.md F.1.7). */
export function writtenPorts(texts: readonly string[], pods: readonly Pod[]): readonly PortSpec[] {
  return texts.flatMap((text) => {
    const spec = parsePortSpec(text)
    if (!spec) return []
    const { ports } = askedPorts([spec], pods)
    const isKept = spec.port.type !== 'named' || pods.every((pod) => equalPorts(askedPorts([spec], [pod]).ports, ports))
    return isKept ? [spec] : numbersOf(ports)
  })
}

/** The ports that a check asks for, at all pods of its destination. */
export function askedOf({ evaluation }: Draft, { to, ports }: Check): PortSet {
  return askedPorts(
    ports,
    workloadsOf(evaluation, to).flatMap(({ pods }) => pods),
  ).ports
}

function numbersOf(ports: PortSet): readonly PortSpec[] {
  return PROTOCOLS.flatMap((protocol) =>
    ports[protocol].map(({ from, to }) => ({ protocol, port: { type: 'range', from, to } as const })),
  )
}
