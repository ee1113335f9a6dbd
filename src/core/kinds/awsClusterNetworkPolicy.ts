import { subjectAt, unevaluated } from './unevaluated.ts'

/** The API of that name on Amazon's VPC CNI: recognised, not evaluated (semantics.md C.1, D.8). */
export const awsClusterNetworkPolicy = unevaluated({
  groups: ['networking.k8s.aws'],
  scope: 'cluster',
  kind: 'ClusterNetworkPolicy',
  title: 'AWS ClusterNetworkPolicy',
  tier: 'admin',
  example: `
apiVersion: networking.k8s.aws/v1alpha1
kind: ClusterNetworkPolicy
metadata: { name: guard }
spec: { tier: Admin, priority: 10, subject: { namespaces: {} } }
`,
  selects: (document) => subjectAt(document, ['spec', 'subject']),
})
