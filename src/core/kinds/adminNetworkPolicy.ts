import { ADMIN_ACTIONS, ADMIN_PORTS } from './adminPorts.ts'
import { clusterScoped, priorityOf } from './clusterScoped.ts'

/** AdminNetworkPolicy v1alpha1: asked before NetworkPolicy, in the order of its priority (semantics.md C.2, C.4). */
export const adminNetworkPolicy = clusterScoped({
  kind: 'AdminNetworkPolicy',
  versions: ['v1alpha1'],
  example: `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: guard }
spec:
  priority: 10
  subject: { namespaces: { matchLabels: { team: shop } } }
  ingress:
    - name: monitoring
      action: Allow
      from: [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: prometheus } } } }]
      ports: [{ portNumber: { protocol: TCP, port: 9090 } }, { portRange: { start: 9100, end: 9199 } }]
  egress:
    - { action: Deny, to: [{ networks: [169.254.169.254/32] }] }
    - { action: Pass, to: [{ namespaces: {} }] }
`,
  standing: (document) => ({ tier: 'admin', priority: priorityOf(document) }),
  actions: ADMIN_ACTIONS,
  peers: {
    ingress: ['namespaces', 'pods'],
    egress: ['namespaces', 'pods', 'networks', 'nodes', 'domainNames'],
  },
  ports: ADMIN_PORTS,
})
