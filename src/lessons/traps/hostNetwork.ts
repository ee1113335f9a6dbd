import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const placed = (text: string, lines: string): string =>
  text.replace('    spec:\n      containers', `    spec:\n${lines}      containers`)
const READER = placed(
  deployment('grid', 'meter-reader', { app: 'meter-reader' }),
  '      nodeName: field-1\n      hostNetwork: true\n',
)
const LEDGER = placed(deployment('grid', 'ledger', { app: 'ledger' }, '5432'), '      nodeName: office-1\n')
const READER_EGRESS = policy(
  'grid',
  'meter-reader-egress',
  '  podSelector:\n    matchLabels:\n      app: meter-reader\n  policyTypes:\n    - Egress',
)
const ledger = (rest: string): string =>
  policy(
    'grid',
    'ledger-ingress',
    `  podSelector:\n    matchLabels:\n      app: ledger\n  policyTypes:\n    - Ingress\n${rest}`,
  )
const pods = (selector: string): string => `  ingress:\n    - from:\n        - podSelector:${selector}`
const answer = (...documents: readonly string[]): readonly LessonFile[] => [file('policies.yaml', ...documents)]
const SOLUTION = answer(READER_EGRESS, ledger(pods('\n            matchLabels:\n              app: accounts')))

/** A hostNetwork pod is its node: no policy selects it. */
export const hostNetwork: Lesson = {
  id: 'host-network',
  title: 'The pod that isn’t a pod',
  track: 'traps',
  minutes: 7,
  idea: [
    'A pod with `hostNetwork: true` has no address of its own. It uses its node’s, and to the network **it is the node**. Kubernetes leaves open what policies do to it; in practice no NetworkPolicy selects it, however well the labels fit, and no `podSelector` in a rule means it.',
    'It can’t be held at its own door. Put the wall around what it must not reach. (On one node even that fails: a pod can’t be closed to the node that it runs on. Here the two run on different ones.)',
  ].join('\n\n'),
  task: 'The power company’s meter reader runs with `hostNetwork`. Its egress policy is ignored, and it can read the ledger. Keep it out of the ledger without touching the reader. Accounts must still get in.',
  files: [
    file('cluster.yaml', namespace('grid'), READER, LEDGER, deployment('grid', 'accounts', { app: 'accounts' })),
    ...answer(READER_EGRESS),
  ],
  unseen: [file('guest.yaml', deployment('grid', 'report', { app: 'report' }))],
  predict: [
    guess(at('grid', 'meter-reader'), at('grid', 'ledger'), 'TCP/5432'),
    guess(at('grid', 'accounts'), at('grid', 'ledger'), 'TCP/5432'),
    guess(at('grid', 'meter-reader'), { internet: true }, 'TCP/443'),
  ],
  goals: [
    mayNot('the meter reader doesn’t read the ledger', at('grid', 'meter-reader'), at('grid', 'ledger')),
    may('accounts read the ledger', at('grid', 'accounts'), at('grid', 'ledger'), 'TCP/5432'),
    may('the meter reader still sends its numbers out', at('grid', 'meter-reader'), { internet: true }, 'TCP/443'),
    hidden(
      mayNot('the report, which runs at night, doesn’t read the ledger', at('grid', 'report'), at('grid', 'ledger')),
    ),
  ],
  constraints: [],
  hints: [
    { text: 'No policy can hold the reader. Which end of the connection can be held?' },
    { text: 'Select the ledger for `Ingress`, and let in `app: accounts` alone.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'Don’t count on a NetworkPolicy to hold `hostNetwork` pods. Guard what they reach.',
  wrong: [
    {
      belief: 'The policy has to be stricter: both directions.',
      files: answer(READER_EGRESS.replace('    - Egress', '    - Ingress\n    - Egress')),
    },
    {
      belief: 'A default deny for the whole namespace will catch it.',
      files: answer(READER_EGRESS, policy('grid', 'default-deny', '  podSelector: {}\n  policyTypes:\n    - Egress')),
    },
    { belief: 'Nobody at all should reach the ledger.', files: answer(READER_EGRESS, ledger('')) },
    { belief: 'Letting in our own pods is safe enough.', files: answer(READER_EGRESS, ledger(pods(' {}'))) },
  ],
}
