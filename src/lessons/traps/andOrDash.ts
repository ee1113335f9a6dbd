import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (peers: string): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'stage',
      'lights-ingress',
      `
  podSelector:
    matchLabels:
      app: lights
  policyTypes:
    - Ingress
  ingress:
    - from:
${peers}`,
    ),
  ),
]
const BACKSTAGE = `        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: backstage
`
const CONSOLE = `podSelector:
            matchLabels:
              app: console
`
const SOLUTION = answer(`${BACKSTAGE}          ${CONSOLE}`)

/** Two selectors in one item are both asked; in two items, either will do. */
export const andOrDash: Lesson = {
  id: 'and-or-dash',
  title: 'One dash too many',
  track: 'traps',
  minutes: 6,
  idea: [
    'Under `from`, every dash starts a new item, and **to fit one item is enough**. Inside an item, all that is written must fit.',
    'So a `podSelector` *below* a `namespaceSelector` means “these pods in those namespaces”. With a dash of its own it means “anyone in those namespaces, or such a pod in ours”. One character, two policies, and both are valid.',
  ].join('\n\n'),
  task: 'At the theatre only the `console` in `backstage` may dim the lights. Lately the coffee machine does it too. Mend the policy.',
  files: [
    file(
      'cluster.yaml',
      namespace('stage'),
      deployment('stage', 'lights', { app: 'lights' }, '7000'),
      deployment('stage', 'prop-console', { app: 'console', made: 'of-cardboard' }),
      namespace('backstage'),
      deployment('backstage', 'console', { app: 'console' }),
      deployment('backstage', 'coffee-machine', { app: 'coffee-machine' }),
    ),
    ...answer(`${BACKSTAGE}        - ${CONSOLE}`),
  ],
  unseen: [
    file('school.yaml', namespace('school'), deployment('school', 'console', { app: 'console' })),
    file('tonight.yaml', deployment('backstage', 'fog-machine', { app: 'fog-machine' })),
  ],
  predict: [
    guess(at('backstage', 'console'), at('stage', 'lights'), 'TCP/7000'),
    guess(at('backstage', 'coffee-machine'), at('stage', 'lights'), 'TCP/7000'),
    guess(at('stage', 'prop-console'), at('stage', 'lights'), 'TCP/7000'),
  ],
  goals: [
    may('the console backstage dims the lights', at('backstage', 'console'), at('stage', 'lights'), 'TCP/7000'),
    mayNot('the coffee machine doesn’t dim them', at('backstage', 'coffee-machine'), at('stage', 'lights')),
    mayNot('the cardboard console on stage doesn’t dim them', at('stage', 'prop-console'), at('stage', 'lights')),
    hidden(
      mayNot('the console of the drama school doesn’t dim the lights', at('school', 'console'), at('stage', 'lights')),
    ),
    hidden(
      mayNot('the fog machine backstage doesn’t dim the lights', at('backstage', 'fog-machine'), at('stage', 'lights')),
    ),
  ],
  constraints: [],
  hints: [
    { text: 'Count the dashes under `from`. How many ways in are there?' },
    {
      text: 'Take the dash away from `podSelector` and line it up with `namespaceSelector`. Now there is one item with two conditions.',
      files: SOLUTION,
    },
  ],
  solution: SOLUTION,
  remember: 'A new dash means *or*. No dash means *and*.',
  wrong: [
    { belief: 'The second item is the mistake, so it goes.', files: answer(BACKSTAGE) },
    { belief: 'The first item is the mistake, so it goes.', files: answer(`        - ${CONSOLE}`) },
    {
      belief: 'An empty `namespaceSelector` beside it just says that other namespaces count as well.',
      files: answer(`        - namespaceSelector: {}\n          ${CONSOLE}`),
    },
    {
      belief: 'The coffee machine is the intruder, so it alone is kept out.',
      files: answer(
        `${BACKSTAGE}          podSelector:
            matchExpressions:
              - { key: app, operator: NotIn, values: [coffee-machine] }
`,
      ),
    },
    {
      belief: 'Both labels belong under one `matchLabels`.',
      files: answer(`${BACKSTAGE}              app: console\n`),
    },
  ],
}
