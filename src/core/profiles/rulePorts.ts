import type { PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import { isRange } from './drop.ts'
import type { Reading } from './profile.ts'

/** Makes one rule into those that the CNI reads instead: the first stands in its place. The rule itself where it is read as it is. */
export type RuleReader = (rule: Rule, policy: Policy, reading: Reading) => readonly Rule[]

/** Only the first port of a range opens, where endPort is not read (semantics.md D.4). */
export const readEndPort: RuleReader = (rule, { tier }, { endPort }) => {
  if (endPort !== 'start-only' || tier !== 'networkPolicy') return [rule]
  return withPorts(rule, (matcher) => {
    const { port } = matcher
    return isRange(matcher) && port.type === 'range' ? { ...matcher, port: { ...port, to: port.from } } : matcher
  })
}

/** Ports of SCTP match nothing, where it is not supported. */
export const readSctp: RuleReader = (rule, _, { sctp }) =>
  sctp === 'no' ? withPorts(rule, (matcher) => (matcher.protocol === 'SCTP' ? undefined : matcher)) : [rule]

/** What a port name means (semantics.md D.5, D.7, D.8). */
export const readNames: RuleReader = (rule, policy, { namedPort }) => {
  if (policy.tier !== 'networkPolicy') return [rule]
  if (namedPort === 'all-ports')
    return withPorts(rule, (matcher) => (isNamed(matcher) ? { ...matcher, port: { type: 'all' } } : matcher))
  const isLimited = namedPort === 'no-blocks' || namedPort === 'pods-only'
  return isLimited && rule.direction === 'egress' ? limitNames(rule, policy, namedPort) : [rule]
}

function withPorts(rule: Rule, change: (matcher: PortMatcher) => PortMatcher | undefined): readonly Rule[] {
  if (rule.ports === 'any') return [rule]
  const ports = rule.ports.map(change)
  const isSame = ports.every((matcher, i) => rule.ports !== 'any' && matcher === rule.ports[i])
  return [isSame ? rule : { ...rule, ports: ports.filter((matcher) => matcher !== undefined) }]
}

function limitNames(rule: Rule, policy: Policy, how: 'no-blocks' | 'pods-only'): readonly Rule[] {
  if (rule.ports === 'any' || !rule.ports.some(isNamed)) return [rule]
  const numbered = rule.ports.filter((matcher) => !isNamed(matcher))
  if (rule.peers === 'any') {
    const rest = { ...rule, ports: numbered }
    return how === 'pods-only' ? [rest] : [rest, { ...rule, peers: ownPods(policy), ports: rule.ports.filter(isNamed) }]
  }
  const blocks = rule.peers.filter(({ type }) => type === 'ipBlock')
  if (blocks.length === 0) return [rule]
  const others = rule.peers.filter(({ type }) => type !== 'ipBlock')
  const toBlocks = { ...rule, peers: blocks, ports: numbered }
  return others.length === 0 ? [toBlocks] : [{ ...rule, peers: others }, toBlocks]
}

function ownPods({ namespace, subject }: Policy): readonly PodMatcher[] {
  return namespace === undefined ? [] : [{ ...subject, namespaces: { type: 'name', name: namespace }, pods: [] }]
}

function isNamed({ port }: PortMatcher): boolean {
  return port.type === 'named'
}
