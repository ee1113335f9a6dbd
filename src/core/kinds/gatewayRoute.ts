import { child, type Tree } from '#core/yaml/tree.ts'
import { type Backend, exposing, portOf } from './exposing.ts'
import { textAt } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readMeta } from './meta.ts'

/** The API group of Gateways and their routes. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io'

const BACKENDS = ['spec', 'rules', '*', 'backendRefs', '*']
const MIRRORS = [
  ['spec', 'rules', '*', 'filters', '*', 'requestMirror', 'backendRef'],
  [...BACKENDS, 'filters', '*', 'requestMirror', 'backendRef'],
]

/**
 * A registry entry for a route of the Gateway API: the Services that its `backendRefs` name, and those that it mirrors
 * requests to. A backend in another namespace is left out: the API refuses it unless a ReferenceGrant there allows it,
 * and ReferenceGrants are not read (https://gateway-api.sigs.k8s.io/api-types/referencegrant/).
 */
export function gatewayRoute(kind: string): Kind {
  return exposing({
    groups: [GATEWAY_GROUP],
    kind,
    example: `
apiVersion: ${GATEWAY_GROUP}/v1
kind: ${kind}
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: web, port: 8080, weight: 1 }] }] }
`,
    places: [BACKENDS, ...MIRRORS],
    backend: readBackend,
  })
}

function readBackend(tree: Tree, document: SourceDocument): Backend | undefined {
  const isService = !textAt(tree, 'group') && (textAt(tree, 'kind') || 'Service') === 'Service'
  const own = readMeta(document, { groups: [GATEWAY_GROUP], scope: 'namespaced' }).namespace
  const namespace = textAt(tree, 'namespace') || own
  if (!isService || namespace !== own) return undefined
  // The API asks for a port of every Service.
  const port = portOf(child(tree, 'port'))
  return port === undefined ? undefined : { service: textAt(tree, 'name') ?? '', port }
}
