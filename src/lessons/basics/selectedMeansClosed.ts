import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const archive = (peers: string): string =>
  policy(
    'gazette',
    'archive-ingress',
    `
  podSelector:
    matchLabels:
      app: archive
  policyTypes:
    - Ingress
  ingress:
    - from:
${peers}`,
  )
const pods = (app: string): string => `        - podSelector:\n            matchLabels:\n              app: ${app}\n`
const answer = (...documents: readonly string[]): readonly LessonFile[] => [file('policies.yaml', ...documents)]
const SOLUTION = answer(archive(pods('editor') + pods('reporter')))

/** Being selected isolates a pod: an allow denies all that it does not name. */
export const selectedMeansClosed: Lesson = {
  id: 'selected-means-closed',
  title: 'Selected means closed',
  track: 'basics',
  minutes: 6,
  idea: [
    'A policy does two things at once. **It closes**: as soon as it selects a pod for `Ingress`, nothing gets into that pod any more. **It opens**: what its rules name may come in.',
    'That is why the first “allow” for a pod shuts out everybody else. There is no need to write a denial, and no way to: whatever no rule names is denied.',
  ].join('\n\n'),
  task: 'At the Gazette somebody wrote a policy “to give the editor access to the archive”. Since then the reporters can’t get in. Let them in again, and keep readers and everyone else out.',
  files: [
    file(
      'cluster.yaml',
      namespace('gazette'),
      deployment('gazette', 'editor', { app: 'editor' }),
      deployment('gazette', 'reporter', { app: 'reporter' }),
      deployment('gazette', 'archive', { app: 'archive' }, '5432'),
      namespace('readers'),
      deployment('readers', 'subscriber', { app: 'subscriber' }),
    ),
    ...answer(archive(pods('editor'))),
  ],
  unseen: [file('printing.yaml', deployment('gazette', 'printing-press', { app: 'printing-press' }))],
  predict: [
    guess(at('gazette', 'editor'), at('gazette', 'archive'), 'TCP/5432'),
    guess(at('gazette', 'reporter'), at('gazette', 'archive'), 'TCP/5432'),
    guess(at('gazette', 'archive'), at('gazette', 'reporter')),
  ],
  goals: [
    may('editors read the archive', at('gazette', 'editor'), at('gazette', 'archive'), 'TCP/5432'),
    may('reporters read the archive', at('gazette', 'reporter'), at('gazette', 'archive'), 'TCP/5432'),
    mayNot('subscribers don’t read the archive', at('readers', 'subscriber'), at('gazette', 'archive')),
    hidden(
      mayNot('the printing press doesn’t read the archive', at('gazette', 'printing-press'), at('gazette', 'archive')),
    ),
  ],
  constraints: [],
  hints: [
    {
      text: 'The archive is closed because it is selected. Don’t look for a denial: look for who is missing from the rules.',
    },
    { text: '`from` is a list. Each dash is one more group that may come in.' },
    { text: 'Add a second item for `app: reporter`.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'Selecting closes, rules open. Whoever no rule names stays outside.',
  wrong: [
    {
      belief: 'The reporters are locked out, so the rule has to be about them.',
      files: answer(archive(pods('reporter'))),
    },
    { belief: 'The policy is to blame; without it everything worked.', files: answer('# The policy is gone.') },
    {
      belief: 'Everyone in our own namespace is a colleague.',
      files: answer(archive('        - podSelector: {}')),
    },
    {
      belief: 'The reporters need a policy of their own that lets them read.',
      files: answer(
        archive(pods('editor')),
        policy(
          'gazette',
          'reporter-ingress',
          `
  podSelector:
    matchLabels:
      app: reporter
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: archive`,
        ),
      ),
    },
  ],
}
