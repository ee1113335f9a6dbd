import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, service } from '../texts.ts'

const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: orders-egress
  namespace: bakery
spec:
  podSelector:
    matchLabels:
      app: orders
  policyTypes:
    - Egress
  egress:
    - to:
        - podSelector:
            matchLabels:
              app: oven
      ports:
        - protocol: TCP
          port: 8080
`
const DNS_PODS = `    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
`
const DNS_PORTS = `      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
`
const SOLUTION = START + DNS_PODS + DNS_PORTS

const ORDERS = at('bakery', 'orders')
const DNS = at('kube-system', 'coredns')

/** A pod that is limited in egress can’t even look up a name, unless it may ask DNS. */
export const dnsFirst: Lesson = {
  id: 'dns-first',
  title: 'First of all, DNS',
  track: 'everyday',
  minutes: 5,
  idea: [
    '`orders` calls `http://oven:8080`. Before a packet goes to the oven, a question goes to DNS: what is the address of `oven`?',
    'Limit the egress of a pod, and this question is shut off too. The app then logs “no such host”, or just hangs, and everybody suspects the oven. DNS answers on **UDP and TCP** 53: long answers come by TCP.',
  ].join('\n\n'),
  task: 'Since `orders-egress` is there, the bakery takes no orders. Let `orders` ask the cluster’s DNS, and open nothing else.',
  files: [
    file(
      'cluster.yaml',
      namespace('bakery'),
      deployment('bakery', 'orders', { app: 'orders' }),
      deployment('bakery', 'oven', { app: 'oven' }, '8080'),
      service('bakery', 'oven', 8080, 8080),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53', 'metrics: 9153'),
      deployment('kube-system', 'dashboard', { app: 'dashboard' }, '8443'),
    ),
    ...answer(START),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('hobby'),
      deployment('hobby', 'resolver', { 'k8s-app': 'kube-dns' }, '53/UDP'),
      deployment('bakery', 'fake-dns', { 'k8s-app': 'kube-dns' }, '53/UDP'),
    ),
  ],
  predict: [guess(ORDERS, at('bakery', 'oven'), 'TCP/8080'), guess(ORDERS, DNS, 'UDP/53')],
  goals: [
    may('orders may ask DNS, by UDP and by TCP', ORDERS, DNS, 'UDP/53', 'TCP/53'),
    may('orders may still call the oven', ORDERS, at('bakery', 'oven'), 'TCP/8080'),
    mayNot('orders may not read the metrics of DNS', ORDERS, DNS, 'TCP/9153'),
    mayNot('orders may not reach the dashboard', ORDERS, at('kube-system', 'dashboard')),
    hidden(mayNot('orders may not ask a resolver of another namespace', ORDERS, at('hobby', 'resolver'))),
    hidden(mayNot('orders may not ask a pod of the bakery that calls itself DNS', ORDERS, at('bakery', 'fake-dns'))),
    hidden(
      mayNot('orders may not ask a resolver on the internet', ORDERS, { host: '198.51.100.53' }, 'UDP/53', 'TCP/53'),
    ),
  ],
  constraints: [],
  hints: [
    hint(
      'Find the DNS pods: they live in `kube-system` and are labelled `k8s-app: kube-dns`. You need both, in one item of `to`.',
    ),
    hint('A second rule lets `orders` talk to them. On all ports, for now.', START + DNS_PODS),
    hint('Now its `ports`: 53 with UDP, and 53 with TCP.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember:
    'Who limits egress allows DNS first: UDP and TCP, to the DNS pods, on the port where they listen. Mostly that is 53 in `kube-system`.',
  wrong: [
    mistake('DNS is UDP.', SOLUTION.replace('        - protocol: TCP\n          port: 53\n', '')),
    mistake(
      'The label finds the DNS pods wherever they are.',
      SOLUTION.replace(/namespaceSelector:[^]*system\n {10}podSelector/, 'podSelector'),
    ),
    mistake('Port 53 is DNS, whoever answers.', `${START}    - ports:\n${DNS_PORTS.split('\n').slice(1).join('\n')}`),
    mistake(
      'Namespace and pods are two things, so they get two dashes.',
      SOLUTION.replace(
        '          podSelector:\n            matchLabels:\n              k8s',
        '        - podSelector:\n            matchLabels:\n              k8s',
      ),
    ),
    mistake(
      'All of `kube-system` is infrastructure, let it be.',
      `${START}    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
`,
    ),
  ],
}
