import { typeOf } from '#core/kinds/meta.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { type Field, inside, report } from './field.ts'
import type { Validator } from './validator.ts'

const OWNERS = new Map([
  ['crd.antrea.io', 'Antrea'],
  ['networking.k8s.aws', 'AWS'],
])

/** Policies of the same name in other groups: said to be another API, not checked any further (semantics.md C.1). */
export const otherClusterNetworkPolicy: Validator = {
  kinds: [...OWNERS.keys()].map((group) => `${group}/ClusterNetworkPolicy`),
  check: (root) => [checkOwner(root)],
}

function checkOwner(root: Field): Diagnostic {
  const { group } = typeOf(root.tree)
  const message = `${OWNERS.get(group) ?? group} has its own API of this name: it is not the ClusterNetworkPolicy of policy.networking.k8s.io, and it is not evaluated; what the pods that it selects may do is undetermined`
  return report(inside(root, 'apiVersion'), { code: 'other-cluster-network-policy', severity: 'info', message })
}
