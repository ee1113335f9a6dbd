import { readController } from './controller.ts'
import type { Kind } from './kind.ts'

const REPLICA_SET = { groups: ['apps', 'extensions'], scope: 'namespaced' } as const

/** ReplicaSets add no label of their own; those of a Deployment carry its hash in their template. */
export const replicaSet: Kind = {
  ...REPLICA_SET,
  kind: 'ReplicaSet',
  example: `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web-5d4f, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } }
`,
  read: (document) => readController(document, REPLICA_SET),
}
