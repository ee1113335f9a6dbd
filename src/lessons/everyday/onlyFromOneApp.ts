import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const CLOSED = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ledger-from-teller
  namespace: bank
spec:
  podSelector:
    matchLabels:
      app: ledger
  policyTypes:
    - Ingress
`
const SOLUTION = `${CLOSED}  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: teller
`

/** Who is protected stands in `spec.podSelector`, who may come in stands in `from`. */
export const onlyFromOneApp: Lesson = {
  id: 'only-from-one-app',
  title: 'Only from one app',
  track: 'everyday',
  minutes: 5,
  idea: [
    'A NetworkPolicy names two groups of pods. `spec.podSelector` says **who is protected**. `from` says **who may come in**.',
    'Put it where the protected pods live, and read it aloud once: “the ledger lets in the teller”. If the sentence is wrong, the policy is.',
  ].join('\n\n'),
  task: 'In the bank, only `teller` may call `ledger`. Leave all other connections as they are.',
  files: [
    file(
      'cluster.yaml',
      namespace('bank'),
      deployment('bank', 'teller', { app: 'teller' }, '7100'),
      deployment('bank', 'ledger', { app: 'ledger' }, '7000'),
      deployment('bank', 'statements', { app: 'statements' }, '7200'),
    ),
    file('policies.yaml', '# No policy yet: everyone in the bank may call everyone.\n'),
  ],
  unseen: [
    file(
      'unseen.yaml',
      deployment('bank', 'newsletter', { app: 'newsletter' }),
      namespace('training'),
      deployment('training', 'teller', { app: 'teller' }),
    ),
  ],
  predict: [
    guess(at('bank', 'statements'), at('bank', 'ledger'), 'TCP/7000'),
    guess(at('bank', 'teller'), at('bank', 'ledger'), 'TCP/7000'),
  ],
  goals: [
    may('teller may call ledger', at('bank', 'teller'), at('bank', 'ledger'), 'TCP/7000'),
    mayNot('statements may not call ledger', at('bank', 'statements'), at('bank', 'ledger')),
    may('statements may still call teller', at('bank', 'statements'), at('bank', 'teller'), 'TCP/7100'),
    hidden(
      mayNot(
        'newsletter, another app of the bank, may not call ledger',
        at('bank', 'newsletter'),
        at('bank', 'ledger'),
      ),
    ),
    hidden(
      mayNot(
        'the teller of the training namespace may not call ledger',
        at('training', 'teller'),
        at('bank', 'ledger'),
      ),
    ),
  ],
  constraints: [],
  hints: [
    hint(
      'Start with who is protected: a policy in `bank` that selects `app: ledger`, for `Ingress`, without any rule. Now nobody comes in.',
      CLOSED,
    ),
    hint(
      'Then add one rule: `from` with a `podSelector` for `app: teller`. Without a `namespaceSelector` it means pods of the same namespace.',
      SOLUTION,
    ),
  ],
  solution: answer(SOLUTION),
  remember:
    '`spec.podSelector` is who is protected, `from` is who may come in. A `podSelector` alone stays in its own namespace.',
  wrong: [
    mistake(
      'The policy belongs to the caller, so it selects the teller.',
      SOLUTION.replace('app: ledger', 'app: teller').replace('              app: teller', '              app: ledger'),
    ),
    mistake(
      'An empty `spec.podSelector` is fine, since `from` says it all.',
      SOLUTION.replace('podSelector:\n    matchLabels:\n      app: ledger', 'podSelector: {}'),
    ),
    mistake(
      'To say “teller” properly I have to name a namespace too, and `{}` is this one.',
      SOLUTION.replace('- podSelector:', '- namespaceSelector: {}\n          podSelector:'),
    ),
    mistake('A policy that selects the ledger without a rule only lets in what is needed.', CLOSED),
  ],
}
