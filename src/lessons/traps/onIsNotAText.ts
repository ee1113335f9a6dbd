import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (value: string): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'lighthouse',
      'lit-lamps-ingress',
      `  podSelector:\n    matchLabels:\n      lit: ${value}\n  policyTypes:\n    - Ingress`,
    ),
  ),
]
const SOLUTION = answer('"on"')

/** on, off, yes and no are no texts in Kubernetes' YAML, and labels are texts. */
export const onIsNotAText: Lesson = {
  id: 'on-is-not-a-text',
  title: 'When “on” means true',
  track: 'traps',
  minutes: 5,
  idea: [
    'kubectl reads YAML in an older dialect, in which `on`, `off`, `yes`, `no`, `true` and `false` without quotes are **truth values**, not words. Numbers are numbers, too.',
    'A label is always a text. So `lit: on` is not the label `on`: the API server refuses the whole policy, and a policy that was refused guards nothing. In quotes it is a word.',
  ].join('\n\n'),
  task: 'Lamps that are lit, and only those, must not be touched by anyone. The policy for them was never accepted. Mend it.',
  files: [
    file(
      'cluster.yaml',
      namespace('lighthouse'),
      deployment('lighthouse', 'north-lamp', { app: 'north-lamp', lit: '"on"' }, '7000'),
      deployment('lighthouse', 'south-lamp', { app: 'south-lamp', lit: '"off"' }, '7000'),
      deployment('lighthouse', 'keeper', { app: 'keeper' }),
    ),
    ...answer('on'),
  ],
  unseen: [file('buoys.yaml', deployment('lighthouse', 'buoy', { app: 'buoy', lit: '"on"' }, '7000'))],
  predict: [
    guess(at('lighthouse', 'keeper'), at('lighthouse', 'north-lamp'), 'TCP/7000'),
    guess(at('lighthouse', 'keeper'), at('lighthouse', 'south-lamp'), 'TCP/7000'),
  ],
  goals: [
    mayNot('nobody touches the lamp that is lit', at('lighthouse', 'keeper'), at('lighthouse', 'north-lamp')),
    may(
      'the keeper cleans the lamp that is not',
      at('lighthouse', 'keeper'),
      at('lighthouse', 'south-lamp'),
      'TCP/7000',
    ),
    hidden(mayNot('nobody touches the buoy that is lit', at('lighthouse', 'keeper'), at('lighthouse', 'buoy'))),
  ],
  constraints: [],
  hints: [
    { text: 'Compare the label in the Deployment with the one in the policy. One small thing is different.' },
    { text: 'Put quotes around `on`.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'Quote label values that look like a truth value or a number: `"on"`, `"no"`, `"1"`.',
  broken: true,
  wrong: [
    { belief: 'If `on` means true, I write `true`.', files: answer('true') },
    { belief: 'Then the text must be "true".', files: answer('"true"') },
    { belief: '`yes` is a word.', files: answer('yes') },
    { belief: 'A capital makes it a word.', files: answer('On') },
    { belief: 'Labels don’t care about capitals.', files: answer('"On"') },
  ],
}
