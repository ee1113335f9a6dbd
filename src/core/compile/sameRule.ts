import { PEERS_KEY, portText } from '#core/kinds/networkPolicyText.ts'
import { endsOfRule } from '#core/evaluate/peers.ts'
import type { Pod } from '#core/model/cluster.ts'
import { endId } from '#core/model/end.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import { equalPorts } from '#core/model/ports.ts'
import { askedPorts, type PortSpec } from '#core/model/portSpec.ts'
import type { PeerMatcher, Policy, Rule } from '#core/model/rule.ts'
import type { Tree } from '#core/yaml/tree.ts'
import type { Draft } from './draft.ts'
import type { HalfText } from './halfText.ts'
import { plainItems } from './policyText.ts'
import { isSame } from './same.ts'

/** A rule as it is read, and as it is written. */
export interface RuleOfPolicy {
  readonly policy: Policy
  readonly rule: Rule
  readonly text: Tree
}

/** Is the rule about exactly these ports: by its text, or at each of the pods that are asked (`http` there is 8080)? */
export function hasPorts({ rule, text }: RuleOfPolicy, { ports, pods }: HalfText): boolean {
  if (isSame(plainItems(text, 'ports'), ports.map(portText))) return true
  if (rule.ports === 'any' || ports.length === 0 || pods === undefined) return false
  const own = rule.ports
  return pods.length > 0 ? pods.every((pod) => meansSame(own, ports, [pod])) : meansSame(own, ports, [])
}

function meansSame(own: readonly PortSpec[], ports: readonly PortSpec[], pods: readonly Pod[]): boolean {
  const [mine, theirs] = [askedPorts(own, pods), askedPorts(ports, pods)]
  return mine.unresolved.length + theirs.unresolved.length === 0 && equalPorts(mine.ports, theirs.ports)
}

/** Is the rule about exactly these peers: by its text, or by selecting the very workload by labels and the name of its namespace? */
export function hasPeers({ evaluation }: Draft, found: RuleOfPolicy, { direction, peers, other }: HalfText): boolean {
  const { policy, rule, text } = found
  if (peers === 'any') return rule.peers === 'any'
  if (rule.peers === 'any') return false
  if (isSame(plainItems(text, PEERS_KEY[direction]), peers)) return true
  if (!other || !('workload' in other) || !rule.peers.every(isNarrow)) return false
  const named = endsOfRule(evaluation, policy, rule).peers
  return named.length === 1 && named.every((end) => endId(end) === endId(other))
}

// What selects by other labels of namespaces, or all of one, means more than the workload that happens to be there.
function isNarrow(peer: PeerMatcher): boolean {
  if (peer.type !== 'pods' || peer.pods.length === 0) return false
  if (peer.namespaces.type === 'name') return true
  return peer.namespaces.selector.some(({ key, operator }) => key === NAMESPACE_NAME_LABEL && operator === 'In')
}
