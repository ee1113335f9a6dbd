import { parseIp } from '#core/model/cidr.ts'
import type { Cluster, ContainerPort, Pod } from '#core/model/cluster.ts'
import type { KnownLabels } from '#core/model/labels.ts'
import type { Policy, Rule } from '#core/model/rule.ts'
import { type AddressSpace, type Family, partAt } from './addresses.ts'
import type { PodClass } from './evaluation.ts'

/** All that the policies look at in a pod. */
interface Read {
  readonly keys: ReadonlySet<string>
  readonly portNames: ReadonlySet<string>
}

/** What a pod looks like to the policies, in one of its address families. */
type Face = Omit<PodClass, 'id' | 'type'>

/** What sorting pods into classes needs to know. */
export interface Sorting {
  readonly cluster: Cluster
  readonly policies: readonly Policy[]
  readonly space: AddressSpace
  readonly ignoreHostNetwork: boolean
}

/** Sorts all pods into classes: what two pods of one class send and receive differs only by their nodes and themselves (design.md 5, 8). */
export function sortPods(sorting: Sorting): {
  readonly podClasses: readonly PodClass[]
  readonly classesOfPod: ReadonlyMap<Pod, readonly PodClass[]>
} {
  const read = whatIsRead(sorting.policies)
  const known = new Map<string, PodClass>()
  const classesOfPod = new Map<Pod, readonly PodClass[]>()
  for (const { pods } of sorting.cluster.workloads)
    for (const pod of pods)
      classesOfPod.set(
        pod,
        facesOf(pod, read, sorting).map((face) => enter(face, known)),
      )
  return { podClasses: [...known.values()], classesOfPod }
}

/** A pod's addresses; a hostNetwork pod without one has its node's (semantics.md A.10). */
export function addressesOf(pod: Pod, cluster: Cluster): readonly { family: Family; value: bigint }[] {
  const node = pod.hostNetwork && pod.ips.length === 0 ? cluster.nodes.find(({ name }) => name === pod.node) : undefined
  return (node?.ips ?? pod.ips).flatMap((ip) => parseIp(ip) ?? [])
}

function whatIsRead(policies: readonly Policy[]): Read {
  const selectors = policies.flatMap(({ subject, rules }) => [subject.pods, ...rules.flatMap(podSelectorsOf)])
  const keys = selectors.flatMap((selector) => selector.map(({ key }) => key))
  const portNames = policies.flatMap(({ rules }) => rules.flatMap(portNamesOf))
  return { keys: new Set(keys), portNames: new Set(portNames) }
}

function podSelectorsOf({ peers }: Rule) {
  return peers === 'any' ? [] : peers.flatMap((peer) => (peer.type === 'pods' ? [peer.pods] : []))
}

function portNamesOf({ ports }: Rule): readonly string[] {
  return ports === 'any' ? [] : ports.flatMap(({ port }) => (port.type === 'named' ? [port.name] : []))
}

function facesOf(pod: Pod, read: Read, { cluster, space, ignoreHostNetwork }: Sorting): readonly Face[] {
  const hostNetwork = pod.hostNetwork && !ignoreHostNetwork
  const common = {
    namespace: pod.namespace,
    labels: readLabels(pod.labels, read),
    ...readPorts(pod.ports, read),
    hostNetwork,
    finished: pod.finished,
  }
  const addresses = addressesOf(pod, cluster)
  if (addresses.length === 0) return [{ ...common, family: undefined, parts: [] }]
  return (['v4', 'v6'] as const).flatMap((family) => {
    const own = addresses.filter((address) => address.family === family)
    const parts = [...new Set(own.map(({ value }) => partAt(space, family, value)))].toSorted((a, b) => a - b)
    return parts.length === 0 ? [] : [{ ...common, family, parts }]
  })
}

function readLabels({ labels, unknown }: KnownLabels, { keys }: Read): KnownLabels {
  const own: Record<string, string> = Object.create(null)
  for (const key of Object.keys(labels).toSorted()) if (keys.has(key)) own[key] = labels[key] ?? ''
  return { labels: own, unknown: unknown === 'all' ? unknown : unknown.filter((key) => keys.has(key)).toSorted() }
}

function readPorts(ports: readonly ContainerPort[], { portNames }: Read): Pick<Face, 'ports' | 'portsKey'> {
  const read = ports.filter(({ name }) => name !== undefined && portNames.has(name))
  return { ports: read, portsKey: read.map(({ name, port, protocol }) => ` ${name}=${port}/${protocol}`).join('') }
}

function enter(face: Face, known: Map<string, PodClass>): PodClass {
  const { namespace, labels, portsKey, family, parts, hostNetwork, finished } = face
  const key = JSON.stringify([
    namespace,
    Object.entries(labels.labels),
    labels.unknown,
    portsKey,
    family,
    parts,
    hostNetwork,
    finished,
  ])
  const found = known.get(key) ?? { type: 'pods', id: known.size, ...face }
  known.set(key, found)
  return found
}
