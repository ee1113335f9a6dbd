import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy, service } from '../texts.ts'

const answer = (ports: string): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'observatory',
      'telescope-ingress',
      `
  podSelector:
    matchLabels:
      app: telescope
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: astronomer
${ports}`,
    ),
  ),
]
const port = (number: number | string): string => `      ports:\n        - protocol: TCP\n          port: ${number}`
const cluster = (servicePort: number): LessonFile =>
  file(
    'cluster.yaml',
    namespace('observatory'),
    deployment('observatory', 'telescope', { app: 'telescope' }, 'pictures: 8080', 'motor: 9090'),
    service('observatory', 'telescope', servicePort, 8080),
    deployment('observatory', 'astronomer', { app: 'astronomer' }),
    deployment('observatory', 'tourist', { app: 'tourist' }),
  )
const SOLUTION = answer(port(8080))

/** Policies see the pod's port, after the Service. */
export const servicePort: Lesson = {
  id: 'service-port',
  title: 'The port behind the Service',
  track: 'traps',
  minutes: 6,
  idea: [
    'A Service has a `port`, which callers use, and a `targetPort`, where the pod listens. On the way the address and the port are rewritten from one to the other.',
    'A policy is asked about the packet that arrives **at the pod**. So its port is the pod’s port: the `targetPort`, or the `containerPort`. The Service’s own number appears in no policy.',
  ].join('\n\n'),
  task: 'Astronomers fetch pictures through the Service `telescope`, port 80. Their policy names that port, and they get nothing. Let them have the pictures, but keep them off the motor.',
  files: [cluster(80), ...answer(port(80))],
  unseen: [file('dome.yaml', deployment('observatory', 'guide', { app: 'guide' }))],
  predict: [
    guess(at('observatory', 'astronomer'), at('observatory', 'telescope'), 'TCP/8080'),
    guess(at('observatory', 'tourist'), at('observatory', 'telescope'), 'TCP/8080'),
    guess(at('observatory', 'astronomer'), at('observatory', 'telescope'), 'TCP/80'),
  ],
  goals: [
    may('astronomers get pictures', at('observatory', 'astronomer'), at('observatory', 'telescope'), 'TCP/8080'),
    mayNot(
      'astronomers do not drive the motor',
      at('observatory', 'astronomer'),
      at('observatory', 'telescope'),
      'TCP/9090',
    ),
    mayNot('tourists get nothing', at('observatory', 'tourist'), at('observatory', 'telescope')),
    hidden(mayNot('guides get nothing', at('observatory', 'guide'), at('observatory', 'telescope'))),
  ],
  constraints: [],
  hints: [
    { text: 'Follow the port: the astronomer calls 80. Where does the Service send it?' },
    { text: 'The pod listens on 8080, so that is what the policy has to name.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'In a policy, a port is the pod’s port. The Service’s number plays no part.',
  wrong: [
    { belief: 'The port is trouble, so I leave it out.', files: answer('') },
    {
      belief: 'A range from the Service’s port to the pod’s ports covers them all.',
      files: answer(`${port(80)}\n          endPort: 9090`),
    },
    {
      belief: 'If the Service listens on 8080 as well, everything agrees.',
      files: [cluster(8080), ...answer(port(80))],
    },
    { belief: 'The name of the Service will do for a port.', files: answer(port('telescope')) },
  ],
}
