import { type IpSet, ipBlock, ipKey, isNoIps, intersectIps, parseIp, subtractIps } from '#core/model/cidr.ts'
import type { Cluster, Pod } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { EVERY_IP, partAt, partsOf, PUBLIC_IPS } from './addresses.ts'
import { addressesOf, classesOf } from './classes.ts'
import type { Evaluation, Member, Population } from './evaluation.ts'
import type { PeerClass } from './peerClass.ts'

/** Who stands at this end; undefined where nobody does (not loaded, no pods, no such address). `shown` blocks are not the internet. */
export function populationOf(evaluation: Evaluation, end: End, shown: readonly End[]): Population | undefined {
  const { populations } = evaluation.own
  const key = 'internet' in end ? [endId(end), ...shown.map(endId)].join(' ') : endId(end)
  const oneOf = 'host' in end && parseIp(end.host) === undefined
  const found = populations.get(key) ?? { members: membersOf(evaluation, end, shown), oneOf }
  populations.set(key, found)
  return found.members.length === 0 ? undefined : found
}

/** These pods by class. Finished ones count only where no other is left: a workload is what runs of it (design.md 8). */
export function membersOfPods(evaluation: Evaluation, pods: readonly Pod[]): readonly Member[] {
  const running = pods.filter(({ finished }) => !finished)
  const byClass = new Map<PeerClass, Pod[]>()
  for (const pod of running.length > 0 ? running : pods)
    for (const own of classesOf(evaluation.table, pod)) {
      const known = byClass.get(own)
      if (known) known.push(pod)
      else byClass.set(own, [pod])
    }
  return [...byClass].map(([own, members]) => ({ class: own, pods: members }))
}

/** The one address as an outside host, or as the node that has it. */
export function membersOfIp(evaluation: Evaluation, ip: string): readonly Member[] {
  const address = parseIp(ip)
  const part = address && partAt(evaluation.space, address.family, address.value)
  const own = part === undefined ? undefined : evaluation.addressClasses[part]
  if (!own || !address) return []
  const node = evaluation.nodesByIp.get(ipKey(address))
  // To such a CNI a node is a node and no address: only rules without peers point at it (semantics.md D.3).
  const isBare = node !== undefined && !evaluation.settings.ipBlocksMatchPods
  return [{ class: isBare ? evaluation.anywhere : own, pods: [], node }]
}

/** All pods by `namespace/name`; of several with one name the first counts. */
export function podsByName({ own, cluster }: Evaluation): ReadonlyMap<string, Pod> {
  own.podsByName ??= new Map(
    podsOf(cluster)
      .toReversed()
      .map((pod) => [`${pod.namespace}/${pod.name}`, pod]),
  )
  return own.podsByName
}

// Finished pods' addresses may be someone else's by now (semantics.md A.11), and a hostNetwork pod's are its node's.
function podsByIp({ own, cluster }: Evaluation): ReadonlyMap<string, Pod> {
  const live = (): readonly Pod[] => podsOf(cluster).filter(({ finished, hostNetwork }) => !finished && !hostNetwork)
  own.podsByIp ??= new Map(
    live().flatMap((pod) => addressesOf(pod, cluster.nodes).map((address) => [ipKey(address), pod] as const)),
  )
  return own.podsByIp
}

function podsOf({ workloads }: Cluster): readonly Pod[] {
  return workloads.flatMap(({ pods }) => pods)
}

function membersOf(evaluation: Evaluation, end: End, shown: readonly End[]): readonly Member[] {
  if ('workload' in end) return membersOfPods(evaluation, evaluation.workloads.get(endId(end))?.pods ?? [])
  if ('namespace' in end) return membersOfPods(evaluation, podsOfNamespace(evaluation, end.namespace))
  if ('cidr' in end) return membersOfIps(evaluation, ipBlock(end.cidr, end.except ?? []))
  if ('internet' in end) return membersOfIps(evaluation, internet(evaluation, shown))
  if ('host' in end) return membersOfHost(evaluation, end.host)
  if ('node' in end) return membersOfNode(evaluation, end.node)
  if ('anyNamespace' in end) return membersOfPods(evaluation, selectable(evaluation.cluster))
  if ('ingressController' in end) return [evaluation.controller]
  return [{ class: evaluation.anywhere, pods: [] }]
}

// Pods in the network of their nodes are none that a selector finds (semantics.md A.10).
function selectable(cluster: Cluster): readonly Pod[] {
  return podsOf(cluster).filter(({ hostNetwork }) => !hostNetwork)
}

function membersOfNode(evaluation: Evaluation, name: string): readonly Member[] {
  const node = evaluation.cluster.nodes.find((one) => one.name === name)
  return (node?.ips ?? []).flatMap((ip) => membersOfIp(evaluation, ip))
}

function podsOfNamespace({ cluster }: Evaluation, namespace: string): readonly Pod[] {
  return cluster.workloads.filter((workload) => workload.namespace === namespace).flatMap(({ pods }) => pods)
}

function membersOfIps({ space, addressClasses }: Evaluation, set: IpSet): readonly Member[] {
  return partsOf(space, set)
    .flatMap((part) => addressClasses[part] ?? [])
    .map((own) => ({ class: own, pods: [] }))
}

function membersOfHost(evaluation: Evaluation, host: string): readonly Member[] {
  const address = parseIp(host)
  if (!address) return namedMembers(evaluation, host)
  const pod = podsByIp(evaluation).get(ipKey(address))
  return pod ? membersOfPods(evaluation, [pod]) : membersOfIp(evaluation, host)
}

// It has one of all addresses, and nobody knows which; rules may know its name.
function namedMembers(evaluation: Evaluation, host: string): readonly Member[] {
  const name = host.toLowerCase().replace(/[.]$/, '')
  return membersOfIps(evaluation, counted(evaluation, EVERY_IP)).map((member) => ({
    class: { ...member.class, host: name },
    pods: [],
  }))
}

// Blocks as wide as the internet itself are not a part of it, and where nothing would be left, all of it is meant.
function internet(evaluation: Evaluation, shown: readonly End[]): IpSet {
  let rest = counted(evaluation, PUBLIC_IPS)
  for (const end of shown)
    if ('cidr' in end && !end.cidr.endsWith('/0')) rest = subtractIps(rest, ipBlock(end.cidr, end.except ?? []))
  return isNoIps(intersectIps(rest, EVERY_IP)) ? counted(evaluation, PUBLIC_IPS) : rest
}

// IPv6 counts only where something uses it (design.md 8).
function counted({ usesV6 }: Evaluation, set: IpSet): IpSet {
  return usesV6 ? set : { v4: set.v4, v6: [] }
}
