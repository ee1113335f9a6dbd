import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, service } from '../texts.ts'

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tickets
  namespace: theatre
spec:
  rules:
    - host: tickets.theatre.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: tickets
                port:
                  number: 80
`
const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: theatre
spec:
  podSelector: {}
  policyTypes:
    - Ingress
`
const TICKETS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: tickets-ingress
  namespace: theatre
spec:
  podSelector:
    matchLabels:
      app: tickets
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: gateway
          podSelector:
            matchLabels:
              app: controller
      ports:
        - protocol: TCP
          port: 8080
`
const SEATS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: seats-ingress
  namespace: theatre
spec:
  podSelector:
    matchLabels:
      app: seats
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: tickets
      ports:
        - protocol: TCP
          port: 9000
`
const CONTROLLER = at('gateway', 'controller')
const [DESK, PLAN] = [at('theatre', 'tickets'), at('theatre', 'seats')]

/** Ingress and Service show the way to pods; whether the way is open is for policies, between pods. */
export const serviceIngressPolicy: Lesson = {
  id: 'service-ingress-policy',
  title: 'Ingress, Service, policy: who does what',
  track: 'everyday',
  minutes: 8,
  idea: [
    'Three objects, three jobs. An **Ingress** says: this host name goes to that Service. A **Service** says: this name and port go to those pods, on their port. Both only show the way.',
    'A **NetworkPolicy** decides whether the way is open. It knows neither of the two: only pods, and the ports on which the pods listen. So follow a visitor from pod to pod, and open each door on the way.',
  ].join('\n\n'),
  task: 'A visitor’s way: the `controller` calls `tickets`, and `tickets` calls `seats`. The theatre denies all by default. Open these two doors, on the ports of the pods, and no other.',
  files: [
    file(
      'cluster.yaml',
      namespace('gateway'),
      deployment('gateway', 'controller', { app: 'controller' }, '443'),
      namespace('theatre'),
      deployment('theatre', 'tickets', { app: 'tickets' }, 'http: 8080'),
      deployment('theatre', 'seats', { app: 'seats' }, '9000'),
      deployment('theatre', 'payroll', { app: 'payroll' }, '8080'),
    ),
    file('ways.yaml', INGRESS, service('theatre', 'tickets', 80, 'http'), service('theatre', 'seats', 80, 9000)),
    ...answer(DENY),
  ],
  unseen: [file('unseen.yaml', deployment('gateway', 'log-shipper', { app: 'log-shipper' }))],
  predict: [guess(CONTROLLER, DESK, 'TCP/8080'), guess(DESK, PLAN, 'TCP/9000')],
  goals: [
    may('the controller may call tickets on 8080', CONTROLLER, DESK, 'TCP/8080'),
    may('tickets may call seats on 9000', DESK, PLAN, 'TCP/9000'),
    mayNot('the controller may not call seats', CONTROLLER, PLAN),
    mayNot('the controller may not call payroll', CONTROLLER, at('theatre', 'payroll')),
    mayNot('tickets may not call payroll', DESK, at('theatre', 'payroll')),
    hidden(mayNot('another pod of gateway may not call tickets', at('gateway', 'log-shipper'), DESK)),
    hidden(mayNot('payroll may not call seats', at('theatre', 'payroll'), PLAN)),
  ],
  constraints: [{ type: 'untouched', policy: 'theatre/default-deny' }],
  hints: [
    hint(
      'First door: a policy for `app: tickets`. Who stands before it is the `controller` of the namespace `gateway`.',
    ),
    hint(
      'The Service turns its port 80 into `http` of the pod, and that is 8080. The policy sees 8080.',
      DENY,
      TICKETS,
    ),
    hint('Second door: a policy for `app: seats`, from `app: tickets`, on 9000.', DENY, TICKETS, SEATS),
  ],
  solution: answer(DENY, TICKETS, SEATS),
  remember:
    'Ingress and Service show the way, policies open the doors. Follow the connection from pod to pod, with the ports of the pods.',
  wrong: [
    mistake(
      'The Services listen on 80, so 80 is the port.',
      DENY,
      TICKETS.replace('8080', '80'),
      SEATS.replace('9000', '80'),
    ),
    mistake('The Ingress names `tickets`, and that opens it.', DENY, SEATS),
    mistake(
      'One policy for the theatre: the controller may come in.',
      DENY,
      TICKETS.replace('podSelector:\n    matchLabels:\n      app: tickets', 'podSelector: {}').replace(
        / {6}ports[^]*/,
        '',
      ),
    ),
    mistake(
      'Inside the theatre all may talk.',
      DENY,
      TICKETS,
      SEATS.replace(/podSelector:\n {4}matchLabels:\n {6}app: seats/, 'podSelector: {}')
        .replace(/podSelector:\n {12}matchLabels:\n {14}app: tickets/, 'podSelector: {}')
        .replace(/ {6}ports[^]*/, ''),
    ),
  ],
}
