import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const CLOSED = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: from-control-room
  namespace: signals
spec:
  podSelector: {}
  policyTypes:
    - Ingress
`
const FROM = `${CLOSED}  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: control-room
`
const SOLUTION = `${FROM}      ports:
        - protocol: TCP
          port: 9000
`
const CONTROL = { namespace: 'control-room' }
const SIGNALS = { namespace: 'signals' }

/** A warm-up in the style of an exam: every word of the task is a field. */
export const onePortForOneNamespace: Lesson = {
  id: 'exam-one-port-for-one-namespace',
  title: 'Drill: one port for one namespace',
  track: 'exam',
  minutes: 5,
  seconds: 300,
  idea: [
    'A task of an exam is a sentence in which **every word is a field**. Underline them before you type: where does the policy live, whom does it select, from where, on which port?',
    'Then check what is *not* said. “Nothing else” means neighbours, too.',
  ].join('\n\n'),
  task: 'In the namespace `signals`, create a policy so that all its pods accept TCP 9000 from all pods of the namespace `control-room`. Nothing else may come in, not even from `signals` itself.',
  files: [
    file(
      'cluster.yaml',
      namespace('signals', { line: 'north' }),
      deployment('signals', 'north-gate', { app: 'north-gate' }, '9000', '9100'),
      deployment('signals', 'south-gate', { app: 'south-gate' }, '9000', '9100'),
      namespace('control-room', { line: 'north' }),
      deployment('control-room', 'desk', { app: 'desk' }),
      namespace('passenger-info', { line: 'north' }),
      deployment('passenger-info', 'screens', { app: 'screens' }),
    ),
    ...answer('# Write your policy here, or draw it.\n'),
  ],
  unseen: [
    file(
      'unseen.yaml',
      deployment('control-room', 'night-desk', { team: 'night' }),
      deployment('signals', 'level-crossing', { kind: 'crossing' }, '9000'),
    ),
  ],
  predict: [
    guess(at('passenger-info', 'screens'), at('signals', 'north-gate'), 'TCP/9000'),
    guess(at('signals', 'north-gate'), at('control-room', 'desk')),
  ],
  goals: [
    may('every pod of control-room reaches every pod of signals on 9000', CONTROL, SIGNALS, 'TCP/9000'),
    mayNot('control-room reaches no other port', CONTROL, SIGNALS, 'TCP/1-8999', 'TCP/9001-65535', 'UDP'),
    mayNot('passenger-info reaches nothing in signals', at('passenger-info', 'screens'), SIGNALS),
    mayNot('the gates don’t reach each other', at('signals', 'north-gate'), at('signals', 'south-gate')),
    may('signals may still call control-room', SIGNALS, CONTROL),
    hidden(
      mayNot(
        'passenger-info may not reach the level crossing, a pod of signals',
        at('passenger-info', 'screens'),
        at('signals', 'level-crossing'),
      ),
    ),
    hidden(
      may(
        'the night desk, a pod of control-room, reaches signals on 9000',
        at('control-room', 'night-desk'),
        SIGNALS,
        'TCP/9000',
      ),
    ),
  ],
  constraints: [],
  hints: [
    hint(
      '“In `signals`, all its pods” is `metadata.namespace` and an empty `podSelector`. With `Ingress` and no rule, nothing comes in.',
      CLOSED,
    ),
    hint('“From all pods of `control-room`” is a `namespaceSelector` with the name label.', FROM),
    hint('“TCP 9000” is `ports`, in the same rule.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember: 'Where, whom, from whom, which port: four fields, four words of the task.',
  wrong: [
    mistake(
      'The label `line: north` is how these namespaces belong together.',
      SOLUTION.replace('kubernetes.io/metadata.name: control-room', 'line: north'),
    ),
    mistake('Callers and ports are two items of the list.', SOLUTION.replace('      ports:', '    - ports:')),
    mistake(
      'I list the two gates and the desk that I see.',
      SOLUTION.replace(
        'podSelector: {}',
        'podSelector:\n    matchExpressions:\n      - { key: app, operator: In, values: [north-gate, south-gate] }',
      ),
    ),
    mistake(
      '`policyTypes` lists both, to be on the safe side.',
      SOLUTION.replace('    - Ingress\n', '    - Ingress\n    - Egress\n'),
    ),
    mistake(
      'The policy goes to the namespace that is named last.',
      SOLUTION.replace('namespace: signals', 'namespace: control-room'),
    ),
  ],
}
