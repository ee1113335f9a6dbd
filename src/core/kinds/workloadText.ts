import type { Labels } from '#core/model/labels.ts'
import type { ContainerPort } from '#core/model/cluster.ts'
import { SKETCH_LABEL } from './meta.ts'

/** A workload that is sketched on the canvas. */
export interface WorkloadText {
  readonly namespace: string
  readonly name: string
  /** Of its pods; never empty, or nothing could select them. */
  readonly labels: Labels
  readonly ports: readonly ContainerPort[]
}

/** A Namespace as a plain value; a sketched one says so in a label (design.md 8). */
export function namespaceValue(name: string, labels: Labels): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [SKETCH_LABEL]: 'true', ...labels } } }
}

/** A sketched Deployment as a plain value: it does nothing, and is exported on request only (design.md 8). */
export function workloadValue({ namespace, name, labels, ports }: WorkloadText): object {
  const containerPorts = ports.map(({ name: own, port, protocol }) => ({
    ...(own === undefined ? {} : { name: own }),
    containerPort: port,
    ...(protocol === 'TCP' ? {} : { protocol }),
  }))
  const container = { name: 'main', image: 'registry.k8s.io/pause:3.10' }
  const spec = { containers: [ports.length > 0 ? { ...container, ports: containerPorts } : container] }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { [SKETCH_LABEL]: 'true' } },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  }
}
