import type { Check } from '#core/model/check.ts'
import { at, child } from '#core/yaml/tree.ts'
import { readEnd } from './end.ts'
import { itemsOf, refTo, textAt, textOf } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readMeta } from './meta.ts'

/** The group of Drawbridge's own documents. */
export const DRAWBRIDGE_GROUP = 'drawbridge'

const CHECKS = { groups: [DRAWBRIDGE_GROUP], scope: 'cluster' } as const

/** Saved expectations (design.md 7). A check that can't be read is left out here and reported by `validate`. */
export const connectivityChecks: Kind = {
  ...CHECKS,
  kind: 'ConnectivityChecks',
  example: `
apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: shop }
checks:
  - name: web may query db
    from: { namespace: shop, workload: Deployment/web }
    to: { namespace: data, workload: StatefulSet/db }
    ports: [TCP/5432]
    expect: allowed
`,
  read: (document) => ({
    type: 'checks',
    meta: readMeta(document, CHECKS),
    checks: itemsOf(at(document.tree, ['checks'])).flatMap((_, i) => readCheck(document, i)),
  }),
}

function readCheck(document: SourceDocument, i: number): Check[] {
  const tree = at(document.tree, ['checks', i])
  const from = readEnd(child(tree, 'from'))
  const to = readEnd(child(tree, 'to'))
  const expect = textAt(tree, 'expect')
  if (!from || !to || (expect !== 'allowed' && expect !== 'denied')) return []
  const ports = itemsOf(child(tree, 'ports')).map((port) => textOf(port) ?? '')
  return [{ ref: refTo(document, ['checks', i]), name: textAt(tree, 'name') ?? '', from, to, ports, expect }]
}
