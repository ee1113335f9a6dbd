import type { Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { PeerMatcher, PodMatcher, Policy, Rule } from '#core/model/rule.ts'
import { nodesAt } from './blocks.ts'
import { classesIn } from './classSet.ts'
import { classesOf } from './classes.ts'
import { isControllers } from './controller.ts'
import type { Evaluation } from './evaluation.ts'
import { namespaceTruths, selected, selectsClass } from './matching.ts'

/** Whom a rule is about: the workloads that its policy selects, by id, and the ends that its peers name. */
export interface RuleEnds {
  readonly subjects: readonly string[]
  readonly peers: readonly End[]
}

/**
 * Who is named by a rule, surely or perhaps, each once. A peer that takes in everything of a namespace is that
 * namespace; a rule without peers points at one end, anywhere (design.md 8, 9).
 */
export function endsOfRule(evaluation: Evaluation, policy: Policy, rule: Rule): RuleEnds {
  const peers =
    rule.peers === 'any' ? [{ anywhere: true } as const] : rule.peers.flatMap((peer) => endsOfPeer(evaluation, peer))
  return { subjects: selectedBy(evaluation, policy), peers: once(peers) }
}

/** The ids of the workloads of which the policy's subject selects a pod, surely or perhaps, in workspace order. */
export function selectedBy(evaluation: Evaluation, policy: Pick<Policy, 'subject'>): readonly string[] {
  return chosenBy(evaluation, policy.subject).map(({ id }) => id)
}

/** Has the policy a say about what the ingress controller sends? Never while nobody said where it runs. */
export function selectsController(evaluation: Evaluation, { subject }: Policy): boolean {
  const { controller } = evaluation
  return controller.isPlaced && selectsClass(evaluation, subject, controller.class) !== 'no'
}

function endsOfPeer(evaluation: Evaluation, peer: PeerMatcher): readonly End[] {
  if (peer.type === 'ipBlock') return [{ cidr: peer.cidr, ...(peer.except.length > 0 ? { except: peer.except } : {}) }]
  if (peer.type === 'domains') return peer.names.map((host) => ({ host }))
  if (peer.type === 'nodes') return nodesAt(peer, evaluation.cluster.nodes).map(({ name }) => ({ node: name }))
  const known = [...namespaceTruths(evaluation, peer.namespaces).keys()]
  const names = known.filter((name) => !isControllers(evaluation, name))
  return names.flatMap((name) => endsIn(evaluation, peer, name))
}

// A namespace is named as a whole where nothing in it is left out (a hostNetwork pod is never a peer).
function endsIn(evaluation: Evaluation, peer: PodMatcher, namespace: string): readonly End[] {
  const running = runningIn(evaluation, namespace)
  const chosen = chosenBy(evaluation, peer).filter((workload) => running.has(workload))
  if (peer.pods.length === 0 && chosen.length === running.size) return [{ namespace }]
  return chosen.map(({ kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
}

// The workloads of which it selects a pod, surely or perhaps, in workspace order: from the classes, which are few.
function chosenBy(evaluation: Evaluation, matcher: PodMatcher): readonly Workload[] {
  const { yes, unknown } = selected(evaluation, matcher)
  const inClass = workloadsByClass(evaluation)
  const found = new Map<Workload, number>()
  for (const id of [...classesIn(yes), ...classesIn(unknown)])
    for (const { workload, place } of inClass.get(id) ?? []) found.set(workload, place)
  return [...found].toSorted(([, a], [, b]) => a - b).map(([workload]) => workload)
}

/** By id of a class: who has pods in it, with their places in the workspace. */
export function workloadsByClass(evaluation: Evaluation): NonNullable<Evaluation['own']['inClass']> {
  const { own, cluster, table } = evaluation
  if (own.inClass) return own.inClass
  const inClass = new Map<number, { workload: Workload; place: number }[]>()
  for (const [place, workload] of cluster.workloads.entries())
    for (const { id } of new Set(workload.pods.flatMap((pod) => classesOf(table, pod)))) {
      const known = inClass.get(id)
      if (known) known.push({ workload, place })
      else inClass.set(id, [{ workload, place }])
    }
  own.inClass = inClass
  return inClass
}

function runningIn({ own, cluster }: Evaluation, namespace: string): ReadonlySet<Workload> {
  own.running ??= groupBy(cluster.workloads.filter(isRunning), (workload) => workload.namespace)
  return new Set(own.running.get(namespace))
}

function isRunning({ pods }: Workload): boolean {
  return pods.some(({ finished }) => !finished)
}

function once(ends: readonly End[]): readonly End[] {
  return [...new Map(ends.map((end) => [endId(end), end])).values()]
}
