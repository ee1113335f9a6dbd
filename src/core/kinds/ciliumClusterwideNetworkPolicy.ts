import { ciliumSubjects } from './cilium.ts'
import { unevaluated } from './unevaluated.ts'

/** CiliumClusterwideNetworkPolicy: recognised, not evaluated. */
export const ciliumClusterwideNetworkPolicy = unevaluated({
  groups: ['cilium.io'],
  scope: 'cluster',
  kind: 'CiliumClusterwideNetworkPolicy',
  tier: 'networkPolicy',
  example: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: guard }
spec: { endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': shop } } }
`,
  selects: ciliumSubjects,
})
