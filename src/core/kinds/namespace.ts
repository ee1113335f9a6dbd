import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { Kind } from './kind.ts'
import { readMeta } from './meta.ts'

const NAMESPACE = { groups: [''], scope: 'cluster' } as const

/** Namespaces: the API server overwrites `kubernetes.io/metadata.name` with the name (semantics.md A.7). */
export const namespace: Kind = {
  ...NAMESPACE,
  kind: 'Namespace',
  example: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: shop } }
`,
  read(document) {
    const meta = readMeta(document, NAMESPACE)
    const labels = Object.assign(Object.create(null), meta.labels, { [NAMESPACE_NAME_LABEL]: meta.name }) as Record<
      string,
      string
    >
    return { type: 'namespace', meta: { ...meta, labels } }
  },
}
