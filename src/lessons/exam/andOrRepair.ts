import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const visa = (dash: string): string => `# Only the clerks of the consulate work on visas.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: visa-ingress
  namespace: embassy
spec:
  podSelector:
    matchLabels:
      app: visa
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: consulate
        ${dash} podSelector:
            matchLabels:
              role: clerk
`
const gate = (dash: string): string => `# The gate is opened by our own guards, and by everyone in security.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: gate-ingress
  namespace: embassy
spec:
  podSelector:
    matchLabels:
      app: gate
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              role: guard
        ${dash} namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: security
`
const [AND, OR] = [' ', '-']
const [VISA, GATE] = [at('embassy', 'visa'), at('embassy', 'gate')]

/** Two policies, each with the dash that the other one lacks. */
export const andOrRepair: Lesson = {
  id: 'exam-and-or-repair',
  title: 'Against the clock: AND and OR',
  track: 'exam',
  minutes: 3,
  seconds: 180,
  idea: [
    'Two policies, two comments, one dash. In one of them a dash is too many, in the other one is missing.',
    'Say it aloud: “of the consulate, the clerks” is **one** item with two selectors. “Security, and also our guards” is **two** items.',
  ].join('\n\n'),
  task: 'Make both policies do what their comments say. Three minutes.',
  files: [
    file(
      'cluster.yaml',
      namespace('embassy'),
      deployment('embassy', 'visa', { app: 'visa' }, '8080'),
      deployment('embassy', 'gate', { app: 'gate' }, '8080'),
      deployment('embassy', 'night-watch', { app: 'night-watch', role: 'guard' }),
      deployment('embassy', 'post-room', { app: 'post-room', role: 'clerk' }),
      namespace('consulate'),
      deployment('consulate', 'counter', { app: 'counter', role: 'clerk' }),
      deployment('consulate', 'waiting-room', { app: 'waiting-room' }),
      namespace('security'),
      deployment('security', 'cameras', { app: 'cameras' }),
    ),
    ...answer(visa(OR), gate(AND)),
  ],
  unseen: [
    file(
      'unseen.yaml',
      deployment('security', 'dog-unit', { app: 'dog-unit', role: 'guard' }),
      namespace('car-park'),
      deployment('car-park', 'barrier', { app: 'barrier', role: 'guard' }),
    ),
  ],
  predict: [guess(at('consulate', 'waiting-room'), VISA), guess(at('embassy', 'night-watch'), GATE)],
  goals: [
    may('the counter of the consulate, a clerk, may call visa', at('consulate', 'counter'), VISA),
    mayNot('the waiting room of the consulate may not call visa', at('consulate', 'waiting-room'), VISA),
    mayNot('the post room, a clerk of the embassy, may not call visa', at('embassy', 'post-room'), VISA),
    may('the night watch, a guard of the embassy, may call gate', at('embassy', 'night-watch'), GATE),
    may('the cameras of security may call gate', at('security', 'cameras'), GATE),
    hidden(may('the dog unit, guards in security, may call gate', at('security', 'dog-unit'), GATE)),
    hidden(mayNot('a guard of some other namespace may not call gate', at('car-park', 'barrier'), GATE)),
    hidden(mayNot('the consulate may not call gate', { namespace: 'consulate' }, GATE)),
  ],
  constraints: [{ type: 'at-most', policies: 2 }],
  hints: [
    hint('`visa`: clerk **and** consulate. Take the dash before `podSelector` away.', visa(AND), gate(AND)),
    hint('`gate`: guard **or** security. Put a dash before `namespaceSelector`.', visa(AND), gate(OR)),
  ],
  solution: answer(visa(AND), gate(OR)),
  remember: 'One dash: and. Two dashes: or.',
  wrong: [
    mistake('Two selectors always go together: no dash anywhere.', visa(AND), gate(AND)),
    mistake('A list has a dash before each thing.', visa(OR), gate(OR)),
    mistake(
      'Guards anywhere are guards.',
      visa(AND),
      gate(OR).replace('- podSelector', '- namespaceSelector: {}\n          podSelector'),
    ),
    mistake(
      'The consulate is one of us, it may come in as a whole.',
      visa(OR).replace(/ {8}- podSelector[^]*/, ''),
      gate(OR),
    ),
  ],
}
