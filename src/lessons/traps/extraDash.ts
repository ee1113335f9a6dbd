import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const FROM = `    - from:
        - podSelector:
            matchLabels:
              app: singer
`
const PORTS = `ports:
        - protocol: TCP
          port: 9000
`
const answer = (rules: string): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'karaoke',
      'machine-ingress',
      `  podSelector:\n    matchLabels:\n      app: machine\n  policyTypes:\n    - Ingress\n  ingress:\n${rules}`,
    ),
  ),
]
const SOLUTION = answer(`${FROM}      ${PORTS}`)

/** `from` and `ports` in two items are two rules: anyone on that port, those pods on any port. */
export const extraDash: Lesson = {
  id: 'extra-dash',
  title: 'Two rules by accident',
  track: 'traps',
  minutes: 5,
  idea: [
    'A rule is one item of `ingress`: `from` says who, `ports` says where, and both must fit. **A dash in front of `ports` ends the rule and starts another one.**',
    'Then there is one rule without ports, “these pods, on any port”, and one without `from`: “anyone, on this port”. The second one opens the pod to the whole world.',
  ].join('\n\n'),
  task: 'Only singers may use the karaoke machine, and only on port 9000. Its policy nearly says so.',
  files: [
    file(
      'cluster.yaml',
      namespace('karaoke'),
      deployment('karaoke', 'machine', { app: 'machine' }, 'songs: 9000', 'settings: 9001'),
      deployment('karaoke', 'singer', { app: 'singer' }),
      deployment('karaoke', 'audience', { app: 'audience' }),
    ),
    ...answer(`${FROM}    - ${PORTS}`),
  ],
  unseen: [file('bar.yaml', namespace('bar'), deployment('bar', 'singer', { app: 'singer' }))],
  predict: [
    guess(at('karaoke', 'singer'), at('karaoke', 'machine'), 'TCP/9000'),
    guess(at('karaoke', 'singer'), at('karaoke', 'machine'), 'TCP/9001'),
    guess(at('karaoke', 'audience'), at('karaoke', 'machine'), 'TCP/9000'),
    guess(at('karaoke', 'audience'), at('karaoke', 'machine'), 'TCP/9001'),
  ],
  goals: [
    may('singers choose songs', at('karaoke', 'singer'), at('karaoke', 'machine'), 'TCP/9000'),
    mayNot('singers leave the settings alone', at('karaoke', 'singer'), at('karaoke', 'machine'), 'TCP/9001'),
    mayNot('the audience touches nothing', at('karaoke', 'audience'), at('karaoke', 'machine')),
    hidden(mayNot('singers in the bar next door touch nothing', at('bar', 'singer'), at('karaoke', 'machine'))),
    hidden(mayNot('the internet touches nothing', { internet: true }, at('karaoke', 'machine'))),
  ],
  constraints: [],
  hints: [
    { text: 'How many rules are there? Count the dashes that are in line with the first one under `ingress`.' },
    { text: 'Take the dash in front of `ports` away, and line `ports` up with `from`.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'One rule, one dash. `ports` stands below `from`, without a dash of its own.',
  wrong: [
    { belief: 'The rule with the ports is too much.', files: answer(FROM) },
    { belief: 'The rule with the pods is too much.', files: answer(`    - ${PORTS}`) },
    { belief: 'In another order the port comes first and limits the rest.', files: answer(`    - ${PORTS}${FROM}`) },
    {
      belief: 'Every rule needs the port, so both get it.',
      files: answer(`${FROM}      ${PORTS}    - ${PORTS}`),
    },
  ],
}
