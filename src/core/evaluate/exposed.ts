import type { Cluster, Exposure, Pod, Service, ServicePort, Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { Labels } from '#core/model/labels.ts'
import { intersectPorts, NO_PORTS, portRange, type PortSet, uniteAllPorts } from '#core/model/ports.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { type Evaluation, verdictOf } from './evaluate.ts'

/** Ports of a workload that the ingress controller sends to, never none, and the backends that make it. */
export interface Exposed {
  readonly ports: PortSet
  readonly by: readonly Exposure[]
}

/** The end that all exposures start from. */
export const CONTROLLER: End = { ingressController: true }

/**
 * What Ingress and its like expose, by id of the workload: backend → Service of its namespace → pods that the Service's
 * selector surely matches → target ports that a container declares, TCP only (corpora/README.md "{ingress-controller} lines").
 */
export function exposedPorts(cluster: Cluster): ReadonlyMap<string, Exposed> {
  const services = new Map(cluster.services.map((service) => [keyOf(service.namespace, service.name), service]))
  const index = indexLabels(cluster)
  const found = new Map<string, { readonly sets: PortSet[]; readonly by: Exposure[] }>()
  for (const exposure of cluster.exposures) {
    const service = services.get(keyOf(exposure.namespace, exposure.service))
    if (!service) continue
    const ports = portsOf(service, exposure)
    for (const [id, pods] of groupBy(selected(service, index), (pod) => index.owners.get(pod) ?? '')) {
      const exposed = uniteAllPorts(pods.flatMap((pod) => ports.map((port) => targetAt(pod, port))))
      if (exposed.TCP.length === 0) continue
      const known = found.get(id) ?? { sets: [], by: [] }
      known.sets.push(exposed)
      known.by.push(exposure)
      found.set(id, known)
    }
  }
  return new Map([...found].map(([id, { sets, by }]) => [id, { ports: uniteAllPorts(sets), by }]))
}

/** What the policies leave of the exposed ports, coming from the ingress controller; undefined where the workload has no pods. */
export function exposedVerdict(
  evaluation: Evaluation,
  { namespace, kind, name }: Workload,
  { ports }: Exposed,
): Pick<Verdict, 'allowed' | 'partial' | 'undetermined'> | undefined {
  const verdict = verdictOf(evaluation, CONTROLLER, { namespace, workload: `${kind}/${name}` })
  if (!verdict) return undefined
  const { allowed, partial, undetermined } = verdict
  return {
    allowed: intersectPorts(allowed, ports),
    partial: intersectPorts(partial, ports),
    undetermined: intersectPorts(undetermined, ports),
  }
}

/** Running pods by a label of theirs in their namespace, and the ids of their workloads. */
interface Index {
  readonly owners: ReadonlyMap<Pod, string>
  readonly byLabel: ReadonlyMap<string, readonly Pod[]>
}

function indexLabels({ workloads, exposures }: Cluster): Index {
  const owners = new Map<Pod, string>()
  const byLabel = new Map<string, Pod[]>()
  const asked = new Set(exposures.map(({ namespace }) => namespace))
  for (const { id, pods } of workloads)
    for (const pod of pods) {
      if (pod.finished || !asked.has(pod.namespace)) continue
      owners.set(pod, id)
      for (const [key, value] of Object.entries(pod.labels.labels)) {
        const label = keyOf(pod.namespace, key, value)
        const same = byLabel.get(label)
        if (same) same.push(pod)
        else byLabel.set(label, [pod])
      }
    }
  return { owners, byLabel }
}

// The rarest of its labels leads to few pods, whatever the size of the cluster.
function selected({ namespace, selector }: Service, { byLabel }: Index): readonly Pod[] {
  const terms = Object.entries(selector ?? {})
  const candidates = terms.map(([key, value]) => byLabel.get(keyOf(namespace, key, value)) ?? [])
  const [fewest = []] = candidates.toSorted((a, b) => a.length - b.length)
  return fewest.filter(({ labels: { labels } }) => terms.every(([key, value]) => valueOf(labels, key) === value))
}

function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}

function portsOf({ ports }: Service, { port: wanted }: Exposure): readonly ServicePort[] {
  const tcp = ports.filter(({ protocol }) => protocol === 'TCP')
  if (wanted === undefined) return tcp
  const first = tcp.find(({ name, port, targetPort }) => [name, port, targetPort].some((one) => isSame(one, wanted)))
  return first ? [first] : []
}

// A number may be written as a text.
function isSame(one: number | string | undefined, wanted: number | string): boolean {
  return one !== undefined && String(one) === String(wanted)
}

// A container declares a number for either protocol (as in netpol-analyzer), but a name only for TCP.
function targetAt({ ports }: Pod, { targetPort }: ServicePort): PortSet {
  const declared = ports.find(({ name, port, protocol }) =>
    typeof targetPort === 'number' ? port === targetPort : name === targetPort && protocol === 'TCP',
  )
  return declared ? portRange('TCP', declared.port, declared.port) : NO_PORTS
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts)
}
