import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: resizer-egress
  namespace: studio
spec:
  podSelector:
    matchLabels:
      app: resizer
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
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
`
const STORAGE = `        - podSelector:
            matchLabels:
              app: storage
`
const PORT = `      ports:
        - protocol: TCP
          port: 9000
`
const SOLUTION = `${START}    - to:\n${STORAGE}${PORT}`

const RESIZER = at('studio', 'resizer')

/** An egress policy lives with the caller; a rule is one group of callees with their ports. */
export const egressOfOneApp: Lesson = {
  id: 'egress-of-one-app',
  title: 'What an app may call',
  track: 'everyday',
  minutes: 6,
  idea: [
    'An egress policy is the mirror of what you know: `spec.podSelector` is **the caller**, `to` is whom it may call, and the policy lives where the caller lives.',
    'Each rule is a pair: these pods, on these ports. Other pods on other ports are another rule.',
  ].join('\n\n'),
  task: '`resizer` opens pictures from strangers, so it may ask DNS and call `storage` on 9000, and that is all. DNS is done. Add the storage.',
  files: [
    file(
      'cluster.yaml',
      namespace('studio'),
      deployment('studio', 'gallery', { app: 'gallery' }, '8080'),
      deployment('studio', 'resizer', { app: 'resizer' }, '8081'),
      deployment('studio', 'storage', { app: 'storage' }, 's3: 9000', 'console: 9001'),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53'),
    ),
    ...answer(START),
  ],
  unseen: [file('unseen.yaml', namespace('backups'), deployment('backups', 'storage', { app: 'storage' }, '9000'))],
  predict: [guess(RESIZER, at('studio', 'storage'), 'TCP/9000'), guess(at('studio', 'gallery'), RESIZER, 'TCP/8081')],
  goals: [
    may('resizer may call storage on 9000', RESIZER, at('studio', 'storage'), 'TCP/9000'),
    mayNot('resizer may not open the console of storage', RESIZER, at('studio', 'storage'), 'TCP/9001'),
    mayNot('resizer may not call gallery', RESIZER, at('studio', 'gallery')),
    may('resizer may still ask DNS', RESIZER, at('kube-system', 'coredns'), 'UDP/53', 'TCP/53'),
    may('gallery may still call storage', at('studio', 'gallery'), at('studio', 'storage'), 'TCP/9000'),
    may('gallery may still call resizer', at('studio', 'gallery'), RESIZER, 'TCP/8081'),
    hidden(mayNot('resizer may not call the storage of backups', RESIZER, at('backups', 'storage'))),
    hidden(mayNot('resizer may not call the internet', RESIZER, { internet: true })),
  ],
  constraints: [],
  hints: [
    hint('The storage needs a rule of its own: a second item under `egress`, beside the one for DNS.'),
    hint('`to` with `podSelector` for `app: storage`: this opens it on all ports.', `${START}    - to:\n${STORAGE}`),
    hint('Add `ports` with TCP 9000 to this second rule.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember: 'Egress policies live with the caller. One rule: these pods on these ports. Other ports, other rule.',
  wrong: [
    mistake(
      '`to` is a list, so the storage goes into the one that is there.',
      START.replace('      ports:', `${STORAGE}      ports:`),
    ),
    mistake(
      'To call the storage, open the storage.',
      START,
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: storage-ingress
  namespace: studio
spec:
  podSelector:
    matchLabels:
      app: storage
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: resizer
`,
    ),
    mistake(
      'Only storage listens on 9000, so the port will do.',
      `${START}    - ports:\n        - protocol: TCP\n          port: 9000\n`,
    ),
    mistake('It is our own storage: no need to name the port.', `${START}    - to:\n${STORAGE}`),
  ],
}
