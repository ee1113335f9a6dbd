import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, service } from '../texts.ts'

const START = `# The pump and the office control the valves. Nobody else does. (Or so we hoped.)
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: valves-ingress
  namespace: greenhouse
spec:
  podSelector:
    matchLabels:
      app: valve
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: pump
        - namespaceSelector:
            matchLabels:
              name: office
      ports:
        - protocol: TCP
          port: 80
`
const SELECTING = START.replace('app: valve\n', 'app: valves\n')
const PORT = SELECTING.replace('port: 80\n', 'port: 8080\n')
const SOLUTION = PORT.replace('name: office', 'kubernetes.io/metadata.name: office')

const VALVES = at('greenhouse', 'valves')

/** Three bugs that hide each other: a subject that selects nobody, a Service’s port, a label that isn’t there. */
export const bugHuntIngress: Lesson = {
  id: 'exam-bug-hunt-ingress',
  title: 'Bug hunt: the open valves',
  track: 'exam',
  minutes: 6,
  seconds: 360,
  idea: [
    'Bugs hide behind each other. A policy that selects **no pod** closes nothing, so everything “works”, and nobody sees what else is wrong in it.',
    'Hunt in the order in which the cluster reads: Whom does it select? Which direction? Whom does it let in? On which port? Test after each repair.',
  ].join('\n\n'),
  task: 'Anyone can open the valves. Find all bugs of `valves-ingress`: only `pump` and the pods of `office` may call `valves`, and only on its port 8080.',
  files: [
    file(
      'cluster.yaml',
      namespace('greenhouse'),
      deployment('greenhouse', 'valves', { app: 'valves' }, '8080'),
      service('greenhouse', 'valves', 80, 8080),
      deployment('greenhouse', 'pump', { app: 'pump' }),
      deployment('greenhouse', 'webcam', { app: 'webcam' }),
      namespace('office', { team: 'growers' }),
      deployment('office', 'planner', { app: 'planner' }),
      namespace('shop', { team: 'sales' }),
      deployment('shop', 'web', { app: 'web' }),
    ),
    ...answer(START),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('trainees', { name: 'office', team: 'growers' }),
      deployment('trainees', 'tablet', { app: 'tablet' }),
    ),
  ],
  predict: [guess(at('greenhouse', 'webcam'), VALVES, 'TCP/8080'), guess(at('greenhouse', 'pump'), VALVES, 'TCP/8080')],
  goals: [
    may('the pump may call the valves on 8080', at('greenhouse', 'pump'), VALVES, 'TCP/8080'),
    may('the planner of office may call the valves on 8080', at('office', 'planner'), VALVES, 'TCP/8080'),
    may('the webcam may still call the pump', at('greenhouse', 'webcam'), at('greenhouse', 'pump')),
    mayNot('the webcam may not call the valves', at('greenhouse', 'webcam'), VALVES),
    mayNot('the shop may not call the valves', at('shop', 'web'), VALVES),
    hidden(mayNot('the trainees, who grow things as well, may not call the valves', at('trainees', 'tablet'), VALVES)),
    hidden(
      mayNot('the pump reaches no other port', at('greenhouse', 'pump'), VALVES, 'TCP/1-8079', 'TCP/8081-65535', 'UDP'),
    ),
  ],
  constraints: [{ type: 'at-most', policies: 1 }],
  hints: [
    hint('Whom does it select? Compare `podSelector` with the labels of the pods, letter by letter.', SELECTING),
    hint(
      'Now it selects the valves, and the pump is shut out. The Service listens on 80; on what do the pods listen?',
      PORT,
    ),
    hint('Does the namespace `office` have a label `name`? One label of namespaces you can always rely on.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember:
    'A policy that selects nobody looks fine and does nothing. Check in order: whom, which direction, from whom, which port.',
  wrong: [
    mistake('One letter was missing, that was the bug.', SELECTING),
    mistake('Letter and port: now the pump runs again.', PORT),
    mistake('The office is the namespace of the growers.', PORT.replace('name: office', 'team: growers')),
    mistake(
      'If the label doesn’t fit, select all.',
      SOLUTION.replace('podSelector:\n    matchLabels:\n      app: valves', 'podSelector: {}'),
    ),
    mistake('Port trouble goes away without `ports`.', SOLUTION.replace(/ {6}ports:[^]*/, '')),
  ],
}
