import { targetsAt } from '#core/checks/served.ts'
import type { Cluster, Service, Workload } from '#core/model/cluster.ts'
import { portRange, type PortSet, uniteAllPorts } from '#core/model/ports.ts'
import { selectablePods } from './selectors.ts'

/** The ports on which a workload's pods serve these Services, as the pods listen (semantics.md A.12); none for a Service of others. */
export function servedPorts(workload: Workload, services: readonly Service[]): PortSet {
  const own = services.filter(({ namespace }) => namespace === workload.namespace)
  return uniteAllPorts(own.flatMap((service) => selectablePods(workload).map((pod) => targetsAt(pod, service))))
}

/** What a workload offers: the ports behind its Services, else all that its containers declare. */
export function offeredPorts({ services }: Pick<Cluster, 'services'>, workload: Workload): PortSet {
  const served = uniteAllPorts([servedPorts(workload, services)])
  const declared = selectablePods(workload).flatMap(({ ports }) => ports)
  const isServed = Object.values(served).some((intervals) => intervals.length > 0)
  return isServed ? served : uniteAllPorts(declared.map(({ protocol, port }) => portRange(protocol, port, port)))
}
