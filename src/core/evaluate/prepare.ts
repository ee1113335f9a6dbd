import { ipKey, type IpSet, isNoIps, parseIp } from '#core/model/cidr.ts'
import type { Cluster } from '#core/model/cluster.ts'
import { type KnownLabels, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import { type AddressSpace, cidrs, cutAddresses, EVERY_IP } from './addresses.ts'
import { blocksOf } from './blocks.ts'
import { classIndex, enterClass } from './classIndex.ts'
import { classesOf, classTable, coarseKeys, whatIsRead } from './classes.ts'
import { controllerNamespace, controllerOf } from './controller.ts'
import type { Controller, Evaluation, Memo } from './evaluation.ts'

/** What an evaluation is made of. */
export interface Made extends Pick<Evaluation, 'cluster' | 'policies' | 'settings'> {}

/** Everything that has to be there before a question can be answered: for a cluster that nobody has looked at before. */
export function prepare({ cluster, policies, settings }: Made): Evaluation {
  const space = cutAddresses(policies.flatMap(({ rules }) => rules.map((rule) => blocksOf(rule, cluster.nodes))))
  const anywhere = { type: 'addresses', id: space.parts.length, family: undefined } as const
  const controller = controllerOf(settings, anywhere.id + 1)
  const { ignoreHostNetwork } = settings
  const read = whatIsRead(policies)
  const sorting = { nodes: cluster.nodes, read, coarse: coarseKeys(cluster, read), space, ignoreHostNetwork }
  const table = classTable(sorting, controller.class.id + 1)
  for (const { pods } of cluster.workloads) for (const pod of pods) classesOf(table, pod)
  table.atBirth.count = table.classes.length
  const index = classIndex()
  enterClass(index, controller.class)
  for (const own of table.classes) enterClass(index, own)
  const addressClasses = space.parts.map(
    (range, id) => ({ type: 'addresses', id, family: range.family, range }) as const,
  )
  const podsUseV6 = table.classes.some(({ family }) => family === 'v6')
  return complete(
    { cluster, policies, settings },
    {
      controller,
      space,
      table,
      index,
      addressClasses,
      anywhere,
      memo: emptyMemo(),
      namespaces: namespaceLabels(cluster, settings, controller),
      nodesByIp: indexNodes(cluster),
      usesV6: podsUseV6 || usesV6(space, policies, cluster),
      podAddresses: settings.podCidrs === 'none' ? 'none' : podAddresses(settings.podCidrs, podsUseV6),
    },
  )
}

/** What stays while an evaluation goes on from another. */
type Fixed = Omit<Evaluation, keyof Made | 'podClasses' | 'size' | 'workloads' | 'own'>

/** The evaluation with all that depends on its cluster as it is. */
export function complete(made: Made, fixed: Fixed): Evaluation {
  const podClasses = [fixed.controller.class, ...fixed.table.classes]
  return {
    ...fixed,
    ...made,
    podClasses,
    size: fixed.controller.class.id + podClasses.length,
    workloads: new Map(made.cluster.workloads.map((workload) => [workload.id, workload])),
    own: { populations: new Map(), sides: {} },
  }
}

// Nothing is known yet.
function emptyMemo(): Memo {
  return {
    matcherKeys: new WeakMap(),
    selections: new Map(),
    blocks: new Map(),
    rules: new WeakMap(),
    namespaces: new Map(),
    truths: new WeakMap(),
    ports: new WeakMap(),
    portSets: new Map(),
    applies: new WeakMap(),
    counter: { next: 0 },
    asked: { nodes: false },
  }
}

// The labels of every namespace that has pods or an object, as policies see them (semantics.md A.7).
function namespaceLabels(
  cluster: Cluster,
  settings: Settings,
  controller: Controller,
): ReadonlyMap<string, KnownLabels> {
  const { unknownLabels } = settings
  const labels = new Map([[controller.class.namespace, controllerNamespace(controller, settings)]])
  const unloaded: KnownLabels = { labels: {}, unknown: unknownLabels === 'absent' ? [] : 'all' }
  for (const namespace of new Set(cluster.workloads.map((workload) => workload.namespace)))
    labels.set(namespace, named(namespace, unloaded))
  for (const { name, loaded, labels: own } of cluster.namespaces)
    labels.set(name, named(name, !loaded && unknownLabels === 'absent' ? { ...own, unknown: [] } : own))
  return labels
}

// The API server keeps the name label true, whatever a manifest says.
function named(name: string, { labels, unknown }: KnownLabels): KnownLabels {
  const all: Record<string, string> = Object.assign(Object.create(null), labels)
  all[NAMESPACE_NAME_LABEL] = name
  return { labels: all, unknown }
}

function indexNodes({ nodes }: Cluster): ReadonlyMap<string, string> {
  return new Map(
    nodes.flatMap(({ name, ips }) => ips.flatMap((ip) => parseIp(ip) ?? []).map((ip) => [ipKey(ip), name] as const)),
  )
}

function usesV6({ parts, v6From }: AddressSpace, policies: readonly Policy[], { nodes }: Cluster): boolean {
  if (parts.length > v6From + 1) return true
  return policies.some(({ rules }) => rules.some((rule) => blocksOf(rule, nodes).v6.length > 0))
}

// Pods without a known address have IPv6 ones only where others have, or where the user says so.
function podAddresses(podCidrs: readonly string[], podsUseV6: boolean): IpSet {
  const all = cidrs(podCidrs)
  const v4 = { v4: all.v4, v6: [] }
  const everyV6 = all.v6[0]?.to === EVERY_IP.v6[0]?.to && all.v6[0]?.from === 0n
  return everyV6 && !podsUseV6 && !isNoIps(v4) ? v4 : all
}
