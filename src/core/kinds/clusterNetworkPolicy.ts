import type { PortMatcher, Rule } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import { clusterScoped, priorityOf } from './clusterScoped.ts'
import { namedPortMatchers, readRange } from './clusterScopedPorts.ts'
import { isNull, numberOf, refTo, textAt } from './fields.ts'
import type { SourceDocument } from './kind.ts'

const PROTOCOL_FIELDS = [
  { key: 'tcp', protocol: 'TCP' },
  { key: 'udp', protocol: 'UDP' },
  { key: 'sctp', protocol: 'SCTP' },
] as const

/** ClusterNetworkPolicy v1alpha2, and v1beta1, announced with the same fields: its tier says when it is asked (semantics.md C.2, C.3). */
export const clusterNetworkPolicy = clusterScoped({
  kind: 'ClusterNetworkPolicy',
  versions: ['v1alpha2', 'v1beta1'],
  example: `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: guard }
spec:
  tier: Admin
  priority: 10
  subject: { namespaces: {} }
  ingress:
    - name: monitoring
      action: Accept
      from: [{ pods: { podSelector: { matchLabels: { app: prometheus } } } }]
      protocols: [{ tcp: { destinationPort: { number: 9090 } } }, { destinationNamedPort: metrics }]
  egress:
    - { action: Pass, to: [{ namespaces: {} }], protocols: [{ udp: { destinationPort: { range: { start: 53, end: 54 } } } }] }
    - { action: Deny, to: [{ networks: [0.0.0.0/0, '::/0'] }] }
`,
  standing: (document) => ({
    tier: textAt(document.tree, 'spec', 'tier') === 'Baseline' ? 'baseline' : 'admin',
    priority: priorityOf(document),
  }),
  actions: new Map<string, Rule['action']>([
    ['Accept', 'allow'],
    ['Deny', 'deny'],
    ['Pass', 'pass'],
  ]),
  peers: {
    ingress: ['namespaces', 'pods'],
    egress: ['namespaces', 'pods', 'networks', 'nodes', 'domainNames'],
  },
  ports: { key: 'protocols', read: readProtocol },
})

function readProtocol(document: SourceDocument, path: FieldPath): readonly PortMatcher[] {
  const tree = at(document.tree, path)
  const ref = refTo(document, path)
  const name = textAt(tree, 'destinationNamedPort')
  if (name !== undefined) return namedPortMatchers(name, ref)
  const field = PROTOCOL_FIELDS.find(({ key }) => !isNull(child(tree, key)))
  const port = field && readDestination(child(child(tree, field.key), 'destinationPort'))
  return port ? [{ protocol: field.protocol, port, ref }] : []
}

function readDestination(tree: Tree | undefined): PortMatcher['port'] | undefined {
  if (isNull(tree)) return { type: 'all' }
  const number = numberOf(child(tree, 'number'))
  return number === undefined ? readRange(child(tree, 'range')) : { type: 'range', from: number, to: number }
}
