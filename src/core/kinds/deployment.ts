import { readController } from './controller.ts'
import type { Kind } from './kind.ts'

const DEPLOYMENT = { groups: ['apps', 'extensions'], scope: 'namespaced' } as const

/** Deployments: their ReplicaSets put a `pod-template-hash` on the pods that the manifest doesn't tell (semantics.md A.2). */
export const deployment: Kind = {
  ...DEPLOYMENT,
  kind: 'Deployment',
  example: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web, ports: [{ name: http, containerPort: 8080 }] }] }
`,
  read: (document) => readController(document, DEPLOYMENT, { added: () => ({ unknown: ['pod-template-hash'] }) }),
}
