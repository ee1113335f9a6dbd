import { antreaSubjects } from './antrea.ts'
import { unevaluated } from './unevaluated.ts'

/** Antrea's own NetworkPolicy: recognised, not evaluated. */
export const antreaNetworkPolicy = unevaluated({
  groups: ['crd.antrea.io'],
  scope: 'namespaced',
  kind: 'NetworkPolicy',
  title: 'Antrea NetworkPolicy',
  tier: 'networkPolicy',
  example: `
apiVersion: crd.antrea.io/v1beta1
kind: NetworkPolicy
metadata: { name: db, namespace: data }
spec: { priority: 5, appliedTo: [{ podSelector: { matchLabels: { app: db } } }] }
`,
  selects: antreaSubjects,
})
