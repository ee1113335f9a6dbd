import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const CLOSED = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: records-from-lab
  namespace: hospital
spec:
  podSelector:
    matchLabels:
      app: records
  policyTypes:
    - Ingress
`
const SOLUTION = `${CLOSED}  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: lab
          podSelector:
            matchLabels:
              app: analyser
`
const ANY_OF_LAB = `${CLOSED}  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: lab
`

/** Both selectors in one list item: pods of this kind in those namespaces. */
export const somePodsOfANamespace: Lesson = {
  id: 'some-pods-of-a-namespace',
  title: 'Some pods of another namespace',
  track: 'everyday',
  minutes: 6,
  idea: [
    'One item of `from` may hold a `namespaceSelector` **and** a `podSelector`. Then a caller has to fit both: it lives over there *and* it has that label.',
    'In YAML one item is one dash. The second selector stands under the first without a dash of its own.',
  ].join('\n\n'),
  task: 'Of the namespace `lab`, only the `analyser` may call the hospital’s `records`. Nobody else may.',
  files: [
    file(
      'cluster.yaml',
      namespace('hospital'),
      deployment('hospital', 'records', { app: 'records' }, '8443'),
      deployment('hospital', 'reception', { app: 'reception' }),
      namespace('lab'),
      deployment('lab', 'analyser', { app: 'analyser' }),
      deployment('lab', 'label-printer', { app: 'label-printer' }),
    ),
    file('policies.yaml', '# Patients’ records are open to the whole cluster. Let us change that.\n'),
  ],
  unseen: [
    file(
      'unseen.yaml',
      deployment('hospital', 'pulse', { app: 'analyser' }),
      namespace('research'),
      deployment('research', 'analyser', { app: 'analyser' }),
    ),
  ],
  predict: [
    guess(at('lab', 'label-printer'), at('hospital', 'records'), 'TCP/8443'),
    guess(at('lab', 'analyser'), at('hospital', 'records'), 'TCP/8443'),
  ],
  goals: [
    may('the lab’s analyser may call records', at('lab', 'analyser'), at('hospital', 'records'), 'TCP/8443'),
    mayNot('the lab’s label printer may not call records', at('lab', 'label-printer'), at('hospital', 'records')),
    mayNot('the reception may not call records', at('hospital', 'reception'), at('hospital', 'records')),
    hidden(
      mayNot(
        'an analyser of the hospital itself may not call records',
        at('hospital', 'pulse'),
        at('hospital', 'records'),
      ),
    ),
    hidden(
      mayNot(
        'an analyser of another namespace, research, may not call records',
        at('research', 'analyser'),
        at('hospital', 'records'),
      ),
    ),
  ],
  constraints: [],
  hints: [
    hint('Close `records` first: a policy in `hospital` for `app: records`, `Ingress`, no rule.', CLOSED),
    hint('Let in the whole `lab` by its name label. The printer comes along, for the moment.', ANY_OF_LAB),
    hint(
      'Narrow that same item: add `podSelector` with `app: analyser` below `namespaceSelector`, in the same column and without a dash.',
      SOLUTION,
    ),
  ],
  solution: answer(SOLUTION),
  remember: 'One dash, two selectors: both must fit. Two dashes: either will do.',
  wrong: [
    mistake(
      'A dash before each selector only makes the list tidier.',
      SOLUTION.replace('          podSelector', '        - podSelector'),
    ),
    mistake('The namespace is enough: who is in it can be trusted.', ANY_OF_LAB),
    mistake(
      'A pod selector looks for its label in the whole cluster.',
      `${CLOSED}  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: analyser
`,
    ),
    mistake(
      'The namespace doesn’t matter if the label of the pods is right.',
      SOLUTION.replace(
        'namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: lab',
        'namespaceSelector: {}',
      ),
    ),
  ],
}
