import {
  PROTOCOLS,
  portRange,
  type PortSet,
  type Protocol,
  isNoPorts,
  intersectPorts,
  subtractPorts,
  ALL_PORTS,
} from '#core/model/ports.ts'
import { portText } from '#core/kinds/networkPolicyText.ts'
import type { Pod } from '#core/model/cluster.ts'
import type { Interval } from '#core/model/intervals.ts'
import { askedPorts, type PortSpec } from '#core/model/portSpec.ts'
import type { PortMatcher, Rule } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { addEntry, appendItem, removeAt, setValue } from '#core/yaml/splice.ts'
import { at } from '#core/yaml/tree.ts'
import type { Splice } from './draft.ts'

/** What is closed, and at which pods: what port names mean. */
export interface Hole {
  readonly ports: PortSet
  readonly pods: readonly Pod[]
}

/** The ports as a rule writes them: one spec for each interval, without a number where all of a protocol is meant. */
export function specsOf(ports: PortSet): readonly PortSpec[] {
  return PROTOCOLS.flatMap((protocol) => ports[protocol].map((interval) => specOf(protocol, interval)))
}

/** What a rule's ports are without those that are closed; none where nothing is left. A range is cut, "every port" becomes what is around. */
export function portsLeft(ports: Rule['ports'], hole: Hole): readonly PortSpec[] {
  if (ports === 'any') return specsOf(subtractPorts(ALL_PORTS, hole.ports))
  return ports.flatMap((port) => cut(port, hole) ?? [{ protocol: port.protocol, port: port.port }])
}

/** Cuts the ports out of the list of a rule, each item at its place; undefined where the list as a whole would go. */
export function cutPorts(path: FieldPath, ports: Rule['ports'], hole: Hole): readonly Splice[] | undefined {
  const left = portsLeft(ports, hole)
  if (left.length === 0) return undefined
  if (ports === 'any') return [putList(path, 'ports', left.map(portText))]
  // From behind, so that the places in front stay what they are; what is added comes last.
  const cuts = ports.toReversed().map((port) => cutItem(path, port, cut(port, hole)))
  return [...cuts.flatMap(({ inPlace }) => inPlace), ...cuts.toReversed().flatMap(({ added }) => added)]
}

/** Gives a rule a list that it has not, or that is empty. */
export function putList(path: FieldPath, key: string, items: readonly unknown[]): Splice {
  return (text, tree) =>
    at(tree, [...path, key]) ? setValue(text, tree, [...path, key], items) : addEntry(text, tree, path, [key, items])
}

interface Cut {
  readonly inPlace: readonly Splice[]
  readonly added: readonly Splice[]
}

function cutItem(path: FieldPath, port: PortMatcher, left: readonly PortSpec[] | undefined): Cut {
  if (!left) return { inPlace: [], added: [] }
  const place = port.ref.path
  const [first, ...more] = left
  if (!first) return { inPlace: [(text, tree) => removeAt(text, tree, place)], added: [] }
  const added = more.map(
    (spec): Splice =>
      (text, tree) =>
        appendItem(text, tree, [...path, 'ports'], portText(spec)),
  )
  return { inPlace: rewrite(place, first), added }
}

// Number by number, so that comments beside them stay.
function rewrite(place: FieldPath, { port }: PortSpec): readonly Splice[] {
  if (port.type !== 'range') return []
  const put = (key: string, value: number): Splice => {
    return (text, tree) =>
      at(tree, [...place, key])
        ? setValue(text, tree, [...place, key], value)
        : addEntry(text, tree, place, [key, value])
  }
  if (port.to > port.from) return [put('port', port.from), put('endPort', port.to)]
  const withoutEnd: Splice = (text, tree) =>
    at(tree, [...place, 'endPort']) ? removeAt(text, tree, [...place, 'endPort']) : []
  return [put('port', port.from), withoutEnd]
}

// Undefined where nothing is taken out of it.
function cut({ protocol, port }: PortSpec, { ports, pods }: Hole): readonly PortSpec[] | undefined {
  const own = meaning({ protocol, port }, pods)
  if (isNoPorts(intersectPorts(own, ports))) return undefined
  // A number in its place would open it at pods where the name means another one.
  if (port.type === 'named') return []
  return specsOf(subtractPorts(own, ports))
}

function meaning(spec: PortSpec, pods: readonly Pod[]): PortSet {
  if (spec.port.type === 'all') return portRange(spec.protocol, 1, 65535)
  return askedPorts([spec], pods).ports
}

function specOf(protocol: Protocol, { from, to }: Interval): PortSpec {
  return { protocol, port: from === 1 && to === 65535 ? { type: 'all' } : { type: 'range', from, to } }
}
