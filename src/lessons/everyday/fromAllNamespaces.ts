import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const SOLUTION = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: timetable-from-the-cluster
  namespace: railway
spec:
  podSelector:
    matchLabels:
      app: timetable
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector: {}
`
const START = SOLUTION.replace('timetable-from-the-cluster', 'timetable').replace('namespaceSelector', 'podSelector')

/** `podSelector: {}` is everyone here, `namespaceSelector: {}` everyone in the cluster, no `from` everyone at all. */
export const fromAllNamespaces: Lesson = {
  id: 'from-all-namespaces',
  title: 'From all namespaces',
  track: 'everyday',
  minutes: 5,
  idea: [
    'Three ways to say “everyone”, and each is wider than the one before:',
    '- `podSelector: {}`: all pods **of this namespace**\n- `namespaceSelector: {}`: all pods **of the cluster**\n- no `from` at all: **anyone**, from outside as well',
    'A service that all teams use wants the middle one: new namespaces are welcome without a word, the outside is not.',
  ].join('\n\n'),
  task: 'Every pod of the cluster may ask `timetable`, in whatever namespace it lives. Nobody from outside may.',
  files: [
    file(
      'cluster.yaml',
      namespace('railway'),
      deployment('railway', 'timetable', { app: 'timetable' }, '8080'),
      deployment('railway', 'dispatcher', { app: 'dispatcher' }),
      namespace('stations'),
      deployment('stations', 'display', { app: 'display' }),
      namespace('app'),
      deployment('app', 'journey-planner', { app: 'journey-planner' }),
      `apiVersion: v1
kind: Service
metadata:
  name: timetable
  namespace: railway
spec:
  type: NodePort # so the nodes’ networks can knock at it
  externalTrafficPolicy: Local
  selector: { app: timetable }
  ports:
    - port: 8080
`,
    ),
    file('policies.yaml', START),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('depots', { region: 'north' }),
      deployment('depots', 'workshop', { component: 'workshop' }),
    ),
  ],
  predict: [
    guess(at('railway', 'dispatcher'), at('railway', 'timetable'), 'TCP/8080'),
    guess(at('stations', 'display'), at('railway', 'timetable'), 'TCP/8080'),
  ],
  goals: [
    may(
      'the dispatcher next door may ask timetable',
      at('railway', 'dispatcher'),
      at('railway', 'timetable'),
      'TCP/8080',
    ),
    may(
      'the displays of stations may ask timetable',
      at('stations', 'display'),
      at('railway', 'timetable'),
      'TCP/8080',
    ),
    may(
      'the journey planner of app may ask timetable',
      at('app', 'journey-planner'),
      at('railway', 'timetable'),
      'TCP/8080',
    ),
    mayNot('nobody on the internet may ask timetable', { cidr: '203.0.113.0/24' }, at('railway', 'timetable')),
    hidden(
      may(
        'depots, a namespace that came later, may ask timetable as well',
        at('depots', 'workshop'),
        at('railway', 'timetable'),
        'TCP/8080',
      ),
    ),
  ],
  constraints: [],
  hints: [
    hint(
      'Read the rule as it stands: `podSelector: {}` without a `namespaceSelector` never leaves the namespace `railway`.',
    ),
    hint(
      'Put `namespaceSelector: {}` in its place: an empty selector matches every namespace, and all pods in them.',
      SOLUTION,
    ),
  ],
  solution: answer(SOLUTION),
  remember:
    '`podSelector: {}` is everyone here, `namespaceSelector: {}` everyone in the cluster, no `from` everyone anywhere.',
  wrong: [
    mistake(
      'Leaving out `from` means everyone in the cluster.',
      SOLUTION.replace('- from:\n        - namespaceSelector: {}', '- {}'),
    ),
    mistake(
      'I know all namespaces that call it: two names will do.',
      SOLUTION.replace(
        '- namespaceSelector: {}',
        `- podSelector: {}
        - namespaceSelector:
            matchExpressions:
              - key: kubernetes.io/metadata.name
                operator: In
                values: [stations, app]`,
      ),
    ),
    mistake(
      'All addresses are all pods.',
      SOLUTION.replace('namespaceSelector: {}', 'ipBlock:\n            cidr: 0.0.0.0/0'),
    ),
    mistake(
      '`from: []` lists nobody, so nobody is left out.',
      SOLUTION.replace('- from:\n        - namespaceSelector: {}', '- from: []'),
    ),
  ],
}
