import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (types: string, rest = ''): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'pharmacy',
      'dispensary-egress',
      `
  podSelector:
    matchLabels:
      app: dispensary
${types}${rest}  egress:
    - to:
        - podSelector:
            matchLabels:
              app: stock
      ports:
        - protocol: TCP
          port: 5432`,
    ),
  ),
]
const EGRESS = '  policyTypes:\n    - Egress\n'
const BOTH = '  policyTypes:\n    - Ingress\n    - Egress\n'
const SOLUTION = answer(EGRESS)

/** Without `policyTypes`, a policy is about ingress too, whatever its rules are. */
export const policyTypesDefault: Lesson = {
  id: 'policy-types-default',
  title: 'The direction nobody wrote',
  track: 'traps',
  minutes: 6,
  idea: [
    'If `policyTypes` is left out, Kubernetes fills it in: `Ingress` **always**, and `Egress` if there is an egress rule. So a policy with egress rules alone closes the way *in* as well, without a word about it.',
    'The other way round, rules of a direction that `policyTypes` does not list are simply ignored.',
  ].join('\n\n'),
  task: 'The pharmacy limited what its dispensary may send. Since then the counter, in a namespace of its own, can’t reach the dispensary any more. Make the policy be about egress and nothing else.',
  files: [
    file(
      'cluster.yaml',
      namespace('pharmacy'),
      deployment('pharmacy', 'dispensary', { app: 'dispensary' }, '8080'),
      deployment('pharmacy', 'stock', { app: 'stock' }, '5432'),
      namespace('counter'),
      deployment('counter', 'till', { app: 'till' }),
    ),
    ...answer(''),
  ],
  unseen: [file('night.yaml', namespace('night'), deployment('night', 'bell', { app: 'bell' }))],
  predict: [
    guess(at('pharmacy', 'dispensary'), at('pharmacy', 'stock'), 'TCP/5432'),
    guess(at('pharmacy', 'dispensary'), { internet: true }, 'TCP/443'),
    guess(at('counter', 'till'), at('pharmacy', 'dispensary'), 'TCP/8080'),
  ],
  goals: [
    may('the till reaches the dispensary', at('counter', 'till'), at('pharmacy', 'dispensary'), 'TCP/8080'),
    may('the dispensary reads the stock', at('pharmacy', 'dispensary'), at('pharmacy', 'stock'), 'TCP/5432'),
    mayNot('the dispensary sends nothing to the internet', at('pharmacy', 'dispensary'), { internet: true }),
    hidden(may('the night bell reaches the dispensary', at('night', 'bell'), at('pharmacy', 'dispensary'), 'TCP/8080')),
  ],
  constraints: [{ type: 'at-most', policies: 1 }],
  hints: [
    {
      text: 'Look at the lock on the dispensary: which directions are closed? Which of them does the policy speak of?',
    },
    { text: 'Write down what is meant: `policyTypes` with `Egress` only.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'Always write `policyTypes`. Left out, it includes `Ingress`.',
  wrong: [
    { belief: 'List both, since both happen.', files: answer(BOTH) },
    {
      belief: 'The counter needs ingress, so `Ingress` has to be listed.',
      files: answer('  policyTypes:\n    - Ingress\n'),
    },
    {
      belief: 'The till has to be let in by a rule with its label.',
      files: answer(
        BOTH,
        '  ingress:\n    - from:\n        - podSelector:\n            matchLabels:\n              app: till\n',
      ),
    },
    {
      belief: 'The till has to be let in by a rule with its namespace.',
      files: answer(
        BOTH,
        '  ingress:\n    - from:\n        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: counter\n',
      ),
    },
  ],
}
