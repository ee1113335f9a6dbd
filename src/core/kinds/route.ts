import { at } from '#core/yaml/tree.ts'
import { exposing, portOf } from './exposing.ts'
import { textAt } from './fields.ts'

/** OpenShift Routes: `to` and the alternate backends, whatever their weight is now; one port for all of them. */
export const route = exposing({
  groups: ['route.openshift.io'],
  kind: 'Route',
  example: `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: web, namespace: shop }
spec: { to: { kind: Service, name: web }, port: { targetPort: http }, alternateBackends: [{ kind: Service, name: web-next }] }
`,
  places: [
    ['spec', 'to'],
    ['spec', 'alternateBackends', '*'],
  ],
  backend(tree, document) {
    // The server fills in `kind: Service`, and takes no other.
    if ((textAt(tree, 'kind') || 'Service') !== 'Service') return undefined
    return { service: textAt(tree, 'name') ?? '', port: portOf(at(document.tree, ['spec', 'port', 'targetPort'])) }
  },
})
