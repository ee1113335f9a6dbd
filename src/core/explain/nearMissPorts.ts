import type { Evaluation } from '#core/evaluate/evaluation.ts'
import { portsAt } from '#core/evaluate/destinationPorts.ts'
import type { ContainerPort, Pod } from '#core/model/cluster.ts'
import { namedPorts } from '#core/model/portSpec.ts'
import {
  coversPorts,
  intersectPorts,
  isNoPorts,
  portRange,
  type PortSet,
  PROTOCOLS,
  type Protocol,
  subtractPorts,
} from '#core/model/ports.ts'
import type { PortMatcher, Rule } from '#core/model/rule.ts'
import { likeness } from './likeness.ts'
import type { Denied, PortTerm, Weighed } from './nearMissTerms.ts'

/** Beyond this, one of the first ports stands for the rest. */
const MOST_PORTS = 100

/** The port of a Service, and the port of the pods that it leads to. */
interface Way {
  readonly name: string
  readonly port: number
  readonly target: number
  readonly protocol: Protocol
}

/** Why the rule's closest port is not what is asked for; empty where the rule allows all of it. */
export function portTerms(evaluation: Evaluation, rule: Rule, denied: Denied): readonly Weighed[] {
  const { closed, direction, subject, peer } = denied
  const destination = direction === 'egress' ? peer : subject
  const wanted = subtractPorts(closed, portsAt(evaluation, rule, destination.class))
  if (isNoPorts(wanted) || rule.ports === 'any') return []
  const [pod] = destination.pods
  const at: Place = { wanted, all: denied.all, declared: pod?.ports ?? [], ways: pod ? waysTo(evaluation, pod) : [] }
  const terms = rule.ports.slice(0, MOST_PORTS).map((matcher) => weigh(matcher, at))
  return terms.toSorted((a, b) => a.weight - b.weight).slice(0, 1)
}

interface Place {
  readonly wanted: PortSet
  readonly all: boolean
  readonly declared: readonly ContainerPort[]
  readonly ways: readonly Way[]
}

function weigh(matcher: PortMatcher, place: Place): Weighed {
  const { wanted } = place
  const { port, protocol } = matcher
  if (port.type === 'named') return weighName({ name: port.name, matcher }, place)
  const service = place.all ? undefined : serviceOf(matcher, place)
  if (service?.by === 'asked') return weighed({ kind: 'service-port', matcher, wanted, service }, 1)
  if (service) return weighed({ kind: 'service-port', matcher, wanted, service }, 0)
  if (touches(portRange(protocol, 1, 65535), wanted)) return weighed({ kind: 'port', matcher, wanted }, 5)
  const range = port.type === 'all' ? { from: 1, to: 65535 } : port
  const isSame = PROTOCOLS.some((other) => touches(portRange(other, range.from, range.to), wanted))
  if (!isSame) return weighed({ kind: 'port', matcher, wanted }, 5)
  return weighed({ kind: 'protocol', matcher, wanted }, 1)
}

function weighed(term: Omit<PortTerm, 'type'>, weight: number): Weighed {
  return { term: { type: 'port', ...term }, weight }
}

// Policies see the port of the pod, after the Service (semantics.md A.9).
function serviceOf({ protocol, port }: PortMatcher, { wanted, declared, ways }: Place): PortTerm['service'] {
  if (port.type !== 'range') return undefined
  const own = ways.filter((way) => way.protocol === protocol && way.target !== way.port)
  const holds = (set: PortSet, number: number): boolean => touches(set, portRange(protocol, number, number))
  const named = portRange(protocol, port.from, port.to)
  const slip =
    port.from === port.to ? own.find((way) => way.port === port.from && holds(wanted, way.target)) : undefined
  if (slip) return { ...slip, by: 'rule' }
  const isDeclared = (number: number): boolean =>
    declared.some((one) => one.port === number && one.protocol === protocol)
  const asked = own.find((way) => !isDeclared(way.port) && isOnly(wanted, way) && holds(named, way.target))
  return asked && { ...asked, by: 'asked' }
}

function isOnly(wanted: PortSet, { protocol, port }: Way): boolean {
  return coversPorts(portRange(protocol, port, port), wanted)
}

interface Name {
  readonly name: string
  readonly matcher: PortMatcher
}

function weighName({ name, matcher }: Name, { wanted, declared }: Place): Weighed {
  const resolved = namedPorts(declared, matcher.protocol, name)
  if (!isNoPorts(resolved)) return weighed({ kind: 'port', matcher, wanted, resolved }, 5)
  const isWanted = ({ protocol, port }: ContainerPort): boolean => touches(portRange(protocol, port, port), wanted)
  const alike = declared
    .filter(isWanted)
    .find((one) => one.name !== undefined && (one.name === name || likeness(one.name, name) !== 'other'))
  const defined = alike?.name === undefined ? undefined : { ...alike, name: alike.name }
  return weighed({ kind: 'named-port', matcher, wanted, defined }, defined ? 1 : 3)
}

function touches(a: PortSet, b: PortSet): boolean {
  return !isNoPorts(intersectPorts(a, b))
}

function waysTo({ cluster }: Evaluation, pod: Pod): readonly Way[] {
  const { namespace, labels } = pod
  const leading = cluster.services.filter(
    (service) =>
      service.namespace === namespace &&
      service.selector !== undefined &&
      Object.entries(service.selector).every(
        ([key, value]) => Object.hasOwn(labels.labels, key) && labels.labels[key] === value,
      ),
  )
  return leading.flatMap(({ name, ports }) =>
    ports.flatMap(({ port, protocol, targetPort }) => {
      const target = typeof targetPort === 'number' ? targetPort : numberOf(pod, protocol, targetPort)
      return target === undefined ? [] : [{ name, port, target, protocol }]
    }),
  )
}

function numberOf({ ports }: Pod, protocol: Protocol, name: string): number | undefined {
  return ports.find((port) => port.name === name && port.protocol === protocol)?.port
}
