import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const START = `# The editor may look into the archive, and ask DNS.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: editor-egress
  namespace: newsroom
spec:
  podSelector:
    matchLabels:
      app: editor
  policyTypes:
    - Ingress
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - port: 53
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: archive
        - podSelector:
            matchLabels:
              app: store
      ports:
        - protocol: TCP
          port: 8443
`
const DIRECTION = START.replace('- Ingress', '- Egress')
const DNS = DIRECTION.replace(
  '- port: 53\n',
  '- protocol: UDP\n          port: 53\n        - protocol: TCP\n          port: 53\n',
)
const SOLUTION = DNS.replace(
  '        - podSelector:\n            matchLabels:\n              app: store',
  '          podSelector:\n            matchLabels:\n              app: store',
)

const EDITOR = at('newsroom', 'editor')
const COREDNS = at('kube-system', 'coredns')

/** Wrong direction, half of DNS, and a dash too many, in one policy. */
export const bugHuntEgress: Lesson = {
  id: 'exam-bug-hunt-egress',
  title: 'Bug hunt: the talkative editor',
  track: 'exam',
  minutes: 6,
  seconds: 360,
  idea: [
    'Egress rules count only where `policyTypes` says `Egress`. If it says only `Ingress`, they are kept and ignored, and the pod is isolated in the **other** direction.',
    'So read `policyTypes` first. Then go through each rule as a sentence: these pods, on these ports, with this protocol.',
  ].join('\n\n'),
  task: 'This policy should limit `editor` to the `store` of the namespace `archive` (8443) and to DNS. Instead nobody reaches `editor` any more, and `editor` reaches everyone. Find the three bugs.',
  files: [
    file(
      'cluster.yaml',
      namespace('newsroom'),
      deployment('newsroom', 'editor', { app: 'editor' }, '8080'),
      deployment('newsroom', 'reporter', { app: 'reporter' }),
      namespace('archive'),
      deployment('archive', 'store', { app: 'store' }, '8443'),
      deployment('archive', 'scanner', { app: 'scanner' }, '8443'),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53'),
    ),
    ...answer(START),
  ],
  unseen: [file('unseen.yaml', deployment('newsroom', 'draft-store', { app: 'store' }, '8443'))],
  predict: [guess(at('newsroom', 'reporter'), EDITOR, 'TCP/8080'), guess(EDITOR, at('archive', 'scanner'), 'TCP/8443')],
  goals: [
    may('reporter may call editor', at('newsroom', 'reporter'), EDITOR, 'TCP/8080'),
    may('editor may call the store of archive on 8443', EDITOR, at('archive', 'store'), 'TCP/8443'),
    may('editor may ask DNS, by UDP and by TCP', EDITOR, COREDNS, 'UDP/53', 'TCP/53'),
    mayNot('editor may not call the scanner', EDITOR, at('archive', 'scanner')),
    mayNot('editor may not call the internet', EDITOR, { internet: true }),
    hidden(mayNot('editor may not call the draft store of newsroom', EDITOR, at('newsroom', 'draft-store'))),
  ],
  constraints: [{ type: 'at-most', policies: 1 }],
  hints: [
    hint('`policyTypes` names the direction that the policy is about. The rules are about the other one.', DIRECTION),
    hint('The editor is limited now, and can’t find anything. A port without `protocol` is TCP.', DNS),
    hint('Two dashes in the last `to`: all of archive, or any store of newsroom. Make it one item.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember: 'Read `policyTypes` first: rules of a direction that it doesn’t list do nothing.',
  wrong: [
    mistake('With the right direction the rules do what they say.', DIRECTION),
    mistake('Both directions are listed, so both are right.', SOLUTION.replace('- Egress', '- Ingress\n    - Egress')),
    mistake('DNS is UDP, TCP was the mistake.', SOLUTION.replace('        - protocol: TCP\n          port: 53\n', '')),
    mistake('Direction and DNS: everything works again.', DNS),
    mistake(
      'Leave `policyTypes` out, Kubernetes sees what I mean.',
      SOLUTION.replace('  policyTypes:\n    - Egress\n', ''),
    ),
  ],
}
