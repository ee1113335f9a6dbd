import fc from 'fast-check'
import { CIDRS, clusters, labels, namespaceSelector, number, protocol, selector } from './random.testkit.ts'
import type {
  RawCluster,
  RawClusterPeer,
  RawClusterPolicy,
  RawClusterPort,
  RawClusterRule,
  RawNode,
  RawPods,
  RawProtocol,
  RawSelector,
} from './raw.testkit.ts'

const some = <T>(items: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(items, { minLength: 1, maxLength: 2 })

// Selectors that reach far, so that rules of several policies meet at one connection.
const wide = (narrow: fc.Arbitrary<RawSelector>): fc.Arbitrary<RawSelector> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: narrow })
const both = fc.record({ podSelector: wide(selector), namespaceSelector: wide(namespaceSelector) })
const podPeer: fc.Arbitrary<RawPods> = fc.oneof(
  fc.record({ namespaces: wide(namespaceSelector) }),
  fc.record({ pods: both }),
)
const networks = fc.uniqueArray(fc.constantFrom(...CIDRS), { minLength: 1, maxLength: 2 })
const domainNames = fc.constant(['named below'])
const egressPeer = (withNames: boolean): fc.Arbitrary<RawClusterPeer> =>
  fc.oneof(
    { weight: 4, arbitrary: podPeer },
    { weight: 3, arbitrary: fc.record({ networks }) },
    { weight: 2, arbitrary: fc.record({ nodes: wide(selector) }) },
    { weight: withNames ? 1 : 0, arbitrary: fc.record({ domainNames }) },
  )

const portName = fc.constantFrom('http', 'dns', 'nobody')
const range = fc.tuple(number, fc.integer({ min: 1, max: 100 })).map(([start, more]) => ({ start, end: start + more }))
const portNumber = fc.record({ protocol, port: number }, { requiredKeys: ['port'] })
// C.4: nothing checks that a range of the old API isn't empty.
const oldRange = fc.oneof(
  { weight: 9, arbitrary: range },
  { weight: 1, arbitrary: fc.constantFrom({ start: 80, end: 80 }, { start: 81, end: 80 }) },
)
const portRange = fc
  .record({ ends: oldRange, protocol }, { requiredKeys: ['ends'] })
  .map(({ ends, ...own }) => ({ ...own, ...ends }))
const oldPort: fc.Arbitrary<RawClusterPort> = fc.oneof(
  fc.record({ portNumber }),
  fc.record({ portRange }),
  fc.record({ namedPort: portName }),
)
const destination = fc.oneof(fc.record({ number }), fc.record({ range }))
const newPort: fc.Arbitrary<RawProtocol> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('tcp', 'udp', 'sctp'), destination)
      .map(([own, destinationPort]) => ({ [own]: { destinationPort } })),
  },
  { weight: 1, arbitrary: fc.record({ destinationNamedPort: portName }) },
)

interface Api {
  readonly actions: readonly string[]
  readonly ports: fc.Arbitrary<Pick<RawClusterRule, 'ports' | 'protocols'>>
  readonly withNames: boolean
}

function rules(side: 'from' | 'to', { actions, ports, withNames }: Api): fc.Arbitrary<RawClusterRule[]> {
  const peers = some(side === 'from' ? podPeer : egressPeer(withNames))
  const rule = fc
    .tuple(fc.constantFrom(...actions), peers, ports)
    .map(([action, own, asked]) => withoutNames({ action, [side]: own, ...asked }))
  return fc.array(rule, { minLength: 1, maxLength: 3 })
}

// C.3, C.4: no named ports together with networks, nodes or domain names.
function withoutNames({ ports, protocols, ...rule }: RawClusterRule): RawClusterRule {
  const isPods = (rule.from ?? rule.to ?? []).every((peer) => 'namespaces' in peer || 'pods' in peer)
  const left = isPods ? ports : ports?.filter((port) => !('namedPort' in port))
  const leftNew = isPods ? protocols : protocols?.filter((port) => !('destinationNamedPort' in port))
  return { ...rule, ...(left?.length ? { ports: left } : {}), ...(leftNew?.length ? { protocols: leftNew } : {}) }
}

const oldPorts = fc.record({ ports: some(oldPort) }, { requiredKeys: [] })
const newPorts = fc.record({ protocols: some(newPort) }, { requiredKeys: [] })
const admin: Api = { actions: ['Allow', 'Deny', 'Pass'], ports: oldPorts, withNames: true }
const baseline: Api = { actions: ['Allow', 'Deny'], ports: oldPorts, withNames: false }
const current: Api = { actions: ['Accept', 'Deny', 'Pass'], ports: newPorts, withNames: true }

const priority = fc.constantFrom(0, 1, 1, 1000)
const sides = (api: Api) => ({ ingress: rules('from', api), egress: rules('to', api) })
const currentSubject: fc.Arbitrary<RawPods> = fc.oneof(
  podPeer,
  fc.record({ pods: fc.record({ podSelector: wide(selector) }) }),
)

const adminPolicy = fc.record(
  { subject: podPeer, priority, ...sides(admin) },
  { requiredKeys: ['subject', 'priority'] },
)
const baselinePolicy = fc.record({ subject: podPeer, ...sides(baseline) }, { requiredKeys: ['subject'] })
const currentPolicy = fc.record(
  { tier: fc.constantFrom('Admin', 'Baseline'), subject: currentSubject, priority, ...sides(current) },
  { requiredKeys: ['tier', 'subject', 'priority'] },
)

const clusterPolicies: fc.Arbitrary<RawClusterPolicy[]> = fc
  .tuple(
    fc.array(adminPolicy, { maxLength: 2 }),
    fc.option(baselinePolicy),
    fc.array(currentPolicy, { minLength: 1, maxLength: 3 }),
  )
  .map(([old, base, own]) => [
    ...old.map((spec, i) => ({ kind: 'AdminNetworkPolicy' as const, name: `admin-${i}`, spec })),
    ...(base ? [{ kind: 'BaselineAdminNetworkPolicy' as const, name: 'default', spec: base }] : []),
    ...own.map((spec, i) => ({ kind: 'ClusterNetworkPolicy' as const, name: `policy-${i}`, spec })),
  ])
  .map(nameHosts)

// Every peer speaks of a host of its own, so that whether one matches says nothing about another. The reference tries
// every answer, so there are two such hosts at most.
function nameHosts(policies: readonly RawClusterPolicy[]): RawClusterPolicy[] {
  const hosts = ['a.example.com', '*.b.example.com']
  const named = (peer: RawClusterPeer): RawClusterPeer => {
    const host = peer.domainNames && hosts.pop()
    if (!peer.domainNames) return peer
    return host === undefined ? { networks: ['203.0.113.0/24'] } : { domainNames: [host] }
  }
  return policies.map(({ spec, ...own }) => ({
    ...own,
    spec: spec.egress
      ? { ...spec, egress: spec.egress.map((rule) => ({ ...rule, to: (rule.to ?? []).map(named) })) }
      : spec,
  }))
}

const more = (address: string): fc.Arbitrary<string[]> => fc.subarray([address])
const nodes: fc.Arbitrary<RawNode[]> = fc
  .tuple(labels, labels, more('fd00:1::1'), more('203.0.113.77'))
  .map(([one, two, oneMore, twoMore]) => [
    { name: 'n1', labels: one, ips: ['10.0.200.1', ...oneMore] },
    { name: 'n2', labels: two, ips: ['10.0.200.2', ...twoMore] },
  ])

/** Random small clusters as `clusters`, with Node objects and the cluster-scoped policies of both APIs, all valid. */
export const tieredClusters: fc.Arbitrary<RawCluster> = fc
  .tuple(clusters, nodes, clusterPolicies)
  .map(([cluster, own, policies]) => ({ ...cluster, nodes: own, clusterPolicies: policies }))
