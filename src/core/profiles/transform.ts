import type { Ref } from '#core/model/text.ts'
import type { Direction, Policy, Rule } from '#core/model/rule.ts'
import { dropped, reasonsToDrop } from './drop.ts'
import { limitPorts } from './limitPorts.ts'
import type { FactKey, Reading } from './profile.ts'
import { type Family, familyReader, readHostPeers, readNodesAndNames } from './rulePeers.ts'
import { readEndPort, readNames, readSctp, type RuleReader } from './rulePorts.ts'

/** What has to be known of the cluster to say what a CNI does. */
export interface About {
  /** Of a cluster with one address family. */
  readonly family: Family
  /** Are there nodes, or pods in their network, to talk about? */
  readonly hasNodes: boolean
  /** Are Node objects loaded? */
  readonly nodesLoaded: boolean
}

/** What a fact does to a policy. */
export interface Found {
  readonly fact: FactKey
  readonly rule?: Ref | undefined
  readonly directions: readonly Direction[]
}

/** A policy as a CNI takes it; the policy itself where that is as written. */
export interface Transformed {
  readonly policy: Policy
  readonly found: readonly Found[]
}

/** What the CNI makes of one policy (semantics.md D). */
export function transform(policy: Policy, reading: Reading, about: About): Transformed {
  const made = policy.inert ? { policy, found: [] } : take(policy, reading, about)
  return { ...made, found: made.found.filter(({ directions }) => directions.length > 0) }
}

function take(policy: Policy, reading: Reading, about: About): Transformed {
  const reasons = reasonsToDrop(policy, reading)
  const directions: readonly Direction[] = policy.unevaluated === undefined ? policy.directions : ['ingress', 'egress']
  if (reasons.length > 0) return { policy: dropped(policy), found: reasons.map((fact) => ({ fact, directions })) }
  const read = readRules(policy, reading, about)
  const limited = limit({ ...policy, rules: read.rules }, reading)
  const found = [...read.found, ...limited.found, ...bySettings(policy, reading, about)]
  // Rules are added at the end, and none is ever taken out.
  const isSame = limited.rules.every((rule, i) => rule === policy.rules[i])
  return { policy: isSame ? policy : { ...policy, rules: limited.rules }, found }
}

interface Rules {
  readonly rules: readonly Rule[]
  readonly found: readonly Found[]
}

// Rules that are made in addition come last: NetworkPolicy has no order, and the places of the others stay.
function readRules(policy: Policy, reading: Reading, about: About): Rules {
  const readers: readonly (readonly [FactKey, RuleReader])[] = [
    ['endPort', readEndPort],
    ['sctp', readSctp],
    ['namedPort', readNames],
    ['ipv6', familyReader(about.family)],
    ['nodesAndNames', readNodesAndNames],
    ...(about.nodesLoaded ? [['hostNetworkPeers', readHostPeers] as const] : []),
  ]
  const found: Found[] = []
  const first: Rule[] = []
  const more: Rule[] = []
  for (const rule of policy.rules) {
    let own: readonly Rule[] = [rule]
    for (const [fact, read] of readers) {
      const next = own.flatMap((one) => read(one, policy, reading))
      if (next.length !== own.length || next.some((one, i) => one !== own[i])) found.push(foundIn(policy, rule, fact))
      own = next
    }
    first.push(...own.slice(0, 1))
    more.push(...own.slice(1))
  }
  return { rules: [...first, ...more], found }
}

function limit(policy: Policy, { portLimit }: Reading): Rules {
  if (portLimit === 'none' || policy.tier !== 'networkPolicy') return { rules: policy.rules, found: [] }
  const rules = limitPorts(policy, portLimit)
  const cut = policy.rules.filter((rule, i) => rules[i] !== rule)
  return { rules, found: cut.map((rule) => foundIn(policy, rule, 'portLimit')) }
}

// What other settings of the evaluation do: the rules stay as they are.
function bySettings(policy: Policy, reading: Reading, { hasNodes }: About): readonly Found[] {
  const found: Found[] = []
  if (reading.ipBlockMatchesPods === 'no')
    for (const rule of policy.rules)
      if (rule.peers !== 'any' && rule.peers.some(({ type }) => type === 'ipBlock'))
        found.push(foundIn(policy, rule, 'ipBlockMatchesPods'))
  if (!hasNodes) return found
  const own = (fact: FactKey, direction: Direction): readonly Found[] =>
    reading[fact] === 'policed' && policy.directions.includes(direction) ? [{ fact, directions: [direction] }] : []
  return [...found, ...own('ownNode', 'ingress'), ...own('toOwnNode', 'egress')]
}

function foundIn({ directions }: Policy, { ref, direction }: Rule, fact: FactKey): Found {
  return { fact, rule: ref, directions: directions.filter((own) => own === direction) }
}
