import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Pod } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { askedPorts, parsePortSpec, type PortSpec } from '#core/model/portSpec.ts'
import { ALL_PORTS, equalPorts, type PortSet, PROTOCOLS } from '#core/model/ports.ts'

/** The ports that are spoken of. */
export interface Asked {
  readonly ports: PortSet
  /** For people, with names where they were asked by name: `TCP http, 443`. */
  readonly text: string
  /** Every port of every protocol? */
  readonly all: boolean
  /** What leads to no port: names that no pod at the destination declares, and nonsense. */
  readonly unresolved: readonly string[]
}

/** What the specs ask of the pods at the destination; none: all ports. */
export function askedOf(evaluation: Evaluation, to: End, specs: readonly string[]): Asked {
  const { ports, unresolved } = askedPorts(specs, podsAt(evaluation, to))
  const all = equalPorts(ports, ALL_PORTS)
  return { ports, text: all ? 'all ports' : textOf(specs), all, unresolved }
}

function podsAt({ cluster, workloads }: Evaluation, end: End): readonly Pod[] {
  if ('workload' in end) return workloads.get(endId(end))?.pods ?? []
  if ('anyNamespace' in end) return cluster.workloads.flatMap(({ pods }) => pods)
  if (!('namespace' in end)) return []
  return cluster.workloads.filter(({ namespace }) => namespace === end.namespace).flatMap(({ pods }) => pods)
}

function textOf(specs: readonly string[]): string {
  const parsed = specs.map((text) => parsePortSpec(text)).filter((spec) => spec !== undefined)
  const texts = PROTOCOLS.flatMap((protocol) => {
    const own = parsed.filter((spec) => spec.protocol === protocol)
    if (own.some(({ port }) => port.type === 'all')) return [`all ${protocol} ports`]
    return own.length === 0 ? [] : [`${protocol} ${own.map(portText).join(', ')}`]
  })
  const nonsense = specs.filter((text) => !parsePortSpec(text))
  return [...texts, ...nonsense].join('; ')
}

function portText({ port }: PortSpec): string {
  if (port.type === 'all') return ''
  if (port.type === 'named') return port.name
  return port.from === port.to ? `${port.from}` : `${port.from}-${port.to}`
}
