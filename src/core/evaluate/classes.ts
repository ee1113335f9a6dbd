import { parseIp } from '#core/model/cidr.ts'
import type { Cluster, ContainerPort, Pod } from '#core/model/cluster.ts'
import type { KnownLabels, Labels } from '#core/model/labels.ts'
import type { PeerMatcher, Policy } from '#core/model/rule.ts'
import { type AddressSpace, type Family, partAt } from './addresses.ts'
import type { PodClass } from './peerClass.ts'

/** All that the policies look at in a pod: what they don't read does not tell two pods apart. */
export interface Read {
  readonly keys: ReadonlySet<string>
  readonly portNames: ReadonlySet<string>
}

/** What sorting pods into classes needs to know. */
export interface Sorting {
  readonly cluster: Pick<Cluster, 'nodes'>
  readonly read: Read
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
}

/** A table without classes; the first gets `firstId`. */
export function classTable(sorting: Sorting, firstId: number): ClassTable {
  const keys = [...sorting.read.keys].toSorted()
  return { ...sorting, firstId, classes: [], byFace: new Map(), ofPod: new WeakMap(), keys }
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
export function addressesOf(pod: Pod, cluster: Pick<Cluster, 'nodes'>): readonly { family: Family; value: bigint }[] {
  const node = pod.hostNetwork && pod.ips.length === 0 ? cluster.nodes.find(({ name }) => name === pod.node) : undefined
  return (node?.ips ?? pod.ips).flatMap((ip) => parseIp(ip) ?? [])
}

/** What these policies read. */
export function whatIsRead(policies: readonly Policy[]): Read {
  const keys = new Set<string>()
  const portNames = new Set<string>()
  for (const { subject, rules } of policies) {
    for (const { key } of subject.pods) keys.add(key)
    for (const { peers, ports } of rules) {
      if (peers !== 'any') for (const peer of peers) addKeys(keys, peer)
      if (ports !== 'any') for (const { port } of ports) if (port.type === 'named') portNames.add(port.name)
    }
  }
  return { keys, portNames }
}

function addKeys(keys: Set<string>, peer: PeerMatcher): void {
  if (peer.type === 'pods') for (const { key } of peer.pods) keys.add(key)
}

function sortPod(table: ClassTable, pod: Pod): readonly PodClass[] {
  const addresses = addressesOf(pod, table.cluster)
  const seen = seenBy(table, pod)
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

function seenBy({ read, keys, ignoreHostNetwork }: ClassTable, pod: Pod): Seen {
  const hostNetwork = pod.hostNetwork && !ignoreHostNetwork
  const ports = readPorts(pod.ports, read)
  const portsKey = ports.map(({ name, port, protocol }) => ` ${name}=${port}/${protocol}`).join('')
  const { labels, unknown } = pod.labels
  let key = `${pod.namespace}\n${hostNetwork ? 'host' : ''}${pod.finished ? 'finished' : ''}${portsKey}`
  for (const name of keys) {
    const value = valueOf(labels, name)
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

function readLabels({ labels, unknown }: KnownLabels, { keys, read }: ClassTable): KnownLabels {
  const own: Record<string, string> = Object.create(null)
  for (const key of keys) {
    const value = valueOf(labels, key)
    if (value !== undefined) own[key] = value
  }
  return { labels: own, unknown: unknown === 'all' ? unknown : readUnknown(unknown, read) }
}

function readUnknown(unknown: readonly string[], { keys }: Read): readonly string[] {
  return unknown.filter((key) => keys.has(key)).toSorted()
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
