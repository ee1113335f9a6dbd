import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: reading-room
  namespace: library
spec:
  ingressClassName: nginx
  rules:
    - host: library.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: reading-room
                port:
                  number: 3000
`
const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: reading-room
  namespace: library
spec:
  selector:
    app: reading-room
  ports:
    - port: 3000
`
const SETTINGS = `# Where pods have their addresses, and which of them answer for Ingress objects.
apiVersion: drawbridge/v1alpha1
kind: DrawbridgeSettings
metadata:
  name: settings
podCidrs: [10.244.0.0/16]
ingressController:
  namespace: ingress-nginx
  labels:
    app.kubernetes.io/name: ingress-nginx
    app.kubernetes.io/component: controller
`
const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: reading-room
  namespace: library
spec:
  podSelector:
    matchLabels:
      app: reading-room
  policyTypes:
    - Ingress
  ingress:
    - from: # our readers
        - ipBlock:
            cidr: 203.0.113.0/24
      ports:
        - protocol: TCP
          port: 3000
`
const CONTROLLER = `        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ingress-nginx
          podSelector:
            matchLabels:
              app.kubernetes.io/component: controller
`
const BLOCK = `        - ipBlock:
            cidr: 203.0.113.0/24
`
const SOLUTION = START.replace(' # our readers', '').replace(BLOCK, CONTROLLER)

const ROOM = at('library', 'reading-room')

/** Behind an Ingress, the caller that a pod sees is the controller’s pod. */
export const ingressController: Lesson = {
  id: 'ingress-controller',
  title: 'Behind an ingress controller',
  track: 'everyday',
  minutes: 6,
  idea: [
    'A reader opens library.example. Her browser speaks to the **ingress controller**, and the controller opens a new connection to the app. For the app, the caller is a pod of the controller; her own address is gone.',
    'So a policy of the app lets in the controller’s pods: their namespace and their labels. The addresses of clients belong in the controller’s settings, not into a NetworkPolicy. (A controller with `hostNetwork` calls from the address of its node.)',
  ].join('\n\n'),
  task: 'The page of the `reading-room` doesn’t load. Let the controller in on 3000, and only the controller.',
  files: [
    file(
      'cluster.yaml',
      namespace('library'),
      deployment('library', 'reading-room', { app: 'reading-room' }, '3000'),
      SERVICE,
      INGRESS,
      namespace('ingress-nginx'),
      deployment(
        'ingress-nginx',
        'controller',
        {
          'app.kubernetes.io/name': 'ingress-nginx',
          'app.kubernetes.io/component': 'controller',
        },
        '80',
        '443',
      ),
      deployment(
        'ingress-nginx',
        'default-page',
        {
          'app.kubernetes.io/name': 'ingress-nginx',
          'app.kubernetes.io/component': 'default-backend',
        },
        '8080',
      ),
    ),
    file('settings.yaml', SETTINGS),
    ...answer(START),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('blog'),
      deployment('blog', 'controller', {
        'app.kubernetes.io/name': 'ingress-nginx',
        'app.kubernetes.io/component': 'controller',
      }),
    ),
  ],
  predict: [
    guess(at('ingress-nginx', 'controller'), ROOM, 'TCP/3000'),
    guess({ cidr: '203.0.113.0/24' }, ROOM, 'TCP/3000'),
  ],
  goals: [
    may('the controller may call the reading room on 3000', at('ingress-nginx', 'controller'), ROOM, 'TCP/3000'),
    mayNot('the default page next to it may not call the reading room', at('ingress-nginx', 'default-page'), ROOM),
    mayNot('nobody comes past the controller', { cidr: '203.0.113.0/24' }, ROOM),
    hidden(may('visitors arrive by the Ingress', { ingressController: true }, ROOM, 'TCP/3000')),
    hidden(
      mayNot(
        'a pod of blog with the controller’s labels may not call the reading room',
        at('blog', 'controller'),
        ROOM,
      ),
    ),
    hidden(
      mayNot('the controller reaches no other port', at('ingress-nginx', 'controller'), ROOM, 'TCP/80', 'TCP/443'),
    ),
  ],
  constraints: [],
  hints: [
    hint('Ask who really opens the connection to the pod. Its namespace is `ingress-nginx`.'),
    hint(
      'Put a `namespaceSelector` for `ingress-nginx` in place of the `ipBlock`. The page loads. Now look who else lives there.',
      SOLUTION.replace(/ {10}podSelector:\n {12}matchLabels:\n {14}app.kubernetes[^]*controller\n/, ''),
    ),
    hint('Add a `podSelector` for `app.kubernetes.io/component: controller` to the same item.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember:
    'Behind an ingress controller the caller is the controller’s pod. Let in its namespace and labels, on the port of your pod.',
  wrong: [
    mistake(
      'Readers come from everywhere, so the block was too small.',
      SOLUTION.replace(CONTROLLER, BLOCK.replace('203.0.113.0/24', '0.0.0.0/0')),
    ),
    mistake(
      'The labels say it all.',
      SOLUTION.replace(
        /namespaceSelector:[^]*ingress-nginx\n {10}podSelector/,
        'namespaceSelector: {}\n          podSelector',
      ),
    ),
    mistake(
      'The Ingress listens on 80 and 443.',
      SOLUTION.replace('port: 3000', 'port: 80\n        - protocol: TCP\n          port: 443'),
    ),
    mistake(
      'The Ingress object lives in `library`, so its traffic does.',
      SOLUTION.replace(CONTROLLER, '        - podSelector: {}\n'),
    ),
  ],
}
