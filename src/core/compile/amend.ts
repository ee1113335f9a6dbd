import { PEERS_KEY, portText, ruleValue } from '#core/kinds/networkPolicyText.ts'
import type { Policy, Rule } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { addEntry, appendItem } from '#core/yaml/splice.ts'
import { at } from '#core/yaml/tree.ts'
import { type Draft, edit } from './draft.ts'
import type { HalfText, Written } from './halfText.ts'
import { portNames, shortName } from './names.ts'
import { bareName, isDnsRule, listAt, plainItems } from './policyText.ts'
import { isSame } from './same.ts'
import { hasPeers, hasPorts, type RuleOfPolicy } from './sameRule.ts'

/** How a policy can take a half: a peer for a rule with its ports, a port for a rule with its peers, else a rule; cheapest first. */
export type Amendment = 'peer' | 'port' | 'rule'

/** The cheapest amendment that the text of a policy has a place for; nothing is edited yet. */
export function amendmentFor(draft: Draft, policy: Policy, half: HalfText): Amendment {
  if (ruleWithPorts(draft, policy, half)) return 'peer'
  return ruleWithPeers(draft, policy, half) ? 'port' : 'rule'
}

/**
 * Puts a half into a policy that is there: a rule with the same ports takes the peers, a rule with the same peers the
 * ports, else it becomes a rule of its own. Peers and ports of two connections are never multiplied (semantics.md F.1.4).
 * Undefined where the text can't be edited there: an alias repeats it.
 */
export function amend(draft: Draft, policy: Policy, half: HalfText): Written | undefined {
  return joinPeers(draft, policy, half) ?? joinPorts(draft, policy, half) ?? addRule(draft, policy, half)
}

// A rule without peers allows everybody: a peer there would take that away.
function ruleWithPorts(draft: Draft, policy: Policy, half: HalfText): RuleOfPolicy | undefined {
  if (half.peers === 'any') return undefined
  return rulesOf(draft, policy, half).find((found) => found.rule.peers !== 'any' && hasPorts(found, half))
}

function ruleWithPeers(draft: Draft, policy: Policy, half: HalfText): RuleOfPolicy | undefined {
  if (half.ports.length === 0) return undefined
  return rulesOf(draft, policy, half).find((found) => found.rule.ports !== 'any' && hasPeers(draft, found, half))
}

function rulesOf(draft: Draft, policy: Policy, { direction }: HalfText): readonly RuleOfPolicy[] {
  const texts = listAt(draft, policy, ['spec', direction])
  const rules = policy.rules.filter((rule) => rule.direction === direction)
  return rules.flatMap((rule, i) => {
    const text = texts[i]
    return text && !isDnsRule(draft, text, direction) ? [{ policy, rule, text }] : []
  })
}

function joinPeers(draft: Draft, policy: Policy, half: HalfText): Written | undefined {
  const found = ruleWithPorts(draft, policy, half)
  if (!found || half.peers === 'any') return undefined
  const key = PEERS_KEY[half.direction]
  const known = plainItems(found.text, key)
  const fresh = half.peers.filter((peer) => !known.some((own) => isSame(own, peer)))
  const { other, subject } = half
  const what = other ? `${key}: ${shortName(other, subject.end.namespace)}` : 'a peer'
  const sentence = `Adds ${what} to ${numberOf(found.rule)} of ${bareName(policy)}.`
  return append(draft, policy, { path: [...found.rule.ref.path, key], items: fresh, sentence })
}

function joinPorts(draft: Draft, policy: Policy, half: HalfText): Written | undefined {
  const found = ruleWithPeers(draft, policy, half)
  if (!found) return undefined
  const known = plainItems(found.text, 'ports')
  const missing = half.ports.filter((port) => !known.some((own) => isSame(own, portText(port))))
  const what = `${missing.length === 1 ? 'port' : 'ports'} ${portNames(missing)}`
  const sentence = `Adds ${what} to ${numberOf(found.rule)} of ${bareName(policy)}.`
  return append(draft, policy, { path: [...found.rule.ref.path, 'ports'], items: missing.map(portText), sentence })
}

function numberOf({ ref }: Rule): string {
  return `rule ${Number(ref.path.at(-1)) + 1}`
}

interface Addition {
  readonly path: FieldPath
  readonly items: readonly object[]
  readonly sentence: string
}

function append(draft: Draft, policy: Policy, { path, items, sentence }: Addition): Written | undefined {
  if (items.length === 0) return undefined
  let next: Draft | undefined = draft
  for (const item of items)
    next = next && edit(next, policy.ref.document, (text, tree) => appendItem(text, tree, path, item))
  return next && { draft: next, sentence, name: bareName(policy), isNew: false }
}

function addRule(draft: Draft, policy: Policy, half: HalfText): Written | undefined {
  const { direction, peers, ports, other, subject } = half
  const rule = ruleValue(direction, { peers, ports: ports.map(portText) })
  const next = edit(draft, policy.ref.document, (text, tree) =>
    at(tree, ['spec', direction])
      ? appendItem(text, tree, ['spec', direction], rule)
      : addEntry(text, tree, ['spec'], [direction, [rule]]),
  )
  const whom = other
    ? `: ${PEERS_KEY[direction]} ${shortName(other, subject.end.namespace)} on ${portNames(ports)}`
    : ''
  const name = bareName(policy)
  return next && { draft: next, sentence: `Adds a rule to ${name}${whom}.`, name, isNew: false }
}
