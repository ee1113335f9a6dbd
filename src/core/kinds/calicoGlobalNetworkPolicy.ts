import { calicoSubjects } from './calico.ts'
import { unevaluated } from './unevaluated.ts'

/** Calico's GlobalNetworkPolicy: recognised, not evaluated. */
export const calicoGlobalNetworkPolicy = unevaluated({
  groups: ['projectcalico.org', 'crd.projectcalico.org'],
  scope: 'cluster',
  kind: 'GlobalNetworkPolicy',
  title: 'Calico GlobalNetworkPolicy',
  tier: 'networkPolicy',
  example: `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: guard }
spec: { namespaceSelector: "projectcalico.org/name == 'shop'" }
`,
  selects: calicoSubjects,
})
