import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const DENY = `# The harbour master: contractors reach nothing.
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: contractors
spec:
  tier: Admin
  priority: 20
  subject:
    namespaces: {}
  ingress:
    - name: keep-out
      action: Deny
      from:
        - namespaces:
            matchLabels:
              kubernetes.io/metadata.name: contractors
`
const OWN = `# The shipyard: all closed, but contractors may see the plans.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shipyard
spec:
  podSelector: {}
  policyTypes:
    - Ingress
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: plans-ingress
  namespace: shipyard
spec:
  podSelector:
    matchLabels:
      app: plans
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: contractors
          podSelector:
            matchLabels:
              app: tablet
      ports:
        - port: 8080
`
const PASS = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: shipyard-decides
spec:
  tier: Admin
  priority: 10
  subject:
    namespaces:
      matchLabels:
        kubernetes.io/metadata.name: shipyard
  ingress:
    - name: contractors
      action: Pass
      from:
        - namespaces:
            matchLabels:
              kubernetes.io/metadata.name: contractors
`
const [TABLET, RADIO] = [at('contractors', 'tablet'), at('contractors', 'radio')]
const [PLANS, CRANES] = [at('shipyard', 'plans'), at('shipyard', 'cranes')]

/** `Pass` leaves the Admin tier and lets NetworkPolicies decide; `Accept` would decide itself. */
export const passToOwners: Lesson = {
  id: 'exam-pass-to-the-owners',
  title: 'Tiers: let the owners decide',
  track: 'exam',
  minutes: 8,
  seconds: 480,
  idea: [
    'The Admin tier has three answers. `Accept` and `Deny` are final. **`Pass`** means: I don’t mind, ask the owners. The rest of the tier is skipped, and NetworkPolicies decide.',
    'The lower `priority` number is asked first; in one policy, rules are asked from top to bottom. The first that fits counts.',
  ].join('\n\n'),
  task: 'The harbour master keeps contractors out everywhere. The owners of `shipyard` shall decide for themselves what contractors may reach there, with the NetworkPolicies that they have. Everywhere else the ban stays.',
  files: [
    file(
      'cluster.yaml',
      namespace('contractors'),
      deployment('contractors', 'tablet', { app: 'tablet' }),
      deployment('contractors', 'radio', { app: 'radio' }),
      namespace('shipyard'),
      deployment('shipyard', 'plans', { app: 'plans' }, '8080'),
      deployment('shipyard', 'cranes', { app: 'cranes' }, '8080'),
      namespace('customs'),
      deployment('customs', 'declarations', { app: 'declarations' }, '8080'),
    ),
    ...answer(DENY, OWN),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('lighthouse'),
      deployment('lighthouse', 'lamp', { app: 'lamp' }, '8080'),
      deployment('customs', 'officers', { app: 'officers' }),
    ),
  ],
  predict: [guess(TABLET, PLANS, 'TCP/8080'), guess(RADIO, at('customs', 'declarations'), 'TCP/8080')],
  goals: [
    may('the contractors’ tablet may see the plans', TABLET, PLANS, 'TCP/8080'),
    mayNot('the tablet may not call the cranes', TABLET, CRANES),
    mayNot('the radio may not see the plans', RADIO, PLANS),
    mayNot('contractors reach nothing in customs', { namespace: 'contractors' }, at('customs', 'declarations')),
    hidden(mayNot('contractors don’t reach the lighthouse, which has no policy', TABLET, at('lighthouse', 'lamp'))),
    hidden(mayNot('customs officers may not call the cranes', at('customs', 'officers'), CRANES)),
  ],
  constraints: [
    { type: 'untouched', policy: 'contractors' },
    { type: 'untouched', policy: 'shipyard/default-deny' },
    { type: 'untouched', policy: 'shipyard/plans-ingress' },
  ],
  hints: [
    hint('The ban has priority 20 and is final. Something must be asked before it, for the subject `shipyard` only.'),
    hint(
      'That is a ClusterNetworkPolicy with a number below 20. `Accept` would open the cranes as well, since it is final. Which action hands the question on?',
    ),
    hint(
      '`tier: Admin`, `priority: 10`, `action: Pass`: now the shipyard’s own policies count. The plans open for the tablet, the cranes stay closed.',
      DENY,
      OWN,
      PASS,
    ),
  ],
  solution: answer(DENY, OWN, PASS),
  remember: '`Pass` hands the question to NetworkPolicies. `Accept` answers it over their heads.',
  wrong: [
    mistake('To let contractors in is `Accept`.', DENY, OWN, PASS.replace('Pass', 'Accept')),
    mistake('The higher number is the stronger one.', DENY, OWN, PASS.replace('priority: 10', 'priority: 30')),
    mistake('The same number puts it beside the ban.', DENY, OWN, PASS.replace('priority: 10', 'priority: 20')),
    mistake(
      'If all owners decide, the shipyard does as well.',
      DENY,
      OWN,
      PASS.replace(/namespaces:\n {6}matchLabels:\n {8}kubernetes.io\/metadata.name: shipyard/, 'namespaces: {}'),
    ),
    mistake('Without the ban the owners decide.', OWN),
  ],
}
