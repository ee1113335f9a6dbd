import { coversIps, type IpSet, ipBlock } from '#core/model/cidr.ts'
import type { Cluster, Pod } from '#core/model/cluster.ts'
import type { PeerMatcher, Rule } from '#core/model/rule.ts'
import { cidrs } from './addresses.ts'
import { nodesAt } from './blocks.ts'
import { classesIn, hasClass } from './classSet.ts'
import { addressesOf, classesOf } from './classes.ts'
import type { Chosen, Evaluation } from './evaluation.ts'
import { chosenBy } from './matching.ts'
import { workloadsByClass } from './peers.ts'

/** Pods of the cluster's workloads that a peer takes in, and those that it may; disjoint. */
export interface TakenIn {
  readonly sure: ReadonlySet<Pod>
  readonly perhaps: ReadonlySet<Pod>
}

/** Whom one peer takes in, were it alone in a rule; it needn't be one of the policies' own. Finished pods are nobody. */
export function takenIn(evaluation: Evaluation, peer: PeerMatcher): TakenIn {
  if (peer.type === 'pods') return inChosen(evaluation, choose(evaluation, peer))
  const set = addressesIn(peer, evaluation.cluster)
  const chosen = choose(evaluation, peer)
  // Classes are not cut at the borders of each block of a rule: known addresses are looked at one by one.
  const sure = new Set<Pod>()
  const perhaps = new Set<Pod>()
  for (const pod of podsOf(evaluation.cluster)) {
    const own = addressesOf(pod, evaluation.cluster.nodes)
    const ids = own.length > 0 ? [] : classesOf(evaluation.table, pod).map(({ id }) => id)
    if (
      own.some(({ family, value }) => coversIps(set, one(family, value))) ||
      ids.some((id) => hasClass(chosen.yes, id))
    )
      sure.add(pod)
    else if (ids.some((id) => hasClass(chosen.unknown, id))) perhaps.add(pod)
  }
  return { sure, perhaps }
}

function one(family: 'v4' | 'v6', value: bigint): IpSet {
  return { v4: [], v6: [], [family]: [{ from: value, to: value }] }
}

function choose(evaluation: Evaluation, peer: PeerMatcher): Chosen {
  const rule: Rule = { ref: peer.ref, direction: 'ingress', action: 'allow', peers: [peer], ports: 'any' }
  const chosen = chosenBy(evaluation, rule)
  // It has a peer: it is never without a restriction.
  return chosen === 'any' ? { yes: { size: 0 }, unknown: { size: 0 } } : chosen
}

function addressesIn(peer: Exclude<PeerMatcher, { type: 'pods' }>, { nodes }: Cluster): IpSet {
  if (peer.type === 'ipBlock') return ipBlock(peer.cidr, peer.except)
  return peer.type === 'nodes' ? cidrs(nodesAt(peer, nodes).flatMap(({ ips }) => ips)) : cidrs([])
}

function podsOf({ workloads }: Cluster): readonly Pod[] {
  return workloads.flatMap(({ pods }) => pods).filter(({ finished }) => !finished)
}

// From the classes, which are few.
function inChosen(evaluation: Evaluation, { yes, unknown }: Chosen): TakenIn {
  const inClass = workloadsByClass(evaluation)
  const workloads = new Set(
    [...classesIn(yes), ...classesIn(unknown)].flatMap((id) => inClass.get(id) ?? []).map((own) => own.workload),
  )
  const sure = new Set<Pod>()
  const perhaps = new Set<Pod>()
  for (const pod of [...workloads].flatMap(({ pods }) => pods)) {
    const ids = classesOf(evaluation.table, pod).map(({ id }) => id)
    if (ids.some((id) => hasClass(yes, id))) sure.add(pod)
    else if (ids.some((id) => hasClass(unknown, id))) perhaps.add(pod)
  }
  return { sure, perhaps }
}
