import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const IN = policy(
  'hotel',
  'reception-ingress',
  `
  podSelector:
    matchLabels:
      app: reception
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: guest
      ports:
        - protocol: TCP
          port: 8080`,
)
const egress = (rules: string): string =>
  policy(
    'hotel',
    'reception-answers',
    `  podSelector:\n    matchLabels:\n      app: reception\n  policyTypes:\n    - Egress\n${rules}`,
  )
const answer = (...documents: readonly string[]): readonly LessonFile[] => [file('policies.yaml', IN, ...documents)]
const TO_GUESTS = '  egress:\n    - to:\n        - podSelector:\n            matchLabels:\n              app: guest\n'
const SOLUTION = answer(egress(''))

/** Answers belong to the connection: only who opens it needs a rule. */
export const repliesAreFree: Lesson = {
  id: 'replies-are-free',
  title: 'Answers need no rule',
  track: 'basics',
  minutes: 5,
  idea: [
    'Policies decide **who may open a connection**. Once it is open, the answers travel back on it, whatever the egress policies of the answering pod say.',
    'So a rule “for the answers” is not just needless. It allows something new: connections that the other side opens by itself.',
  ].join('\n\n'),
  task: 'Guests call the hotel’s reception. To let the answers back, somebody allowed the reception to connect to guests, and now it rings them at night. The reception must open no connections at all. Guests must get through as before.',
  files: [
    file(
      'cluster.yaml',
      namespace('hotel'),
      deployment('hotel', 'reception', { app: 'reception' }, '8080'),
      deployment('hotel', 'guest', { app: 'guest' }, '8080'),
    ),
    ...answer(egress(TO_GUESTS)),
  ],
  unseen: [file('rooms.yaml', deployment('hotel', 'minibar', { app: 'minibar' }, '9000'))],
  predict: [
    guess(at('hotel', 'guest'), at('hotel', 'reception'), 'TCP/8080'),
    guess(at('hotel', 'reception'), at('hotel', 'guest'), 'TCP/8080'),
    guess(at('hotel', 'reception'), { internet: true }, 'TCP/443'),
  ],
  goals: [
    may('guests get an answer from the reception', at('hotel', 'guest'), at('hotel', 'reception'), 'TCP/8080'),
    mayNot('the reception rings no guest', at('hotel', 'reception'), at('hotel', 'guest')),
    mayNot('the reception opens nothing to the internet', at('hotel', 'reception'), { internet: true }),
    hidden(mayNot('the reception doesn’t look into minibars', at('hotel', 'reception'), at('hotel', 'minibar'))),
  ],
  constraints: [{ type: 'untouched', policy: 'hotel/reception-ingress' }],
  hints: [
    { text: 'Who opens the connection when a guest asks something? Only that side needs a way out.' },
    {
      text: 'Take the egress rule away and leave the policy: a selected pod without rules sends nothing of its own.',
      files: SOLUTION,
    },
  ],
  solution: SOLUTION,
  remember: 'Rules say who may open a connection. The answer comes back on it by itself.',
  wrong: [
    {
      belief: 'The rule is right, it only needs the port.',
      files: answer(egress(`${TO_GUESTS}      ports:\n        - protocol: TCP\n          port: 8080`)),
    },
    {
      belief: 'Answers go to high ports, so I open those.',
      files: answer(
        egress('  egress:\n    - ports:\n        - protocol: TCP\n          port: 32768\n          endPort: 65535'),
      ),
    },
    { belief: 'Without the policy for answers there are no calls.', files: answer() },
    { belief: 'An empty rule allows only what is asked for.', files: answer(egress('  egress:\n    - {}')) },
  ],
}
