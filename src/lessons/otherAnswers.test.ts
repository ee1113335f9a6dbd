import { expect, test } from 'vitest'
import { filesAfter } from './filesAfter.ts'
import { grade } from './grade.ts'
import { LESSONS } from './index.ts'

/** Of a lesson's solution: what is written differently, from what, to what. As right as the first. */
const OTHERS: readonly (readonly [id: string, what: string, from: string | RegExp, to: string])[] = [
  ['open-by-default', 'no policyTypes', / {2}policyTypes:\n {4}- Ingress\n/, ''],
  ['open-by-default', 'an empty list of rules', /$/, '  ingress: []\n'],
  ['open-by-default', 'another name', 'close-oven', 'hands-off'],
  [
    'selected-means-closed',
    'an expression',
    /podSelector:\n {12}matchLabels:\n {14}app: editor\n[^]*$/,
    'podSelector:\n            matchExpressions:\n              - {key: app, operator: In, values: [editor, reporter]}\n',
  ],
  ['deny-all-ingress', 'an empty matchLabels', 'podSelector: {}', 'podSelector:\n    matchLabels: {}'],
  ['allow-all', 'empty peers', 'ingress:\n    - {}', 'ingress:\n    - from: []'],
  ['both-halves', 'no ports: the other half has them', / {6}ports:\n {8}- protocol: TCP\n {10}port: 5432\n$/, ''],
  [
    'and-or-dash',
    'podSelector first',
    /- namespaceSelector:\n(.*\n.*\n) {10}podSelector:\n(.*\n.*\n)/,
    '- podSelector:\n$2          namespaceSelector:\n$1',
  ],
  [
    'policy-types-default',
    'ingress for everybody',
    '    - Egress',
    '    - Egress\n    - Ingress\n  ingress:\n    - {}',
  ],
  ['service-port', 'by its name', 'port: 8080', 'port: pictures'],
  ['service-port', 'the Service’s port as well', 'port: 8080', 'port: 8080\n        - port: 80'],
  ['except-is-no-deny', 'only the first policy', /---\n[^]*$/, ''],
  [
    'dns-forgotten',
    'by the names of the ports',
    'protocol: UDP\n          port: 53',
    'protocol: UDP\n          port: dns',
  ],
  ['on-is-not-a-text', 'single quotes', '"on"', "'on'"],
  ['extra-dash', 'ports before from', /- from:\n([^]*) {6}ports:\n([^]*)$/, '- ports:\n$2      from:\n$1'],
]

test.each(OTHERS)('%s: %s is right as well', (id, _, from, to) => {
  const lesson = LESSONS.find((one) => one.id === id)
  if (!lesson) throw new Error(`no lesson ${id}`)
  const solution = filesAfter(lesson, lesson.solution)
  const edited = solution.map((file) =>
    file.path === 'policies.yaml' ? { ...file, text: file.text.replace(from, to) } : file,
  )
  expect(edited).not.toEqual(solution)
  expect(grade(lesson, edited)).toMatchObject({ passed: true, violations: [] })
})
