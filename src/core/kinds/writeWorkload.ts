import { parsePortSpec } from '#core/model/portSpec.ts'
import { writeYaml } from '#core/yaml/write.ts'

const SKETCH = { 'drawbridge/sketch': 'true' }
const HABIT = { indent: 2, indentLists: true }

/** A namespace that was sketched on the canvas, as YAML. */
export function namespaceText(name: string, labels: Readonly<Record<string, string>>): string {
  return writeYaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels, ...SKETCH } } }, HABIT)
}

/** What a sketched workload is. `ports` are texts like `TCP/8080` or, with a name, `http=TCP/8080`. */
export interface WorkloadDraft {
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly ports: readonly string[]
}

/** A workload that was sketched on the canvas: a Deployment that does nothing, with these labels and ports (design.md 8). */
export function workloadText({ namespace, name, labels, ports }: WorkloadDraft): string {
  const own = Object.keys(labels).length === 0 ? { app: name } : labels
  const containerPorts = ports.flatMap(containerPort)
  const container = {
    name: 'main',
    image: 'registry.k8s.io/pause:3.10',
    ...(containerPorts.length > 0 ? { ports: containerPorts } : {}),
  }
  const template = { metadata: { labels: own }, spec: { containers: [container] } }
  return writeYaml(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels: SKETCH },
      spec: { replicas: 1, selector: { matchLabels: own }, template },
    },
    HABIT,
  )
}

function containerPort(text: string): object[] {
  const [name, rest] = text.includes('=') ? text.split('=', 2) : [undefined, text]
  const spec = parsePortSpec(rest ?? '')
  if (spec?.port.type !== 'range') return []
  return [{ ...(name ? { name } : {}), containerPort: spec.port.from, protocol: spec.protocol }]
}
