import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const ORDERS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: orders-ingress
  namespace: couriers
spec:
  podSelector:
    matchLabels:
      app: orders
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchExpressions:
              - key: app
                operator: In
                values: [app-server, hotline]
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: partners
          podSelector:
            matchLabels:
              app: gateway
`
const MAPS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: maps-ingress
  namespace: couriers
spec:
  podSelector:
    matchLabels:
      app: maps
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: app-server
`
const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: couriers
spec:
  podSelector: {}
  policyTypes:
    - Ingress
`
const FIRST = '# First what must go on, then the deny: kubectl applies a file from top to bottom.\n'

const app = (name: string) => at('couriers', name)

/** A roll-out begins with all allows of a pod at once, and ends with the deny. */
export const rollOut: Lesson = {
  id: 'roll-out-without-an-outage',
  title: 'Roll out without an outage',
  track: 'everyday',
  minutes: 8,
  idea: [
    'The first policy that selects a pod isolates it. So an allow for one caller **shuts out all the others** at that moment, and a default deny that comes first shuts out everybody.',
    'The calm way: list who calls whom today. Write the allows of one pod as **one** policy, complete. Apply the allows, watch, and put the default deny last: by then it only closes what nobody uses.',
  ].join('\n\n'),
  task: 'Today `app-server`, `hotline` and the partners’ `gateway` call `orders`, and `app-server` calls `maps`. Keep all that, and close everything else that may come into `couriers`, also into apps of tomorrow.',
  files: [
    file(
      'cluster.yaml',
      namespace('couriers'),
      deployment('couriers', 'app-server', { app: 'app-server' }),
      deployment('couriers', 'hotline', { app: 'hotline' }),
      deployment('couriers', 'orders', { app: 'orders' }, '8080'),
      deployment('couriers', 'maps', { app: 'maps' }, '8080'),
      namespace('partners'),
      deployment('partners', 'gateway', { app: 'gateway' }),
      deployment('partners', 'statistics', { app: 'statistics' }),
    ),
    ...answer('# No policies yet. Customers are waiting: nothing that works today may stop.\n'),
  ],
  unseen: [file('unseen.yaml', deployment('couriers', 'tips', { app: 'tips' }, '8080'))],
  predict: [
    guess(at('partners', 'statistics'), app('orders'), 'TCP/8080'),
    guess(app('hotline'), app('orders'), 'TCP/8080'),
  ],
  goals: [
    may('app-server goes on calling orders', app('app-server'), app('orders'), 'TCP/8080'),
    may('hotline goes on calling orders', app('hotline'), app('orders'), 'TCP/8080'),
    may('the partners’ gateway goes on calling orders', at('partners', 'gateway'), app('orders'), 'TCP/8080'),
    may('app-server goes on calling maps', app('app-server'), app('maps'), 'TCP/8080'),
    mayNot('the partners’ statistics no longer call orders', at('partners', 'statistics'), app('orders')),
    mayNot('hotline may not call maps', app('hotline'), app('maps')),
    hidden(mayNot('tips, an app of tomorrow, starts closed', at('partners', 'gateway'), app('tips'))),
    hidden(mayNot('tips may not call orders', app('tips'), app('orders'))),
  ],
  constraints: [],
  hints: [
    hint(
      'Begin with `orders`, and with all three of its callers in one policy. At no moment is one of them shut out.',
      FIRST + ORDERS,
    ),
    hint('Then `maps`, with its one caller.', FIRST + ORDERS, MAPS),
    hint(
      'Last the default deny: `podSelector: {}`, `Ingress`, no rule. It closes what is left, today and tomorrow.',
      FIRST + ORDERS,
      MAPS,
      DENY,
    ),
  ],
  solution: answer(FIRST + ORDERS, MAPS, DENY),
  remember: 'Allow first, then deny. The first policy on a pod is a deny for everyone whom it doesn’t name.',
  wrong: [
    mistake('Close first, then open again as people complain.', DENY),
    mistake(
      'I begin with one caller and add the others tomorrow.',
      ORDERS.replace(/ {8}- namespaceSelector[^]*/, '').replace('[app-server, hotline]', '[app-server]'),
      MAPS,
      DENY,
    ),
    mistake('Two policies with allows close everything else already.', ORDERS, MAPS),
    mistake(
      'Partners are partners: their namespace may come in.',
      ORDERS.replace(/ {10}podSelector:\n {12}matchLabels:\n {14}app: gateway\n/, ''),
      MAPS,
      DENY,
    ),
  ],
}
