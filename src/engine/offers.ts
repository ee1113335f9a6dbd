import type { ContainerPort, Pod, Service, ServicePort } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { matches, type Labels } from '#core/model/labels.ts'
import type { OfferedPort } from '#core/model/picture.ts'
import { podsOf, type Scene } from './scene.ts'

/**
 * The ports that a target is likely to be asked for: those its containers declare, then Services with the pod port
 * that they lead to (a rule is about the pod's port, never the Service's: semantics.md A.9). None for outside ends.
 */
export function offerPorts(scene: Scene, to: End): readonly OfferedPort[] {
  const pods = podsOf(scene, to)
  const declared = pods.flatMap((pod) => pod.ports.map(offerDeclared))
  const services = scene.loaded.cluster.services.flatMap((service) => offerService(service, pods))
  return [...new Map([...declared, ...services].map((offer) => [`${offer.port} ${offer.label}`, offer])).values()]
}

function offerDeclared({ name, port, protocol }: ContainerPort): OfferedPort {
  const what = protocol === 'TCP' ? `${port}` : `${protocol} ${port}`
  return { port: `${protocol}/${port}`, label: name === undefined ? what : `${what} ${name}` }
}

function offerService(service: Service, pods: readonly Pod[]): readonly OfferedPort[] {
  const { selector } = service
  if (!selector) return []
  const behind = pods.filter((pod) => pod.namespace === service.namespace && isSelected(pod, selector))
  return service.ports.flatMap((port) => behind.flatMap((pod) => offerServicePort(service, port, pod)))
}

function offerServicePort(service: Service, port: ServicePort, pod: Pod): readonly OfferedPort[] {
  const target = podPort(port, pod)
  if (target === undefined) return []
  // A headless Service forwards nothing: clients talk to the pod's own port.
  const through = service.headless ? `headless, ${target}` : `${port.port} → ${target}`
  return [{ port: `${port.protocol}/${target}`, label: `Service ${service.name}: ${through}` }]
}

function podPort({ targetPort, protocol }: ServicePort, pod: Pod): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  return pod.ports.find((port) => port.name === targetPort && port.protocol === protocol)?.port
}

// An empty selector of a Service selects nothing that is known here: its endpoints are managed by someone else.
function isSelected(pod: Pod, selector: Labels): boolean {
  const terms = Object.entries(selector).map(([key, value]) => ({
    key,
    operator: 'In' as const,
    values: [value],
    ref: NOWHERE,
  }))
  return terms.length > 0 && matches(terms, pod.labels) === 'yes'
}

const NOWHERE = { document: '', path: [], range: { from: 0, to: 0 } }
