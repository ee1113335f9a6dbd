import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const CLOSED = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: grades-ingress
  namespace: exams
spec:
  podSelector:
    matchLabels:
      app: grades
  policyTypes:
    - Ingress
`
const LECTURERS = `        - namespaceSelector:
            matchExpressions:
              - key: faculty
                operator: Exists
          podSelector:
            matchLabels:
              role: lecturer
`
const REGISTRAR = `        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: registrar
`
const PORTS = `      ports:
        - protocol: TCP
          port: 8443
`
const FIRST = `${CLOSED}  ingress:\n    - from:\n${LECTURERS}${PORTS}`
const SOLUTION = `${CLOSED}  ingress:\n    - from:\n${LECTURERS}${REGISTRAR}${PORTS}`

const GRADES = at('exams', 'grades')

/** Many namespaces by one label, one namespace by its name. */
export const multiNamespace: Lesson = {
  id: 'exam-many-namespaces',
  title: 'Drill: many namespaces, one door',
  track: 'exam',
  minutes: 7,
  seconds: 420,
  idea: [
    'A list of namespaces is out of date tomorrow. If they share a label, select by that label; if only the *presence* of the label counts, the operator is `Exists`.',
    'Each item of `from` is one kind of caller. Write each as a sentence first: “lecturers, in any namespace that is a faculty”. “Anyone in `registrar`”.',
  ].join('\n\n'),
  task: '`grades` in `exams` accepts TCP 8443 from pods with `role: lecturer` in every namespace that has a label `faculty`, and from all pods of `registrar`. From nobody else.',
  files: [
    file(
      'cluster.yaml',
      namespace('exams'),
      deployment('exams', 'grades', { app: 'grades' }, '8443'),
      deployment('exams', 'proctor', { app: 'proctor', role: 'lecturer' }),
      namespace('physics', { faculty: 'science' }),
      deployment('physics', 'einstein', { app: 'einstein', role: 'lecturer' }),
      deployment('physics', 'students', { app: 'students', role: 'student' }),
      namespace('history', { faculty: 'arts' }),
      deployment('history', 'herodotus', { app: 'herodotus', role: 'lecturer' }),
      namespace('registrar'),
      deployment('registrar', 'transcripts', { app: 'transcripts' }),
    ),
    ...answer('# The grades are open to the whole university.\n'),
  ],
  unseen: [
    file(
      'unseen.yaml',
      namespace('medicine', { faculty: 'medicine' }),
      deployment('medicine', 'galen', { app: 'galen', role: 'lecturer' }),
      namespace('evening-school'),
      deployment('evening-school', 'guest', { app: 'guest', role: 'lecturer' }),
    ),
  ],
  predict: [
    guess(at('physics', 'students'), GRADES, 'TCP/8443'),
    guess(at('registrar', 'transcripts'), GRADES, 'TCP/8443'),
  ],
  goals: [
    may('the lecturer of physics may call grades', at('physics', 'einstein'), GRADES, 'TCP/8443'),
    may('the lecturer of history may call grades', at('history', 'herodotus'), GRADES, 'TCP/8443'),
    may('every pod of registrar may call grades', { namespace: 'registrar' }, GRADES, 'TCP/8443'),
    mayNot('the students of physics may not call grades', at('physics', 'students'), GRADES),
    mayNot('the proctor, who is in no faculty, may not call grades', at('exams', 'proctor'), GRADES),
    hidden(
      may('the lecturer of medicine, a new faculty, may call grades', at('medicine', 'galen'), GRADES, 'TCP/8443'),
    ),
    hidden(mayNot('a guest lecturer outside the faculties may not call grades', at('evening-school', 'guest'), GRADES)),
    hidden(
      mayNot(
        'registrar reaches no other port of grades',
        at('registrar', 'transcripts'),
        GRADES,
        'TCP/1-8442',
        'TCP/8444-65535',
        'UDP',
      ),
    ),
  ],
  constraints: [],
  hints: [
    hint('First close `grades`: a policy in `exams`.', CLOSED),
    hint(
      'First item: `namespaceSelector` with `faculty` `Exists`, and a `podSelector` for lecturers without a dash of its own. And the port.',
      FIRST,
    ),
    hint('Second item, with a dash: the namespace `registrar` by its name label.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember: 'Select namespaces by what they are, not one by one. `Exists` asks for the label, whatever its value.',
  wrong: [
    mistake(
      'There are two faculties: science and arts.',
      SOLUTION.replace('operator: Exists', 'operator: In\n                values: [science, arts]'),
    ),
    mistake(
      'Lecturers are lecturers, in any namespace.',
      SOLUTION.replace(/namespaceSelector:\n {12}matchExpressions:\n.*\n.*Exists\n/, 'namespaceSelector: {}\n'),
    ),
    mistake('A dash before each selector.', SOLUTION.replace('          podSelector', '        - podSelector')),
    mistake('The registrar is a second rule, its port is clear.', `${FIRST}    - from:\n${REGISTRAR}`),
    mistake(
      'A faculty has the label on its pods as well.',
      SOLUTION.replace(
        /- namespaceSelector:\n {12}matchExpressions:/,
        '- podSelector:\n            matchExpressions:',
      ).replace(/ {10}podSelector:\n {12}matchLabels:\n {14}role: lecturer\n/, ''),
    ),
  ],
}
