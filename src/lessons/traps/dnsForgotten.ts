import type { End } from '#core/model/end.ts'
import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const FORECAST = at('weather', 'forecast')
const DNS = at('kube-system', 'coredns')
const INTERNET: End = { internet: true }
const TO_SENSORS = `    - to:
        - podSelector:
            matchLabels:
              app: sensors
      ports:
        - protocol: TCP
          port: 5432
`
const answer = (rules = ''): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'weather',
      'forecast-egress',
      `  podSelector:\n    matchLabels:\n      app: forecast\n  policyTypes:\n    - Egress\n  egress:\n${TO_SENSORS}${rules}`,
    ),
  ),
]
const SYSTEM =
  '        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: kube-system\n'
const PODS = '          podSelector:\n            matchLabels:\n              k8s-app: kube-dns\n'
const UDP = '        - protocol: UDP\n          port: 53\n'
const TCP = '        - protocol: TCP\n          port: 53\n'
const SOLUTION = answer(`    - to:\n${SYSTEM}${PODS}      ports:\n${UDP}${TCP}`)

/** Closing egress closes name lookups too. */
export const dnsForgotten: Lesson = {
  id: 'dns-forgotten',
  title: 'Nobody knows your name',
  track: 'traps',
  minutes: 7,
  idea: [
    'Programs connect to names, and every name is looked up first: a connection to the cluster’s DNS pods, on **port 53, over UDP and, for long answers, over TCP**. Close egress, and the lookup is cut before anything else.',
    'It looks odd from inside: the rule for the database is right, and the program says “no such host”.',
  ].join('\n\n'),
  task: 'The forecast may talk to the sensors and fails anyway: it can’t look them up. Open DNS to the cluster’s DNS pods, and to nobody else: an open port 53 to anywhere is a way to smuggle data out.',
  files: [
    file(
      'cluster.yaml',
      namespace('weather'),
      deployment('weather', 'forecast', { app: 'forecast' }),
      deployment('weather', 'sensors', { app: 'sensors' }, '5432'),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53', 'metrics: 9153'),
    ),
    ...answer(),
  ],
  unseen: [file('system.yaml', deployment('kube-system', 'dashboard', { 'k8s-app': 'dashboard' }, '8443', '53'))],
  predict: [
    guess(FORECAST, at('weather', 'sensors'), 'TCP/5432'),
    guess(FORECAST, DNS, 'UDP/53'),
    guess(at('weather', 'sensors'), DNS, 'UDP/53'),
  ],
  goals: [
    may('the forecast looks up names', FORECAST, DNS, 'UDP/53'),
    may('long answers, which come over TCP, arrive as well', FORECAST, DNS, 'TCP/53'),
    may('the forecast reads the sensors', FORECAST, at('weather', 'sensors'), 'TCP/5432'),
    mayNot('nothing leaves for the internet, not even on port 53', FORECAST, INTERNET),
    hidden(mayNot('other pods of kube-system stay out of reach', FORECAST, at('kube-system', 'dashboard'))),
    hidden(mayNot('the metrics of the DNS pods stay out of reach', FORECAST, DNS, 'TCP/9153')),
  ],
  constraints: [],
  hints: [
    { text: 'Where do the DNS pods live, and which label do they carry? A rule for them needs both, in one item.' },
    {
      text: 'Start with UDP 53 to the DNS pods.',
      files: answer(`    - to:\n${SYSTEM}${PODS}      ports:\n${UDP}`),
    },
    { text: 'Add TCP 53 to the same rule.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember:
    'Whoever closes egress opens DNS next: UDP and TCP, to the DNS pods, on the port where they listen. That is 53 in most clusters, and 5353 in OpenShift.',
  wrong: [
    { belief: 'DNS is UDP.', files: answer(`    - to:\n${SYSTEM}${PODS}      ports:\n${UDP}`) },
    {
      belief: 'A port without a protocol means both.',
      files: answer(`    - to:\n${SYSTEM}${PODS}      ports:\n        - port: 53\n`),
    },
    { belief: 'Port 53 is harmless, wherever it goes.', files: answer(`    - ports:\n${UDP}${TCP}`) },
    { belief: 'All of `kube-system` is trustworthy.', files: answer(`    - to:\n${SYSTEM}`) },
    {
      belief: 'The label is enough to find the DNS pods.',
      files: answer(
        `    - to:\n${PODS.replace('          podSelector', '        - podSelector')}      ports:\n${UDP}${TCP}`,
      ),
    },
  ],
}
