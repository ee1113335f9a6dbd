import { type IpSet, isNoIps, parseIp } from '#core/model/cidr.ts'
import type { Cluster, Pod } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { type KnownLabels, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { Isolated } from '#core/model/picture.ts'
import { groupBy } from '#core/model/group.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Truth } from '#core/model/truth.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { cidrs, cutAddresses, EVERY_IP, type IpRange } from './addresses.ts'
import { addressesOf, sortPods } from './classes.ts'
import { combine, samePodVerdict, unknownVerdict } from './combine.ts'
import { controllerNamespace, controllerOf } from './controller.ts'
import type { Controller, Evaluation, Member, Memo } from './evaluation.ts'
import { standingOf } from './half.ts'
import { blocksOf } from './matching.ts'
import { pairsOf } from './pairs.ts'
import { ipKey, membersOfIp, membersOfPods, populationOf } from './population.ts'

export type { IpRange } from './addresses.ts'
export type { Evaluation } from './evaluation.ts'

/** A pod by its own name, or a host outside of the cluster (a node, where it has a node's address): for probes. */
export type PodEnd = { readonly namespace: string; readonly pod: string } | { readonly ip: string }

/**
 * Makes cluster and policies ready to be asked. Answers are worked out when they are asked for, and kept. Inert
 * policies have no effect (design.md 8); of two pods with one name the first counts for probes.
 */
export function evaluate(cluster: Cluster, policies: readonly Policy[], settings: Settings): Evaluation {
  const effective = policies.filter(({ inert }) => inert !== true)
  const space = cutAddresses(effective.flatMap(({ rules }) => rules.map((rule) => blocksOf(rule, cluster.nodes))))
  const { ignoreHostNetwork } = settings
  const { podClasses: sorted, classesOfPod } = sortPods({ cluster, policies: effective, space, ignoreHostNetwork })
  const controller = controllerOf(settings, sorted.length)
  const podClasses = [...sorted, controller.class]
  const podsByIp = indexByIp(cluster)
  const podsUseV6 = podClasses.some(({ family }) => family === 'v6')
  const base = podClasses.length
  return {
    cluster,
    policies: effective,
    settings,
    workloads: new Map(cluster.workloads.map((workload) => [workload.id, workload])),
    pods: indexByName(cluster),
    podsByIp,
    nodesByIp: indexNodes(cluster),
    controller,
    namespaces: namespaceLabels(cluster, settings, controller),
    space,
    podClasses,
    classesOfPod,
    classesOfNamespace: groupBy(podClasses, ({ namespace }) => namespace),
    addressClasses: space.parts.map((range, i) => ({ type: 'addresses', id: base + i, family: range.family, range })),
    anywhere: { type: 'addresses', id: base + space.parts.length, family: undefined },
    usesV6: podsUseV6 || space.parts.length > space.v6From + 1 || effective.some((policy) => usesV6(policy, cluster)),
    podAddresses: settings.podCidrs === 'none' ? 'none' : podAddresses(settings.podCidrs, podsUseV6),
    blocks: namedBlocks(effective),
    memo: emptyMemo(),
  }
}

/**
 * May `from` open connections to `to`, and on which ports of `to`? Undefined where an end isn't there. A workload to
 * itself speaks of different replicas. The internet is without the `shown` blocks (those that policies name, unless given).
 */
export function verdictOf(evaluation: Evaluation, from: End, to: End, shown?: readonly End[]): Verdict | undefined {
  const blocks = shown ?? evaluation.blocks
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
export function externalParts({ policies, cluster }: Evaluation, direction: Direction): readonly IpRange[] {
  const rules = policies.flatMap((policy) => policy.rules.filter((rule) => rule.direction === direction))
  return cutAddresses(rules.map((rule) => blocksOf(rule, cluster.nodes))).parts
}

function isolationOfMember(evaluation: Evaluation, { class: own }: Member, direction: Direction): Truth {
  if (own.type === 'addresses' || own.hostNetwork || own.finished) return 'no'
  return standingOf(evaluation, own, direction).isolated
}

function podAt({ pods }: Evaluation, end: PodEnd): Pod | undefined {
  return 'pod' in end ? pods.get(`${end.namespace}/${end.pod}`) : undefined
}

function membersAt(evaluation: Evaluation, end: PodEnd): readonly Member[] {
  if ('ip' in end) return membersOfIp(evaluation, end.ip)
  const pod = podAt(evaluation, end)
  return pod ? membersOfPods(evaluation, [pod]) : []
}

function indexByName({ workloads }: Cluster): ReadonlyMap<string, Pod> {
  const pods = workloads.flatMap((workload) => workload.pods)
  return new Map(pods.toReversed().map((pod) => [`${pod.namespace}/${pod.name}`, pod]))
}

// Finished pods' addresses may be someone else's by now (semantics.md A.11), and a hostNetwork pod's are its node's.
function indexByIp(cluster: Cluster): ReadonlyMap<string, Pod> {
  const pods = cluster.workloads.flatMap((workload) => workload.pods)
  const own = pods.filter(({ finished, hostNetwork }) => !finished && !hostNetwork)
  return new Map(own.flatMap((pod) => addressesOf(pod, cluster).map((address) => [ipKey(address), pod] as const)))
}

function indexNodes({ nodes }: Cluster): ReadonlyMap<string, string> {
  return new Map(
    nodes.flatMap(({ name, ips }) => ips.flatMap((ip) => parseIp(ip) ?? []).map((ip) => [ipKey(ip), name] as const)),
  )
}

// The API server keeps the name label true, whatever a manifest says (semantics.md A.7).
function namespaceLabels(
  cluster: Cluster,
  settings: Settings,
  controller: Controller,
): ReadonlyMap<string, KnownLabels> {
  const { unknownLabels } = settings
  const labels = new Map([[controller.class.namespace, controllerNamespace(controller, settings)]])
  for (const { namespace } of cluster.workloads)
    labels.set(namespace, named(namespace, { labels: {}, unknown: unknownLabels === 'absent' ? [] : 'all' }))
  for (const { name, loaded, labels: own } of cluster.namespaces)
    labels.set(name, named(name, !loaded && unknownLabels === 'absent' ? { ...own, unknown: [] } : own))
  return labels
}

function named(name: string, { labels, unknown }: KnownLabels): KnownLabels {
  const all: Record<string, string> = Object.assign(Object.create(null), labels)
  all[NAMESPACE_NAME_LABEL] = name
  return { labels: all, unknown }
}

function usesV6({ rules }: Policy, { nodes }: Cluster): boolean {
  return rules.some((rule) => blocksOf(rule, nodes).v6.length > 0)
}

// Pods without a known address have IPv6 ones only where others have, or where the user says so.
function podAddresses(podCidrs: readonly string[], podsUseV6: boolean): IpSet {
  const all = cidrs(podCidrs)
  const v4 = { v4: all.v4, v6: [] }
  const everyV6 = all.v6[0]?.to === EVERY_IP.v6[0]?.to && all.v6[0]?.from === 0n
  return everyV6 && !podsUseV6 && !isNoIps(v4) ? v4 : all
}

function namedBlocks(policies: readonly Policy[]): readonly End[] {
  const peers = policies.flatMap(({ rules }) => rules.flatMap((rule) => (rule.peers === 'any' ? [] : rule.peers)))
  const blocks = peers.flatMap((peer) => (peer.type === 'ipBlock' ? [{ cidr: peer.cidr, except: peer.except }] : []))
  return [...new Map(blocks.map((block) => [endId(block), block])).values()]
}

function emptyMemo(): Memo {
  return {
    selectors: new Map(),
    namespaces: new Map(),
    rows: new Map(),
    selected: new Map(),
    populations: new Map(),
    ports: new Map(),
    portSets: new Map(),
    applicable: { ingress: [], egress: [] },
    standings: { ingress: new Map(), egress: new Map() },
  }
}
