import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: scores-for-musicians
  namespace: orchestra
spec:
  podSelector:
    matchLabels:
      app: scores
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              section: strings
`
const SOLUTION = START.replace(
  `matchLabels:
              section: strings`,
  `matchExpressions:
              - key: section
                operator: In
                values: [strings, woodwind]`,
)

const SCORES = at('orchestra', 'scores')

/** `In` is one requirement with several values; several requirements in one selector are all asked. */
export const severalSelectors: Lesson = {
  id: 'several-selectors',
  title: 'This label or that one',
  track: 'everyday',
  minutes: 5,
  idea: [
    'All that stands in **one** selector must fit: two lines of `matchLabels` are an “and”.',
    'For “one of these values” there is `matchExpressions` with the operator `In`. Its siblings are `NotIn`, `Exists` and `DoesNotExist`. Mind `NotIn`: it also fits pods that don’t have the label at all.',
  ].join('\n\n'),
  task: 'The orchestra’s `scores` are for strings and woodwind. Let both sections in, whatever the apps are called, and nobody else.',
  files: [
    file(
      'cluster.yaml',
      namespace('orchestra'),
      deployment('orchestra', 'scores', { app: 'scores' }, '8080'),
      deployment('orchestra', 'violins', { app: 'violins', section: 'strings' }),
      deployment('orchestra', 'flutes', { app: 'flutes', section: 'woodwind' }),
      deployment('orchestra', 'timpani', { app: 'timpani', section: 'percussion' }),
      deployment('orchestra', 'box-office', { app: 'box-office' }),
    ),
    ...answer(START),
  ],
  unseen: [
    file(
      'unseen.yaml',
      deployment('orchestra', 'oboes', { app: 'oboes', section: 'woodwind' }),
      deployment('orchestra', 'horns', { app: 'horns', section: 'brass' }),
    ),
  ],
  predict: [
    guess(at('orchestra', 'violins'), SCORES, 'TCP/8080'),
    guess(at('orchestra', 'flutes'), SCORES, 'TCP/8080'),
  ],
  goals: [
    may('the violins may read scores', at('orchestra', 'violins'), SCORES, 'TCP/8080'),
    may('the flutes may read scores', at('orchestra', 'flutes'), SCORES, 'TCP/8080'),
    mayNot('the timpani may not read scores', at('orchestra', 'timpani'), SCORES),
    mayNot('the box office, which is in no section, may not read scores', at('orchestra', 'box-office'), SCORES),
    hidden(may('the oboes, woodwind as well, may read scores', at('orchestra', 'oboes'), SCORES, 'TCP/8080')),
    hidden(mayNot('the horns, which are brass, may not read scores', at('orchestra', 'horns'), SCORES)),
  ],
  constraints: [],
  hints: [
    hint(
      '`section: strings` is one value. You need one requirement with two values: that is what `matchExpressions` is for.',
    ),
    hint('Write `key: section`, `operator: In`, `values: [strings, woodwind]` in place of `matchLabels`.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember: 'Inside a selector everything must fit. “One of” is the operator `In`, or a second item in the list.',
  wrong: [
    mistake(
      'A second requirement in the selector lets in more.',
      `${START}            matchExpressions:
              - { key: section, operator: In, values: [woodwind] }
`,
    ),
    mistake(
      'All but percussion is the same as strings and woodwind.',
      SOLUTION.replace('operator: In', 'operator: NotIn').replace('[strings, woodwind]', '[percussion]'),
    ),
    mistake(
      'Musicians are those that have a section.',
      SOLUTION.replace('operator: In\n                values: [strings, woodwind]', 'operator: Exists'),
    ),
    mistake(
      'I list the apps that I see.',
      SOLUTION.replace('key: section', 'key: app').replace('[strings, woodwind]', '[violins, flutes]'),
    ),
  ],
}
