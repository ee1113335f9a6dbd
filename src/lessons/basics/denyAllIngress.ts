import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (spec: string): readonly LessonFile[] => [
  file('policies.yaml', policy('railway', 'default-deny-ingress', spec)),
]
const SOLUTION = answer('  podSelector: {}\n  policyTypes:\n    - Ingress')

/** An empty selector and no rule: nobody gets into any pod of the namespace. */
export const denyAllIngress: Lesson = {
  id: 'deny-all-ingress',
  title: 'Close all doors inwards',
  track: 'basics',
  minutes: 5,
  idea: [
    'To guard pods one by one is to forget one. A **default deny** turns it around: `podSelector: {}` asks for no label at all, so every pod of the namespace answers to it. With `Ingress` and not a single rule, nothing gets in anywhere.',
    'It is about one direction. What the pods themselves send is another matter.',
  ].join('\n\n'),
  task: 'The railway guards its switchboard and nothing else. Make the policy close every pod of `railway` to all callers, those that will be added later too. The timetable still has to send its news to the station’s display.',
  files: [
    file(
      'cluster.yaml',
      namespace('railway'),
      deployment('railway', 'switchboard', { app: 'switchboard' }, '7000'),
      deployment('railway', 'timetable', { app: 'timetable' }, '8080'),
      namespace('station'),
      deployment('station', 'display', { app: 'display' }, '8080'),
      deployment('station', 'kiosk', { app: 'kiosk' }),
    ),
    ...answer('  podSelector:\n    matchLabels:\n      app: switchboard\n  policyTypes:\n    - Ingress'),
  ],
  unseen: [file('depot.yaml', deployment('railway', 'depot', { yard: 'north' }, '6000'))],
  predict: [
    guess(at('station', 'kiosk'), at('railway', 'switchboard'), 'TCP/7000'),
    guess(at('station', 'kiosk'), at('railway', 'timetable'), 'TCP/8080'),
    guess(at('railway', 'timetable'), at('railway', 'switchboard'), 'TCP/7000'),
  ],
  goals: [
    mayNot('the kiosk doesn’t get at the switchboard', at('station', 'kiosk'), at('railway', 'switchboard')),
    mayNot('the kiosk doesn’t get at the timetable', at('station', 'kiosk'), at('railway', 'timetable')),
    mayNot(
      'neighbours keep out as well, the switchboard for one',
      at('railway', 'switchboard'),
      at('railway', 'timetable'),
    ),
    may('the timetable feeds the display', at('railway', 'timetable'), at('station', 'display'), 'TCP/8080'),
    hidden(
      mayNot(
        'the depot, built later and without an app label, is closed',
        at('station', 'kiosk'),
        at('railway', 'depot'),
      ),
    ),
  ],
  constraints: [{ type: 'at-most', policies: 1 }],
  hints: [
    { text: 'Only the selector is too narrow. Which selector does every pod answer to, whatever its labels?' },
    { text: 'Write `podSelector: {}`. Leave out rules, and leave `policyTypes` as it is.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember:
    '`podSelector: {}` with `policyTypes: [Ingress]` and no rules: every pod of the namespace is closed to callers.',
  wrong: [
    {
      belief: 'Every pod has an `app` label, so I ask for that.',
      files: answer(`
  podSelector:
    matchExpressions:
      - key: app
        operator: Exists
  policyTypes:
    - Ingress`),
    },
    {
      belief: 'An empty rule allows nothing.',
      files: answer('  podSelector: {}\n  policyTypes:\n    - Ingress\n  ingress:\n    - {}'),
    },
    {
      belief: 'A default deny always names both directions.',
      files: answer('  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress'),
    },
    {
      belief: 'Closing the namespace means closing it to others.',
      files: answer(
        '  podSelector: {}\n  policyTypes:\n    - Ingress\n  ingress:\n    - from:\n        - podSelector: {}',
      ),
    },
  ],
}
