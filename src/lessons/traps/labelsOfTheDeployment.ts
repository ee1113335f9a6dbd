import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const TICKETS = deployment('cinema', 'tickets', { app: 'tickets' }, '8080')
const onDeployment = (text: string): string =>
  text.replace('  namespace: cinema\n', '  namespace: cinema\n  labels:\n    front: box-office\n')
const onPods = (text: string): string =>
  text.replace('        app: tickets\n    spec', '        app: tickets\n        front: box-office\n    spec')
const cluster = (tickets: string): LessonFile =>
  file(
    'cluster.yaml',
    namespace('cinema'),
    tickets,
    deployment('cinema', 'seats', { app: 'seats' }, '5432'),
    deployment('cinema', 'popcorn', { app: 'popcorn' }),
  )
const policies = (selector: string): LessonFile =>
  file(
    'policies.yaml',
    policy(
      'cinema',
      'seats-ingress',
      `  podSelector:\n    matchLabels:\n      app: seats\n  policyTypes:\n    - Ingress\n  ingress:\n    - from:\n        - ${selector}`,
    ),
  )
const BOX_OFFICE = 'podSelector:\n            matchLabels:\n              front: box-office'
const SOLUTION = [cluster(onPods(onDeployment(TICKETS)))]

/** A policy reads the labels of pods, which come from the template, not from the Deployment's own metadata. */
export const labelsOfTheDeployment: Lesson = {
  id: 'labels-of-the-deployment',
  title: 'Labelled, but not on the pods',
  track: 'traps',
  minutes: 6,
  idea: [
    'A Deployment has labels in two places. Those in its own `metadata` are for people and tools who look for Deployments. **Pods get theirs from `spec.template.metadata`**, and policies look at pods.',
    '`kubectl get deploy -l …` finds the label, so all seems well, while no pod has it.',
  ].join('\n\n'),
  task: 'At the cinema every box office may look at the seats: pods labelled `front: box-office`. The ticket counter was given that label, and still it is shut out. Find out why, and let it in by that label; the policy is right.',
  files: [cluster(onDeployment(TICKETS)), policies(BOX_OFFICE)],
  unseen: [
    file('machine.yaml', deployment('cinema', 'ticket-machine', { app: 'ticket-machine', front: 'box-office' })),
  ],
  predict: [
    guess(at('cinema', 'tickets'), at('cinema', 'seats'), 'TCP/5432'),
    guess(at('cinema', 'popcorn'), at('cinema', 'seats'), 'TCP/5432'),
    guess(at('cinema', 'popcorn'), at('cinema', 'tickets'), 'TCP/8080'),
  ],
  goals: [
    may('the ticket counter looks at the seats', at('cinema', 'tickets'), at('cinema', 'seats'), 'TCP/5432'),
    mayNot('the popcorn stand doesn’t look at the seats', at('cinema', 'popcorn'), at('cinema', 'seats')),
    hidden(
      may(
        'the ticket machine, a box office as well, looks at the seats',
        at('cinema', 'ticket-machine'),
        at('cinema', 'seats'),
        'TCP/5432',
      ),
    ),
  ],
  constraints: [{ type: 'untouched', policy: 'cinema/seats-ingress' }],
  hints: [
    { text: 'Which labels does a pod of `tickets` have? Read its template, not its top.' },
    { text: 'Add `front: box-office` below `app: tickets` in `spec.template.metadata.labels`.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'Pods have the labels of their template. The Deployment’s own labels reach no policy.',
  wrong: [
    {
      belief: 'The policy should ask for a label that the pods have.',
      files: [policies('podSelector:\n            matchLabels:\n              app: tickets')],
    },
    {
      belief: 'The label has to be on the namespace.',
      files: [
        file(
          'cluster.yaml',
          namespace('cinema', { front: 'box-office' }),
          onDeployment(TICKETS),
          deployment('cinema', 'seats', { app: 'seats' }, '5432'),
          deployment('cinema', 'popcorn', { app: 'popcorn' }),
        ),
      ],
    },
    { belief: 'All pods of the cinema are harmless.', files: [policies('podSelector: {}')] },
    {
      belief: 'An annotation in the template will do.',
      files: [
        cluster(
          onDeployment(TICKETS).replace(
            '        app: tickets\n    spec',
            '        app: tickets\n      annotations:\n        front: box-office\n    spec',
          ),
        ),
      ],
    },
  ],
}
