import { textOf } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { ADMIN_PORTS } from './adminPorts.ts'
import { clusterScoped, type ClusterScopedRules } from './clusterScoped.ts'
import { fault, type Field, inside } from './field.ts'
import { checkBounds } from './limits.ts'

/** Where `priority` is in order, in words. */
const PRIORITY = 'a number from 0 to 1000; the lower is asked first'
const COMMON = {
  most: 100,
  // The CRD requires both, but analysers and Go clients fill them in, and much of what is published leaves one out.
  selectors: { namespaceSelector: 'warning', podSelector: 'warning' },
  ports: ADMIN_PORTS,
} satisfies Partial<ClusterScopedRules>

/** AdminNetworkPolicy v1alpha1 (semantics.md C.4). */
export const adminNetworkPolicy = clusterScoped({
  ...COMMON,
  kind: 'AdminNetworkPolicy',
  spec: { priority: { type: 'int32' } },
  checkSpec: checkPriority,
  actions: ['Allow', 'Deny', 'Pass'],
  peers: {
    ingress: ['namespaces', 'pods'],
    egress: ['namespaces', 'pods', 'networks', 'nodes', 'domainNames'],
  },
})

/** BaselineAdminNetworkPolicy v1alpha1: there is one, `default`, without priority and without Pass (semantics.md C.4). */
export const baselineAdminNetworkPolicy = clusterScoped({
  ...COMMON,
  kind: 'BaselineAdminNetworkPolicy',
  spec: {},
  checkSpec: (_, root) => checkOnlyName(inside(root, 'metadata', 'name')),
  actions: ['Allow', 'Deny'],
  peers: { ingress: ['namespaces', 'pods'], egress: ['namespaces', 'pods', 'networks', 'nodes'] },
})

/** `spec.priority` of the kinds that have one. */
export function checkPriority(spec: Field): readonly Diagnostic[] {
  return checkBounds(inside(spec, 'priority'), { from: 0, to: 1000 }, PRIORITY)
}

function checkOnlyName(field: Field): readonly Diagnostic[] {
  const value = textOf(field.tree) ?? ''
  if (value === 'default') return []
  const detail = 'only one baseline admin network policy with metadata.name="default" can be created in the cluster'
  return [fault(field, { code: 'not-the-default', type: 'Invalid value', value, detail })]
}
