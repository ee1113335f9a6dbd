import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, service } from '../texts.ts'

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: no-way-out
  namespace: pharmacy
spec:
  podSelector: {}
  policyTypes:
    - Egress
`
const CLAIMS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: counter-egress
  namespace: pharmacy
spec:
  podSelector:
    matchLabels:
      app: counter
  policyTypes:
    - Egress
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: insurer
          podSelector:
            matchLabels:
              app: claims
      ports:
        - protocol: TCP
          port: 8443
`
const DNS = `    - to:
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
const SOLUTION = CLAIMS + DNS

const [COUNTER, SHELF] = [at('pharmacy', 'counter'), at('pharmacy', 'shelf')]
const [INSURER, COREDNS] = [at('insurer', 'claims'), at('kube-system', 'coredns')]

/** The whole way out of a closed namespace: name, then address, then port of the pod. */
export const egressWithDns: Lesson = {
  id: 'exam-egress-with-dns',
  title: 'Drill: the way out',
  track: 'exam',
  minutes: 6,
  seconds: 360,
  idea: [
    '“Allow egress to X” always means two things: the connection itself, **and** the question to DNS before it. An exam rarely says the second, a cluster never forgives it.',
    'And the port is that of the **pod**. Where a Service stands between, follow its `targetPort`.',
  ].join('\n\n'),
  task: 'In `pharmacy` nothing gets out. Allow `counter`, and only `counter`, to use `https://claims.insurer`, name lookup included. `no-way-out` stays.',
  files: [
    file(
      'cluster.yaml',
      namespace('pharmacy'),
      deployment('pharmacy', 'counter', { app: 'counter' }),
      deployment('pharmacy', 'shelf', { app: 'shelf' }),
      namespace('insurer'),
      deployment('insurer', 'claims', { app: 'claims' }, 'https: 8443'),
      service('insurer', 'claims', 443, 'https'),
      deployment('insurer', 'members', { app: 'members' }, '8443'),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53'),
    ),
    ...answer(DENY),
  ],
  unseen: [
    file(
      'unseen.yaml',
      deployment('pharmacy', 'lab-scale', { app: 'lab-scale' }),
      deployment('kube-system', 'node-problem-detector', { app: 'npd' }, '8443'),
    ),
  ],
  predict: [guess(COUNTER, INSURER, 'TCP/8443'), guess(INSURER, COUNTER)],
  goals: [
    may('counter may call claims on 8443', COUNTER, INSURER, 'TCP/8443'),
    may('counter may ask DNS, by UDP and by TCP', COUNTER, COREDNS, 'UDP/53', 'TCP/53'),
    mayNot('counter may not call members', COUNTER, at('insurer', 'members')),
    mayNot('shelf gets out nowhere, not even to DNS', SHELF, COREDNS),
    mayNot('shelf may not call claims', SHELF, INSURER),
    hidden(mayNot('the scale, another app, may not call claims', at('pharmacy', 'lab-scale'), INSURER)),
    hidden(
      mayNot('counter may not call other pods of kube-system', COUNTER, at('kube-system', 'node-problem-detector')),
    ),
    hidden(mayNot('counter may not call the internet', COUNTER, { internet: true })),
  ],
  constraints: [{ type: 'untouched', policy: 'pharmacy/no-way-out' }],
  hints: [
    hint(
      'A second policy, for `app: counter` and `Egress`. First rule: the pods `claims` in `insurer`, on the port behind `https`.',
      DENY,
      CLAIMS,
    ),
    hint(
      'The counter can’t find `claims.insurer` yet. Second rule: the DNS pods of `kube-system`, 53 by UDP and TCP.',
      DENY,
      SOLUTION,
    ),
  ],
  solution: answer(DENY, SOLUTION),
  remember: 'Every allowed way out begins at DNS, and ends at the port of the pod.',
  wrong: [
    mistake('The task says `insurer`, nobody spoke of DNS.', DENY, CLAIMS),
    mistake('HTTPS is 443.', DENY, SOLUTION.replace('8443', '443')),
    mistake(
      'DNS is for everyone.',
      DENY,
      SOLUTION,
      SOLUTION.replace(/podSelector:\n {4}matchLabels:\n {6}app: counter/, 'podSelector: {}')
        .replace('counter-egress', 'allow-dns')
        .replace(/ {4}- to:[^]*?8443\n/, ''),
    ),
    mistake(
      'The insurer’s namespace is the insurer.',
      DENY,
      SOLUTION.replace(/ {10}podSelector:\n {12}matchLabels:\n {14}app: claims\n/, ''),
    ),
  ],
}
