import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const head = (name: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: observatory
spec:
  podSelector:
    matchLabels:
      app: telescope
  policyTypes:
    - Ingress
  ingress:
`
const ALPHA = `${head('alpha')}    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: planning
        - podSelector:
            matchLabels:
              app: dome
      ports:
        - port: 7624
`
const BETA = `${head('beta')}    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: planning
          podSelector:
            matchLabels:
              app: scheduler
        - podSelector:
            matchLabels:
              app: dome
      ports:
        - protocol: TCP
          port: control
`
const GAMMA = `${head('gamma')}    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: planning
          podSelector:
            matchLabels:
              app: scheduler
    - from:
        - podSelector:
            matchLabels:
              app: dome
      ports:
        - protocol: TCP
          port: control
`
const TELESCOPE = at('observatory', 'telescope')
const SCHEDULER = at('planning', 'scheduler')

/** Three policies that all do the job, of which two open more than it takes. */
export const leastPermissive: Lesson = {
  id: 'exam-least-permissive',
  title: 'Choose the least permissive',
  track: 'exam',
  minutes: 5,
  seconds: 300,
  idea: [
    'Short policies often open the most: every line that is missing is a limit that is missing. So don’t judge by length. Ask of each: **who else** could use this rule, and **on what else**?',
    'Policies add up. As long as a wide one is there, a narrow one beside it changes nothing.',
  ].join('\n\n'),
  task: 'The `scheduler` of `planning` and the `dome` must reach `telescope` on `control`, port 7624. Three colleagues wrote a policy for it, and all three are applied. Keep the least permissive one and delete the other two.',
  files: [
    file(
      'cluster.yaml',
      namespace('observatory'),
      deployment('observatory', 'telescope', { app: 'telescope' }, 'control: 7624', 'firmware: 7630'),
      deployment('observatory', 'dome', { app: 'dome' }),
      namespace('planning'),
      deployment('planning', 'scheduler', { app: 'scheduler' }),
      deployment('planning', 'wish-list', { app: 'wish-list' }),
    ),
    ...answer(ALPHA, BETA, GAMMA),
  ],
  unseen: [
    file(
      'unseen.yaml',
      deployment('planning', 'students', { app: 'students' }),
      deployment('observatory', 'visitors', { app: 'visitors' }),
    ),
  ],
  predict: [guess(at('planning', 'wish-list'), TELESCOPE, 'TCP/7624'), guess(SCHEDULER, TELESCOPE, 'TCP/7630')],
  goals: [
    may('the scheduler may reach the telescope on 7624', SCHEDULER, TELESCOPE, 'TCP/7624'),
    may('the dome may reach the telescope on 7624', at('observatory', 'dome'), TELESCOPE, 'TCP/7624'),
    mayNot('the scheduler may not touch its firmware on 7630', SCHEDULER, TELESCOPE, 'TCP/7630'),
    mayNot('the wish list may not reach the telescope', at('planning', 'wish-list'), TELESCOPE),
    hidden(mayNot('the students, new in planning, may not reach the telescope', at('planning', 'students'), TELESCOPE)),
    hidden(
      mayNot(
        'the visitors, new in the observatory, may not reach the telescope',
        at('observatory', 'visitors'),
        TELESCOPE,
      ),
    ),
    hidden(
      mayNot(
        'the scheduler reaches 7624 and nothing else',
        SCHEDULER,
        TELESCOPE,
        'TCP/1-7623',
        'TCP/7625-65535',
        'UDP',
      ),
    ),
  ],
  constraints: [{ type: 'at-most', policies: 1 }],
  hints: [
    hint('`alpha` is the shortest. Whom of `planning` does it let in?', BETA, GAMMA),
    hint('`gamma` has two rules. Only one of them has `ports`.', BETA),
  ],
  solution: answer(BETA),
  remember: 'Ask of a rule: who else, and on what else? Missing lines are missing limits.',
  wrong: [
    mistake('The shortest one is the strictest.', ALPHA),
    mistake('One rule for each caller is the most exact.', GAMMA),
    mistake('Two policies limit more than one.', ALPHA, BETA),
    mistake('None of them is perfect: away with all three.', '# No policy is the least policy.\n'),
  ],
}
