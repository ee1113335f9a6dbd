import { calicoSubjects } from './calico.ts'
import { unevaluated } from './unevaluated.ts'

/** Calico's own NetworkPolicy: recognised, not evaluated. */
export const calicoNetworkPolicy = unevaluated({
  groups: ['projectcalico.org', 'crd.projectcalico.org'],
  scope: 'namespaced',
  kind: 'NetworkPolicy',
  title: 'Calico NetworkPolicy',
  tier: 'networkPolicy',
  example: `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: db, namespace: data }
spec: { selector: "app == 'db' && has(tier)" }
`,
  selects: calicoSubjects,
})
