import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const DENY = policy('harbour', 'default-deny', '  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress')
const IN = policy(
  'harbour',
  'cargo-list-ingress',
  `
  podSelector:
    matchLabels:
      app: cargo-list
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: crane
      ports:
        - protocol: TCP
          port: 5432`,
)
const crane = (rest: string): string =>
  policy(
    'harbour',
    'crane-egress',
    `  podSelector:\n    matchLabels:\n      app: crane\n  policyTypes:\n    - Egress\n${rest}`,
  )
const answer = (...documents: readonly string[]): readonly LessonFile[] => [file('policies.yaml', ...documents)]
const SOLUTION = answer(
  DENY,
  IN,
  crane(`  egress:
    - to:
        - podSelector:
            matchLabels:
              app: cargo-list
      ports:
        - protocol: TCP
          port: 5432`),
)

/** A connection needs egress at its source and ingress at its destination. */
export const bothHalves: Lesson = {
  id: 'both-halves',
  title: 'Two doors on the way',
  track: 'basics',
  minutes: 6,
  idea: [
    'A connection passes two doors: **egress at the source**, then **ingress at the destination**. Each pod’s door is worked by the policies that select *that* pod, and both have to be open.',
    'A door that no policy works stands open. That is why one rule is often enough, until somebody closes the other direction as well.',
  ].join('\n\n'),
  task: 'The harbour closes both directions for all its pods. The crane must read the cargo list on port 5432, and there is a rule for it already. It still doesn’t work. Open what is missing, and only that.',
  files: [
    file(
      'cluster.yaml',
      namespace('harbour'),
      deployment('harbour', 'crane', { app: 'crane' }, '8080'),
      deployment('harbour', 'cargo-list', { app: 'cargo-list' }, '5432'),
      deployment('harbour', 'tower', { app: 'tower' }, '8080'),
    ),
    ...answer(DENY, IN),
  ],
  unseen: [file('ship.yaml', namespace('sea'), deployment('sea', 'ship', { app: 'ship' }))],
  predict: [
    guess(at('harbour', 'crane'), at('harbour', 'cargo-list'), 'TCP/5432'),
    guess(at('harbour', 'tower'), at('harbour', 'cargo-list'), 'TCP/5432'),
    guess(at('harbour', 'crane'), { internet: true }, 'TCP/443'),
  ],
  goals: [
    may('the crane reads the cargo list', at('harbour', 'crane'), at('harbour', 'cargo-list'), 'TCP/5432'),
    mayNot('the tower doesn’t read the cargo list', at('harbour', 'tower'), at('harbour', 'cargo-list')),
    mayNot('the crane talks to nobody on the internet', at('harbour', 'crane'), { internet: true }),
    mayNot('the cargo list doesn’t call the crane', at('harbour', 'cargo-list'), at('harbour', 'crane')),
    hidden(mayNot('the crane doesn’t call out to ships', at('harbour', 'crane'), at('sea', 'ship'))),
  ],
  constraints: [{ type: 'untouched', policy: 'harbour/default-deny' }],
  hints: [
    { text: 'Go the way of the packet. Which pod is asked first, and in which direction?' },
    { text: 'The crane is not allowed to send. It needs a policy that selects `app: crane` for `Egress`.' },
    { text: 'Its one rule goes `to` the pods with `app: cargo-list`, on TCP 5432.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'Egress at the source **and** ingress at the destination: ask both ends.',
  wrong: [
    {
      belief: 'The cargo list needs an egress rule towards the crane.',
      files: answer(
        DENY,
        IN,
        policy(
          'harbour',
          'cargo-list-egress',
          `
  podSelector:
    matchLabels:
      app: cargo-list
  policyTypes:
    - Egress
  egress:
    - to:
        - podSelector:
            matchLabels:
              app: crane`,
        ),
      ),
    },
    {
      belief: 'The crane is trusted, so it may send whatever it likes.',
      files: answer(DENY, IN, crane('  egress:\n    - {}')),
    },
    {
      belief: 'The rule on the cargo list is too narrow.',
      files: answer(
        DENY,
        policy(
          'harbour',
          'cargo-list-ingress',
          '  podSelector:\n    matchLabels:\n      app: cargo-list\n  policyTypes:\n    - Ingress\n  ingress:\n    - from:\n        - podSelector: {}',
        ),
      ),
    },
    { belief: 'Selecting the crane for `Egress` opens its egress.', files: answer(DENY, IN, crane('')) },
  ],
}
