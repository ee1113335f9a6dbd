import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const OUT = policy(
  'kitchen',
  'orders-egress',
  `
  podSelector:
    matchLabels:
      app: orders
  policyTypes:
    - Egress
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: payments
          podSelector:
            matchLabels:
              app: cards
      ports:
        - protocol: TCP
          port: 8443`,
)
const DENY = policy('payments', 'default-deny', '  podSelector: {}\n  policyTypes:\n    - Ingress')
const cards = (home: string, peer: string): string =>
  policy(
    home,
    'cards-ingress',
    `  podSelector:\n    matchLabels:\n      app: cards\n  policyTypes:\n    - Ingress\n  ingress:\n    - from:\n${peer}      ports:\n        - protocol: TCP\n          port: 8443`,
  )
const KITCHEN =
  '        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: kitchen\n'
const ORDERS = 'podSelector:\n            matchLabels:\n              app: orders\n'
const answer = (...documents: readonly string[]): readonly LessonFile[] => [
  file('policies.yaml', OUT, DENY, ...documents),
]
const SOLUTION = answer(cards('payments', `${KITCHEN}          ${ORDERS}`))

/** Who looks only at one end of a timeout looks at the wrong one half of the time. */
export const otherHalf: Lesson = {
  id: 'other-half',
  title: 'It isn’t your policy',
  track: 'traps',
  minutes: 7,
  idea: [
    'A denied connection looks like a timeout: the packet is dropped, and nobody says **which end** dropped it. So people widen the policy they know, again and again, while the other team’s stays shut.',
    'Policies are not linked. A rule that lets `orders` send to `cards` does not make `cards` listen. The receiver’s namespace needs a rule of its own, and that one has to name the sender’s namespace.',
  ].join('\n\n'),
  task: 'The kitchen’s `orders` may send to `cards` in `payments` on 8443, and times out. The egress rule is fine. Find the other half and write it, as narrow as the first. Leave the policies that are there alone.',
  files: [
    file(
      'cluster.yaml',
      namespace('kitchen'),
      deployment('kitchen', 'orders', { app: 'orders' }),
      deployment('kitchen', 'menu', { app: 'menu' }),
      namespace('payments'),
      deployment('payments', 'cards', { app: 'cards' }, '8443', '9000'),
    ),
    ...answer(),
  ],
  unseen: [file('tests.yaml', deployment('payments', 'orders', { app: 'orders', purpose: 'test' }))],
  predict: [
    guess(at('kitchen', 'orders'), at('payments', 'cards'), 'TCP/8443'),
    guess(at('kitchen', 'menu'), at('payments', 'cards'), 'TCP/8443'),
    guess(at('kitchen', 'orders'), at('kitchen', 'menu')),
  ],
  goals: [
    may('orders are paid by card', at('kitchen', 'orders'), at('payments', 'cards'), 'TCP/8443'),
    mayNot('orders reach nothing else of cards', at('kitchen', 'orders'), at('payments', 'cards'), 'TCP/9000'),
    mayNot('the menu doesn’t reach cards', at('kitchen', 'menu'), at('payments', 'cards')),
    hidden(mayNot('test orders inside payments don’t reach cards', at('payments', 'orders'), at('payments', 'cards'))),
  ],
  constraints: [
    { type: 'untouched', policy: 'kitchen/orders-egress' },
    { type: 'untouched', policy: 'payments/default-deny' },
  ],
  hints: [
    { text: 'Ask for the reason: select the connection and read both halves. Which one is denied, and who closes it?' },
    { text: 'A new policy in `payments` has to select `app: cards` for `Ingress`.' },
    {
      text: 'Its rule names the namespace `kitchen` and, in the same item, `app: orders`. The port is 8443.',
      files: SOLUTION,
    },
  ],
  solution: SOLUTION,
  remember: 'A timeout has two possible owners. Look at both halves before you widen one.',
  wrong: [
    {
      belief: 'The kitchen’s policy has to be wider.',
      files: [file('policies.yaml', OUT.replace(/ {6}ports:\n.*\n.*\n/, ''), DENY)],
    },
    { belief: 'A rule in the kitchen can open cards.', files: answer(cards('kitchen', `        - ${ORDERS}`)) },
    { belief: 'The label of the sender is enough.', files: answer(cards('payments', `        - ${ORDERS}`)) },
    { belief: 'The whole kitchen is trustworthy.', files: answer(cards('payments', KITCHEN)) },
  ],
}
