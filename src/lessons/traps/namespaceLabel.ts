import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (peer: string): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'parcels',
      'tracking-ingress',
      `
  podSelector:
    matchLabels:
      app: tracking
  policyTypes:
    - Ingress
  ingress:
    - from:
${peer}`,
    ),
  ),
]
const labelled = (label: string): readonly LessonFile[] =>
  answer(`        - namespaceSelector:\n            matchLabels:\n              ${label}`)
const cluster = (billing: string): LessonFile =>
  file(
    'cluster.yaml',
    namespace('parcels'),
    deployment('parcels', 'tracking', { app: 'tracking' }, '8080'),
    billing,
    deployment('billing', 'invoices', { app: 'invoices' }),
    namespace('adverts'),
    deployment('adverts', 'banner', { app: 'banner' }),
  )
const SOLUTION = labelled('kubernetes.io/metadata.name: billing')

/** A namespace's name is no label but one: kubernetes.io/metadata.name. */
export const namespaceLabel: Lesson = {
  id: 'namespace-label',
  title: 'The label that isn’t there',
  track: 'traps',
  minutes: 6,
  idea: [
    'A `namespaceSelector` reads **labels** of namespaces, not names. A namespace that is called `billing` has no label `name: billing` unless somebody put it there.',
    'One label is always there: the API server gives every namespace `kubernetes.io/metadata.name` with its name, and nobody can change it. Any other label is worth as much as those who may set it.',
  ].join('\n\n'),
  task: 'Billing needs to look up parcels, the adverts must not. The policy asks for a label `name`, and billing stays outside. Let in exactly the namespace `billing`, and rely on a label that nobody can fake.',
  files: [cluster(namespace('billing')), ...labelled('name: billing')],
  unseen: [
    file(
      'playground.yaml',
      namespace('playground', { name: 'billing' }),
      deployment('playground', 'experiment', { app: 'invoices' }),
    ),
  ],
  predict: [
    guess(at('billing', 'invoices'), at('parcels', 'tracking'), 'TCP/8080'),
    guess(at('adverts', 'banner'), at('parcels', 'tracking'), 'TCP/8080'),
    guess(at('parcels', 'tracking'), at('billing', 'invoices')),
  ],
  goals: [
    may('billing looks up parcels', at('billing', 'invoices'), at('parcels', 'tracking'), 'TCP/8080'),
    mayNot('adverts don’t look up parcels', at('adverts', 'banner'), at('parcels', 'tracking')),
    hidden(
      mayNot(
        'a namespace that somebody labelled `name: billing` doesn’t look up parcels',
        at('playground', 'experiment'),
        at('parcels', 'tracking'),
      ),
    ),
  ],
  constraints: [],
  hints: [
    {
      text: 'Which labels does the Namespace `billing` have? Look at its YAML, then at what every namespace has without any.',
    },
    { text: 'Ask for `kubernetes.io/metadata.name: billing`.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'To mean a namespace by its name, ask for `kubernetes.io/metadata.name`.',
  wrong: [
    {
      belief: 'If the label is missing, I add it.',
      files: [cluster(namespace('billing', { name: 'billing' })), ...labelled('name: billing')],
    },
    { belief: 'All namespaces will include billing.', files: answer('        - namespaceSelector: {}') },
    {
      belief: 'The app’s label is enough to find it.',
      files: answer('        - podSelector:\n            matchLabels:\n              app: invoices'),
    },
    { belief: 'The key is `metadata.name`, as in the manifest.', files: labelled('metadata.name: billing') },
  ],
}
