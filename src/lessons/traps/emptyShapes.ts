import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const ingress = (app: string, rules: string): string =>
  policy(
    'library',
    `${app}-ingress`,
    `  podSelector:\n    matchLabels:\n      app: ${app}\n  policyTypes:\n    - Ingress\n${rules}`,
  )
const EVERYONE = '  ingress:\n    - {}'
const NOBODY = '  ingress: []'
const HOUSE = '  ingress:\n    - from:\n        - podSelector: {}'
const answer = (desk: string, vault: string, readingRoom: string): readonly LessonFile[] => [
  file('policies.yaml', ingress('desk', desk), ingress('vault', vault), ingress('reading-room', readingRoom)),
]
const SOLUTION = answer(EVERYONE, NOBODY, HOUSE)

/** An empty object fits everything, an empty list of rules allows nothing, an empty list of conditions asks nothing. */
export const emptyShapes: Lesson = {
  id: 'empty-shapes',
  title: 'Empty is not always nothing',
  track: 'traps',
  minutes: 8,
  idea: [
    'Emptiness means what it stands for:',
    '- an empty **selector** `{}` asks for nothing: all pods fit\n- an empty **list of rules** `ingress: []` has no rule: nobody comes in\n- an empty **rule** `- {}` sets no condition: everybody comes in\n- an empty **list of peers** `from: []` sets no condition either: everybody comes in',
    'Ask each time: is this a list of permits, or a list of conditions? No permits, no entry. No conditions, no limit.',
  ].join('\n\n'),
  task: 'In the library the `desk` is for everyone, the `vault` for no one, and the `reading-room` for pods of the library only. All three policies have an empty spot, and all three are wrong.',
  files: [
    file(
      'cluster.yaml',
      namespace('library'),
      deployment('library', 'desk', { app: 'desk' }, '8080'),
      deployment('library', 'vault', { app: 'vault' }, '8080'),
      deployment('library', 'reading-room', { app: 'reading-room' }, '8080'),
      namespace('town'),
      deployment('town', 'passer-by', { app: 'passer-by' }),
    ),
    ...answer(NOBODY, EVERYONE, '  ingress:\n    - from: []'),
  ],
  unseen: [file('restoration.yaml', deployment('library', 'restorer', { job: 'restorer' }))],
  predict: [
    guess(at('town', 'passer-by'), at('library', 'desk'), 'TCP/8080'),
    guess(at('town', 'passer-by'), at('library', 'vault'), 'TCP/8080'),
    guess(at('town', 'passer-by'), at('library', 'reading-room'), 'TCP/8080'),
  ],
  goals: [
    may('anyone may come to the desk', at('town', 'passer-by'), at('library', 'desk'), 'TCP/8080'),
    mayNot('nobody enters the vault', at('library', 'desk'), at('library', 'vault')),
    may('the desk may go to the reading room', at('library', 'desk'), at('library', 'reading-room'), 'TCP/8080'),
    mayNot('passers-by may not go to the reading room', at('town', 'passer-by'), at('library', 'reading-room')),
    hidden(may('the internet may come to the desk', { internet: true }, at('library', 'desk'), 'TCP/8080')),
    hidden(
      may(
        'the restorer, who has no app label, may go to the reading room',
        at('library', 'restorer'),
        at('library', 'reading-room'),
        'TCP/8080',
      ),
    ),
  ],
  constraints: [],
  hints: [
    { text: 'Two of them were mixed up: the desk has what the vault needs.' },
    {
      text: 'Swap them: `- {}` for the desk, `[]` for the vault.',
      files: answer(EVERYONE, NOBODY, '  ingress:\n    - from: []'),
    },
    {
      text: 'The reading room needs a condition: `from` with one item, `podSelector: {}`, which is every pod of the library.',
      files: SOLUTION,
    },
  ],
  solution: SOLUTION,
  remember: 'No rules: nobody. A rule without conditions: everybody. `podSelector: {}`: every pod of this namespace.',
  wrong: [
    { belief: 'All pods, that is everyone.', files: answer(HOUSE, NOBODY, HOUSE) },
    {
      belief: '`from: []` lets in an empty set of callers.',
      files: answer(EVERYONE, '  ingress:\n    - from: []', HOUSE),
    },
    {
      belief: '`namespaceSelector: {}` means this namespace.',
      files: answer(EVERYONE, NOBODY, '  ingress:\n    - from:\n        - namespaceSelector: {}'),
    },
    { belief: 'Without a rule the own namespace may still come in.', files: answer(EVERYONE, NOBODY, NOBODY) },
  ],
}
