import { coversIps, intersectIps, ipBlock, ipKey, isNoIps, type IpSet, parseIp, uniteIps } from '#core/model/cidr.ts'
import type { Cluster, Pod } from '#core/model/cluster.ts'
import { type KnownLabels, matches, NAMESPACE_NAME_LABEL, type Selector } from '#core/model/labels.ts'
import type { NamespaceMatcher, NodeMatcher, PeerMatcher, PodMatcher, Rule } from '#core/model/rule.ts'
import { and, type Truth } from '#core/model/truth.ts'
import { cidrs, EVERY_IP, partsOf } from './addresses.ts'
import { nodesAt } from './blocks.ts'
import type { ClassIndex } from './classIndex.ts'
import { classSet, hasClass, NO_CLASSES, uniteClasses } from './classSet.ts'
import type { Chosen, Evaluation, Made } from './evaluation.ts'
import type { PeerClass, PodClass } from './peerClass.ts'

/** Nobody. */
const NOBODY: Chosen = { yes: NO_CLASSES, unknown: NO_CLASSES }

/** Does the rule point at this class? */
export function pointsAt(evaluation: Evaluation, rule: Rule, peer: PeerClass): Truth {
  const late = pointsAtNew(evaluation, rule, peer)
  if (late !== undefined) return late
  const chosen = chosenBy(evaluation, rule)
  if (chosen === 'any' || hasClass(chosen.yes, peer.id)) return 'yes'
  const domains = domainsOf(rule)
  const named = domains.length === 0 ? 'no' : namesClass(domains, peer)
  return named === 'no' && hasClass(chosen.unknown, peer.id) ? 'unknown' : named
}

// A class that came after the rule's choice is asked about alone: choosing anew among all of them costs more.
function pointsAtNew(evaluation: Evaluation, rule: Rule, peer: PeerClass): Truth | undefined {
  const made = evaluation.memo.rules.get(rule)
  if (!made || peer.type !== 'pods' || peer.id < made.upTo || rule.peers === 'any') return undefined
  let truth: Truth = 'no'
  for (const matcher of rule.peers) {
    if (matcher.type !== 'pods') return undefined
    const one = takesIn(evaluation, matcher, peer)
    if (one === 'yes') return one
    if (one === 'unknown') truth = one
  }
  return truth
}

function takesIn(evaluation: Evaluation, { namespaces, pods: selector }: PodMatcher, own: PodClass): Truth {
  if (own.hostNetwork || own.finished) return 'no'
  const namespace = namespaceTruths(evaluation, namespaces).get(own.namespace)
  return namespace === undefined ? 'no' : and(namespace, matches(selector, own.labels))
}

/** The names of hosts that the rule points at. */
export function domainsOf({ peers }: Rule): readonly string[] {
  if (peers === 'any' || !peers.some(({ type }) => type === 'domains')) return NO_NAMES
  return peers.flatMap((peer) => (peer.type === 'domains' ? peer.names : []))
}

const NO_NAMES: readonly string[] = []

/** The classes that the rule points at, names of hosts left out. */
export function chosenBy(evaluation: Evaluation, rule: Rule): Chosen | 'any' {
  if (rule.peers === 'any') return 'any'
  const { rules } = evaluation.memo
  const known = rules.get(rule)
  if (known && known.upTo >= evaluation.size) return known.chosen
  const chosen = chooseAll(evaluation, rule.peers)
  rules.set(rule, { chosen, upTo: evaluation.size })
  return chosen
}

/** Does the matcher select the pods of this class? Never hostNetwork or finished ones (semantics.md A.10, A.11). */
export function selectsClass(evaluation: Evaluation, matcher: PodMatcher, { id }: PodClass): Truth {
  const { yes, unknown } = selected(evaluation, matcher)
  if (hasClass(yes, id)) return 'yes'
  return hasClass(unknown, id) ? 'unknown' : 'no'
}

/** The classes that the matcher selects, and those that it may select. */
export function selected(evaluation: Evaluation, matcher: PodMatcher): Chosen {
  const { selections } = evaluation.memo
  const key = matcherKey(evaluation, matcher)
  const known = selections.get(key)
  if (known && known.upTo >= evaluation.size) return known.chosen
  const chosen = known ? extend(evaluation, matcher, known) : choose(evaluation, matcher)
  selections.set(key, { chosen, upTo: evaluation.size })
  return chosen
}

// Most new classes are chosen by nobody, and what was chosen stays the same object.
function extend(evaluation: Evaluation, matcher: PodMatcher, { chosen, upTo }: Made): Chosen {
  const { podClasses, controller } = evaluation
  const more = chooseAmong(evaluation, matcher, [podClasses.slice(upTo - controller.class.id)])
  return more.yes.size + more.unknown.size === 0 ? chosen : uniteChosen(chosen, more)
}

/** Is it one of the namespaces that the matcher reaches into? Only those with pods or an object are asked about. */
export function namespaceTruths(evaluation: Evaluation, matcher: NamespaceMatcher): ReadonlyMap<string, Truth> {
  const { memo, namespaces } = evaluation
  const own = memo.truths.get(matcher)
  if (own) return own
  const key = namespaceKey(matcher)
  const known = memo.namespaces.get(key)
  if (known) {
    memo.truths.set(matcher, known)
    return known
  }
  const truths = new Map<string, Truth>()
  for (const [name, labels] of namespaces) {
    const truth = matcher.type === 'selector' ? matches(matcher.selector, labels) : hasName(labels, matcher.name)
    if (truth !== 'no') truths.set(name, truth)
  }
  memo.namespaces.set(key, truths)
  memo.truths.set(matcher, truths)
  return truths
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

// One of which not even the name is known may be any.
function hasName({ labels, unknown }: KnownLabels, name: string): Truth {
  const own = labels[NAMESPACE_NAME_LABEL]
  if (own === undefined && unknown === 'all') return 'unknown'
  return own === name ? 'yes' : 'no'
}

function chooseAll(evaluation: Evaluation, peers: readonly PeerMatcher[]): Chosen {
  const [only] = peers
  if (peers.length === 1 && only?.type === 'pods') return selected(evaluation, only)
  const pods = peers.flatMap((peer) => (peer.type === 'pods' ? [selected(evaluation, peer)] : []))
  const blocks = peers.flatMap((peer) => (peer.type === 'ipBlock' ? [ipBlock(peer.cidr, peer.except)] : []))
  const nodes = peers.flatMap((peer) => (peer.type === 'nodes' ? [nodesChosen(evaluation, peer)] : []))
  // All blocks of a rule at once: together they may hold the whole pod CIDR, which none does alone.
  const held = blocks.length > 0 ? [blocksChosen(evaluation, peers, blocks.reduce(uniteIps))] : []
  return [...pods, ...held, ...nodes].reduce(uniteChosen, NOBODY)
}

function uniteChosen(a: Chosen, b: Chosen): Chosen {
  if (a === NOBODY) return b
  return { yes: uniteClasses(a.yes, b.yes), unknown: uniteClasses(a.unknown, b.unknown) }
}

function blocksChosen(evaluation: Evaluation, peers: readonly PeerMatcher[], set: IpSet): Chosen {
  const { blocks } = evaluation.memo
  const key = peers.map((peer) => (peer.type === 'ipBlock' ? `${peer.cidr}!${peer.except.join('!')}` : '')).join(' ')
  const known = blocks.get(key)
  if (known && known.upTo >= evaluation.size) return known.chosen
  const chosen = evaluation.settings.ipBlocksMatchPods
    ? chooseAddresses(evaluation, set)
    : chooseOutside(evaluation, set)
  blocks.set(key, { chosen, upTo: evaluation.size })
  return chosen
}

// Pods are no addresses to some CNIs, wherever they are (semantics.md D.3).
function chooseOutside({ space, addressClasses }: Evaluation, set: IpSet): Chosen {
  return { yes: classSet(partsOf(space, set).flatMap((part) => addressClasses[part]?.id ?? [])), unknown: NO_CLASSES }
}

function chooseAddresses(evaluation: Evaluation, set: IpSet): Chosen {
  const { index, space, addressClasses } = evaluation
  const parts = new Set(partsOf(space, set))
  const yes = [...parts].flatMap((part) => addressClasses[part]?.id ?? [])
  const unknown: number[] = []
  const candidates = new Set([...parts].flatMap((part) => index.byPart.get(part) ?? []).concat(index.placeless))
  for (const pods of candidates) {
    if (pods.id >= evaluation.size) continue
    const truth = holdsPods(evaluation, pods, { set, parts })
    if (truth === 'yes') yes.push(pods.id)
    else if (truth === 'unknown') unknown.push(pods.id)
  }
  return { yes: classSet(yes), unknown: classSet(unknown) }
}

// A node is its addresses, whoever of hostNetwork sends from them (semantics.md C.3). One that isn't loaded may have any.
function nodesChosen(evaluation: Evaluation, peer: NodeMatcher): Chosen {
  const { addressClasses, podClasses, cluster, memo } = evaluation
  memo.asked.nodes = true
  const held = chooseAddresses(evaluation, cidrs(nodesAt(peer, cluster.nodes).flatMap(({ ips }) => ips)))
  const hosts = podClasses.filter(({ hostNetwork }) => hostNetwork)
  const all = [...addressClasses, ...hosts].map(({ id }) => id)
  const yes = all.filter((id) => hasClass(held.yes, id))
  const isOpen = !knowsNodes(evaluation)
  const unknown = all.filter((id) => !hasClass(held.yes, id) && (isOpen || hasClass(held.unknown, id)))
  return { yes: classSet(yes), unknown: classSet(unknown) }
}

// Are all nodes loaded that pods run on, or send from?
function knowsNodes({ own, cluster, settings, nodesByIp }: Evaluation): boolean {
  if (settings.unknownLabels === 'absent') return true
  own.knowsNodes ??= isEveryNodeLoaded(cluster, nodesByIp)
  return own.knowsNodes
}

function isEveryNodeLoaded({ nodes, workloads }: Cluster, nodesByIp: Evaluation['nodesByIp']): boolean {
  const names = new Set(nodes.map(({ name }) => name))
  const isLoaded = ({ node, hostNetwork, ips }: Pod): boolean =>
    (node === undefined || names.has(node)) && (!hostNetwork || ips.every((ip) => isIn(nodesByIp, ip)))
  return nodes.length > 0 && workloads.every(({ pods }) => pods.every(isLoaded))
}

function isIn(nodesByIp: Evaluation['nodesByIp'], ip: string): boolean {
  const address = parseIp(ip)
  return address === undefined || nodesByIp.has(ipKey(address))
}

// Each selector is resolved once, whichever rules ask with it.
function choose(evaluation: Evaluation, matcher: PodMatcher): Chosen {
  const truths = namespaceTruths(evaluation, matcher.namespaces)
  return chooseAmong(evaluation, matcher, candidates(evaluation, matcher.pods, truths))
}

function chooseAmong(evaluation: Evaluation, matcher: PodMatcher, among: readonly (readonly PodClass[])[]): Chosen {
  const yes: number[] = []
  const unknown: number[] = []
  for (const list of among)
    for (const own of list) {
      if (own.id >= evaluation.size) continue
      const truth = takesIn(evaluation, matcher, own)
      if (truth === 'yes') yes.push(own.id)
      else if (truth === 'unknown') unknown.push(own.id)
    }
  return { yes: classSet(yes), unknown: classSet(unknown) }
}

// The shortest lists that surely hold everyone who may match: of a label that must have a value, or of the namespaces.
function candidates(
  { index, podClasses }: Evaluation,
  selector: Selector,
  namespaces: ReadonlyMap<string, Truth>,
): readonly (readonly PodClass[])[] {
  let best: readonly (readonly PodClass[])[] = [podClasses]
  let least = podClasses.length
  const offer = (lists: readonly (readonly PodClass[])[]): void => {
    let count = 0
    for (const list of lists) count += list.length
    if (count >= least) return
    best = lists
    least = count
  }
  const isFew = namespaces.size <= MOST_NAMESPACES
  for (const { key, operator, values } of selector)
    if (operator === 'In' && least > 1)
      offer(listsOf(index, key, { values, places: isFew ? [...namespaces.keys()] : [] }))
  if (isFew && least > 1) offer([...namespaces.keys()].map((name) => index.byNamespace.get(name) ?? NO_PODS))
  return best
}

const NO_PODS: readonly PodClass[] = []
// Beyond this, going through the namespaces costs more than it saves.
const MOST_NAMESPACES = 64

// In these namespaces, or in all of them where none is given; who may have any label is listed whole.
function listsOf(
  { byLabel, byUnknown, anyLabel }: ClassIndex,
  key: string,
  { values, places }: { readonly values: readonly string[]; readonly places: readonly string[] },
): readonly (readonly PodClass[])[] {
  const lists: (readonly PodClass[])[] = []
  const add = (list: readonly PodClass[] | undefined): void => {
    if (list && list.length > 0) lists.push(list)
  }
  for (const value of values.length > 1 ? new Set(values) : values)
    if (places.length === 0) add(byLabel.get(`${key}=${value}`))
    else for (const place of places) add(byLabel.get(`${place}\n${key}=${value}`))
  add(byUnknown.get(key))
  add(anyLabel)
  return lists
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

function matcherKey({ memo }: Evaluation, matcher: PodMatcher): string {
  const known = memo.matcherKeys.get(matcher)
  if (known !== undefined) return known
  const key = `${namespaceKey(matcher.namespaces)} / ${selectorKey(matcher.pods)}`
  memo.matcherKeys.set(matcher, key)
  return key
}

function namespaceKey(matcher: NamespaceMatcher): string {
  return matcher.type === 'name' ? `name ${matcher.name}` : selectorKey(matcher.selector)
}

function selectorKey(selector: Selector): string {
  return selector.map(({ key, operator, values }) => `${key}\n${operator}\n${values.join('\t')}`).join('\n\n')
}
