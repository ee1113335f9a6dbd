import {
  PEERS_KEY,
  type PeerText,
  policyValue,
  type PolicyText,
  portText,
  type RuleText,
  ruleValue,
} from '#core/kinds/networkPolicyText.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import { treeOf } from '#core/load/load.ts'
import { endId } from '#core/model/end.ts'
import type { PortSpec } from '#core/model/portSpec.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { toPlain } from '#core/yaml/parse.ts'
import { addEntry, appendItem } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import { type Draft, edit } from './draft.ts'
import { dnsOf } from './dns.ts'
import type { Subject } from './peers.ts'
import { addDocument, freeName, policyFile } from './place.ts'
import { isSame } from './same.ts'

/** One half of a connection, ready to be written: whose pods, with whom, on which ports (none: all). */
export interface HalfText {
  readonly direction: Direction
  readonly subject: Subject
  readonly peers: readonly PeerText[] | 'any'
  readonly ports: readonly PortSpec[]
  /** Rules that a new policy needs besides, such as DNS. */
  readonly besides: readonly RuleText[]
}

/** A draft with one thing more, and how to tell it. */
export interface Written {
  readonly draft: Draft
  readonly sentence: string
}

/**
 * Writes a half into Drawbridge's own policy of that workload and direction: a rule with the same ports takes the peers, a
 * rule with the same peers the ports; else it becomes a rule of its own, or a new policy. Peers and ports of two
 * connections are never multiplied (semantics.md F.1.4). What the user wrote stays untouched.
 */
export function writeHalf(draft: Draft, half: HalfText): Written {
  for (const policy of ownPolicies(draft, half)) {
    const written = joinPeers(draft, policy, half) ?? joinPorts(draft, policy, half) ?? addRule(draft, policy, half)
    if (written) return written
  }
  const { direction, subject, besides } = half
  const rules = { [direction]: [...besides, ruleText(half)] }
  const { namespace } = subject.end
  const written = writePolicy(draft, { namespace, podSelector: subject.podSelector, rules }, [
    subject.stem,
    `-${direction}`,
  ])
  return { draft: written.draft, sentence: `Adds the policy ${namespace}/${written.name} to ${written.path}.` }
}

/** Writes a new policy to where it belongs, under a free name made of stem and suffix. */
export function writePolicy(
  draft: Draft,
  policy: Omit<PolicyText, 'name'>,
  [stem, suffix]: readonly [string, string],
): { readonly draft: Draft; readonly name: string; readonly path: string } {
  const name = freeName(draft, policy.namespace, stem, suffix)
  return { name, ...addDocument(draft, policyFile(draft, policy.namespace), policyValue({ ...policy, name })) }
}

/** The items of a list inside a policy's document; none where there is no list. */
export function listAt(draft: Draft, policy: Policy, path: FieldPath): readonly Tree[] {
  const list = at(treeOf(draft.loaded, policy.ref.document), path)
  return list?.type === 'sequence' ? list.items : []
}

/** The items of a list of a rule as plain values. */
export function plainItems(rule: Tree, key: string): readonly unknown[] {
  const list = at(rule, [key])
  return list?.type === 'sequence' ? list.items.map(toPlain) : []
}

/** The policies that Drawbridge made for exactly these pods and this direction, in which rules may be put. */
export function ownPolicies(
  { loaded, evaluation }: Draft,
  { direction, subject }: Pick<HalfText, 'direction' | 'subject'>,
): readonly Policy[] {
  const { end, podSelector } = subject
  return loaded.policies.filter((policy) => {
    if (!policy.managed || policy.stale || policy.unevaluated !== undefined || policy.namespace !== end.namespace)
      return false
    if (policy.directions.length !== 1 || policy.directions[0] !== direction) return false
    // Default denies and allow-dns are switches of the namespace, no places for rules.
    if (isSwitch(policy)) return false
    const selector = at(treeOf(loaded, policy.ref.document), ['spec', 'podSelector'])
    const selected = selectedBy(evaluation, policy)
    const isOnly = 'workload' in end && selected.length === 1 && selected[0] === endId(end)
    return isOnly || (selector !== undefined && isSame(toPlain(selector), podSelector))
  })
}

/** Is it a policy that the switches of a namespace write: for all its pods, without rules or with DNS alone? */
export function isSwitch({ subject, rules, name, namespace }: Policy): boolean {
  if (subject.pods.length > 0) return false
  return rules.length === 0 || name.startsWith(`${namespace}/allow-dns`)
}

/** Is it the rule that keeps DNS open beside the rules of drawn edges? Those never join it. */
export function isDnsRule({ evaluation }: Draft, rule: Tree, direction: Direction): boolean {
  const [peers, ports] = [plainItems(rule, PEERS_KEY[direction]), plainItems(rule, 'ports')]
  const { rules } = dnsOf(evaluation)
  return direction === 'egress' && rules.some((own) => isSame(own.peers, peers) && isSame(own.ports, ports))
}

function ruleText({ peers, ports }: HalfText): RuleText {
  return { peers, ports: ports.map(portText) }
}

function joinPeers(draft: Draft, policy: Policy, { direction, peers, ports }: HalfText): Written | undefined {
  if (peers === 'any') return undefined
  const rules = listAt(draft, policy, ['spec', direction])
  const key = PEERS_KEY[direction]
  // A rule without peers allows everybody: a peer there would take that away.
  const index = rules.findIndex(
    (rule) => plainItems(rule, key).length > 0 && isSame(plainItems(rule, 'ports'), ports.map(portText)),
  )
  const rule = rules[index]
  if (!rule || isDnsRule(draft, rule, direction)) return undefined
  const known = plainItems(rule, key)
  const fresh = peers.filter((peer) => !known.some((own) => isSame(own, peer)))
  const sentence = `Adds a peer to rule ${index + 1} of ${policy.name}.`
  return append(draft, policy, { path: ['spec', direction, index, key], items: fresh, sentence })
}

function joinPorts(draft: Draft, policy: Policy, { direction, peers, ports }: HalfText): Written | undefined {
  if (peers === 'any' || ports.length === 0) return undefined
  const rules = listAt(draft, policy, ['spec', direction])
  const index = rules.findIndex(
    (rule) => plainItems(rule, 'ports').length > 0 && isSame(plainItems(rule, PEERS_KEY[direction]), peers),
  )
  const rule = rules[index]
  if (!rule || isDnsRule(draft, rule, direction)) return undefined
  const known = plainItems(rule, 'ports')
  const fresh = ports.map(portText).filter((port) => !known.some((own) => isSame(own, port)))
  const sentence = `Adds ${fresh.length === 1 ? 'a port' : 'ports'} to rule ${index + 1} of ${policy.name}.`
  return append(draft, policy, { path: ['spec', direction, index, 'ports'], items: fresh, sentence })
}

interface Addition {
  readonly path: FieldPath
  readonly items: readonly object[]
  readonly sentence: string
}

function append(draft: Draft, policy: Policy, { path, items, sentence }: Addition): Written | undefined {
  let next: Draft | undefined = draft
  for (const item of items)
    next = next && edit(next, policy.ref.document, (text, tree) => appendItem(text, tree, path, item))
  return next && { draft: next, sentence }
}

function addRule(draft: Draft, policy: Policy, half: HalfText): Written | undefined {
  const rule = ruleValue(half.direction, ruleText(half))
  const next = edit(draft, policy.ref.document, (text, tree) =>
    at(tree, ['spec', half.direction])
      ? appendItem(text, tree, ['spec', half.direction], rule)
      : addEntry(text, tree, ['spec'], [half.direction, [rule]]),
  )
  return next && { draft: next, sentence: `Adds a rule to ${policy.name}.` }
}
