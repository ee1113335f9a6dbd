import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: forecast
  namespace: weather
spec:
  podSelector:
    matchLabels:
      app: forecast
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector: {}
`
const SOLUTION = `${START}      ports:
        - protocol: TCP
          port: 8080
`

/** `from` and `ports` in one rule are both required. */
export const onePort: Lesson = {
  id: 'one-port',
  title: 'One port only',
  track: 'everyday',
  minutes: 4,
  idea: [
    'A rule without `ports` opens **all** ports, also the one for debugging that nobody remembers.',
    '`ports` belongs to a rule, beside its `from`: a connection must fit one of the callers *and* one of the ports. A rule of its own, with a dash before `ports`, would let anyone in.',
  ].join('\n\n'),
  task: 'The weather station’s `forecast` answers on 8080 and has an admin page on 8081. Within the namespace only 8080 may be reached; from elsewhere nothing.',
  files: [
    file(
      'cluster.yaml',
      namespace('weather'),
      deployment('weather', 'forecast', { app: 'forecast' }, 'http: 8080', 'admin: 8081'),
      deployment('weather', 'widget', { app: 'widget' }),
      namespace('sensors'),
      deployment('sensors', 'rain-gauge', { app: 'rain-gauge' }),
    ),
    file('policies.yaml', START),
  ],
  unseen: [file('unseen.yaml', deployment('weather', 'archive', { component: 'archive' }))],
  predict: [
    guess(at('weather', 'widget'), at('weather', 'forecast'), 'TCP/8081'),
    guess(at('sensors', 'rain-gauge'), at('weather', 'forecast'), 'TCP/8080'),
  ],
  goals: [
    may('the widget may ask forecast on 8080', at('weather', 'widget'), at('weather', 'forecast'), 'TCP/8080'),
    mayNot('the widget may not open the admin page', at('weather', 'widget'), at('weather', 'forecast'), 'TCP/8081'),
    mayNot(
      'the rain gauge of sensors may reach no port of forecast',
      at('sensors', 'rain-gauge'),
      at('weather', 'forecast'),
    ),
    hidden(
      mayNot(
        'the widget reaches no other port, declared or not',
        at('weather', 'widget'),
        at('weather', 'forecast'),
        'TCP/1-8079',
        'TCP/8081-65535',
        'UDP',
      ),
    ),
    hidden(
      may(
        'the archive, a neighbour too, may ask forecast on 8080',
        at('weather', 'archive'),
        at('weather', 'forecast'),
        'TCP/8080',
      ),
    ),
  ],
  constraints: [],
  hints: [
    hint('The rule says who, and not on which port. It needs a second part beside `from`.'),
    hint('Add `ports` in the same column as `from`, with `protocol: TCP` and `port: 8080`.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember: 'No `ports` means all ports. `from` and `ports` in one rule: both must fit.',
  wrong: [
    mistake('`ports` is one more item in the list of rules.', SOLUTION.replace('      ports:', '    - ports:')),
    mistake(
      'A second policy that names 8080 narrows the first one.',
      START,
      SOLUTION.replace('name: forecast', 'name: forecast-port'),
    ),
    mistake('TCP alone says it, the port follows from the container.', SOLUTION.replace('          port: 8080\n', '')),
    mistake(
      'Ports 8080 to 8081 are “the ports of the app”.',
      SOLUTION.replace('port: 8080', 'port: 8080\n          endPort: 8081'),
    ),
  ],
}
