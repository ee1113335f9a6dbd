import { subjectAt, unevaluated } from './unevaluated.ts'

/** ClusterNetworkPolicy of sig-network-policy-api, and the API of that name and shape on AWS: recognised, not evaluated yet. */
export const clusterNetworkPolicy = unevaluated({
  groups: ['policy.networking.k8s.io', 'networking.k8s.aws'],
  scope: 'cluster',
  kind: 'ClusterNetworkPolicy',
  tier: 'admin',
  example: `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: guard }
spec: { tier: Admin, priority: 10, subject: { namespaces: {} } }
`,
  selects: (document) => subjectAt(document, ['spec', 'subject']),
})
