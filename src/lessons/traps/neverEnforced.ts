import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const item = (app: string): string => `        - podSelector:\n            matchLabels:\n              app: ${app}\n`
const control = (peers: string, port: number): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'lifts',
      'control-ingress',
      `
  podSelector:
    matchLabels:
      app: control
  policyTypes:
    - Ingress
  ingress:
    - from:
${peers}      ports:
        - protocol: TCP
          port: ${port}`,
    ),
  ),
]
const SOLUTION = control(item('ticket-gate') + item('patrol'), 7000)

/** A CNI that enforces nothing hides every mistake until the day it is replaced. */
export const neverEnforced: Lesson = {
  id: 'never-enforced',
  title: 'The policy that nobody enforced',
  track: 'traps',
  minutes: 8,
  idea: [
    'Kubernetes only stores network policies. **The network plugin (CNI) enforces them, or doesn’t.** Flannel by itself, for one, carries packets and ignores policies: `kubectl apply` says “created”, and everything stays open.',
    'A policy that was never enforced was never tested. Its mistakes come out on the day when a plugin starts to obey it.',
  ].join('\n\n'),
  task: 'The ski lifts ran on Flannel for years. Tonight they move to a plugin that enforces, and what you see here is tomorrow: the lifts stand still. Make the policy do what was always meant: ticket gates and the patrol reach the control on 7000, and nobody else does.',
  files: [
    file(
      'cluster.yaml',
      namespace('lifts'),
      deployment('lifts', 'control', { app: 'control' }, '7000', '7001'),
      deployment('lifts', 'ticket-gate', { app: 'ticket-gate' }),
      deployment('lifts', 'patrol', { app: 'patrol' }),
      deployment('lifts', 'snow-cam', { app: 'snow-cam' }),
    ),
    ...control(item('gate') + item('patrol'), 700),
  ],
  unseen: [file('hut.yaml', namespace('hut'), deployment('hut', 'jukebox', { app: 'jukebox' }))],
  predict: [
    guess(at('lifts', 'ticket-gate'), at('lifts', 'control'), 'TCP/7000'),
    guess(at('lifts', 'patrol'), at('lifts', 'control'), 'TCP/7000'),
    guess(at('lifts', 'snow-cam'), { internet: true }, 'TCP/443'),
  ],
  goals: [
    may('ticket gates reach the control', at('lifts', 'ticket-gate'), at('lifts', 'control'), 'TCP/7000'),
    may('the patrol reaches the control', at('lifts', 'patrol'), at('lifts', 'control'), 'TCP/7000'),
    mayNot('the snow cam doesn’t reach the control', at('lifts', 'snow-cam'), at('lifts', 'control')),
    mayNot('the maintenance port 7001 stays shut', at('lifts', 'patrol'), at('lifts', 'control'), 'TCP/7001'),
    hidden(mayNot('the jukebox in the hut doesn’t reach the control', at('hut', 'jukebox'), at('lifts', 'control'))),
  ],
  constraints: [],
  hints: [
    { text: 'Compare every word of the rule with the pods: two things in it never existed.' },
    {
      text: 'The pods are labelled `app: ticket-gate`, not `gate`. That is the first.',
      files: control(item('ticket-gate') + item('patrol'), 700),
    },
    { text: 'The control listens on 7000, and the rule says 700.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'Ask which CNI you have, and whether it enforces policies. Until then a policy is a wish.',
  wrong: [
    { belief: 'One typo explains it all.', files: control(item('ticket-gate') + item('patrol'), 700) },
    { belief: 'The port is wrong, the rest always worked.', files: control(item('gate') + item('patrol'), 7000) },
    {
      belief: 'It worked without being enforced, so nothing is lost by dropping it.',
      files: [file('policies.yaml', '# It never had an effect.')],
    },
    {
      belief: 'Everyone who works at the lifts may reach the control.',
      files: control('        - podSelector: {}\n', 7000),
    },
  ],
}
