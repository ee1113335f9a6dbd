import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (spec: string): readonly LessonFile[] => [file('policies.yaml', policy('arena', 'stay-inside', spec))]
const SOLUTION = answer('  podSelector: {}\n  policyTypes:\n    - Egress')

/** Egress is closed only where `policyTypes` says so. */
export const denyAllEgress: Lesson = {
  id: 'deny-all-egress',
  title: 'Close all doors outwards',
  track: 'basics',
  minutes: 5,
  idea: [
    'Ingress is what a pod lets in, **egress** is what it sends out. The two are closed apart from each other.',
    'Leave `policyTypes` out, and a policy without egress rules is about `Ingress` alone. To close the way out you have to say `Egress`. Databases, neighbours, even name lookups are cut off with it, so what an app needs has to be allowed by rules.',
  ].join('\n\n'),
  task: 'Cheaters have turned a game server into a spam machine. Until it is cleaned up, nothing in `arena` may send anything to anyone. Players must still be able to join through the lobby. The policy that is there got the direction wrong.',
  files: [
    file(
      'cluster.yaml',
      namespace('arena'),
      deployment('arena', 'match', { app: 'match' }, '7777/UDP'),
      deployment('arena', 'scores', { app: 'scores' }, '5432'),
      namespace('lobby'),
      deployment('lobby', 'matchmaker', { app: 'matchmaker' }),
    ),
    ...answer('  podSelector: {}'),
  ],
  unseen: [file('bots.yaml', deployment('arena', 'bot', { level: 'nightmare' }))],
  predict: [
    guess(at('lobby', 'matchmaker'), at('arena', 'match'), 'UDP/7777'),
    guess(at('arena', 'match'), { internet: true }, 'TCP/25'),
    guess(at('arena', 'match'), at('arena', 'scores'), 'TCP/5432'),
  ],
  goals: [
    mayNot('matches send nothing to the internet', at('arena', 'match'), { internet: true }),
    mayNot('matches send nothing to the scores', at('arena', 'match'), at('arena', 'scores')),
    may('the matchmaker can place players', at('lobby', 'matchmaker'), at('arena', 'match'), 'UDP/7777'),
    hidden(mayNot('bots send nothing to the internet', at('arena', 'bot'), { internet: true })),
  ],
  constraints: [],
  hints: [
    { text: 'The policy names no direction. Which one does it get, then?' },
    { text: 'Say it: `policyTypes` with `Egress`, and without `Ingress`. No rules.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember:
    'Egress stays open until a policy’s `policyTypes` lists `Egress`. Left out, it does so only beside egress rules.',
  wrong: [
    {
      belief: 'An empty list of egress rules closes egress.',
      files: answer('  podSelector: {}\n  egress: []'),
    },
    {
      belief: 'Better close both directions, to be safe.',
      files: answer('  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress'),
    },
    {
      belief: 'One empty rule means: nothing goes out.',
      files: answer('  podSelector: {}\n  policyTypes:\n    - Egress\n  egress:\n    - {}'),
    },
    {
      belief: '“Stay inside” means that the pods may still talk among themselves.',
      files: answer('  podSelector: {}\n  policyTypes:\n    - Egress\n  egress:\n    - to:\n        - podSelector: {}'),
    },
  ],
}
