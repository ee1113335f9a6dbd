import { EVERY_IP } from '#core/evaluate/addresses.ts'
import { evaluate, type Evaluation, namedBlocks } from '#core/evaluate/evaluate.ts'
import { formatV4, ipBlock, type IpSet, isNoIps, subtractIps } from '#core/model/cidr.ts'
import type { Cluster, Namespace, Workload } from '#core/model/cluster.ts'
import { type Labels, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'

/** What stands for a namespace that does not exist yet; none can be called so. */
export const NEW_NAMESPACE = 'a new namespace'

/** Pods that do not exist yet, and a world in which they do. */
export interface Future {
  readonly world: Evaluation
  /** One in each namespace, and one in a new namespace. */
  readonly strangers: readonly Workload[]
  /** The address that all of them have: in no block that policies name, but those of all addresses. */
  readonly ip: string
}

interface Known extends Future {
  readonly source: Evaluation
  readonly namespaces: readonly Namespace[]
}

// As long as evaluations go on from each other, so do the worlds; and most checks ask about one and the same.
const FUTURES = new WeakMap<Evaluation['memo'], Known>()

/**
 * The cluster with a pod without labels in each namespace and in a new one that only has its name. One that would carry the
 * labels of a present workload can't be told from it.
 */
export function futureOf(source: Evaluation): Future {
  const before = FUTURES.get(source.memo)
  if (before?.source === source) return before
  const { cluster, policies, settings } = source
  const people = peopleOf(source, before)
  const workloads = [...cluster.workloads, ...people.strangers]
  const world: Cluster = { ...cluster, namespaces: people.namespaces, workloads }
  const known = { ...people, source, world: evaluate(world, policies, settings, before?.world) }
  FUTURES.set(source.memo, known)
  return known
}

// The same objects where nothing changes, so that little has to be worked out again.
function peopleOf(source: Evaluation, before: Known | undefined): Omit<Known, 'source' | 'world'> {
  const ip = freeAddress(source)
  const { namespaces } = source.cluster
  if (before?.ip === ip && before.source.cluster.namespaces === namespaces) return before
  const all = [...namespaces, newNamespace()]
  return { ip, namespaces: all, strangers: all.map(({ name }) => stranger(name, ip)) }
}

function freeAddress(source: Evaluation): string {
  const blocks = namedBlocks(source).flatMap((end) =>
    'cidr' in end && !end.cidr.endsWith('/0') ? [ipBlock(end.cidr, end.except ?? [])] : [],
  )
  const every: IpSet = { v4: EVERY_IP.v4, v6: [] }
  const rest = blocks.reduce(subtractIps, every)
  return formatV4((isNoIps(rest) ? every : rest).v4[0]?.from ?? 0n)
}

function newNamespace(): Namespace {
  const labels: Labels = Object.assign(Object.create(null) as Record<string, string>, {
    [NAMESPACE_NAME_LABEL]: NEW_NAMESPACE,
  })
  return { name: NEW_NAMESPACE, labels: { labels, unknown: [] }, loaded: false }
}

function stranger(namespace: string, ip: string): Workload {
  const name = 'a new pod'
  const labels = { labels: Object.create(null) as Labels, unknown: [] }
  const pod = { name, namespace, labels, ports: [], ips: [ip], hostNetwork: false, finished: false, count: 1 }
  const own = { namespace, kind: 'Pod', name, replicas: 1, pods: [pod], refs: [] }
  return { id: `${namespace}/Pod/${name}`, ...own, sketch: false, assumed: true, stale: false }
}
