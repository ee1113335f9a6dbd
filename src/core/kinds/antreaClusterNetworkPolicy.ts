import { antreaSubjects } from './antrea.ts'
import { unevaluated } from './unevaluated.ts'

/** Antrea's own ClusterNetworkPolicy: recognised, not evaluated. */
export const antreaClusterNetworkPolicy = unevaluated({
  groups: ['crd.antrea.io'],
  scope: 'cluster',
  kind: 'ClusterNetworkPolicy',
  title: 'Antrea ClusterNetworkPolicy',
  tier: 'admin',
  example: `
apiVersion: crd.antrea.io/v1beta1
kind: ClusterNetworkPolicy
metadata: { name: guard }
spec: { priority: 5, appliedTo: [{ namespaceSelector: { matchLabels: { team: shop } } }] }
`,
  selects: antreaSubjects,
})
