import { ADMIN_ACTIONS, ADMIN_PORTS } from './adminPorts.ts'
import { clusterScoped } from './clusterScoped.ts'

/** BaselineAdminNetworkPolicy v1alpha1: the one policy that is asked where no NetworkPolicy isolates (semantics.md C.2, C.4). */
export const baselineAdminNetworkPolicy = clusterScoped({
  kind: 'BaselineAdminNetworkPolicy',
  versions: ['v1alpha1'],
  example: `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: { name: default }
spec:
  subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: db } } } }
  ingress:
    - { name: own, action: Allow, from: [{ namespaces: { matchLabels: { team: shop } } }] }
    - { name: others, action: Deny, from: [{ namespaces: {} }], ports: [{ portNumber: { port: 5432 } }] }
`,
  standing: () => ({ tier: 'baseline', priority: 0 }),
  actions: ADMIN_ACTIONS,
  peers: { ingress: ['namespaces', 'pods'], egress: ['namespaces', 'pods', 'networks', 'nodes'] },
  ports: ADMIN_PORTS,
})
