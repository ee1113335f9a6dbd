import type { Cluster, Pod } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Isolated } from '#core/model/picture.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Truth } from '#core/model/truth.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { cutAddresses, type IpRange } from './addresses.ts'
import { blocksOf } from './blocks.ts'
import { combine, samePodVerdict, unknownVerdict } from './combine.ts'
import type { Evaluation, Member } from './evaluation.ts'
import { goOn } from './goOn.ts'
import { pairsOf } from './pairs.ts'
import { membersOfIp, membersOfPods, podsByName, populationOf } from './population.ts'
import { prepare } from './prepare.ts'
import { standingOf } from './standing.ts'

export type { IpRange } from './addresses.ts'
export type { Evaluation } from './evaluation.ts'

/** A pod by its own name, or a host outside of the cluster (a node, where it has a node's address): for probes. */
export type PodEnd = { readonly namespace: string; readonly pod: string } | { readonly ip: string }

/**
 * Makes cluster and policies ready to be asked. Answers are worked out when they are asked for, and kept. Inert
 * policies have no effect (design.md 8); of two pods with one name the first counts for probes. What `before` has worked
 * out, and an edit doesn't touch, is taken over: unchanged documents must have kept their very objects (`load`).
 */
export function evaluate(
  cluster: Cluster,
  policies: readonly Policy[],
  settings: Settings,
  before?: Evaluation,
): Evaluation {
  const effective = policies.some(({ inert }) => inert === true)
    ? policies.filter(({ inert }) => inert !== true)
    : policies
  const made = { cluster, policies: effective, settings }
  return (before && goOn(before, made)) ?? prepare(made)
}

/** The blocks that policies name, each once: they are not the internet (design.md 8). */
export function namedBlocks(evaluation: Evaluation): readonly End[] {
  const { own, policies } = evaluation
  own.blocks ??= findBlocks(policies)
  return own.blocks
}

/**
 * May `from` open connections to `to`, and on which ports of `to`? Undefined where an end isn't there. A workload to
 * itself speaks of different replicas. The internet is without the `shown` blocks (those that policies name, unless given).
 */
export function verdictOf(evaluation: Evaluation, from: End, to: End, shown?: readonly End[]): Verdict | undefined {
  const blocks = shown ?? namedBlocks(evaluation)
  const source = populationOf(evaluation, from, blocks)
  const destination = populationOf(evaluation, to, blocks)
  if (!source || !destination) return undefined
  return combine(evaluation, pairsOf(source, destination), source.oneOf || destination.oneOf)
}

/** The answer for a single pair; a pod that isn't there makes everything undetermined. */
export function verdictOfPods(evaluation: Evaluation, from: PodEnd, to: PodEnd): Verdict {
  const pod = podAt(evaluation, from)
  if (pod && pod === podAt(evaluation, to)) return samePodVerdict()
  const source = membersAt(evaluation, from)
  const destination = membersAt(evaluation, to)
  if (source.length === 0 || destination.length === 0) return unknownVerdict()
  const pairs = pairsOf({ members: source, oneOf: false }, { members: destination, oneOf: false })
  return combine(evaluation, pairs, false)
}

/** Is the workload isolated in a direction? `some` where its pods differ; a workload that isn't there is not. */
export function isolationOf(evaluation: Evaluation, workloadId: string, direction: Direction): Isolated {
  const members = membersOfPods(evaluation, evaluation.workloads.get(workloadId)?.pods ?? [])
  const truths = new Set(members.map((member) => isolationOfMember(evaluation, member, direction)))
  if (truths.has('unknown')) return 'unknown'
  if (truths.size === 2) return 'some'
  return truths.has('yes') ? 'yes' : 'no'
}

/** All addresses of both families, cut at the borders of the blocks that the policies' rules of this direction name. */
export function externalParts(
  { policies, cluster }: Pick<Evaluation, 'policies' | 'cluster'>,
  direction: Direction,
): readonly IpRange[] {
  const rules = policies.flatMap((policy) => policy.rules.filter((rule) => rule.direction === direction))
  return cutAddresses(rules.map((rule) => blocksOf(rule, cluster.nodes))).parts
}

function isolationOfMember(evaluation: Evaluation, { class: own }: Member, direction: Direction): Truth {
  if (own.type === 'addresses' || own.hostNetwork || own.finished) return 'no'
  return standingOf(evaluation, own, direction).isolated
}

function podAt(evaluation: Evaluation, end: PodEnd): Pod | undefined {
  return 'pod' in end ? podsByName(evaluation).get(`${end.namespace}/${end.pod}`) : undefined
}

function membersAt(evaluation: Evaluation, end: PodEnd): readonly Member[] {
  if ('ip' in end) return membersOfIp(evaluation, end.ip)
  const pod = podAt(evaluation, end)
  return pod ? membersOfPods(evaluation, [pod]) : []
}

function findBlocks(policies: readonly Policy[]): readonly End[] {
  const peers = policies.flatMap(({ rules }) => rules.flatMap((rule) => (rule.peers === 'any' ? [] : rule.peers)))
  const blocks = peers.flatMap((peer) => (peer.type === 'ipBlock' ? [{ cidr: peer.cidr, except: peer.except }] : []))
  return [...new Map(blocks.map((block) => [endId(block), block])).values()]
}
