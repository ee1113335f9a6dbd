import { readController } from './controller.ts'
import type { Kind } from './kind.ts'

const DAEMON_SET = { groups: ['apps', 'extensions'], scope: 'namespaced' } as const

/** DaemonSets: as many pods as a live status says, else one stands for all nodes. */
export const daemonSet: Kind = {
  ...DAEMON_SET,
  kind: 'DaemonSet',
  example: `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: monitoring }
spec:
  selector: { matchLabels: { app: agent } }
  template: { metadata: { labels: { app: agent } }, spec: { containers: [{ name: agent, image: agent }] } }
`,
  read: (document) =>
    readController(document, DAEMON_SET, {
      replicas: ['status', 'desiredNumberScheduled'],
      added: () => ({ unknown: ['controller-revision-hash', 'pod-template-generation'] }),
    }),
}
