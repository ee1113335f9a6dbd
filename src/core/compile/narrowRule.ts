import { PEERS_KEY, policyType, portText } from '#core/kinds/networkPolicyText.ts'
import { treeOf } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import { intersectIps, ipBlock, NO_IPS, uniteIps } from '#core/model/cidr.ts'
import { type End, endName } from '#core/model/end.ts'
import { formatPorts } from '#core/model/ports.ts'
import type { PeerMatcher, Policy, Rule } from '#core/model/rule.ts'
import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { parseDocument, toPlain } from '#core/yaml/parse.ts'
import { addEntry, appendItem, removeAt } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import { composeEdits } from './compose.ts'
import { type Draft, edit, type Splice } from './draft.ts'
import type { Outcast } from './narrowEnd.ts'
import { blockPeers, copyOf, everybodyBut, type Narrowed, narrowPeer } from './narrowPeers.ts'
import { cutPorts, type Hole, portsLeft, putList } from './narrowPorts.ts'
import { peersOf, type Refusal } from './peers.ts'
import { listAt } from './policyText.ts'
import { isSame } from './same.ts'

/** A rule that opens what is to be closed, for an end at its other side. */
export interface Opening {
  readonly policy: Policy
  readonly rule: Rule
  readonly out: Outcast
  readonly hole: Hole
}

/** A rule after it was narrowed, and how to tell it. */
export interface NarrowedRule {
  readonly draft: Draft
  readonly sentence: string
  readonly warnings: readonly string[]
}

/**
 * Takes an end's ports out of a rule: its peer, its port, or the rule goes where it names nothing else; where others must
 * stay, the peer leaves it, and what the end keeps becomes a rule of its own (semantics.md F.1.4). The text around stays.
 */
export function narrowRule(draft: Draft, opening: Opening): NarrowedRule | Refusal {
  const { rule, policy, out, hole } = opening
  if (policy.stale) return { refusal: `${policy.name} opens it, and its text has an error: mend that first.` }
  const items = rule.peers === 'any' ? [] : rule.peers.map((peer) => itemOf(draft, opening, peer))
  const refused = items.flatMap(({ narrowed }) =>
    typeof narrowed === 'object' && 'refusal' in narrowed ? [narrowed] : [],
  )
  if (refused[0]) return refused[0]
  const isWhole = rule.peers === 'any' ? 'anywhere' in out.end : items.every(({ narrowed }) => narrowed === 'gone')
  const left = portsLeft(rule.ports, hole)
  if (isWhole && left.length === 0)
    return written(draft, opening, { splices: removal(draft, opening), told: `Removes ${nameOf(opening)}.` })
  if (isWhole) return written(draft, opening, withoutPorts(opening))
  return rule.peers === 'any' ? fromAny(draft, opening) : byPeers(draft, opening, items)
}

interface Item {
  readonly peer: PeerMatcher
  readonly item: Tree | undefined
  readonly narrowed: Narrowed | Refusal
}

interface Told {
  readonly splices: readonly Splice[]
  readonly told: string
  readonly warnings?: readonly string[]
}

function itemOf(draft: Draft, { policy, out }: Opening, peer: PeerMatcher): Item {
  const item = at(treeOf(draft.loaded, policy.ref.document), peer.ref.path)
  return { peer, item, narrowed: narrowPeer(draft.evaluation, { peer, item }, out) }
}

function withoutPorts(opening: Opening): Told {
  const { rule, hole } = opening
  return {
    splices: cutPorts(rule.ref.path, rule.ports, hole) ?? [],
    told: `Takes ${formatPorts(hole.ports)} out of ${nameOf(opening)}.`,
  }
}

// A rule that names nobody allows everybody: then all but the end are named.
function fromAny(draft: Draft, opening: Opening): NarrowedRule | Refusal {
  const { rule, out } = opening
  const { items, isOutsideCut } = everybodyBut(draft.evaluation, out)
  const kept = keepRest(draft, opening, [])
  if ('refusal' in kept) return kept
  const own: readonly Splice[] =
    items.length > 0
      ? [putList(rule.ref.path, PEERS_KEY[rule.direction], items), ...kept.splices]
      : [...kept.splices, ...removal(draft, opening)]
  const cut = `R${nameOf(opening).slice(1)} allows everybody, and no block is known that leaves out the pods of ${endName(out.end)}: addresses outside of the cluster are closed, too. The pod CIDR in the settings would help.`
  return written(draft, opening, {
    splices: own,
    told: `Names everybody but ${endName(out.end)} in ${nameOf(opening)}${kept.told}.`,
    warnings: [...(isOutsideCut ? [cut] : []), ...commentWarning(draft, opening)],
  })
}

// "Anybody may" above a rule that names some now.
function commentWarning({ loaded }: Draft, opening: Opening): readonly string[] {
  const { policy, rule } = opening
  const text = loaded.trees.get(policy.ref.document)?.text ?? ''
  const node = at(treeOf(loaded, policy.ref.document), rule.ref.path)
  if (!node) return []
  const above = text.slice(0, node.range.from).split('\n').slice(0, -1)
  const last = above.findLastIndex((line) => !/^\s*#/.test(line))
  const behind = text.slice(node.range.from).split('\n')
  const own = behind.slice(0, text.slice(node.range.from, node.range.to).split('\n').length)
  const isCommented = last < above.length - 1 || own.some((line) => /(?:^|\s)#/.test(line))
  return isCommented ? [`A comment at ${nameOf(opening)} may no longer be true: please read it.`] : []
}

function byPeers(draft: Draft, opening: Opening, items: readonly Item[]): NarrowedRule | Refusal {
  const hit = items.filter(({ narrowed }) => narrowed !== 'same')
  const kept = keepRest(draft, opening, hit)
  if ('refusal' in kept) return kept
  const gone = hit.filter(({ narrowed }) => narrowed === 'gone')
  const isEmptied = gone.length === items.length
  // From behind, so that the places in front stay what they are.
  const own = hit.toReversed().flatMap(({ peer, narrowed }) => splicesOf(peer, narrowed))
  const splices = isEmptied ? [...kept.splices, ...removal(draft, opening)] : [...own, ...kept.splices]
  return written(draft, opening, { splices, told: `${tell(opening, hit)}${kept.told}.` })
}

function splicesOf(peer: PeerMatcher, narrowed: Narrowed | Refusal): readonly Splice[] {
  if (narrowed === 'gone') return [(text, tree) => removeAt(text, tree, peer.ref.path)]
  return typeof narrowed === 'object' && 'splices' in narrowed ? narrowed.splices : []
}

function tell(opening: Opening, hit: readonly Item[]): string {
  const { out } = opening
  const how = hit.flatMap(({ narrowed }) => (typeof narrowed === 'object' && 'told' in narrowed ? [narrowed.told] : []))
  const by = how.length > 0 ? ` (${how.join('; ')})` : ''
  return `Takes ${endName(out.end)} out of ${nameOf(opening)}${by}`
}

// The ports that the end keeps, as a rule of its own behind the others.
function keepRest(draft: Draft, { policy, rule, out, hole }: Opening, hit: readonly Item[]): Told | Refusal {
  const ports = portsLeft(rule.ports, hole)
  if (ports.length === 0) return { splices: [], told: '' }
  const peers = ownPeers(draft, { policy, out }, hit)
  if ('refusal' in peers) return peers
  const key = PEERS_KEY[rule.direction]
  const value = { [key]: peers.items, ports: ports.map(portText) }
  const list = rule.ref.path.slice(0, -1)
  return {
    splices: [(text, tree) => appendItem(text, tree, list, value)],
    told: `; a rule of its own keeps its other ports`,
  }
}

// As the rule names it where it names nobody else, so that no more is opened than was.
function ownPeers(
  draft: Draft,
  { policy, out }: Pick<Opening, 'policy' | 'out'>,
  hit: readonly Item[],
): { readonly items: readonly object[] } | Refusal {
  const exact = hit.flatMap(({ narrowed, item }) => (narrowed === 'gone' && item ? [toPlain(item) as object] : []))
  const wide = hit.filter(({ narrowed }) => narrowed !== 'gone')
  if (wide.length === 0 && hit.length > 0) return { items: exact }
  const blocks = wide.flatMap(({ peer }) => (peer.type === 'ipBlock' ? [ipBlock(peer.cidr, peer.except)] : []))
  const held = blockPeers(blocks.map((block) => intersectIps(block, out.ips ?? NO_IPS)).reduce(uniteIps, NO_IPS))
  if (wide.length > 0 && blocks.length === wide.length) return { items: [...exact, ...held] }
  const inside = wide.flatMap(({ peer, item }) => (peer.type === 'pods' ? insideOf(item, out.end) : []))
  if (inside.length > 0) return { items: [...exact, ...inside, ...held] }
  const named = peersOf(draft.evaluation, policy.namespace ?? '', out.end)
  if ('refusal' in named) return named
  const fresh = named.peers === 'any' ? [] : named.peers
  return { items: [...exact, ...fresh.filter((peer) => !exact.some((one) => isSame(one, peer))), ...held] }
}

// What a wider peer selects in a namespace: all of it may be more.
function insideOf(item: Tree | undefined, end: End): readonly object[] {
  return item && 'namespace' in end && !('workload' in end) ? [copyOf(item, { namespace: end.namespace })] : []
}

// The last rule leaves `[]`; where only the rule said that the policy is about egress, that is said first (semantics.md A.3).
function removal(draft: Draft, { policy, rule }: Opening): readonly Splice[] {
  const path = rule.ref.path
  const isLast = listAt(draft, policy, path.slice(0, -1)).length === 1
  const types = listAt(draft, policy, ['spec', 'policyTypes'])
  const spelled = isLast && rule.direction === 'egress' && types.length === 0 ? [spellTypes(policy)] : []
  return [...spelled, (text, tree) => removeAt(text, tree, path)]
}

function spellTypes({ directions }: Policy): Splice {
  const types = directions.map(policyType)
  return (text, tree) =>
    at(tree, ['spec', 'policyTypes'])
      ? putList(['spec'], 'policyTypes', types)(text, tree)
      : addEntry(text, tree, ['spec'], ['policyTypes', types])
}

function written(draft: Draft, { policy }: Opening, { splices, told, warnings = [] }: Told): NarrowedRule | Refusal {
  const next = edit(draft, policy.ref.document, inTurn(splices))
  if (next) return { draft: next, sentence: told, warnings }
  return {
    refusal: `The text of ${policy.name} can’t be edited here (it uses an alias or an anchor): please narrow it by hand.`,
  }
}

/** Splices that follow each other, as one. */
export function inTurn(splices: readonly Splice[]): Splice {
  return (text, tree) => {
    let sum: readonly TextEdit[] = []
    let now: { text: string; tree: Tree } = { text, tree }
    for (const splice of splices) {
      const edits = splice(now.text, now.tree)
      const after = edits && applyEdits(now.text, edits)
      const read = after === undefined ? undefined : parseDocument(after).tree
      if (!edits || after === undefined || !read) return undefined
      sum = composeEdits(sum, edits)
      now = { text: after, tree: read }
    }
    return sum
  }
}

function nameOf({ policy, rule }: Opening): string {
  return `rule ${indexOf(rule.ref.path) + 1} of ${policy.name}`
}

function indexOf(path: FieldPath): number {
  const last = path.at(-1)
  return typeof last === 'number' ? last : 0
}
