import { coversIps, intersectIps, ipBlock, isNoIps, type IpSet, NO_IPS, uniteIps } from '#core/model/cidr.ts'
import { matches, type Selector } from '#core/model/labels.ts'
import { formatPortSpec, namedPorts } from '#core/model/portSpec.ts'
import { ALL_PORTS, NO_PORTS, portRange, type PortSet, uniteAllPorts } from '#core/model/ports.ts'
import type { NamespaceMatcher, PeerMatcher, PodMatcher, PortMatcher, Rule } from '#core/model/rule.ts'
import { and, type Truth } from '#core/model/truth.ts'
import { EVERY_IP, partsOf } from './addresses.ts'
import type { Evaluation, PeerClass, PodClass } from './evaluation.ts'

// In rows: `or` is the maximum.
const TRUTHS: readonly Truth[] = ['no', 'unknown', 'yes']
const CODES: Readonly<Record<Truth, number>> = { no: 0, unknown: 1, yes: 2 }

/** Does the rule point at this class? */
export function pointsAt(evaluation: Evaluation, rule: Rule, peer: PeerClass): Truth {
  const row = rowOf(evaluation, rule)
  return row === 'any' ? 'yes' : (TRUTHS[row[peer.id] ?? 0] ?? 'no')
}

/** Whom the rule points at, by class: 0 no, 1 unknown, 2 yes. */
export function rowOf(evaluation: Evaluation, rule: Rule): Uint8Array | 'any' {
  if (rule.peers === 'any') return 'any'
  const { rows } = evaluation.memo
  const row = rows.get(rule) ?? fillRow(evaluation, rule.peers)
  rows.set(rule, row)
  return row
}

/** Does the matcher select the pods of this class? Never hostNetwork or finished ones (semantics.md A.10, A.11). */
export function selectsClass(evaluation: Evaluation, matcher: PodMatcher, { id }: PodClass): Truth {
  return TRUTHS[selectionOf(evaluation, matcher)[id] ?? 0] ?? 'no'
}

/** The ids of the classes that the matcher selects, and of those that it may select. */
export function selectedClasses(
  evaluation: Evaluation,
  matcher: PodMatcher,
): { readonly yes: readonly number[]; readonly unknown: readonly number[] } {
  const yes: number[] = []
  const unknown: number[] = []
  for (const [id, code] of selectionOf(evaluation, matcher).entries())
    if (code === CODES.yes) yes.push(id)
    else if (code === CODES.unknown) unknown.push(id)
  return { yes, unknown }
}

/** Is it one of the namespaces that the matcher reaches into? Only those with pods or an object are asked about. */
export function namespaceTruths(evaluation: Evaluation, matcher: NamespaceMatcher): ReadonlyMap<string, Truth> {
  const { memo, namespaces } = evaluation
  const key = matcher.type === 'name' ? `name ${matcher.name}` : selectorKey(matcher.selector)
  const known = memo.namespaces.get(key)
  if (known) return known
  const truths = new Map<string, Truth>()
  for (const [name, labels] of namespaces) {
    const truth = matcher.type === 'selector' ? matches(matcher.selector, labels) : name === matcher.name ? 'yes' : 'no'
    if (truth !== 'no') truths.set(name, truth)
  }
  memo.namespaces.set(key, truths)
  return truths
}

/** The ports of the rule at this destination; a name matches nothing where no pod can resolve it (semantics.md A.9). */
export function portsAt(evaluation: Evaluation, { ports }: Rule, destination: PeerClass): PortSet {
  if (ports === 'any') return ALL_PORTS
  const { memo } = evaluation
  const known = memo.ports.get(ports) ?? { key: portsKey(ports), named: ports.some(isNamed) }
  memo.ports.set(ports, known)
  // Equal ports are one object, whichever rule and destination they are of: unions of them cost nothing.
  const key = known.named ? known.key + nameSpace(destination) : known.key
  const found = memo.portSets.get(key) ?? uniteAllPorts(ports.map((port) => portsOf(port, destination)))
  memo.portSets.set(key, found)
  return found
}

/** One text for the names that can be looked up at a destination: all classes with the same text resolve names alike. */
export function nameSpace(destination: PeerClass): string {
  return destination.type === 'pods' && resolvesNames(destination) ? destination.portsKey : ''
}

/** All addresses that the rule's blocks hold. */
export function blocksOf({ peers }: Rule): IpSet {
  if (peers === 'any') return NO_IPS
  return peers
    .map((peer) => (peer.type === 'ipBlock' ? ipBlock(peer.cidr, peer.except) : NO_IPS))
    .reduce(uniteIps, NO_IPS)
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

function fillRow(evaluation: Evaluation, peers: readonly PeerMatcher[]): Uint8Array {
  const { podClasses, addressClasses, space } = evaluation
  const row = new Uint8Array(podClasses.length + addressClasses.length + 1)
  for (const peer of peers) if (peer.type === 'pods') markPods(evaluation, peer, row)
  const blocks = peers.flatMap((peer) => (peer.type === 'ipBlock' ? [ipBlock(peer.cidr, peer.except)] : []))
  if (blocks.length === 0) return row
  // All blocks of a rule at once: together they may hold the whole pod CIDR, which none does alone.
  const set = blocks.reduce(uniteIps)
  const parts = new Set(partsOf(space, set))
  for (const part of parts) mark(row, podClasses.length + part, 'yes')
  for (const pods of podClasses) mark(row, pods.id, holdsPods(evaluation, pods, { set, parts }))
  return row
}

function selectionOf(evaluation: Evaluation, matcher: PodMatcher): Uint8Array {
  const { selected } = evaluation.memo
  const known = selected.get(matcher)
  if (known) return known
  const row = new Uint8Array(evaluation.podClasses.length)
  markPods(evaluation, matcher, row)
  selected.set(matcher, row)
  return row
}

function markPods(evaluation: Evaluation, matcher: PodMatcher, row: Uint8Array): void {
  for (const [namespace, truth] of namespaceTruths(evaluation, matcher.namespaces))
    for (const [id, selected] of selectIn(evaluation, matcher.pods, namespace)) mark(row, id, and(truth, selected))
}

// Each selector is resolved once for each namespace.
function selectIn(evaluation: Evaluation, selector: Selector, namespace: string): ReadonlyMap<number, Truth> {
  const { selectors } = evaluation.memo
  const key = `${namespace} ${selectorKey(selector)}`
  const known = selectors.get(key)
  if (known) return known
  const selected = new Map<number, Truth>()
  for (const { id, labels, hostNetwork, finished } of evaluation.classesOfNamespace.get(namespace) ?? []) {
    const truth = hostNetwork || finished ? 'no' : matches(selector, labels)
    if (truth !== 'no') selected.set(id, truth)
  }
  selectors.set(key, selected)
  return selected
}

function holdsPods(
  evaluation: Evaluation,
  pods: PodClass,
  block: { readonly set: IpSet; readonly parts: ReadonlySet<number> },
): Truth {
  if (pods.parts.length > 0) {
    const inside = pods.parts.filter((part) => block.parts.has(part)).length
    return inside === 0 ? 'no' : inside === pods.parts.length ? 'yes' : 'unknown'
  }
  const { podAddresses, usesV6 } = evaluation
  if (podAddresses === 'none') return 'no'
  // A node may have any address.
  const anywhere = pods.hostNetwork ? { v4: EVERY_IP.v4, v6: usesV6 ? EVERY_IP.v6 : [] } : podAddresses
  if (coversIps(block.set, anywhere)) return 'yes'
  return isNoIps(intersectIps(block.set, anywhere)) ? 'no' : 'unknown'
}

function mark(row: Uint8Array, id: number, truth: Truth): void {
  row[id] = Math.max(row[id] ?? 0, CODES[truth])
}

function selectorKey(selector: Selector): string {
  return JSON.stringify(selector.map(({ key, operator, values }) => [key, operator, values]))
}
