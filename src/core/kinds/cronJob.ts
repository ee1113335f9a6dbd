import { readController } from './controller.ts'
import type { Kind } from './kind.ts'

const CRON_JOB = { groups: ['batch'], scope: 'namespaced' } as const

/** CronJobs: each run is a Job named `<cronjob>-<time>`, so that the job's labels aren't told (semantics.md A.2). */
export const cronJob: Kind = {
  ...CRON_JOB,
  kind: 'CronJob',
  example: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: backup, namespace: data }
spec:
  schedule: '@daily'
  jobTemplate:
    spec: { template: { metadata: { labels: { app: backup } }, spec: { containers: [{ name: backup, image: backup }] } } }
`,
  read: (document) =>
    readController(document, CRON_JOB, {
      template: ['spec', 'jobTemplate', 'spec', 'template'],
      replicas: ['spec', 'jobTemplate', 'spec', 'parallelism'],
      selector: ['spec', 'jobTemplate', 'spec', 'selector', 'matchLabels'],
      added: () => ({
        unknown: [
          'batch.kubernetes.io/job-name',
          'job-name',
          'batch.kubernetes.io/controller-uid',
          'controller-uid',
          'batch.kubernetes.io/job-completion-index',
        ],
      }),
    }),
}
