import { PEERS_KEY } from '#core/kinds/networkPolicyText.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import { treeOf } from '#core/load/load.ts'
import { endId } from '#core/model/end.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { DocumentId, FieldPath } from '#core/model/text.ts'
import { toPlain } from '#core/yaml/parse.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import { dnsOf } from './dns.ts'
import type { Draft } from './draft.ts'
import type { HalfText } from './halfText.ts'
import { isSame } from './same.ts'

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

/** The policy of a document as the draft has it now; undefined where it is gone. */
export function policyAt({ loaded }: Draft, document: DocumentId): Policy | undefined {
  return loaded.policies.find(({ ref }) => ref.document === document)
}

/** A policy's own name, without its namespace. */
export function bareName({ name, namespace }: Policy): string {
  return namespace !== undefined && name.startsWith(`${namespace}/`) ? name.slice(namespace.length + 1) : name
}

/** The policies that Drawbridge made for exactly these pods and this direction, in which rules may be put. */
export function ownPolicies(
  draft: Draft,
  { direction, subject }: Pick<HalfText, 'direction' | 'subject'>,
): readonly Policy[] {
  const { loaded, evaluation } = draft
  const { end, podSelector } = subject
  return drawnPolicies(draft, end.namespace, direction).filter((policy) => {
    const selector = at(treeOf(loaded, policy.ref.document), ['spec', 'podSelector'])
    const selected = selectedBy(evaluation, policy)
    const isOnly = 'workload' in end && selected.length === 1 && selected[0] === endId(end)
    return isOnly || (selector !== undefined && isSame(toPlain(selector), podSelector))
  })
}

/** The policies of a namespace and direction that Drawbridge made for drawn edges, whichever pods they select. */
export function drawnPolicies({ loaded }: Draft, namespace: string, direction: Direction): readonly Policy[] {
  return loaded.policies.filter(
    (policy) =>
      policy.managed &&
      isAlive(policy) &&
      policy.namespace === namespace &&
      policy.directions.length === 1 &&
      policy.directions[0] === direction &&
      // Default denies and allow-dns are switches of the namespace, no places for rules.
      !isSwitch(policy),
  )
}

/** Does its text say now what it does, in rules that can be written? */
export function isAlive({ tier, stale, inert, unevaluated }: Policy): boolean {
  return tier === 'networkPolicy' && !stale && inert !== true && unevaluated === undefined
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
