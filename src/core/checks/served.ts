import type { Cluster, Exposure, NamedHost, Pod, Service, ServicePort, Workload } from '#core/model/cluster.ts'
import { isNoPorts, NO_PORTS, portRange, type PortSet, PROTOCOLS, uniteAllPorts } from '#core/model/ports.ts'
import { namedPorts } from '#core/model/portSpec.ts'
import { runningPods } from './ends.ts'

/** A workload, and ports on which its pods listen. */
export interface Served {
  readonly workload: Workload
  readonly ports: PortSet
}

/** The ports of a pod behind a Service of its namespace, as the pod listens (semantics.md A.12); none where it isn't behind it. */
export function targetsAt(pod: Pod, { selector, ports }: Pick<Service, 'selector' | 'ports'>): PortSet {
  if (!selector || !isBehind(pod, selector)) return NO_PORTS
  return uniteAllPorts(
    ports.map(({ protocol, targetPort }) =>
      typeof targetPort === 'number'
        ? portRange(protocol, targetPort, targetPort)
        : namedPorts(pod.ports, protocol, targetPort),
    ),
  )
}

/** Who is behind a Service, with the ports that it leads to; `port` is one of its ports by number, name or target (undefined or unknown: all). */
export function servedBy({ workloads }: Cluster, service: Service, port?: number | string): readonly Served[] {
  const named = service.ports.filter((one) => isMeant(one, port))
  const ports = named.length > 0 ? named : service.ports
  const own = workloads.filter(({ namespace }) => namespace === service.namespace)
  return own
    .map((workload) => ({
      workload,
      ports: uniteAllPorts(runningPods([workload]).map((pod) => targetsAt(pod, { ...service, ports }))),
    }))
    .filter((served) => !isNoPorts(served.ports))
}

/** The Service that a host names for a pod of a namespace: `db`, `db.data`, `db.data.svc.cluster.local`, also with a pod's name in front. */
export function serviceOf({ services }: Cluster, { host }: NamedHost, namespace: string): Service | undefined {
  const parts = host.split('.')
  const end = parts.indexOf('svc')
  if (end > 3) return undefined
  const [a = '', b, c] = end < 0 ? parts : parts.slice(0, end)
  if (end < 0 && parts.length > 3) return undefined
  const find = (name: string, where: string): Service | undefined =>
    services.find((service) => service.name === name && service.namespace === where)
  if (c !== undefined) return find(b ?? '', c)
  return b === undefined ? find(a, namespace) : (find(a, b) ?? (end < 0 ? find(b, namespace) : undefined))
}

/** Who is behind an exposure. */
export function exposedBy(cluster: Cluster, { namespace, service: name, port }: Exposure): readonly Served[] {
  const service = cluster.services.find((one) => one.name === name && one.namespace === namespace)
  return service ? servedBy(cluster, service, port) : []
}

/** The ports as checks write them: `TCP/5432`, `TCP/8000-8010`. */
export function portTexts(ports: PortSet): readonly string[] {
  return PROTOCOLS.flatMap((protocol) =>
    ports[protocol].map(({ from, to }) => `${protocol}/${from === to ? from : `${from}-${to}`}`),
  )
}

function isMeant({ name, port, targetPort }: ServicePort, wanted: number | string | undefined): boolean {
  return wanted === undefined || [name, port, targetPort].includes(wanted)
}

function isBehind({ labels: { labels } }: Pod, selector: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
}
