import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (spec: string, home = 'bakery', name = 'close-oven'): readonly LessonFile[] => [
  file('policies.yaml', policy(home, name, spec)),
]
const SOLUTION = answer(`
  podSelector:
    matchLabels:
      app: oven
  policyTypes:
    - Ingress`)

/** Without policies every pod reaches every pod. */
export const openByDefault: Lesson = {
  id: 'open-by-default',
  title: 'Open until you say otherwise',
  track: 'basics',
  minutes: 5,
  idea: [
    'A fresh cluster is one big open floor: **every pod may connect to every pod, on every port**. A namespace is a name on a door, not a wall. A Service is a signpost: without one, the pod’s address works just as well.',
    'The first policy that selects a pod for `Ingress` puts up a wall around *that* pod. All others stay as open as before.',
  ].join('\n\n'),
  task: 'Anyone in the cluster can turn the bakery’s oven up, even passers-by. Close the oven to everybody. The shop has to stay open, and the oven must still be able to ring the shop when the bread is done.',
  files: [
    file(
      'cluster.yaml',
      namespace('bakery'),
      deployment('bakery', 'oven', { app: 'oven' }, '9000'),
      deployment('bakery', 'shop', { app: 'shop' }, '8080'),
      namespace('street'),
      deployment('street', 'passer-by', { app: 'passer-by' }),
    ),
    file('policies.yaml', '# No policies yet.'),
  ],
  unseen: [file('yard.yaml', namespace('yard'), deployment('yard', 'van', { app: 'van' }))],
  predict: [
    guess(at('street', 'passer-by'), at('bakery', 'oven'), 'TCP/9000'),
    guess(at('bakery', 'oven'), at('street', 'passer-by')),
    guess(at('bakery', 'oven'), { internet: true }, 'TCP/443'),
  ],
  goals: [
    mayNot('no passer-by touches the oven', at('street', 'passer-by'), at('bakery', 'oven')),
    mayNot('not even the shop touches the oven', at('bakery', 'shop'), at('bakery', 'oven')),
    may('passers-by still get into the shop', at('street', 'passer-by'), at('bakery', 'shop'), 'TCP/8080'),
    may('the oven can still ring the shop', at('bakery', 'oven'), at('bakery', 'shop'), 'TCP/8080'),
    hidden(mayNot('the delivery van in the yard doesn’t touch the oven', at('yard', 'van'), at('bakery', 'oven'))),
  ],
  constraints: [],
  hints: [
    { text: 'The wall belongs around the oven, so the policy lives in the oven’s namespace and selects the oven.' },
    {
      text: 'Select `app: oven` and list `Ingress` under `policyTypes`. What is not written is not allowed in: no rule is needed.',
    },
    { text: 'This is the whole policy.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'No policy, no wall. A wall is put up pod by pod, by selecting.',
  wrong: [
    {
      belief: 'An empty `podSelector` is the safe choice.',
      files: answer('  podSelector: {}\n  policyTypes:\n    - Ingress', 'bakery', 'close-all'),
    },
    {
      belief: 'I have to stop those who call, so the policy belongs to the street.',
      files: answer(
        '  podSelector:\n    matchLabels:\n      app: passer-by\n  policyTypes:\n    - Egress',
        'street',
        'stop-passers-by',
      ),
    },
    {
      belief: 'Closing means both directions.',
      files: answer(`
  podSelector:
    matchLabels:
      app: oven
  policyTypes:
    - Ingress
    - Egress`),
    },
    {
      belief: 'The oven’s own namespace is harmless.',
      files: answer(`
  podSelector:
    matchLabels:
      app: oven
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector: {}`),
    },
  ],
}
