import { ciliumSubjects } from './cilium.ts'
import { unevaluated } from './unevaluated.ts'

/** CiliumNetworkPolicy: recognised, not evaluated. */
export const ciliumNetworkPolicy = unevaluated({
  groups: ['cilium.io'],
  scope: 'namespaced',
  kind: 'CiliumNetworkPolicy',
  tier: 'networkPolicy',
  example: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec: { endpointSelector: { matchLabels: { app: web } } }
`,
  selects: ciliumSubjects,
})
