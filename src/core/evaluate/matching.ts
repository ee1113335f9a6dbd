import { coversIps, intersectIps, ipBlock, isNoIps, type IpSet, NO_IPS, uniteIps } from '#core/model/cidr.ts'
import type { ClusterNode } from '#core/model/cluster.ts'
import { type KnownLabels, matches, NAMESPACE_NAME_LABEL, type Selector } from '#core/model/labels.ts'
import { formatPortSpec, namedPorts } from '#core/model/portSpec.ts'
import { ALL_PORTS, NO_PORTS, portRange, type PortSet, uniteAllPorts } from '#core/model/ports.ts'
import type { NamespaceMatcher, NodeMatcher, PeerMatcher, PodMatcher, PortMatcher, Rule } from '#core/model/rule.ts'
import { and, type Truth } from '#core/model/truth.ts'
import { cidrs, EVERY_IP, partsOf } from './addresses.ts'
import type { Evaluation, PeerClass, PodClass, Speaker } from './evaluation.ts'

// In rows: `or` is the maximum.
const TRUTHS: readonly Truth[] = ['no', 'unknown', 'yes']
const CODES: Readonly<Record<Truth, number>> = { no: 0, unknown: 1, yes: 2 }

/** Does the rule point at this class? */
export function pointsAt(evaluation: Evaluation, rule: Rule, peer: PeerClass): Truth {
  return TRUTHS[codeAt({ row: rowOf(evaluation, rule), domains: domainsOf(rule) }, peer)] ?? 'no'
}

/** Does a rule point at a class (0 no, 1 unknown, 2 yes), by its row and the names of hosts in it? */
export function codeAt({ row, domains }: Pick<Speaker, 'row' | 'domains'>, peer: PeerClass): number {
  if (row === 'any') return 2
  const code = row[peer.id] ?? 0
  return domains.length === 0 || code === 2 ? code : Math.max(code, CODES[namesClass(domains, peer)])
}

/** The names of hosts that the rule points at. */
export function domainsOf({ peers }: Rule): readonly string[] {
  return peers === 'any' ? [] : peers.flatMap((peer) => (peer.type === 'domains' ? peer.names : []))
}

/** Whom the rule points at, by class, names of hosts left out: 0 no, 1 unknown, 2 yes. */
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
    const truth = matcher.type === 'selector' ? matches(matcher.selector, labels) : hasName(labels, matcher.name)
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

/** All addresses that the rule's blocks hold, and those of the nodes that it points at. */
export function blocksOf({ peers }: Rule, nodes: readonly ClusterNode[]): IpSet {
  if (peers === 'any') return NO_IPS
  return peers.map((peer) => addressesAt(peer, nodes)).reduce(uniteIps, NO_IPS)
}

/** The nodes that a peer points at. */
export function nodesAt({ nodes: selector }: NodeMatcher, nodes: readonly ClusterNode[]): readonly ClusterNode[] {
  return nodes.filter(({ labels }) => matches(selector, { labels, unknown: [] }) === 'yes')
}

function addressesAt(peer: PeerMatcher, nodes: readonly ClusterNode[]): IpSet {
  if (peer.type === 'ipBlock') return ipBlock(peer.cidr, peer.except)
  return peer.type === 'nodes' ? cidrs(nodesAt(peer, nodes).flatMap(({ ips }) => ips)) : NO_IPS
}

// A name is evaluated only where it is what one asks about; which addresses it has is not known (semantics.md C.3).
function namesClass(domains: readonly string[], peer: PeerClass): Truth {
  if (peer.type === 'pods') return domains.some(isClusterName) && !peer.hostNetwork && !peer.finished ? 'unknown' : 'no'
  const { host } = peer
  if (host !== undefined) return domains.some((name) => isNamedBy(host, name)) ? 'yes' : 'no'
  return peer.range ? 'unknown' : 'no'
}

// `*.x.y` matches one or more labels before `x.y`, and not `x.y`.
function isNamedBy(host: string, name: string): boolean {
  return host === name || (name.startsWith('*.') && host.endsWith(name.slice(1)) && host.length >= name.length)
}

// The DNS of the cluster resolves only these to pods.
function isClusterName(name: string): boolean {
  return name.endsWith('.cluster.local') || name.endsWith('.svc')
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

// One of which not even the name is known may be any.
function hasName({ labels, unknown }: KnownLabels, name: string): Truth {
  const own = labels[NAMESPACE_NAME_LABEL]
  if (own === undefined && unknown === 'all') return 'unknown'
  return own === name ? 'yes' : 'no'
}

function isNamed({ port }: PortMatcher): boolean {
  return port.type === 'named'
}

function portsKey(ports: readonly PortMatcher[]): string {
  return ports.map((matcher) => formatPortSpec(matcher)).join(' ')
}

function fillRow(evaluation: Evaluation, peers: readonly PeerMatcher[]): Uint8Array {
  const { podClasses, addressClasses } = evaluation
  const row = new Uint8Array(podClasses.length + addressClasses.length + 1)
  for (const peer of peers) if (peer.type === 'pods') markPods(evaluation, peer, row)
  const blocks = peers.flatMap((peer) => (peer.type === 'ipBlock' ? [ipBlock(peer.cidr, peer.except)] : []))
  // All blocks of a rule at once: together they may hold the whole pod CIDR, which none does alone.
  if (blocks.length > 0) markAddresses(evaluation, blocks.reduce(uniteIps), row)
  for (const peer of peers) if (peer.type === 'nodes') markNodes(evaluation, peer, row)
  return row
}

function markAddresses(evaluation: Evaluation, set: IpSet, row: Uint8Array): void {
  const { podClasses, space } = evaluation
  const parts = new Set(partsOf(space, set))
  for (const part of parts) mark(row, podClasses.length + part, 'yes')
  for (const pods of podClasses) mark(row, pods.id, holdsPods(evaluation, pods, { set, parts }))
}

// A node is its addresses, whoever of hostNetwork sends from them (semantics.md C.3). Without Node objects nobody knows them.
function markNodes(evaluation: Evaluation, peer: NodeMatcher, row: Uint8Array): void {
  const { podClasses, addressClasses, space, cluster, settings } = evaluation
  const set = cidrs(nodesAt(peer, cluster.nodes).flatMap(({ ips }) => ips))
  const parts = new Set(partsOf(space, set))
  const isUnknown = cluster.nodes.length === 0 && settings.unknownLabels === 'unknown'
  for (const { id } of addressClasses) if (isUnknown) mark(row, id, 'unknown')
  for (const part of parts) mark(row, podClasses.length + part, 'yes')
  for (const pods of podClasses)
    if (pods.hostNetwork) mark(row, pods.id, isUnknown ? 'unknown' : holdsPods(evaluation, pods, { set, parts }))
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
