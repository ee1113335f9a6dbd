import { coversIps, type IpSet, ipBlock } from '#core/model/cidr.ts'
import type { Cluster, Pod, Workload } from '#core/model/cluster.ts'
import type { PeerMatcher, Rule } from '#core/model/rule.ts'
import type { Truth } from '#core/model/truth.ts'
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
  /** The workloads that they are of, with their places in the workspace. */
  readonly holding: ReadonlyMap<Workload, number>
}

/** Whom one peer takes in, were it alone in a rule; it needn't be one of the policies' own. Finished pods are nobody. */
export function takenIn(evaluation: Evaluation, peer: PeerMatcher): TakenIn {
  if (peer.type === 'ipBlock' && !evaluation.settings.ipBlocksMatchPods) return collect([], () => 'no')
  const chosen = choose(evaluation, peer)
  if (peer.type === 'pods') return collect(candidates(evaluation, chosen), (pod) => inChosen(evaluation, chosen, pod))
  // Classes are not cut at the borders of each block of a rule: known addresses are looked at one by one.
  const { cluster } = evaluation
  const set = addressesIn(peer, cluster)
  return collect([...cluster.workloads.entries()], (pod) => {
    const own = addressesOf(pod, cluster.nodes)
    if (own.length === 0) return inChosen(evaluation, chosen, pod)
    return own.some(({ family, value }) => coversIps(set, one(family, value))) ? 'yes' : 'no'
  })
}

type Placed = readonly [place: number, workload: Workload]

function collect(workloads: readonly Placed[], isIn: (pod: Pod) => Truth): TakenIn {
  const sure = new Set<Pod>()
  const perhaps = new Set<Pod>()
  const holding = new Map<Workload, number>()
  for (const [place, workload] of workloads)
    for (const pod of workload.pods) {
      const truth = pod.finished ? 'no' : isIn(pod)
      if (truth === 'no') continue
      const set = truth === 'yes' ? sure : perhaps
      set.add(pod)
      holding.set(workload, place)
    }
  return { sure, perhaps, holding }
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

// Of the pods of a dual-stack workload one family is enough.
function inChosen({ table }: Evaluation, { yes, unknown }: Chosen, pod: Pod): Truth {
  const ids = classesOf(table, pod).map(({ id }) => id)
  if (ids.some((id) => hasClass(yes, id))) return 'yes'
  return ids.some((id) => hasClass(unknown, id)) ? 'unknown' : 'no'
}

// From the classes, which are few.
function candidates(evaluation: Evaluation, { yes, unknown }: Chosen): readonly Placed[] {
  const inClass = workloadsByClass(evaluation)
  const found = new Map<Workload, number>()
  for (const id of [...classesIn(yes), ...classesIn(unknown)])
    for (const { workload, place } of inClass.get(id) ?? []) found.set(workload, place)
  return [...found].map(([workload, place]) => [place, workload])
}
