import type { Lesson } from '#core/model/lesson.ts'
import { answer, hint, mistake } from '../answers.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace } from '../texts.ts'

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: arena
spec:
  podSelector: {}
  policyTypes:
    - Ingress
`
const PLAYERS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: match-for-players
  namespace: arena
spec:
  podSelector:
    matchLabels:
      app: match
  policyTypes:
    - Ingress
  ingress:
    - ports:
        - protocol: UDP
          port: 7777
`
const BALANCER = `apiVersion: v1
kind: Service
metadata:
  name: match
  namespace: arena
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local # keeps the address of the player
  selector:
    app: match
  ports:
    - protocol: UDP
      port: 7777
      nodePort: 30777
`
const INTERNET = { internet: true } as const
const MATCH = at('arena', 'match')

/** Clients outside of the cluster are no pods: a rule without `from`, or an `ipBlock`, lets them in. */
export const externalClients: Lesson = {
  id: 'external-clients',
  title: 'Clients from outside',
  track: 'everyday',
  minutes: 6,
  idea: [
    'Selectors find pods. A player at home is no pod, so no selector will ever find one, `namespaceSelector: {}` included.',
    'Two things let outsiders in: a rule **without `from`** (anyone at all), or an `ipBlock` with their addresses. Keep `ports` narrow then: it is all that is left to guard the door.',
  ].join('\n\n'),
  task: 'Players from anywhere must reach `match` on UDP 7777, through the load balancer. Nothing else opens: neither other ports of `match` nor other apps.',
  files: [
    file(
      'cluster.yaml',
      namespace('arena'),
      deployment('arena', 'match', { app: 'match' }, 'game: 7777/UDP', 'admin: 9000'),
      deployment('arena', 'ranking', { app: 'ranking' }, '8080'),
      BALANCER,
    ),
    ...answer(DENY),
  ],
  unseen: [file('unseen.yaml', deployment('arena', 'chat', { app: 'chat' }, '7777/UDP'))],
  predict: [guess(INTERNET, MATCH, 'UDP/7777'), guess(MATCH, at('arena', 'ranking'), 'TCP/8080')],
  goals: [
    may('players may reach match on UDP 7777', INTERNET, MATCH, 'UDP/7777'),
    mayNot('the admin port of match stays closed to players', INTERNET, MATCH, 'TCP/9000'),
    mayNot('ranking stays closed to players', INTERNET, at('arena', 'ranking')),
    hidden(may('players of any network may reach match', { host: '198.51.100.23' }, MATCH, 'UDP/7777')),
    hidden(mayNot('players reach no other port of match', INTERNET, MATCH, 'TCP', 'UDP/1-7776', 'UDP/7778-65535')),
    hidden(mayNot('chat, another app, stays closed to players', INTERNET, at('arena', 'chat'))),
  ],
  constraints: [{ type: 'untouched', policy: 'arena/default-deny' }],
  hints: [
    hint('`default-deny` stays. Add a second policy for `app: match`: policies add up.'),
    hint(
      'Its rule has no `from`, so it is for anyone. Still missing: which ports.',
      DENY,
      PLAYERS.replace(/ {4}- ports:[^]*/, '    - {}\n'),
    ),
    hint(
      'Give the rule `ports` with `protocol: UDP` and `port: 7777`. Without `protocol` it would mean TCP.',
      DENY,
      PLAYERS,
    ),
  ],
  solution: answer(DENY, PLAYERS),
  remember:
    'Outsiders are let in by a rule without `from` or by `ipBlock`, never by a selector. And ports are TCP unless you say otherwise.',
  wrong: [
    mistake(
      '`namespaceSelector: {}` means everyone, everywhere.',
      DENY,
      PLAYERS.replace('- ports:', '- from:\n        - namespaceSelector: {}\n      ports:'),
    ),
    mistake(
      'A port is a port, the protocol goes without saying.',
      DENY,
      PLAYERS.replace('- protocol: UDP\n          port', '- port'),
    ),
    mistake('Players knock at the node port, so that is the one to open.', DENY, PLAYERS.replace('7777', '30777')),
    mistake(
      'Whoever may play may come in: no need for ports.',
      DENY,
      PLAYERS.replace(/ {4}- ports:[^]*/, '    - {}\n'),
    ),
    mistake(
      'The Service picks the pods already, the policy can select all.',
      DENY,
      PLAYERS.replace('podSelector:\n    matchLabels:\n      app: match', 'podSelector: {}'),
    ),
  ],
}
