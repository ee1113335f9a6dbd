import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Policy } from '#core/model/rule.ts'
import { validate } from '#core/validate/validate.ts'
import { documentOf, policiesOf } from './read.testkit.ts'

// Mostly right, sometimes wrong in one way or another: what the server takes and what it rejects both come up often.
const selector = fc.constantFrom<unknown>(
  {},
  { matchLabels: { a: 'b' } },
  { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b', 'c'] }] },
  { matchExpressions: [{ key: 'a', operator: 'in' }] },
  null,
  [],
)
const good = fc.constantFrom<unknown>({}, { matchLabels: { a: 'b' } })
const network = fc.constantFrom<unknown>(
  '10.0.0.0/8',
  '10.1.2.3/16',
  'fd00::/8',
  '0.0.0.0/0',
  '::ffff:1.2.3.4/96',
  'x',
  5,
)
const peer = fc.oneof(
  { weight: 4, arbitrary: fc.record({ namespaces: good }) },
  { weight: 4, arbitrary: fc.record({ pods: fc.record({ namespaceSelector: good, podSelector: good }) }) },
  { weight: 3, arbitrary: fc.record({ networks: fc.uniqueArray(network, { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ nodes: good }) },
  { weight: 1, arbitrary: fc.record({ pods: fc.record({ podSelector: selector }) }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({}, null, { services: {} }, { namespaces: {}, nodes: {} }, 1) },
)
const number = fc.constantFrom<unknown>(1, 80, 8080, 65535, 0, 65536, '80')
const tcp = fc.record({
  destinationPort: fc.oneof(fc.record({ number }), fc.record({ range: fc.record({ start: number, end: number }) })),
})
const protocol = fc.oneof(
  fc.record({ tcp }),
  fc.record({ sctp: tcp }),
  fc.constantFrom<unknown>({ destinationNamedPort: 'http' }, { tcp: {} }, {}, null),
)
const rule = (peers: 'from' | 'to'): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    {
      action: fc.constantFrom('Accept', 'Deny', 'Pass', 'Accept', 'Deny', 'Pass', 'Allow'),
      [peers]: fc.array(peer, { minLength: 1, maxLength: 3 }),
      protocols: fc.array(protocol, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['action', peers] },
  )
const spec = fc.record({
  tier: fc.constantFrom('Admin', 'Baseline'),
  priority: fc.nat(1000),
  subject: fc.record({ namespaces: good }),
  ingress: fc.array(rule('from'), { maxLength: 2 }),
  egress: fc.array(rule('to'), { maxLength: 2 }),
})

function textOf(own: unknown): string {
  const head = {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'p' },
  }
  return JSON.stringify({ ...head, spec: own })
}

interface Written {
  readonly action: string
  readonly from?: readonly Record<string, unknown>[]
  readonly to?: readonly Record<string, unknown>[]
  readonly protocols?: readonly Record<string, unknown>[]
}

// How many matchers there must be; a peer that nobody knows closes the whole rule.
function countsOf({ action, from, to, protocols }: Written): object {
  const all = from ?? to ?? []
  const isClosed = all.some((one) => 'services' in one)
  if (isClosed && action !== 'Accept') return { peers: 'any', ports: 'any' }
  const peers = all.map(({ networks }) => (Array.isArray(networks) ? networks.length : 1))
  const ports = protocols?.map((item) => ('destinationNamedPort' in item ? 3 : 1))
  return { peers: isClosed ? 0 : sum(peers), ports: ports ? sum(ports) : 'any' }
}

function count(list: 'any' | readonly unknown[]): 'any' | number {
  return list === 'any' ? list : list.length
}

function readCounts({ rules }: Policy): readonly object[] {
  return rules.map(({ peers, ports }) => ({ peers: count(peers), ports: count(ports) }))
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

test('of a policy that is accepted nothing is dropped: every rule, peer and port is in what is read', () => {
  let accepted = 0
  fc.assert(
    fc.property(spec, (own) => {
      const text = textOf(own)
      const isRejected = validate(documentOf(text)).some(({ severity }) => severity === 'error')
      const [policy] = policiesOf(text)
      if (isRejected || !policy) return
      accepted++
      const written = [...own.ingress, ...own.egress] as unknown as readonly Written[]
      expect(readCounts(policy)).toEqual(written.map(countsOf))
      expect(policy).toMatchObject({ tier: own.tier === 'Admin' ? 'admin' : 'baseline', priority: own.priority })
    }),
    { numRuns: 1500 },
  )
  // Else it would prove nothing.
  expect(accepted).toBeGreaterThan(150)
})
