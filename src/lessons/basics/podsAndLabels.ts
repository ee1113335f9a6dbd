import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const answer = (selector: string): readonly LessonFile[] => [
  file(
    'policies.yaml',
    policy(
      'clinic',
      'guard-patient-data',
      `
  podSelector:
${selector}
  policyTypes:
    - Ingress`,
    ),
  ),
]
const SOLUTION = answer(`    matchLabels:
      data: patients`)

/** A policy picks its pods by their labels, never by their names. */
export const podsAndLabels: Lesson = {
  id: 'pods-and-labels',
  title: 'Labels, not names',
  track: 'basics',
  minutes: 5,
  idea: [
    'A network policy never names a pod. Pods come and go, and their names go with them. It names **labels**: the policy is for every pod of its namespace that carries all the labels in `podSelector.matchLabels`.',
    'So a good label says what a pod *is*, and the policy picks up next week’s pods by itself.',
  ].join('\n\n'),
  task: 'The clinic wants nobody to connect to pods that hold patient data. The policy guards `records` and has forgotten the lab. Make its selector say what is meant: every pod with patient data, and no other.',
  files: [
    file(
      'cluster.yaml',
      namespace('clinic'),
      deployment('clinic', 'reception', { app: 'reception', floor: 'ground' }, '8080'),
      deployment('clinic', 'records', { app: 'records', floor: 'first', data: 'patients' }, '5432'),
      deployment('clinic', 'lab', { app: 'lab', floor: 'first', data: 'patients' }, '5432'),
      deployment('clinic', 'canteen', { app: 'canteen', floor: 'first' }, '8080'),
    ),
    ...answer(`    matchLabels:
      app: records`),
  ],
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
    may('lunch can still be ordered', at('clinic', 'reception'), at('clinic', 'canteen'), 'TCP/8080'),
    may('the lab can still call reception', at('clinic', 'lab'), at('clinic', 'reception'), 'TCP/8080'),
    hidden(
      mayNot('nobody gets into the X-ray room that opens next week', at('clinic', 'canteen'), at('clinic', 'x-ray')),
    ),
  ],
  constraints: [{ type: 'at-most', policies: 1 }],
  hints: [
    { text: 'Compare the labels in the pod templates. What do `records` and `lab` share that `reception` has not?' },
    { text: 'They share two labels. One is about the building, the other about what the pods hold.' },
    { text: 'Select by `data: patients`, and by nothing else.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: 'A policy is for all pods of its namespace that carry its labels, tomorrow’s included.',
  wrong: [
    {
      belief: 'Both are on the first floor, so I select the first floor.',
      files: answer('    matchLabels:\n      floor: first'),
    },
    {
      belief: 'A second label selects more pods.',
      files: answer('    matchLabels:\n      app: records\n      data: patients'),
    },
    { belief: 'The lab is missing, so I name the lab.', files: answer('    matchLabels:\n      app: lab') },
    {
      belief: 'A list of the two apps is as good as the label that they share.',
      files: answer(`    matchExpressions:
      - key: app
        operator: In
        values:
          - records
          - lab`),
    },
  ],
}
