import { parseIp } from '#core/model/cidr.ts'
import type { Cluster, ContainerPort, Pod } from '#core/model/cluster.ts'
import type { KnownLabels, Labels } from '#core/model/labels.ts'
import type { PeerMatcher, Policy } from '#core/model/rule.ts'
import { type AddressSpace, type Family, partAt, partAtV4 } from './addresses.ts'
import type { PodClass } from './peerClass.ts'

/** All that the policies look at in a pod: what they don't read does not tell two pods apart. */
export interface Read {
  /** Keys of labels, with the values that selectors name. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>
  readonly portNames: ReadonlySet<string>
}

/** What sorting pods into classes needs to know. */
export interface Sorting {
  readonly nodes: Cluster['nodes']
  readonly read: Read
  /** Keys of which only the values that selectors name tell pods apart: those that pods of one workload differ in. */
  readonly coarse: ReadonlySet<string>
  readonly space: AddressSpace
  readonly ignoreHostNetwork: boolean
}

/**
 * All classes so far, by what the policies see of their pods. It only grows: evaluations that follow each other share it,
 * each with the classes that were there when it was made.
 */
export interface ClassTable extends Sorting {
  readonly firstId: number
  readonly classes: PodClass[]
  readonly byFace: Map<string, PodClass>
  readonly ofPod: WeakMap<Pod, readonly PodClass[]>
  readonly keys: readonly string[]
  /** How many classes the first evaluation had. */
  readonly atBirth: { count: number }
}

/** A table without classes; the first gets `firstId`. */
export function classTable(sorting: Sorting, firstId: number): ClassTable {
  const keys = [...sorting.read.keys.keys()].toSorted()
  return { ...sorting, firstId, classes: [], byFace: new Map(), ofPod: new WeakMap(), keys, atBirth: { count: 0 } }
}

/**
 * The classes of a pod, one for each of its address families, entered where they are new: what two pods of one class send
 * and receive differs only by their nodes and themselves (design.md 5, 8).
 */
export function classesOf(table: ClassTable, pod: Pod): readonly PodClass[] {
  const known = table.ofPod.get(pod)
  if (known) return known
  const sorted = sortPod(table, pod)
  table.ofPod.set(pod, sorted)
  return sorted
}

/** A pod's addresses; a hostNetwork pod without one has its node's (semantics.md A.10). */
export function addressesOf(pod: Pod, nodes: Cluster['nodes']): readonly { family: Family; value: bigint }[] {
  const node = pod.hostNetwork && pod.ips.length === 0 ? nodes.find(({ name }) => name === pod.node) : undefined
  return (node?.ips ?? pod.ips).flatMap((ip) => parseIp(ip) ?? [])
}

/** What these policies read. */
export function whatIsRead(policies: readonly Policy[]): Read {
  const keys = new Map<string, Set<string>>()
  const portNames = new Set<string>()
  for (const { subject, rules } of policies) {
    addKeys(keys, subject)
    for (const { peers, ports } of rules) {
      if (peers !== 'any') for (const peer of peers) addKeys(keys, peer)
      if (ports !== 'any') for (const { port } of ports) if (port.type === 'named') portNames.add(port.name)
    }
  }
  return { keys, portNames }
}

/** Does a table tell apart all that these policies read? */
export function canRead({ read, coarse }: Sorting, { keys, portNames }: Read): boolean {
  const isKnown = ([key, values]: readonly [string, ReadonlySet<string>]): boolean => {
    const known = read.keys.get(key)
    return known !== undefined && (!coarse.has(key) || [...values].every((value) => known.has(value)))
  }
  return [...portNames].every((name) => read.portNames.has(name)) && [...keys].every(isKnown)
}

// A label like `statefulset.kubernetes.io/pod-name` would make a class of every pod. Others keep their values, so that
// typing another one into a selector does not sort all pods anew.
const MOST_PODS_APART = 64

/** The keys in which so many pods differ from the others of their workload that only the named values shall count. */
export function coarseKeys({ workloads }: Pick<Cluster, 'workloads'>, { keys }: Read): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { pods } of workloads) {
    const [first, second] = pods
    if (!first || !second) continue
    for (const key of keys.keys())
      if (valueOf(first.labels.labels, key) !== valueOf(second.labels.labels, key))
        counts.set(key, (counts.get(key) ?? 0) + pods.length)
  }
  return new Set([...counts].filter(([, count]) => count > MOST_PODS_APART).map(([key]) => key))
}

function addKeys(keys: Map<string, Set<string>>, peer: PeerMatcher): void {
  if (peer.type !== 'pods') return
  for (const { key, values } of peer.pods) {
    const known = keys.get(key) ?? new Set()
    keys.set(key, known)
    for (const value of values) known.add(value)
  }
}

function sortPod(table: ClassTable, pod: Pod): readonly PodClass[] {
  const seen = seenBy(table, pod)
  const [ip, ...others] = pod.ips
  const part = ip === undefined || others.length > 0 ? undefined : partAtV4(table.space, ip)
  if (part !== undefined) return [enter(table, pod, { seen, family: 'v4', parts: [part] })]
  return sortAddresses(table, pod, seen)
}

function sortAddresses(table: ClassTable, pod: Pod, seen: Seen): readonly PodClass[] {
  const addresses = addressesOf(pod, table.nodes)
  if (addresses.length === 0) return [enter(table, pod, { seen, family: undefined, parts: [] })]
  return (['v4', 'v6'] as const).flatMap((family) => {
    const own = addresses.filter((address) => address.family === family)
    if (own.length === 0) return []
    const parts = [...new Set(own.map(({ value }) => partAt(table.space, family, value)))].toSorted((a, b) => a - b)
    return [enter(table, pod, { seen, family, parts })]
  })
}

interface Seen {
  /** One text for all that is the same in every address family. */
  readonly key: string
  readonly ports: readonly ContainerPort[]
  readonly portsKey: string
  readonly hostNetwork: boolean
}

function seenBy(table: ClassTable, pod: Pod): Seen {
  const { read, keys, ignoreHostNetwork } = table
  const hostNetwork = pod.hostNetwork && !ignoreHostNetwork
  const ports = readPorts(pod.ports, read)
  const portsKey = ports.map(({ name, port, protocol }) => ` ${name}=${port}/${protocol}`).join('')
  const { labels, unknown } = pod.labels
  let key = `${pod.namespace}\n${hostNetwork ? 'host' : ''}${pod.finished ? 'finished' : ''}${portsKey}`
  for (const name of keys) {
    const value = readValue(table, labels, name)
    if (value !== undefined) key += `\n${name}=${value}`
  }
  if (unknown.length > 0) key += `\n?${unknown === 'all' ? 'all' : readUnknown(unknown, read).join()}`
  return { key, ports, portsKey, hostNetwork }
}

function enter(
  table: ClassTable,
  pod: Pod,
  {
    seen,
    family,
    parts,
  }: { readonly seen: Seen; readonly family: Family | undefined; readonly parts: readonly number[] },
): PodClass {
  const face = `${seen.key}\n${family ?? ''} ${parts.join(' ')}`
  const known = table.byFace.get(face)
  if (known) return known
  const { ports, portsKey, hostNetwork } = seen
  const entered: PodClass = {
    type: 'pods',
    id: table.firstId + table.classes.length,
    namespace: pod.namespace,
    labels: readLabels(pod.labels, table),
    ports,
    portsKey,
    family,
    parts,
    hostNetwork,
    finished: pod.finished,
  }
  table.classes.push(entered)
  table.byFace.set(face, entered)
  return entered
}

function readLabels({ labels, unknown }: KnownLabels, table: ClassTable): KnownLabels {
  const { keys, read } = table
  const own: Record<string, string> = Object.create(null)
  for (const key of keys) {
    const value = readValue(table, labels, key)
    if (value !== undefined) own[key] = value
  }
  return { labels: own, unknown: unknown === 'all' ? unknown : readUnknown(unknown, read) }
}

function readUnknown(unknown: readonly string[], { keys }: Read): readonly string[] {
  return unknown.filter((key) => keys.has(key)).toSorted()
}

// No label can have this value, and no selector name it.
const SOME_OTHER = '\u0000'

function readValue({ read, coarse }: ClassTable, labels: Labels, key: string): string | undefined {
  const value = valueOf(labels, key)
  const isNamed = value === undefined || !coarse.has(key) || (read.keys.get(key)?.has(value) ?? false)
  return isNamed ? value : SOME_OTHER
}

// Labels may have a prototype, whose members are no labels.
function valueOf(labels: Labels, key: string): string | undefined {
  const value: unknown = labels[key]
  return typeof value === 'string' ? value : undefined
}

const NO_NAMES: readonly ContainerPort[] = []

function readPorts(ports: readonly ContainerPort[], { portNames }: Read): readonly ContainerPort[] {
  if (portNames.size === 0) return NO_NAMES
  const read = ports.filter(({ name }) => name !== undefined && portNames.has(name))
  return read.length === 0 ? NO_NAMES : read
}
