import { describe, expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import { formatPath } from '#core/model/text.ts'
import { explain } from './explain.ts'
import { at, CLUSTER, evaluationOf, policy, service } from './nearMiss.testkit.ts'
import { plain } from '#core/model/sentence.ts'

interface Case {
  readonly from?: End
  readonly to?: End
  readonly ports?: readonly string[]
  readonly cluster?: string
}

/** `kind place: sentence` for each miss of the half that has some. */
function missesOf(
  text: string,
  { from = at('web'), to = at('db'), ports = ['TCP/8080'], cluster = CLUSTER }: Case = {},
) {
  const { halves } = explain(evaluationOf(cluster + text), from, to, ports)
  return halves.flatMap(({ misses }) =>
    misses.map(
      ({ kind, at: place, sentence }) => `${kind} ${place ? formatPath(place.path) : '-'}: ${plain(sentence)}`,
    ),
  )
}

const from = (...peers: readonly string[]): string => policy('db-in', `ingress:\n  - from: [${peers.join(', ')}]`)
const ports = (text: string): string =>
  policy('db-in', `ingress:\n  - from: [{ podSelector: { matchLabels: { app: web } } }]\n    ports: [${text}]`)

type Row = readonly [what: string, text: string, miss: string, about?: Case]

const etl = { from: at('etl', 'data') }
const other = { from: at('web', 'data') }
const SERVICE = service('db', '{ port: 80, targetPort: http }')
const BOTH = '{ namespaceSelector: { matchLabels: { team: blue } }, podSelector: { matchLabels: { app: api } } }'
const BLOCK = '{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.8/30] } }'
const DENY = policy('deny', 'policyTypes: [Ingress]')
const WEB_OUT = policy(
  'web-out',
  'policyTypes: [Egress]\negress: [{ to: [{ podSelector: { matchLabels: { app: db } } }] }]',
  '{ matchLabels: { app: web } }',
)

const TABLE: readonly Row[] = [
  [
    'a value in another case',
    from('{ podSelector: { matchLabels: { app: Web } } }'),
    'label-value spec.ingress[0].from[0].podSelector.matchLabels.app: Rule 1 of shop/db-in asks for app: Web; shop/web has app: web.',
  ],
  [
    'a slip in a value',
    from('{ podSelector: { matchLabels: { app: wbe } } }'),
    'label-value spec.ingress[0].from[0].podSelector.matchLabels.app: Rule 1 of shop/db-in asks for app: wbe; shop/web has app: web.',
  ],
  [
    'an expression without the value',
    from('{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, etl] }] } }'),
    'label-value spec.ingress[0].from[0].podSelector.matchExpressions[0]: Rule 1 of shop/db-in asks for app: api or etl; shop/web has app: web.',
  ],
  [
    'an expression that leaves it out',
    from('{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [web] }] } }'),
    'label-value spec.ingress[0].from[0].podSelector.matchExpressions[0]: Rule 1 of shop/db-in asks for app other than web; shop/web has app: web.',
  ],
  [
    'a key that must not be there',
    from('{ podSelector: { matchExpressions: [{ key: app, operator: DoesNotExist }] } }'),
    'label-value spec.ingress[0].from[0].podSelector.matchExpressions[0]: Rule 1 of shop/db-in asks for no app; shop/web has app: web.',
  ],
  [
    'another key with the value',
    from('{ podSelector: { matchLabels: { name: web } } }'),
    'label-absent spec.ingress[0].from[0].podSelector.matchLabels.name: Rule 1 of shop/db-in asks for name: web; shop/web has no label name, but app: web.',
  ],
  [
    'a label that is not there',
    from('{ podSelector: { matchLabels: { app: web, tier: front } } }'),
    'label-absent spec.ingress[0].from[0].podSelector.matchLabels.tier: Rule 1 of shop/db-in asks for tier: front; shop/web has no label tier.',
  ],
  [
    'a key that must be there',
    from('{ podSelector: { matchExpressions: [{ key: tier, operator: Exists }] } }'),
    'label-absent spec.ingress[0].from[0].podSelector.matchExpressions[0]: Rule 1 of shop/db-in asks for any tier; shop/web has no label tier.',
  ],
  [
    'the name of a namespace under the wrong key',
    from('{ namespaceSelector: { matchLabels: { name: data } } }'),
    'namespace-label spec.ingress[0].from[0].namespaceSelector.matchLabels.name: Rule 1 of shop/db-in asks for namespaces with name: data; the namespace data has no label name (did you mean kubernetes.io/metadata.name: data?).',
    other,
  ],
  [
    'a slip in the label of a namespace',
    from('{ namespaceSelector: { matchLabels: { team: bule } } }'),
    'namespace-label spec.ingress[0].from[0].namespaceSelector.matchLabels.team: Rule 1 of shop/db-in asks for namespaces with team: bule; the namespace data has team: blue.',
    other,
  ],
  [
    'no namespaceSelector',
    from('{ podSelector: { matchLabels: { app: web } } }'),
    'own-namespace spec.ingress[0].from[0]: Rule 1 of shop/db-in has no namespaceSelector, so it means pods of shop only; data/web is in data.',
    other,
  ],
  [
    'one item that was meant as two, by its pods',
    from(BOTH),
    'and-for-or spec.ingress[0].from[0]: Rule 1 of shop/db-in asks for namespaceSelector and podSelector in one item, and no pod answers to both; shop/api answers to the second (did you mean two items?).',
    { from: at('api') },
  ],
  [
    'one item that was meant as two, by its namespace',
    from(BOTH),
    'and-for-or spec.ingress[0].from[0]: Rule 1 of shop/db-in asks for namespaceSelector and podSelector in one item, and no pod answers to both; data/etl answers to the first (did you mean two items?).',
    etl,
  ],
  [
    'two items that were meant as one',
    from('{ namespaceSelector: { matchLabels: { name: data } } }', '{ podSelector: { matchLabels: { app: etl } } }'),
    'or-for-and spec.ingress[0].from[1]: Rule 1 of shop/db-in has namespaceSelector and podSelector as two items: the second means shop only, and the first asks for name: data, which data does not have (did you mean one item with both, and kubernetes.io/metadata.name: data?).',
    etl,
  ],
  [
    'an exception of a block',
    from(BLOCK),
    'address spec.ingress[0].from[0]: Rule 1 of shop/db-in allows 203.0.113.0/24 without 203.0.113.8/30; 203.0.113.9 is in that exception.',
    { from: { host: '203.0.113.9' } },
  ],
  [
    'an address outside of a block',
    from(BLOCK),
    'address spec.ingress[0].from[0]: Rule 1 of shop/db-in allows 203.0.113.0/24; 198.51.100.1 is outside of it.',
    { from: { host: '198.51.100.1' } },
  ],
  [
    'the port of the Service',
    ports('{ port: 80 }') + SERVICE,
    'service-port spec.ingress[0].ports[0]: Rule 1 of shop/db-in allows TCP 80, the port of the Service db; shop/db listens on TCP 8080.',
  ],
  [
    'a question about the port of the Service',
    ports('{ port: 8080 }') + SERVICE,
    'service-port spec.ingress[0].ports[0]: Rule 1 of shop/db-in allows TCP 8080; TCP 80 is the port of the Service db, and policies see the port behind it, 8080.',
    { ports: ['TCP/80'] },
  ],
  [
    'another port',
    ports('{ port: 9090 }'),
    'port spec.ingress[0].ports[0]: Rule 1 of shop/db-in allows TCP 9090, not TCP 8080.',
  ],
  [
    'a name for another port',
    ports('{ port: http }'),
    'port spec.ingress[0].ports[0]: Rule 1 of shop/db-in allows TCP http (TCP 8080 at shop/db), not TCP 9090.',
    { ports: ['TCP/9090'] },
  ],
  [
    'a slip in the name of a port',
    ports('{ port: htpp }'),
    'named-port spec.ingress[0].ports[0]: Rule 1 of shop/db-in allows TCP htpp; shop/db defines no port of that name, but http (TCP 8080).',
  ],
  [
    'the name of a port with another protocol',
    ports('{ port: http, protocol: UDP }'),
    'named-port spec.ingress[0].ports[0]: Rule 1 of shop/db-in allows UDP http; shop/db defines that name for TCP 8080.',
  ],
  [
    'a name that no port has',
    ports('{ port: metrics }'),
    'named-port spec.ingress[0].ports[0]: Rule 1 of shop/db-in allows TCP metrics; shop/db defines no TCP port of that name.',
  ],
  [
    'another protocol',
    ports('{ port: 8080, protocol: UDP }'),
    'protocol spec.ingress[0].ports[0]: Rule 1 of shop/db-in allows UDP 8080, not TCP 8080.',
  ],
  [
    'a direction that is not listed',
    policy('db-in', 'policyTypes: [Egress]\ningress: [{}]') + DENY,
    'policy-types spec.ingress[0]: Rule 1 of shop/db-in does not count: policyTypes of its policy does not list Ingress.',
  ],
  [
    'nothing that comes close',
    DENY,
    'no-rule : No ingress rule of shop/db comes close to naming shop/web: shop/deny isolates it.',
  ],
  [
    'the other half alone',
    DENY + WEB_OUT,
    'other-half -: Rule 1 of shop/web-out already allows it at shop/web. The other half is missing: no ingress rule of shop/db names shop/web.',
  ],
  [
    'a policy that nearly selects the pods',
    DENY + policy('typo', 'ingress: [{}]', '{ matchLabels: { app: DB } }'),
    'label-value spec.podSelector.matchLabels.app: Rule 1 of shop/typo is of a policy for pods with app: DB; shop/db has app: db.',
  ],
]

describe('each kind of miss is told, with the place of the term that fails', () => {
  test.each(TABLE.map(([what, text, miss, about = {}]) => ({ what, text, miss, about })))(
    '$what',
    ({ text, miss, about }) => {
      expect(missesOf(text, about)).toEqual([miss])
    },
  )
})
