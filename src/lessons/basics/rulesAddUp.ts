import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const studio = (name: string, rest = ''): string =>
  policy('radio', name, `  podSelector:\n    matchLabels:\n      app: studio\n  policyTypes:\n    - Ingress\n${rest}`)
const FROM_STAFF = `  ingress:
    - from:
        - podSelector:
            matchLabels:
              staff: radio
`
const NOT_INTERNS = `              - key: app
                operator: NotIn
                values:
                  - intern
`
const answer = (...documents: readonly string[]): readonly LessonFile[] => [file('policies.yaml', ...documents)]
const NARROWED = studio('studio-from-staff', `${FROM_STAFF}            matchExpressions:\n${NOT_INTERNS}`)
const SOLUTION = answer(NARROWED)

/** Rules of all policies add up; none takes anything away, and there is no order. */
export const rulesAddUp: Lesson = {
  id: 'rules-add-up',
  title: 'Rules add up, nothing subtracts',
  track: 'basics',
  minutes: 7,
  idea: [
    'When several policies select one pod, **what any of them allows is allowed**. They add up like guest lists: to be on one is enough.',
    'There is no order and no priority. Neither a name nor a date puts a policy in front, and a policy without rules adds nothing to the lists, but strikes nobody off. To keep somebody out, find the list with the name on it.',
  ].join('\n\n'),
  task: 'Interns keep going on air. Somebody added `studio-no-interns` to stop them, and they still get in. Keep every intern out of the studio. All other staff must get in, also those who join next month.',
  files: [
    file(
      'cluster.yaml',
      namespace('radio'),
      deployment('radio', 'studio', { app: 'studio' }, '8000'),
      deployment('radio', 'presenter', { app: 'presenter', staff: 'radio' }),
      deployment('radio', 'sound', { app: 'sound', staff: 'radio' }),
      deployment('radio', 'intern', { app: 'intern', staff: 'radio' }),
    ),
    ...answer(studio('studio-from-staff', FROM_STAFF), studio('studio-no-interns')),
  ],
  unseen: [
    file(
      'next-month.yaml',
      deployment('radio', 'newsreader', { app: 'newsreader', staff: 'radio' }),
      deployment('radio', 'cleaner', { app: 'cleaner' }),
    ),
  ],
  predict: [
    guess(at('radio', 'presenter'), at('radio', 'studio'), 'TCP/8000'),
    guess(at('radio', 'intern'), at('radio', 'studio'), 'TCP/8000'),
    guess(at('radio', 'studio'), at('radio', 'intern')),
  ],
  goals: [
    may('presenters go on air', at('radio', 'presenter'), at('radio', 'studio'), 'TCP/8000'),
    may('sound engineers go on air', at('radio', 'sound'), at('radio', 'studio'), 'TCP/8000'),
    mayNot('interns don’t go on air', at('radio', 'intern'), at('radio', 'studio')),
    hidden(may('next month’s newsreader goes on air', at('radio', 'newsreader'), at('radio', 'studio'), 'TCP/8000')),
    hidden(
      mayNot('the cleaner, who is not of the staff, doesn’t go on air', at('radio', 'cleaner'), at('radio', 'studio')),
    ),
  ],
  constraints: [],
  hints: [
    { text: 'Which rule lets the intern in? It is not the one that was written last.' },
    {
      text: 'The rule has to say: staff, **and** not an intern. A selector may hold `matchLabels` and `matchExpressions`; a pod must answer to both.',
    },
    {
      text: 'Put `matchExpressions` with `NotIn` under the same `podSelector`. The second policy is of no use and may go.',
      files: SOLUTION,
    },
  ],
  solution: SOLUTION,
  remember: 'Allowed by one is allowed. To take something away, change the rule that gives it.',
  wrong: [
    {
      belief: 'Policies go by name, so the denial has to come first in the alphabet.',
      files: answer(studio('00-studio-no-interns'), studio('studio-from-staff', FROM_STAFF)),
    },
    {
      belief: 'If the other policy allows everyone but interns, interns are out.',
      files: answer(
        studio('studio-from-staff', FROM_STAFF),
        studio(
          'studio-no-interns',
          `  ingress:\n    - from:\n        - podSelector:\n            matchExpressions:\n${NOT_INTERNS}`,
        ),
      ),
    },
    {
      belief: 'I list those who may come in by their apps.',
      files: answer(
        studio(
          'studio-from-staff',
          `  ingress:
    - from:
        - podSelector:
            matchExpressions:
              - key: app
                operator: In
                values:
                  - presenter
                  - sound
`,
        ),
      ),
    },
    {
      belief: 'Everyone who is not an intern is staff.',
      files: answer(
        studio(
          'studio-from-staff',
          `  ingress:\n    - from:\n        - podSelector:\n            matchExpressions:\n${NOT_INTERNS}`,
        ),
      ),
    },
    { belief: 'The wide rule has to go, then the denial works.', files: answer(studio('studio-no-interns')) },
  ],
}
