import type { ServicePort } from '#core/model/cluster.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import { itemsOf, labelsOf, numberOf, textAt } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readMeta } from './meta.ts'
import type { ServiceObject } from './object.ts'
import { protocolOf } from './podTemplate.ts'

const SERVICE = { groups: [''], scope: 'namespaced' } as const

/** Services: policies act on the pod port behind them (semantics.md A.12). */
export const service: Kind = {
  ...SERVICE,
  kind: 'Service',
  example: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
`,
  read: readService,
}

// To the outside of the cluster.
const OPEN = ['LoadBalancer', 'NodePort'] as const

function readService(document: SourceDocument): ServiceObject {
  const meta = readMeta(document, SERVICE)
  const spec = child(document.tree, 'spec')
  const selector = labelsOf(child(spec, 'selector'))
  return {
    type: 'service',
    meta,
    service: {
      namespace: meta.namespace ?? 'default',
      name: meta.name,
      selector: Object.keys(selector).length === 0 ? undefined : selector,
      headless: textAt(spec, 'clusterIP') === 'None',
      type: OPEN.find((type) => type === textAt(spec, 'type')),
      ports: itemsOf(at(document.tree, ['spec', 'ports'])).flatMap(readPort),
      ref: meta.ref,
    },
  }
}

function readPort(tree: Tree): ServicePort[] {
  const port = numberOf(child(tree, 'port'))
  const protocol = protocolOf(child(tree, 'protocol'))
  if (port === undefined || protocol === undefined) return []
  const target = child(tree, 'targetPort')
  // The server reads 0 and '' as "not said".
  const number = numberOf(target)
  const targetPort = (number === undefined ? textAt(target) : number) || port
  return [{ name: textAt(tree, 'name') || undefined, port, protocol, targetPort }]
}
