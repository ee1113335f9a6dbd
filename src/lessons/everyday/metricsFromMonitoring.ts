import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: brewery
spec:
  podSelector: {}
  policyTypes:
    - Ingress
`
const CALLER = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: metrics-for-prometheus
  namespace: brewery
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: monitoring
          podSelector:
            matchLabels:
              app: prometheus
`
const SOLUTION = `${CALLER}      ports:
        - protocol: TCP
          port: metrics
`
const PROMETHEUS = at('monitoring', 'prometheus')

/** A named port is looked up in each pod: one rule fits pods that use different numbers. */
export const metricsFromMonitoring: Lesson = {
  id: 'metrics-from-monitoring',
  title: 'Metrics for Prometheus',
  track: 'everyday',
  minutes: 6,
  idea: [
    'Prometheus visits every app and reads its metrics. It comes from its own namespace, so a default deny sends it away, and the dashboards go blank.',
    'The apps answer on different numbers, but they give the port the same **name**. A rule may use the name: then it means, for each pod, the container port that is called so.',
  ].join('\n\n'),
  task: 'Let `prometheus` read the metrics of every app in the brewery, wherever that app serves them. It may use no other port, and nobody else may read metrics.',
  files: [
    file(
      'cluster.yaml',
      namespace('brewery'),
      deployment('brewery', 'kettle', { app: 'kettle' }, 'http: 8080', 'metrics: 9090'),
      deployment('brewery', 'fermenter', { app: 'fermenter' }, 'http: 8080', 'metrics: 9102'),
      namespace('monitoring'),
      deployment('monitoring', 'prometheus', { app: 'prometheus' }),
      deployment('monitoring', 'grafana', { app: 'grafana' }),
    ),
    ...answer(DENY),
  ],
  unseen: [file('unseen.yaml', deployment('brewery', 'bottling', { app: 'bottling' }, 'http: 8080', 'metrics: 9200'))],
  predict: [guess(PROMETHEUS, at('brewery', 'kettle'), 'TCP/9090'), guess(at('brewery', 'kettle'), PROMETHEUS)],
  goals: [
    may('prometheus may read the metrics of the kettle', PROMETHEUS, at('brewery', 'kettle'), 'TCP/9090'),
    may('prometheus may read the metrics of the fermenter', PROMETHEUS, at('brewery', 'fermenter'), 'TCP/9102'),
    mayNot('prometheus may not use port 8080 of any app', PROMETHEUS, { namespace: 'brewery' }, 'TCP/8080'),
    mayNot('grafana may not come in at all', at('monitoring', 'grafana'), { namespace: 'brewery' }),
    hidden(
      may('prometheus may read the bottling line, which is new', PROMETHEUS, at('brewery', 'bottling'), 'TCP/9200'),
    ),
    hidden(
      mayNot(
        'the kettle may not read the metrics of the fermenter',
        at('brewery', 'kettle'),
        at('brewery', 'fermenter'),
      ),
    ),
  ],
  constraints: [{ type: 'untouched', policy: 'brewery/default-deny' }],
  hints: [
    hint(
      'One policy for the whole brewery: `podSelector: {}`, and a rule for `app: prometheus` in the namespace `monitoring`.',
      DENY,
      CALLER,
    ),
    hint(
      'Which number would you write? 9090 is right for the kettle only. Look at what the ports are called in `cluster.yaml`.',
    ),
    hint('Write `port: metrics`.', DENY, SOLUTION),
  ],
  solution: answer(DENY, SOLUTION),
  remember:
    'A named port is looked up in each pod. One rule then fits all pods that use the name, whatever the number.',
  wrong: [
    mistake('Metrics are on 9090.', DENY, SOLUTION.replace('port: metrics', 'port: 9090')),
    mistake(
      'I see two numbers, I list two numbers.',
      DENY,
      SOLUTION.replace('port: metrics', 'port: 9090\n        - protocol: TCP\n          port: 9102'),
    ),
    mistake(
      'Everything in `monitoring` is monitoring.',
      DENY,
      SOLUTION.replace(/ {10}podSelector:[^]*prometheus\n/, ''),
    ),
    mistake('Prometheus may read, so it may come in.', DENY, CALLER),
    mistake(
      'The label is enough to find Prometheus.',
      DENY,
      SOLUTION.replace(/namespaceSelector:[^]*monitoring\n {10}podSelector/, 'podSelector'),
    ),
  ],
}
