import { at, child } from '#core/yaml/tree.ts'
import { itemsOf, textAt } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readMeta, SKETCH_LABEL } from './meta.ts'
import type { PodObject } from './object.ts'
import { readPod } from './podTemplate.ts'

const POD = { groups: [''], scope: 'namespaced' } as const

/** Pods: live ones with their IPs, node and phase; Succeeded and Failed are finished (semantics.md A.11). */
export const pod: Kind = {
  ...POD,
  kind: 'Pod',
  example: `
apiVersion: v1
kind: Pod
metadata: { name: web-5d4f-x2x, namespace: shop, labels: { app: web } }
spec: { nodeName: node-1, containers: [{ name: web, image: web, ports: [{ containerPort: 8080 }] }] }
status: { phase: Running, podIP: 10.0.0.7 }
`,
  read: readPodObject,
}

function readPodObject(document: SourceDocument): PodObject {
  const { tree } = document
  const meta = readMeta(document, POD)
  const phase = textAt(tree, 'status', 'phase')
  const ips = itemsOf(at(tree, ['status', 'podIPs'])).map((entry) => textAt(entry, 'ip'))
  const base = readPod(tree, { namespace: meta.namespace ?? 'default', name: meta.name }, {})
  return {
    type: 'pod',
    meta,
    pod: {
      ...base,
      ips: [...new Set([textAt(child(tree, 'status'), 'podIP'), ...ips])].filter((ip): ip is string => !!ip),
      finished: phase === 'Succeeded' || phase === 'Failed',
    },
    sketch: meta.labels[SKETCH_LABEL] === 'true',
  }
}
