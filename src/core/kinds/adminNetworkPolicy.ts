import { subjectAt, unevaluated } from './unevaluated.ts'

/** AdminNetworkPolicy v1alpha1: recognised, not evaluated yet. */
export const adminNetworkPolicy = unevaluated({
  groups: ['policy.networking.k8s.io'],
  scope: 'cluster',
  kind: 'AdminNetworkPolicy',
  tier: 'admin',
  example: `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: guard }
spec: { priority: 10, subject: { namespaces: { matchLabels: { team: shop } } } }
`,
  selects: (document) => subjectAt(document, ['spec', 'subject']),
})
