import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const CLOSED = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: catalogue-from-website
  namespace: collection
spec:
  podSelector:
    matchLabels:
      app: catalogue
  policyTypes:
    - Ingress
`
const SOLUTION = `${CLOSED}  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: website
`

/** A namespace is chosen by its labels; its name is one of them. */
export const fromOneNamespace: Lesson = {
  id: 'from-one-namespace',
  title: 'From one namespace',
  track: 'everyday',
  minutes: 5,
  idea: [
    'A rule never names a namespace: it selects namespaces **by label**. Kubernetes itself gives each one a label with its name, `kubernetes.io/metadata.name`.',
    'Labels such as `name: website` or `team: web` work as well, but only where somebody has set them, and on every namespace that has them.',
  ].join('\n\n'),
  task: 'The museum’s `catalogue` may be called by every pod of the namespace `website`, and by nobody else.',
  files: [
    file(
      'cluster.yaml',
      namespace('collection', { museum: 'modern' }),
      deployment('collection', 'catalogue', { app: 'catalogue' }, '8080'),
      deployment('collection', 'importer', { app: 'importer' }),
      namespace('website', { museum: 'modern', audience: 'public' }),
      deployment('website', 'frontend', { app: 'frontend' }),
      deployment('website', 'search', { app: 'search' }),
      namespace('ticketing', { museum: 'modern' }),
      deployment('ticketing', 'kiosk', { app: 'kiosk' }),
    ),
    file('policies.yaml', '# The catalogue is open to all for now.\n'),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('website-preview', { museum: 'modern', audience: 'public' }),
      deployment('website-preview', 'frontend', { app: 'frontend' }),
      deployment('website', 'newsletter', { component: 'mail' }),
    ),
  ],
  predict: [
    guess(at('ticketing', 'kiosk'), at('collection', 'catalogue'), 'TCP/8080'),
    guess(at('website', 'search'), at('collection', 'catalogue'), 'TCP/8080'),
  ],
  goals: [
    may('every pod of website may call catalogue', { namespace: 'website' }, at('collection', 'catalogue'), 'TCP/8080'),
    mayNot('the kiosk of ticketing may not call catalogue', at('ticketing', 'kiosk'), at('collection', 'catalogue')),
    mayNot(
      'the importer, a neighbour, may not call catalogue',
      at('collection', 'importer'),
      at('collection', 'catalogue'),
    ),
    hidden(
      mayNot(
        'website-preview, another namespace, may not call catalogue',
        at('website-preview', 'frontend'),
        at('collection', 'catalogue'),
      ),
    ),
  ],
  constraints: [],
  hints: [
    hint('The policy lives with the protected pods: in `collection`, for `app: catalogue`. First close it.', CLOSED),
    hint(
      'Look at the labels of `website` in `cluster.yaml`. Which of them could another namespace have as well? One label that you don’t see there is always unique.',
    ),
    hint('Let in `namespaceSelector` with `kubernetes.io/metadata.name: website`.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember:
    'Namespaces are selected by label. `kubernetes.io/metadata.name` is on every namespace, and nobody can set it to something else.',
  wrong: [
    mistake('A namespace has a label `name` with its name.', SOLUTION.replace('kubernetes.io/metadata.name', 'name')),
    mistake(
      'The policy has to be where the callers are.',
      SOLUTION.replace('namespace: collection', 'namespace: website'),
    ),
    mistake(
      'The public label marks exactly this namespace.',
      SOLUTION.replace('kubernetes.io/metadata.name: website', 'audience: public'),
    ),
    mistake(
      'Naming the apps is the same as naming their namespace.',
      `${CLOSED}  ingress:
    - from:
        - podSelector:
            matchExpressions:
              - { key: app, operator: In, values: [frontend, search] }
`,
    ),
  ],
}
