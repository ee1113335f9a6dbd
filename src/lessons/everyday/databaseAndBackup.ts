import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const DB = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  namespace: vet
spec:
  serviceName: db
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: postgres
          image: registry.example/postgres:17
          ports:
            - containerPort: 5432
`
const cronJob = (name: string, job: string): string => `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${name}
  namespace: vet
  labels:
    app: ${name}
spec:
  schedule: "15 2 * * *"
  jobTemplate:
    spec:
      template:
        metadata:
          labels:
            job: ${job}
        spec:
          restartPolicy: OnFailure
          containers:
            - name: ${job}
              image: registry.example/vet/${job}:2.3
`
const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db-ingress
  namespace: vet
spec:
  podSelector:
    matchLabels:
      app: db
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: appointments
      ports:
        - protocol: TCP
          port: 5432
`
const ITEM = `        - podSelector:
            matchLabels:
              job: backup
`
const SOLUTION = START.replace('      ports:', `${ITEM}      ports:`)

const STORE = at('vet', 'StatefulSet/db')
const BACKUP = at('vet', 'CronJob/nightly-backup')

/** A database has callers that aren’t awake when the policy is written; they are pods with labels of their own. */
export const databaseAndBackup: Lesson = {
  id: 'database-and-backup',
  title: 'The database and its backup',
  track: 'everyday',
  minutes: 6,
  idea: [
    'Who calls the database? The app, one thinks. And at 2:15 in the night a backup, which nobody sees at work, and whose failure nobody sees either.',
    'The pods of a CronJob carry the labels of its **pod template**, deep down in `jobTemplate`. The labels at the top are those of the CronJob itself, and no policy looks at them.',
  ].join('\n\n'),
  task: 'Since `db-ingress` the vet’s backups are empty. Let the pods of `nightly-backup` reach `db` on 5432, as `appointments` does, and nobody else.',
  files: [
    file(
      'cluster.yaml',
      namespace('vet'),
      deployment('vet', 'appointments', { app: 'appointments' }),
      deployment('vet', 'reminders', { app: 'reminders' }),
      DB,
      cronJob('nightly-backup', 'backup'),
    ),
    ...answer(START),
  ],
  unseen: [file('unseen.yaml', cronJob('clean-up', 'clean-up'))],
  predict: [guess(BACKUP, STORE, 'TCP/5432'), guess(at('vet', 'appointments'), STORE, 'TCP/5432')],
  goals: [
    may('the nightly backup may reach db', BACKUP, STORE, 'TCP/5432'),
    may('appointments may still reach db', at('vet', 'appointments'), STORE, 'TCP/5432'),
    mayNot('reminders may not reach db', at('vet', 'reminders'), STORE),
    hidden(mayNot('the clean-up, another job, may not reach db', at('vet', 'CronJob/clean-up'), STORE)),
    hidden(mayNot('the nightly backup reaches no other port', BACKUP, STORE, 'TCP/1-5431', 'TCP/5433-65535', 'UDP')),
  ],
  constraints: [],
  hints: [
    hint('Find the labels that the backup’s pods have: follow `jobTemplate`, `spec`, `template`, `metadata`.'),
    hint(
      'It is `job: backup`. Add it as a second item of `from`, with a dash of its own: either caller will do.',
      SOLUTION,
    ),
  ],
  solution: answer(SOLUTION),
  remember:
    'List the callers that come by night, too. Pods have the labels of their template, not those of the CronJob or Deployment around it.',
  wrong: [
    mistake(
      'The label of the CronJob is the label of its pods.',
      SOLUTION.replace('job: backup', 'app: nightly-backup'),
    ),
    mistake(
      'Both labels go into one selector: this one and that one.',
      START.replace('app: appointments\n', 'app: appointments\n              job: backup\n'),
    ),
    mistake(
      'A backup is a job, so let jobs in.',
      SOLUTION.replace(
        'matchLabels:\n              job: backup',
        'matchExpressions:\n              - { key: job, operator: Exists }',
      ),
    ),
    mistake('The backup gets a rule of its own, ports are said already.', `${START}    - from:\n${ITEM}`),
    mistake(
      'All pods of the practice are ours.',
      SOLUTION.replace('podSelector:\n            matchLabels:\n              job: backup', 'podSelector: {}'),
    ),
  ],
}
