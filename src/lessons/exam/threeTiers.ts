import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const BASE = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: travel
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-dns
  namespace: travel
spec:
  podSelector: {}
  policyTypes:
    - Egress
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - { protocol: UDP, port: 53 }
        - { protocol: TCP, port: 53 }
`
const WEB = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: travel
spec:
  podSelector:
    matchLabels:
      app: web
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: edge
          podSelector:
            matchLabels:
              app: router
      ports:
        - port: 8080
  egress:
    - to:
        - podSelector:
            matchLabels:
              app: booking
      ports:
        - port: 8081
`
const BOOKING = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: booking
  namespace: travel
spec:
  podSelector:
    matchLabels:
      app: booking
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: web
      ports:
        - port: 8081
  egress:
    - to:
        - podSelector:
            matchLabels:
              app: db
      ports:
        - port: 5432
`
const DB = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: travel
spec:
  podSelector:
    matchLabels:
      app: db
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: booking
      ports:
        - port: 5432
`
const ALL_OF_TRAVEL = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: inside
  namespace: travel
spec:
  podSelector: {}
  ingress:
    - from:
        - podSelector: {}
  egress:
    - to:
        - podSelector: {}
`
const ingressOnly = (text: string): string => text.replace('    - Egress\n', '').replace(/ {2}egress:[^]*/, '')
const [ROUTER, FRONT] = [at('edge', 'router'), at('travel', 'web')]
const [MIDDLE, BACK] = [at('travel', 'booking'), at('travel', 'db')]

/** Under a default deny in both directions each step takes two halves. */
export const threeTiers: Lesson = {
  id: 'exam-three-tiers',
  title: 'Three tiers, least privilege',
  track: 'exam',
  minutes: 10,
  seconds: 600,
  idea: [
    'Where both directions are denied by default, every connection needs **two** allows: one lets the caller out, one lets it in at the other end.',
    'Work app by app, not arrow by arrow: one policy for each app that says what comes in and what goes out. Then read the chain once more from its start.',
  ].join('\n\n'),
  task: 'Open exactly this chain: `router` of `edge` → `web` (8080) → `booking` (8081) → `db` (5432). The two policies that are there stay as they are.',
  files: [
    file(
      'cluster.yaml',
      namespace('travel'),
      deployment('travel', 'web', { app: 'web' }, '8080'),
      deployment('travel', 'booking', { app: 'booking' }, '8081'),
      deployment('travel', 'db', { app: 'db' }, '5432'),
      namespace('edge'),
      deployment('edge', 'router', { app: 'router' }),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53'),
    ),
    ...answer(BASE),
  ],
  unseen: [
    file(
      'unseen.yaml',
      deployment('travel', 'vouchers', { app: 'vouchers' }, '8080'),
      deployment('edge', 'tracker', { app: 'tracker' }),
    ),
  ],
  predict: [guess(FRONT, MIDDLE, 'TCP/8081'), guess(FRONT, at('kube-system', 'coredns'), 'UDP/53')],
  goals: [
    may('router may call web on 8080', ROUTER, FRONT, 'TCP/8080'),
    may('web may call booking on 8081', FRONT, MIDDLE, 'TCP/8081'),
    may('booking may call db on 5432', MIDDLE, BACK, 'TCP/5432'),
    mayNot('web may not call db', FRONT, BACK),
    mayNot('router may not call booking', ROUTER, MIDDLE),
    mayNot('db may not call anyone on the internet', BACK, { internet: true }),
    hidden(mayNot('vouchers, another app of travel, may not call db', at('travel', 'vouchers'), BACK)),
    hidden(mayNot('another pod of edge may not call web', at('edge', 'tracker'), FRONT)),
    hidden(mayNot('booking reaches no other port of db', MIDDLE, BACK, 'TCP/1-5431', 'TCP/5433-65535', 'UDP')),
    hidden(mayNot('booking may not call back to web', MIDDLE, FRONT)),
  ],
  constraints: [
    { type: 'untouched', policy: 'travel/default-deny' },
    { type: 'untouched', policy: 'travel/allow-dns' },
  ],
  hints: [
    hint(
      '`web`: in from `router` on 8080, out to `booking` on 8081. The router’s namespace has no policy, so its way out is open.',
      BASE,
      WEB,
    ),
    hint('`booking`: in from `web` on 8081, out to `db` on 5432.', BASE, WEB, BOOKING),
    hint(
      '`db`: in from `booking` on 5432. It calls nobody, and answers go back by themselves.',
      BASE,
      WEB,
      BOOKING,
      DB,
    ),
  ],
  solution: answer(BASE, WEB, BOOKING, DB),
  remember: 'Two default denies: each step of a chain needs an allow at both of its ends. Answers need none.',
  wrong: [
    mistake('Who may come in is all that counts.', BASE, ingressOnly(WEB), ingressOnly(BOOKING), DB),
    mistake('The apps of one namespace may talk among themselves.', BASE, ALL_OF_TRAVEL, WEB),
    mistake(
      'The default deny is in the way of egress, so take that line out.',
      BASE.replace('    - Egress\n---', '---'),
      ingressOnly(WEB),
      ingressOnly(BOOKING),
      DB,
    ),
    mistake(
      'The namespace `edge` is as good as its router.',
      BASE,
      WEB.replace(/ {10}podSelector:\n {12}matchLabels:\n {14}app: router\n/, ''),
      BOOKING,
      DB,
    ),
    mistake(
      'The db only answers, so what it needs is egress.',
      BASE,
      WEB,
      BOOKING,
      DB.replace('- Ingress\n  ingress:\n    - from', '- Egress\n  egress:\n    - to'),
    ),
  ],
}
