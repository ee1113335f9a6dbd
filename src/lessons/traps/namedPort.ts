import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (ports: string): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'toys',
      'robot-ingress',
      `
  podSelector:
    matchLabels:
      app: robot
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: planner
${ports}`,
    ),
  ),
]
const port = (name: number | string, protocol = 'TCP'): string =>
  `      ports:\n        - protocol: ${protocol}\n          port: ${name}`
const SOLUTION = answer(port('http'))

/** A named port is looked up in each pod; a name that a pod does not define allows nothing. */
export const namedPort: Lesson = {
  id: 'named-port',
  title: 'A port by any other name',
  track: 'traps',
  minutes: 6,
  idea: [
    'A policy may name a port: `port: api`. The name is looked up **in each pod that is called**, among its `containerPort` names. That is handy when pods listen on different numbers.',
    'A pod that does not define the name has no such port, and the rule opens nothing there. There is no error, since a name may always appear later. Whoever renames a port in a Deployment changes policies without noticing.',
  ].join('\n\n'),
  task: 'The toy factory’s robots called their port `api`; since the last release it is `http`, and the planner gets no answer. Old robots listen on 8080, new ones on 8081. Let the planner reach both again, and leave their `debug` port shut.',
  files: [
    file(
      'cluster.yaml',
      namespace('toys'),
      deployment('toys', 'planner', { app: 'planner' }),
      deployment('toys', 'robot-1', { app: 'robot', line: 'one' }, 'http: 8080', 'debug: 9100'),
      deployment('toys', 'robot-2', { app: 'robot', line: 'two' }, 'http: 8081', 'debug: 8080'),
    ),
    ...answer(port('api')),
  ],
  unseen: [file('visitors.yaml', deployment('toys', 'visitor', { app: 'visitor' }))],
  predict: [
    guess(at('toys', 'planner'), at('toys', 'robot-1'), 'TCP/8080'),
    guess(at('toys', 'planner'), at('toys', 'robot-2'), 'TCP/8081'),
    guess(at('toys', 'robot-1'), at('toys', 'planner')),
  ],
  goals: [
    may('the planner commands robot 1', at('toys', 'planner'), at('toys', 'robot-1'), 'TCP/8080'),
    may('the planner commands robot 2', at('toys', 'planner'), at('toys', 'robot-2'), 'TCP/8081'),
    mayNot('the planner doesn’t debug robot 1, on 9100', at('toys', 'planner'), at('toys', 'robot-1'), 'TCP/9100'),
    mayNot('the planner doesn’t debug robot 2, on 8080', at('toys', 'planner'), at('toys', 'robot-2'), 'TCP/8080'),
    hidden(mayNot('visitors command nothing', at('toys', 'visitor'), at('toys', 'robot-1'))),
  ],
  constraints: [{ type: 'at-most', policies: 1 }],
  hints: [
    { text: 'Which port names do the robots define now? Compare them with the policy’s.' },
    {
      text: 'Numbers can’t say it in one rule: 8080 is the right door of one robot and the wrong one of the other. The name can.',
    },
    { text: 'Write `port: http`.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'A named port is only as good as the pods that define it. Rename it in both places.',
  wrong: [
    { belief: 'Numbers are safer than names.', files: answer(port(8080)) },
    {
      belief: 'Then I list all the numbers.',
      files: answer(`${port(8080)}\n        - protocol: TCP\n          port: 8081`),
    },
    { belief: 'The protocol makes no difference.', files: answer(port('http', 'UDP')) },
    { belief: 'Without ports there is nothing to get wrong.', files: answer('') },
  ],
}
