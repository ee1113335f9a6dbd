import { child, type Tree } from '#core/yaml/tree.ts'
import { type Backend, exposing, portOf } from './exposing.ts'
import { textAt } from './fields.ts'

/**
 * Ingresses: their default backend and those of all rules, as v1 writes them (`service`) and as v1beta1 did
 * (`serviceName`, `servicePort`). A backend that is a `resource` is no Service.
 */
export const ingress = exposing({
  groups: ['networking.k8s.io', 'extensions'],
  kind: 'Ingress',
  example: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  defaultBackend: { service: { name: web, port: { name: http } } }
  rules:
    - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`,
  places: [
    ['spec', 'defaultBackend'],
    ['spec', 'backend'],
    ['spec', 'rules', '*', 'http', 'paths', '*', 'backend'],
  ],
  backend: readBackend,
})

function readBackend(tree: Tree): Backend | undefined {
  const service = child(tree, 'service')
  if (!service) return { service: textAt(tree, 'serviceName') ?? '', port: portOf(child(tree, 'servicePort')) }
  const port = child(service, 'port')
  return { service: textAt(service, 'name') ?? '', port: portOf(child(port, 'number')) ?? portOf(child(port, 'name')) }
}
