import type { Lesson } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const CLUSTER = file(
  'clinic.yaml',
  namespace('clinic'),
  deployment('clinic', 'reception', { app: 'reception', floor: 'ground' }, '8080'),
  deployment('clinic', 'records', { app: 'records', floor: 'first', data: 'patients' }, '5432'),
  deployment('clinic', 'lab', { app: 'lab', floor: 'first', data: 'patients' }, '5432'),
  deployment('clinic', 'canteen', { app: 'canteen', floor: 'first' }, '8080'),
)

const guard = (labels: string): string =>
  policy('clinic', 'guard-patient-data', `  podSelector:\n    matchLabels:\n${labels}\n  policyTypes:\n    - Ingress`)
const answer = (...labels: readonly string[]) => [
  file('policies.yaml', guard(labels.map((label) => `      ${label}`).join('\n'))),
]

/** A policy picks its pods by their labels, never by their names. */
export const podsAndLabels: Lesson = {
  id: 'pods-and-labels',
  title: 'Labels, not names',
  track: 'basics',
  minutes: 5,
  idea: `A network policy never names a pod. Pods come and go, and their names change with them. It names **labels**: the
policy is for every pod in its namespace that carries all the labels under \`podSelector.matchLabels\`.

A label of the Deployment itself does not count. What counts stands in the pod template, under
\`template.metadata.labels\`.`,
  task: `The clinic wants nobody to connect to pods that hold patient data. The policy guards \`records\` and has missed the
lab. Make its selector say what is meant: every pod with patient data, and no other.`,
  files: [CLUSTER, ...answer('app: records')],
  unseen: [
    file('next-week.yaml', deployment('clinic', 'x-ray', { app: 'x-ray', floor: 'ground', data: 'patients' }, '5432')),
  ],
  predict: [
    guess(at('clinic', 'canteen'), at('clinic', 'records'), 'TCP/5432'),
    guess(at('clinic', 'canteen'), at('clinic', 'lab'), 'TCP/5432'),
    guess(at('clinic', 'records'), at('clinic', 'reception'), 'TCP/8080'),
  ],
  goals: [
    mayNot('nobody gets into records', at('clinic', 'canteen'), at('clinic', 'records')),
    mayNot('nobody gets into the lab', at('clinic', 'canteen'), at('clinic', 'lab')),
    may('lunch can still be ordered', at('clinic', 'reception'), at('clinic', 'canteen')),
    may('reception can still be called', at('clinic', 'lab'), at('clinic', 'reception')),
    hidden(mayNot('the X-ray room, which opens next week, is guarded too', at('clinic', 'lab'), at('clinic', 'x-ray'))),
  ],
  constraints: [{ type: 'at-most', policies: 1 }],
  hints: [
    { text: 'Compare the labels in the pod templates. What do `records` and `lab` share that the canteen lacks?' },
    { text: 'They share two labels. One is about the building, the other about what the pods hold.' },
  ],
  solution: answer('data: patients'),
  remember: 'A policy is for all pods of its namespace that carry its labels, those of next week included.',
  wrong: [
    { files: answer('floor: first'), belief: 'Both are on the first floor, so that will do.' },
    { files: answer('app: records', 'data: patients'), belief: 'One more label selects more pods.' },
    { files: answer('app: lab'), belief: 'The lab is missing, so I name the lab.' },
    {
      files: [
        file(
          'policies.yaml',
          policy(
            'clinic',
            'guard-patient-data',
            `
  podSelector:
    matchExpressions:
      - key: app
        operator: In
        values:
          - records
          - lab
  policyTypes:
    - Ingress`,
          ),
        ),
      ],
      belief: 'A list of the two apps is as good as the label they share.',
    },
  ],
}
