import { subjectAt, unevaluated } from './unevaluated.ts'

/** BaselineAdminNetworkPolicy v1alpha1: recognised, not evaluated yet. */
export const baselineAdminNetworkPolicy = unevaluated({
  groups: ['policy.networking.k8s.io'],
  scope: 'cluster',
  kind: 'BaselineAdminNetworkPolicy',
  tier: 'baseline',
  example: `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: { name: default }
spec: { subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: db } } } } }
`,
  selects: (document) => subjectAt(document, ['spec', 'subject']),
})
