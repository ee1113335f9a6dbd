import type { End } from '#core/model/end.ts'
import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from '../texts.ts'

const SAFE: End = { cidr: '10.20.0.0/16' }
const OFFICES: End = { cidr: '10.30.0.0/16' }
const egress = (name: string, peers: string): string =>
  policy(
    'lottery',
    name,
    `  podSelector:\n    matchLabels:\n      app: draw\n  policyTypes:\n    - Egress\n  egress:\n    - to:\n${peers}`,
  )
const block = (cidr: string, except?: string): string =>
  `        - ipBlock:\n            cidr: ${cidr}\n${except ? `            except:\n              - ${except}\n` : ''}`
const answer = (...documents: readonly string[]): readonly LessonFile[] => [file('policies.yaml', ...documents)]
const INTERNET = egress('draw-to-internet', block('0.0.0.0/0', '10.20.0.0/16'))
const SOLUTION = answer(INTERNET, egress('draw-to-intranet', block('10.0.0.0/8', '10.20.0.0/16')))

/** `except` cuts a hole into one block; it forbids nothing that another rule allows. */
export const exceptIsNoDeny: Lesson = {
  id: 'except-is-no-deny',
  title: 'An exception is not a ban',
  track: 'traps',
  minutes: 7,
  idea: [
    '`except` makes a block smaller: it is taken out of **the one `cidr` beside it**. It is not a denial, and it reaches no further than its own item.',
    'Another rule, another policy or another block that covers those addresses lets them through, since rules add up. An exception holds only if no one else allows what it leaves out.',
  ].join('\n\n'),
  task: 'The lottery’s drawing machine must never reach the safe at 10.20.0.0/16. There is an `except` for it, and the machine reaches the safe all the same. Close it. Offices and the internet must stay within reach.',
  files: [
    file('cluster.yaml', namespace('lottery'), deployment('lottery', 'draw', { app: 'draw' }, '8080')),
    ...answer(INTERNET, egress('draw-to-intranet', block('10.0.0.0/8'))),
  ],
  unseen: [],
  predict: [
    guess(at('lottery', 'draw'), SAFE, 'TCP/443'),
    guess(at('lottery', 'draw'), OFFICES, 'TCP/443'),
    guess(at('lottery', 'draw'), { host: '192.0.2.10' }, 'TCP/443'),
  ],
  goals: [
    mayNot('the machine never reaches the safe', at('lottery', 'draw'), SAFE),
    may('the machine reaches the offices at 10.30.0.0/16', at('lottery', 'draw'), OFFICES, 'TCP/443'),
    may('the machine reaches the internet', at('lottery', 'draw'), { host: '192.0.2.10' }, 'TCP/443'),
    hidden(may('the machine reaches the printer at 10.9.8.7', at('lottery', 'draw'), { host: '10.9.8.7' }, 'TCP/631')),
  ],
  constraints: [],
  hints: [
    { text: 'Two policies select the machine. For each of them ask: is 10.20.0.1 inside its block?' },
    { text: 'The second one covers the safe with 10.0.0.0/8. It needs the same hole, or it isn’t needed at all.' },
    { text: 'Add the `except` there too.', files: SOLUTION },
  ],
  solution: SOLUTION,
  remember: '`except` leaves something out of one block. It takes nothing back that another rule gives.',
  wrong: [
    {
      belief: 'One more policy with the exception makes it hold.',
      files: answer(
        INTERNET,
        egress('draw-to-intranet', block('10.0.0.0/8')),
        egress('draw-not-to-safe', block('10.0.0.0/8', '10.20.0.0/16')),
      ),
    },
    {
      belief: 'Both blocks in one rule: then the exception counts for both.',
      files: answer(egress('draw-egress', block('0.0.0.0/0', '10.20.0.0/16') + block('10.0.0.0/8'))),
    },
    {
      belief: 'Leave all of the intranet out, then the safe is out as well.',
      files: answer(egress('draw-to-internet', block('0.0.0.0/0', '10.0.0.0/8'))),
    },
    {
      belief: 'The safe has one address, so I leave out that one.',
      files: answer(INTERNET, egress('draw-to-intranet', block('10.0.0.0/8', '10.20.0.1/32'))),
    },
  ],
}
