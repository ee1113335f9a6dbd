import { readController } from './controller.ts'
import type { Kind } from './kind.ts'

const JOB = { groups: ['batch', 'extensions'], scope: 'namespaced' } as const

/** Jobs: the job's name is a label of its pods, its uid and the index of a pod aren't told (semantics.md A.2). */
export const job: Kind = {
  ...JOB,
  kind: 'Job',
  example: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: shop }
spec: { template: { metadata: { labels: { app: migrate } }, spec: { containers: [{ name: migrate, image: migrate }] } } }
`,
  read: (document) =>
    readController(document, JOB, {
      replicas: ['spec', 'parallelism'],
      added: ({ name }) => ({
        known: { 'batch.kubernetes.io/job-name': name, 'job-name': name },
        unknown: ['batch.kubernetes.io/controller-uid', 'controller-uid', 'batch.kubernetes.io/job-completion-index'],
      }),
    }),
}
