import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: from-prod-only
  namespace: regatta-prod
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector: {}
          podSelector:
            matchExpressions:
              - { key: app, operator: In, values: [results, timing] }
`
const SOLUTION = START.replace(
  / {8}- namespaceSelector[^]*/,
  `        - namespaceSelector:
            matchExpressions:
              - key: stage
                operator: In
                values: [prod, shared]
`,
)

const prod = (name: string) => at('regatta-prod', name)

/** Dev and prod have the same labels on pods; what tells them apart is on the namespace. */
export const devAndProd: Lesson = {
  id: 'dev-and-prod',
  title: 'Dev and prod',
  track: 'everyday',
  minutes: 6,
  idea: [
    'Dev is a copy of prod: same apps, same labels. A selector on pods can’t tell them apart, and one wrong setting lets a test write into real data.',
    'What differs is the **namespace**, so give it a label such as `stage`. One policy in prod, for all its pods, then says which stages may come in. Say who may, not who may not: a namespace that nobody labelled should stay outside.',
  ].join('\n\n'),
  task: 'Into `regatta-prod` only pods of namespaces with the stage `prod` or `shared` may come. Dev keeps working as it does.',
  files: [
    file(
      'cluster.yaml',
      namespace('regatta-prod', { stage: 'prod' }),
      deployment('regatta-prod', 'results', { app: 'results' }, '8080'),
      deployment('regatta-prod', 'timing', { app: 'timing' }, '8080'),
      namespace('regatta-dev', { stage: 'dev' }),
      deployment('regatta-dev', 'results', { app: 'results' }, '8080'),
      deployment('regatta-dev', 'timing', { app: 'timing' }, '8080'),
      namespace('monitoring', { stage: 'shared' }),
      deployment('monitoring', 'prometheus', { app: 'prometheus' }),
    ),
    ...answer(START),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('live-video', { stage: 'prod' }),
      deployment('live-video', 'overlay', { app: 'overlay' }),
      namespace('sandbox-anna'),
      deployment('sandbox-anna', 'results', { app: 'results' }),
    ),
  ],
  predict: [
    guess(at('regatta-dev', 'timing'), prod('results'), 'TCP/8080'),
    guess(at('monitoring', 'prometheus'), prod('results'), 'TCP/8080'),
  ],
  goals: [
    may('timing of prod may call results of prod', prod('timing'), prod('results'), 'TCP/8080'),
    may('prometheus, which is shared, may come in', at('monitoring', 'prometheus'), prod('results'), 'TCP/8080'),
    mayNot('nothing of dev may come in', { namespace: 'regatta-dev' }, { namespace: 'regatta-prod' }),
    may(
      'timing of dev may still call results of dev',
      at('regatta-dev', 'timing'),
      at('regatta-dev', 'results'),
      'TCP/8080',
    ),
    hidden(
      may(
        'live-video, another namespace of prod, may come in',
        at('live-video', 'overlay'),
        prod('results'),
        'TCP/8080',
      ),
    ),
    hidden(
      mayNot('a sandbox without any stage may not come in', at('sandbox-anna', 'results'), {
        namespace: 'regatta-prod',
      }),
    ),
  ],
  constraints: [],
  hints: [
    hint(
      'The selector asks for `results` and `timing`, in every namespace. Dev has both. What tells dev from prod is not on the pods.',
    ),
    hint(
      'Select namespaces by their `stage`, and leave the `podSelector` out.',
      SOLUTION.replace('[prod, shared]', '[prod]'),
    ),
    hint('Two stages may come in: `values: [prod, shared]`.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember:
    'Copies have the same labels, namespaces tell them apart. Say who may come in; “all but dev” lets in whoever has no label.',
  wrong: [
    mistake(
      'Everyone but dev is fine.',
      SOLUTION.replace('operator: In', 'operator: NotIn').replace('[prod, shared]', '[dev]'),
    ),
    mistake('Prod calls only itself.', START.replace(/ {8}- namespaceSelector[^]*/, '        - podSelector: {}\n')),
    mistake(
      'The stage is a label, so a `podSelector` finds it.',
      SOLUTION.replace('- namespaceSelector', '- podSelector'),
    ),
    mistake(
      'I name the two namespaces that I know.',
      SOLUTION.replace('key: stage', 'key: kubernetes.io/metadata.name').replace(
        '[prod, shared]',
        '[regatta-prod, monitoring]',
      ),
    ),
    mistake(
      'The policy that keeps dev out belongs in dev.',
      SOLUTION.replace('namespace: regatta-prod', 'namespace: regatta-dev'),
    ),
  ],
}
