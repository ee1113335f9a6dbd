import { readController } from './controller.ts'
import type { Kind } from './kind.ts'

const REPLICATION_CONTROLLER = { groups: [''], scope: 'namespaced' } as const

/** ReplicationControllers: the selector is a plain map of labels. */
export const replicationController: Kind = {
  ...REPLICATION_CONTROLLER,
  kind: 'ReplicationController',
  example: `
apiVersion: v1
kind: ReplicationController
metadata: { name: old, namespace: shop }
spec:
  selector: { app: old }
  template: { metadata: { labels: { app: old } }, spec: { containers: [{ name: old, image: old }] } }
`,
  read: (document) => readController(document, REPLICATION_CONTROLLER, { selector: ['spec', 'selector'] }),
}
