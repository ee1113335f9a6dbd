import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cards-egress
  namespace: payments
spec:
  podSelector:
    matchLabels:
      app: cards
  policyTypes:
    - Egress
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
    - to: # the card network, which changes its addresses every week
        - ipBlock:
            cidr: 0.0.0.0/0
      ports:
        - protocol: TCP
          port: 443
`
const without = (...blocks: readonly string[]): string =>
  START.replace(
    'cidr: 0.0.0.0/0\n',
    `cidr: 0.0.0.0/0\n            except:\n${blocks.map((block) => `              - ${block}\n`).join('')}`,
  )
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
const METADATA = '169.254.0.0/16'
const SOLUTION = without(...PRIVATE, METADATA)

const SETTINGS = `# Where the pods of this cluster have their addresses.
apiVersion: drawbridge/v1alpha1
kind: DrawbridgeSettings
metadata:
  name: settings
podCidrs: [10.244.0.0/16]
`
const CARDS = at('payments', 'cards')

/** “Public addresses only” is `0.0.0.0/0` without the private ones and the cloud’s metadata. */
export const externalEgress: Lesson = {
  id: 'external-egress',
  title: 'Out to the internet, and only there',
  track: 'everyday',
  minutes: 7,
  idea: [
    'A NetworkPolicy knows no host names, so `api.cards.example` can’t be written down. Where addresses change, the honest second best is: **443 to public addresses**.',
    '`0.0.0.0/0` is more than the internet. It contains your own networks, and 169.254.169.254, where a cloud hands its credentials to whoever asks. `except` takes them out of the block again.',
  ].join('\n\n'),
  task: '`cards` must reach the card network on the internet by HTTPS. Take all private addresses and the metadata address out of its way.',
  files: [
    file(
      'cluster.yaml',
      namespace('payments'),
      deployment('payments', 'cards', { app: 'cards' }),
      namespace('vault'),
      deployment('vault', 'keys', { app: 'keys' }, '443'),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53'),
    ),
    file('settings.yaml', SETTINGS),
    ...answer(START),
  ],
  unseen: [],
  predict: [guess(CARDS, { internet: true }, 'TCP/443'), guess(CARDS, at('vault', 'keys'), 'TCP/443')],
  goals: [
    may('cards may call the internet on 443', CARDS, { internet: true }, 'TCP/443'),
    mayNot('cards may not reach the cloud’s metadata', CARDS, { host: '169.254.169.254' }),
    mayNot('cards may not reach the keys of vault', CARDS, at('vault', 'keys')),
    mayNot('cards may not reach the office network 10.20.0.0/16', CARDS, { cidr: '10.20.0.0/16' }),
    may('cards may still ask DNS', CARDS, at('kube-system', 'coredns'), 'UDP/53', 'TCP/53'),
    hidden(mayNot('cards may not reach 172.16.0.0/12, which is private, too', CARDS, { cidr: '172.16.0.0/12' })),
    hidden(mayNot('cards may not reach 192.168.0.0/16, which is private, too', CARDS, { cidr: '192.168.0.0/16' })),
    hidden(mayNot('cards may not call the internet by plain HTTP', CARDS, { internet: true }, 'TCP/80')),
  ],
  constraints: [],
  hints: [
    hint(
      'There are three private ranges: 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16. Pods and offices live in them.',
    ),
    hint('List them as `except` under that same `ipBlock`.', without(...PRIVATE)),
    hint('169.254.0.0/16 is the fourth: link-local, where the metadata is.', SOLUTION),
  ],
  solution: answer(SOLUTION),
  remember:
    '“The internet” in IPv4 is `0.0.0.0/0` except 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 169.254.0.0/16.',
  wrong: [
    mistake('Pods have 10-addresses here, so 10.0.0.0/8 is the private range.', without('10.0.0.0/8')),
    mistake('With the private ranges out, only the internet is left.', without(...PRIVATE)),
    mistake(
      'A second policy with `except` takes it out of the first.',
      START,
      SOLUTION.replace('name: cards-egress', 'name: cards-not-private'),
    ),
    mistake(
      'Each exception gets an item of its own.',
      START.replace(
        'cidr: 0.0.0.0/0\n',
        [...PRIVATE, METADATA]
          .map((block) => `cidr: 0.0.0.0/0\n            except: [${block}]\n`)
          .join('        - ipBlock:\n            '),
      ),
    ),
    mistake('The address that it has today will do.', START.replace('0.0.0.0/0', '198.51.100.0/24')),
  ],
}
