import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const APPS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: toys
  namespace: toys
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - podSelector: {}
  egress:
    - to:
        - namespaceSelector: {}
`
const LOCAL = `# Somebody’s first reaction, at three in the morning.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: quarantine
  namespace: toys
spec:
  podSelector:
    matchLabels:
      state: quarantined
  policyTypes:
    - Ingress
    - Egress
`
const HEAD = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: quarantine
spec:
  tier: Admin
  priority: 10
  subject:
    pods:
      namespaceSelector: {}
      podSelector:
        matchLabels:
          state: quarantined
`
const IN = `  ingress:
    - name: nobody-in
      action: Deny
      from:
        - namespaces: {}
`
const OUT = `  egress:
    - name: nowhere-out
      action: Deny
      to:
        - namespaces: {}
        - networks: [0.0.0.0/0]
`
const SOLUTION = HEAD + IN + OUT

const [BEAR, CART] = [at('toys', 'teddy-bear'), at('toys', 'cart')]
const DNS = at('kube-system', 'coredns')

/** A NetworkPolicy can’t take back what another one allows; the Admin tier can. */
export const quarantine: Lesson = {
  id: 'exam-quarantine',
  title: 'Tiers: quarantine',
  track: 'exam',
  minutes: 8,
  seconds: 480,
  idea: [
    'An attacker sits in a pod. The reflex is a NetworkPolicy without rules. But policies add up: what the app’s own policy allows stays allowed.',
    'A **ClusterNetworkPolicy** in the tier `Admin` is asked *before* all NetworkPolicies, in the whole cluster, and its `Deny` is final. (Not every CNI knows it yet.)',
  ].join('\n\n'),
  task: 'Cut off every pod labelled `state: quarantined`, in whatever namespace: no pod may call it, and it may call nobody, neither pods nor the internet. The NetworkPolicies stay as they are, and all other pods go on working.',
  files: [
    file(
      'cluster.yaml',
      namespace('toys'),
      deployment('toys', 'cart', { app: 'cart' }, '8080'),
      deployment('toys', 'teddy-bear', { app: 'teddy-bear', state: 'quarantined' }, '8080'),
      namespace('billing'),
      deployment('billing', 'invoices', { app: 'invoices' }, '8080'),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53'),
    ),
    ...answer(APPS, LOCAL),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('warehouse'),
      deployment('warehouse', 'forklift', { app: 'forklift', state: 'quarantined' }, '8080'),
    ),
  ],
  predict: [guess(BEAR, CART, 'TCP/8080'), guess(CART, BEAR, 'TCP/8080')],
  goals: [
    mayNot('teddy-bear may not call cart', BEAR, CART),
    mayNot('cart may not call teddy-bear', CART, BEAR),
    mayNot('teddy-bear may not even ask DNS', BEAR, DNS),
    mayNot('teddy-bear may not call the internet', BEAR, { internet: true }),
    may('cart may still call invoices', CART, at('billing', 'invoices'), 'TCP/8080'),
    may('cart may still ask DNS', CART, DNS, 'UDP/53', 'TCP/53'),
    hidden(
      mayNot('the forklift of warehouse, quarantined too, may not call the internet', at('warehouse', 'forklift'), {
        internet: true,
      }),
    ),
    hidden(mayNot('invoices may not call the forklift', at('billing', 'invoices'), at('warehouse', 'forklift'))),
  ],
  constraints: [
    { type: 'untouched', policy: 'toys/toys' },
    { type: 'untouched', policy: 'toys/quarantine' },
  ],
  hints: [
    hint(
      'The NetworkPolicy `quarantine` changes nothing, since `toys` allows. You need a deny that is asked first: `ClusterNetworkPolicy`, `tier: Admin`.',
    ),
    hint(
      'Its subject: `pods` with `state: quarantined` in all namespaces. First nobody gets in.',
      APPS,
      LOCAL,
      HEAD + IN,
    ),
    hint(
      'Then nothing gets out: `Deny` to all namespaces, and to the network `0.0.0.0/0`, which is every address of IPv4.',
      APPS,
      LOCAL,
      SOLUTION,
    ),
  ],
  solution: answer(APPS, LOCAL, SOLUTION),
  remember:
    'NetworkPolicies add up, and none takes anything back. What must be closed for good is denied in the Admin tier.',
  wrong: [
    mistake('Who can’t be called is harmless.', APPS, LOCAL, HEAD + IN),
    mistake('The default is the place for a deny: `Baseline`.', APPS, LOCAL, SOLUTION.replace('Admin', 'Baseline')),
    mistake('All namespaces is everything.', APPS, LOCAL, SOLUTION.replace('        - networks: [0.0.0.0/0]\n', '')),
    mistake(
      'The bear lives in `toys`, so the subject is `toys`.',
      APPS,
      LOCAL,
      SOLUTION.replace(
        / {4}pods:[^]*quarantined\n/,
        '    namespaces:\n      matchLabels:\n        kubernetes.io/metadata.name: toys\n',
      ),
    ),
    mistake('`Pass` lets the local quarantine decide.', APPS, LOCAL, SOLUTION.replaceAll('Deny', 'Pass')),
    mistake(
      'A second default deny makes it certain.',
      APPS,
      LOCAL,
      LOCAL.replace('name: quarantine', 'name: quarantine-2'),
    ),
  ],
}
