import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const OWN = `# What the team of the bikes has written.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: stock-ingress
  namespace: bikes
spec:
  podSelector:
    matchLabels:
      app: stock
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: rental
          podSelector:
            matchLabels:
              app: desk
      ports:
        - port: 8080
`
const START = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: closed-unless-opened
spec:
  tier: Admin
  priority: 50
  subject:
    namespaces: {}
  ingress:
    - name: from-pods
      action: Deny
      from:
        - namespaces: {}
`
const BASELINE = START.replace('Admin', 'Baseline')
const SOLUTION = BASELINE.replace(
  'namespaces: {}\n  ingress',
  `namespaces:
      matchExpressions:
        - key: kubernetes.io/metadata.name
          operator: NotIn
          values: [kube-system]
  ingress`,
)
const [DESK, STOCK] = [at('rental', 'desk'), at('bikes', 'stock')]
const DNS = at('kube-system', 'coredns')

/** The Baseline tier is asked last: a default that every NetworkPolicy overrides. */
export const baselineFloor: Lesson = {
  id: 'exam-baseline',
  title: 'Tiers: a default for the whole cluster',
  track: 'exam',
  minutes: 8,
  seconds: 480,
  idea: [
    'A default deny per namespace has to be written per namespace, and somebody forgets. The **Baseline** tier says it once for all. It is asked *last*: only for pods that no NetworkPolicy selects in that direction.',
    'In the tier `Admin` the same rule is a law: nobody can open anything against it.',
  ].join('\n\n'),
  task: 'Pods shall be closed to other pods **unless** their team opens them with a NetworkPolicy. The platform team’s policy overdoes it. Mend it. Everyone must be able to ask DNS, and the pods of `kube-system` are none of its business.',
  files: [
    file(
      'cluster.yaml',
      namespace('bikes'),
      deployment('bikes', 'stock', { app: 'stock' }, '8080'),
      deployment('bikes', 'repairs', { app: 'repairs' }, '8080'),
      namespace('rental'),
      deployment('rental', 'desk', { app: 'desk' }),
      deployment('rental', 'kiosk', { app: 'kiosk' }),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53'),
    ),
    ...answer(OWN, START),
  ],
  unseen: [file('unseen.yaml', namespace('helmets'), deployment('helmets', 'sizes', { app: 'sizes' }, '8080'))],
  predict: [guess(DESK, STOCK, 'TCP/8080'), guess(at('rental', 'kiosk'), DNS, 'UDP/53')],
  goals: [
    may('the desk may call stock, as its team wants', DESK, STOCK, 'TCP/8080'),
    mayNot('the kiosk may not call stock', at('rental', 'kiosk'), STOCK),
    mayNot('repairs, which no policy opens, stay closed', DESK, at('bikes', 'repairs')),
    may('the desk may ask DNS', DESK, DNS, 'UDP/53', 'TCP/53'),
    hidden(mayNot('helmets, a namespace of tomorrow, start closed', DESK, at('helmets', 'sizes'))),
    hidden(may('helmets may ask DNS, too', at('helmets', 'sizes'), DNS, 'UDP/53', 'TCP/53')),
  ],
  constraints: [{ type: 'untouched', policy: 'bikes/stock-ingress' }],
  hints: [
    hint('A `Deny` in the tier `Admin` can’t be opened by anyone below. Which tier is asked after NetworkPolicies?'),
    hint(
      '`tier: Baseline`. The desk gets through. But the DNS pods have no NetworkPolicy, and are closed with the rest.',
      OWN,
      BASELINE,
    ),
    hint('Leave `kube-system` out of the subject: `NotIn` with its name label.', OWN, SOLUTION),
  ],
  solution: answer(OWN, SOLUTION),
  remember:
    'Admin is asked first and is law. Baseline is asked last and is a default, overridden by any NetworkPolicy that selects the pod.',
  wrong: [
    mistake('Baseline is right, and DNS will manage.', OWN, BASELINE),
    mistake('DNS was the mistake, so leave out `kube-system`.', OWN, SOLUTION.replace('Baseline', 'Admin')),
    mistake(
      'An `Accept` for the desk comes before the deny.',
      OWN,
      SOLUTION.replace(
        '    - name: from-pods',
        '    - name: desk\n      action: Accept\n      from:\n        - pods:\n            namespaceSelector: {}\n            podSelector: { matchLabels: { app: desk } }\n    - name: from-pods',
      ),
    ),
    mistake('`Pass` instead of `Deny` lets the teams decide.', OWN, START.replace('Deny', 'Pass')),
    mistake('Teams can write their own default deny.', OWN),
  ],
}
