import type { Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import type { PeerMatcher, PodMatcher, Policy, Rule } from '#core/model/rule.ts'
import { or, type Truth } from '#core/model/truth.ts'
import { nodesAt } from './blocks.ts'
import { classesOf } from './classes.ts'
import { isControllers } from './controller.ts'
import type { Evaluation } from './evaluation.ts'
import { namespaceTruths, selectsClass } from './matching.ts'

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

/** The ids of the workloads of which the policy selects a pod, surely or perhaps, in workspace order. */
export function selectedBy(evaluation: Evaluation, policy: Policy): readonly string[] {
  const chosen = chosenBy(evaluation, policy.subject, evaluation.cluster.workloads)
  return chosen.map(({ id }) => id)
}

/** Has the policy a say about what the ingress controller sends? Never while nobody said where it runs. */
export function selectsController(evaluation: Evaluation, { subject }: Policy): boolean {
  const { controller } = evaluation
  return controller.isPlaced && selectsClass(evaluation, subject, controller.class) !== 'no'
}

// `yes` where it surely selects a pod of it, `no` where none.
function selectsWorkload(evaluation: Evaluation, matcher: PodMatcher, workload: Workload): Truth {
  const classes = workload.pods.flatMap((pod) => classesOf(evaluation.table, pod))
  return or(...classes.map((own) => selectsClass(evaluation, matcher, own)))
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
  const here = evaluation.cluster.workloads.filter(
    (workload) => workload.namespace === namespace && isRunning(workload),
  )
  const chosen = chosenBy(evaluation, peer, here)
  if (peer.pods.length === 0 && chosen.length === here.length) return [{ namespace }]
  return chosen.map(({ kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
}

function chosenBy(evaluation: Evaluation, matcher: PodMatcher, workloads: readonly Workload[]): readonly Workload[] {
  return workloads.filter((workload) => selectsWorkload(evaluation, matcher, workload) !== 'no')
}

function isRunning({ pods }: Workload): boolean {
  return pods.some(({ finished }) => !finished)
}

function once(ends: readonly End[]): readonly End[] {
  return [...new Map(ends.map((end) => [endId(end), end])).values()]
}
