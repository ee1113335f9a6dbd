import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const STREAM = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: stream-ingress
  namespace: radio
spec:
  podSelector:
    matchLabels:
      app: stream
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: player
      ports:
        - port: 8000
`
const COVERS = STREAM.replaceAll('stream', 'covers').replace('8000', '8080')
const START = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: player-egress
  namespace: radio
spec:
  podSelector:
    matchLabels:
      app: player
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
        - { protocol: UDP, port: 53 }
        - { protocol: TCP, port: 53 }
    - to:
        - podSelector:
            matchLabels:
              app: covers
      ports:
        - port: 8080
`
const RULE = `    - to:
        - podSelector:
            matchLabels:
              app: stream
      ports:
        - port: 8000
`
const app = (name: string) => at('radio', name)

/** A timeout is a policy, at either end; a refusal mostly is none (kube-router refuses, semantics.md D.5). */
export const whatADenialLooksLike: Lesson = {
  id: 'what-a-denial-looks-like',
  title: 'Timed out or refused?',
  track: 'everyday',
  minutes: 6,
  idea: [
    'No policy ever says “no”. Most networks drop what isn’t allowed, so the caller waits and then says **timed out**. “Connection **refused**” mostly is good news: the packet arrived, and nobody listens there. (kube-router, and so k3s, refuses instead.) “No such host” points to DNS.',
    'A timeout doesn’t tell which end dropped it. Look at both: the egress of the caller, then the ingress of the callee.',
  ].join('\n\n'),
  task: 'The log of `player` says: “stream:8000: timed out”, “covers:8080: connection refused”. Mend what a policy is to blame for, and leave the rest to its owners.',
  files: [
    file(
      'cluster.yaml',
      namespace('radio'),
      deployment('radio', 'player', { app: 'player' }, '3000'),
      deployment('radio', 'stream', { app: 'stream' }, '8000'),
      deployment('radio', 'covers', { app: 'covers' }, '8080'),
      deployment('radio', 'guestbook', { app: 'guestbook' }, '8080'),
      namespace('kube-system'),
      deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 'dns: 53/UDP', 'dns-tcp: 53'),
    ),
    ...answer(START, STREAM, COVERS),
  ],
  unseen: [file('unseen.yaml', deployment('radio', 'charts', { app: 'charts' }, '8000'))],
  predict: [guess(app('player'), app('stream'), 'TCP/8000'), guess(app('player'), app('covers'), 'TCP/8080')],
  goals: [
    may('player may call stream on 8000', app('player'), app('stream'), 'TCP/8000'),
    may('player may still call covers on 8080', app('player'), app('covers'), 'TCP/8080'),
    mayNot('player may not call guestbook', app('player'), app('guestbook')),
    mayNot('guestbook may not call stream', app('guestbook'), app('stream')),
    hidden(mayNot('player may not call charts', app('player'), app('charts'))),
    hidden(mayNot('guestbook may not call covers', app('guestbook'), app('covers'))),
  ],
  constraints: [{ type: 'untouched', policy: 'radio/covers-ingress' }],
  hints: [
    hint('“Refused” means that covers was reached: no policy is in the way there. The timeout is about `stream`.'),
    hint('`stream-ingress` lets the player in, so that end is open. Now read `player-egress`: who is missing?'),
    hint('Give `player-egress` a second rule: to `app: stream`, on 8000.', START + RULE, STREAM, COVERS),
  ],
  solution: answer(START + RULE, STREAM, COVERS),
  remember:
    'Timed out: look at policies, at both ends. Refused: mostly you are through, and nobody listens. No such host: DNS.',
  wrong: [
    mistake(
      'Who can’t be reached has to open up.',
      START,
      STREAM.replace('podSelector:\n            matchLabels:\n              app: player', 'podSelector: {}'),
      COVERS,
    ),
    mistake('Covers refuses, so its policy is too strict.', START, STREAM, COVERS.replace(/ {6}ports:[^]*/, '')),
    mistake('With so many errors the player’s policy had better go.', STREAM, COVERS),
    mistake(
      'The ports must be wrong, so leave them out.',
      START.replace('      ports:\n        - port: 8080\n', ''),
      STREAM.replace(/ {6}ports:[^]*/, ''),
      COVERS,
    ),
    mistake(
      'One rule for the whole namespace spares the next search.',
      START.replace(
        'podSelector:\n            matchLabels:\n              app: covers\n      ports:\n        - port: 8080',
        'podSelector: {}',
      ),
      STREAM,
      COVERS,
    ),
  ],
}
