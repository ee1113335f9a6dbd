import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { type Profiled, type ProfiledVerdict, verdictUnder } from '#core/evaluate/profiled.ts'
import type { Loaded } from '#core/load/load.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Policy } from '#core/model/rule.ts'
import type { DocumentId } from '#core/model/text.ts'
import { groupBy } from '#core/model/group.ts'

/** One revision's meaning, with the look-ups that drawing needs. */
export interface Scene {
  readonly revision: number
  readonly loaded: Loaded
  /** What the API says. */
  readonly evaluation: Evaluation
  /** What the CNI of the settings makes of it: what is shown. */
  readonly profiled: Profiled
  readonly workloads: ReadonlyMap<string, Workload>
  readonly members: ReadonlyMap<string, readonly Workload[]>
  /** The blocks that rules name: not part of the internet. */
  readonly shown: readonly End[]
  /** Documents of which only the last good meaning is known. */
  readonly stale: ReadonlySet<DocumentId>
}

/** Lays out what was loaded and evaluated for drawing. */
export function setScene(revision: number, loaded: Loaded, profiled: Profiled): Scene {
  const { workloads } = loaded.cluster
  const stalePolicies = loaded.policies.filter((policy) => policy.stale).map((policy) => policy.ref.document)
  const evaluation = profiled.reference
  const staleWorkloads = workloads.filter((one) => one.stale).flatMap((one) => one.refs.map((ref) => ref.document))
  return {
    revision,
    loaded,
    evaluation,
    profiled,
    workloads: new Map(workloads.map((workload) => [workload.id, workload])),
    members: groupBy(workloads, (workload) => workload.namespace),
    shown: blocksOf(evaluation.policies),
    stale: new Set([...stalePolicies, ...staleWorkloads, ...brokenDocuments(loaded)]),
  }
}

// Of what a broken document means, its last good meaning is all that there is.
function brokenDocuments({ documents }: Loaded): readonly DocumentId[] {
  return documents.filter(({ outcome }) => outcome === 'broken' || outcome === 'rejected').map(({ id }) => id)
}

// The evaluator would find the same, but anew for every pair.
function blocksOf(policies: readonly Policy[]): readonly End[] {
  const peers = policies.flatMap(({ rules }) => rules.flatMap((rule) => (rule.peers === 'any' ? [] : rule.peers)))
  const blocks = peers.flatMap((peer) => (peer.type === 'ipBlock' ? [{ cidr: peer.cidr, except: peer.except }] : []))
  return [...new Map(blocks.map((block) => [endId(block), block])).values()]
}

/** The workloads that an end stands for; none for ends outside the cluster and ends that aren't there. */
export function workloadsOf(scene: Scene, end: End): readonly Workload[] {
  if ('workload' in end) {
    const workload = scene.workloads.get(endId(end))
    return workload ? [workload] : []
  }
  if ('anyNamespace' in end) return scene.loaded.cluster.workloads
  return 'namespace' in end ? (scene.members.get(end.namespace) ?? []) : []
}

/** The pods that an end stands for, finished ones left out. */
export function podsOf(scene: Scene, end: End): readonly Pod[] {
  return workloadsOf(scene, end).flatMap((workload) => workload.pods.filter((pod) => !pod.finished))
}

/** The end that a workload is. */
export function endOf(workload: Workload): End {
  return { namespace: workload.namespace, workload: `${workload.kind}/${workload.name}` }
}

/** The verdict under the CNI, beside what the API says; undefined where an end isn't there. */
export function judgePair(scene: Scene, from: End, to: End): ProfiledVerdict | undefined {
  return verdictUnder(scene.profiled, from, to, scene.shown)
}
