import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const DENY = policy('museum', 'default-deny', '  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress')
const website = (ingress: string): string =>
  policy(
    'museum',
    'website-ingress',
    `  podSelector:\n    matchLabels:\n      app: website\n  policyTypes:\n    - Ingress\n${ingress}`,
  )
const BACKUP = policy(
  'museum',
  'backup-egress',
  '  podSelector:\n    matchLabels:\n      app: backup\n  policyTypes:\n    - Egress\n  egress:\n    - {}',
)
const answer = (...documents: readonly string[]): readonly LessonFile[] => [file('policies.yaml', DENY, ...documents)]
const OPEN = website('  ingress:\n    - {}')
const SOLUTION = answer(OPEN, BACKUP)

/** One rule without conditions opens a direction completely. */
export const allowAll: Lesson = {
  id: 'allow-all',
  title: 'One empty rule opens everything',
  track: 'basics',
  minutes: 7,
  idea: [
    'A rule is a list of conditions: from whom, on which ports. **A rule without conditions is always fulfilled.** So `ingress:` with the single item `- {}` lets everyone in, from inside the cluster and from outside, on every port. `egress:` with `- {}` lets everything out.',
    'It opens that direction of the selected pods, and no more. The other direction, and the other pods, stay as they are.',
  ].join('\n\n'),
  task: 'The museum has closed everything. Its website has to be open to the whole world again, and the backup must be allowed to send anything anywhere. Add what is needed; nothing else opens.',
  files: [
    file(
      'cluster.yaml',
      namespace('museum'),
      deployment('museum', 'website', { app: 'website' }, '8080'),
      deployment('museum', 'paintings', { app: 'paintings' }, '5432'),
      deployment('museum', 'backup', { app: 'backup' }),
      namespace('town'),
      deployment('town', 'visitor', { app: 'visitor' }),
    ),
    ...answer(),
  ],
  unseen: [],
  predict: [
    guess(at('town', 'visitor'), at('museum', 'website'), 'TCP/8080'),
    guess(at('museum', 'website'), at('town', 'visitor')),
    guess(at('museum', 'backup'), { internet: true }, 'TCP/443'),
  ],
  goals: [
    may('the town visits the website', at('town', 'visitor'), at('museum', 'website'), 'TCP/8080'),
    may('the rest of the world visits it too', { internet: true }, at('museum', 'website'), 'TCP/8080'),
    may('the backup sends wherever it wants', at('museum', 'backup'), { internet: true }),
    mayNot('nobody gets at the paintings', at('town', 'visitor'), at('museum', 'paintings')),
    mayNot('the website sends nothing out', at('museum', 'website'), { internet: true }),
    hidden(mayNot('the backup takes nothing in', at('town', 'visitor'), at('museum', 'backup'))),
  ],
  constraints: [{ type: 'untouched', policy: 'museum/default-deny' }],
  hints: [
    { text: 'It takes two policies: one for the website’s way in, one for the backup’s way out.' },
    { text: 'Here is the first. Its one rule has no `from` and no `ports`.', files: answer(OPEN) },
    { text: 'The second is its mirror: `app: backup`, `Egress`, and one rule `- {}`.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember:
    '`- {}` is a rule without conditions: it opens its direction to everyone. An empty list of rules, `ingress: []`, opens nothing.',
  wrong: [
    { belief: 'An empty list has no restrictions.', files: answer(website('  ingress: []'), BACKUP) },
    {
      belief: 'All pods are everyone.',
      files: answer(website('  ingress:\n    - from:\n        - podSelector: {}'), BACKUP),
    },
    {
      belief: 'All namespaces are everyone.',
      files: answer(website('  ingress:\n    - from:\n        - namespaceSelector: {}'), BACKUP),
    },
    {
      belief: 'One policy for all pods with two empty rules is shorter.',
      files: answer(
        policy(
          'museum',
          'open',
          '  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n  ingress:\n    - {}\n  egress:\n    - {}',
        ),
      ),
    },
  ],
}
