const LABELS = {
  matchLabels: { app: 'web', tier: 'x' },
  matchExpressions: [{ key: 'env', operator: 'In', values: ['a', 'b'] }],
}
const EXISTS = { matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }] }
const OLD_PORTS = [
  { portNumber: { protocol: 'TCP', port: 80 } },
  { portRange: { protocol: 'UDP', start: 1000, end: 2000 } },
  { namedPort: 'http' },
]
const PORTS = [
  { tcp: { destinationPort: { number: 80 } } },
  { udp: { destinationPort: { range: { start: 1000, end: 2000 } } } },
  { sctp: {} },
  { destinationNamedPort: 'http' },
]
const INSIDE = [{ namespaces: LABELS }, { pods: { namespaceSelector: LABELS, podSelector: EXISTS } }]
const OUTSIDE = [{ networks: ['10.0.0.0/8', 'fd00::/8'] }, { nodes: EXISTS }]

/** A policy of each evaluated kind with every sort of peer and port that it knows. */
export const RICH_POLICIES: Readonly<Record<string, unknown>> = {
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'rich', namespace: 'shop' },
    spec: {
      podSelector: LABELS,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            { podSelector: LABELS },
            { namespaceSelector: EXISTS },
            { namespaceSelector: {}, podSelector: EXISTS },
          ],
          ports: [{ protocol: 'TCP', port: 80 }, { protocol: 'UDP', port: 1000, endPort: 2000 }, { port: 'http' }],
        },
        {},
      ],
      egress: [
        {
          to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } }],
          ports: [{ protocol: 'SCTP' }],
        },
      ],
    },
  },
  AdminNetworkPolicy: {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name: 'rich' },
    spec: {
      priority: 10,
      subject: { pods: { namespaceSelector: EXISTS, podSelector: LABELS } },
      ingress: [{ name: 'in', action: 'Allow', from: INSIDE, ports: OLD_PORTS }],
      egress: [
        { action: 'Deny', to: [...INSIDE, ...OUTSIDE], ports: OLD_PORTS.slice(0, 2) },
        { action: 'Pass', to: [{ domainNames: ['*.example.com', 'example.org.'] }] },
      ],
    },
  },
  BaselineAdminNetworkPolicy: {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'BaselineAdminNetworkPolicy',
    metadata: { name: 'default' },
    spec: {
      subject: { namespaces: LABELS },
      ingress: [{ name: 'in', action: 'Allow', from: INSIDE, ports: OLD_PORTS }],
      egress: [{ action: 'Deny', to: [...INSIDE, ...OUTSIDE], ports: OLD_PORTS.slice(0, 2) }],
    },
  },
  ClusterNetworkPolicy: {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'rich' },
    spec: {
      tier: 'Admin',
      priority: 10,
      subject: { pods: { namespaceSelector: EXISTS, podSelector: LABELS } },
      ingress: [{ name: 'in', action: 'Accept', from: INSIDE, protocols: PORTS }],
      egress: [
        { action: 'Deny', to: [...INSIDE, ...OUTSIDE], protocols: PORTS.slice(0, 3) },
        { action: 'Accept', to: [{ domainNames: ['*.example.com', 'example.org.'] }] },
      ],
    },
  },
}
