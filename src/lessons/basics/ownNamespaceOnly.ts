import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (home: string, peers: string, ...others: readonly string[]): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      home,
      'pump-ingress',
      `
  podSelector:
    matchLabels:
      app: pump
  policyTypes:
    - Ingress
  ingress:
    - from:
${peers}`,
    ),
    ...others,
  ),
]
const OFFICE =
  '        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: office\n'
const KEEPER = 'podSelector:\n            matchLabels:\n              app: keeper\n'
const SOLUTION = answer('aquarium', `${OFFICE}          ${KEEPER}`)

/** A policy selects pods of its own namespace, and a bare podSelector in a rule means that namespace too. */
export const ownNamespaceOnly: Lesson = {
  id: 'own-namespace-only',
  title: 'A policy lives in a namespace',
  track: 'basics',
  minutes: 7,
  idea: [
    'A policy belongs to the namespace in its `metadata`, and **selects pods there and nowhere else**. Put it into another namespace and it finds other pods there, or none. No error is shown, and what you meant stays open.',
    'In a rule it is the same: a `podSelector` on its own means pods of the policy’s namespace. Whoever lives elsewhere needs a `namespaceSelector` beside it, in the same item.',
  ].join('\n\n'),
  task: 'The zoo’s office wrote a policy for the aquarium’s pump and put it into its own namespace. Make it work: only keepers, who sit in the office, may reach the pump on port 9000.',
  files: [
    file(
      'cluster.yaml',
      namespace('aquarium'),
      deployment('aquarium', 'pump', { app: 'pump' }, '9000'),
      deployment('aquarium', 'shark-tank', { app: 'shark-tank' }),
      namespace('office'),
      deployment('office', 'keeper', { app: 'keeper' }),
      deployment('office', 'cashier', { app: 'cashier' }),
    ),
    ...answer('office', `        - ${KEEPER}`),
  ],
  unseen: [file('robot.yaml', deployment('aquarium', 'feeding-robot', { app: 'keeper', kind: 'robot' }))],
  predict: [
    guess(at('office', 'keeper'), at('aquarium', 'pump'), 'TCP/9000'),
    guess(at('office', 'cashier'), at('aquarium', 'pump'), 'TCP/9000'),
    guess(at('aquarium', 'shark-tank'), at('aquarium', 'pump'), 'TCP/9000'),
  ],
  goals: [
    may('keepers work the pump', at('office', 'keeper'), at('aquarium', 'pump'), 'TCP/9000'),
    mayNot('cashiers don’t work the pump', at('office', 'cashier'), at('aquarium', 'pump')),
    mayNot('the shark tank doesn’t work the pump', at('aquarium', 'shark-tank'), at('aquarium', 'pump')),
    hidden(
      mayNot(
        'the feeding robot of the aquarium, labelled as a keeper, doesn’t work the pump',
        at('aquarium', 'feeding-robot'),
        at('aquarium', 'pump'),
      ),
    ),
  ],
  constraints: [],
  hints: [
    { text: 'Whom does the policy select now? Look for `app: pump` in its namespace.' },
    {
      text: 'Move it to `aquarium`. Now the pump is guarded, and the office’s keepers are shut out: on its own, `app: keeper` means keepers of the aquarium.',
      files: answer('aquarium', `        - ${KEEPER}`),
    },
    {
      text: 'Add a `namespaceSelector` for `kubernetes.io/metadata.name: office` to the same item, without a second dash.',
      files: SOLUTION,
    },
  ],
  solution: SOLUTION,
  remember:
    'A policy guards pods of its own namespace. To let in others, name their namespace and their labels in one item.',
  wrong: [
    { belief: 'The policy only has to move.', files: answer('aquarium', `        - ${KEEPER}`) },
    { belief: 'It is enough to name the office.', files: answer('aquarium', OFFICE) },
    {
      belief: 'One item for the namespace, one for the label.',
      files: answer('aquarium', `${OFFICE}        - ${KEEPER}`),
    },
    {
      belief: 'The policy can stay where it is, as long as its rule names the aquarium.',
      files: answer(
        'office',
        '        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: aquarium\n',
      ),
    },
  ],
}
