import type { Check } from '#core/model/check.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import { readEnd } from './end.ts'
import { isNull, itemsOf, refTo, textAt, textOf } from './fields.ts'
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
  - name: nobody else does
    to: { namespace: data, workload: StatefulSet/db }
    only: [{ namespace: shop, workload: Deployment/web }]
`,
  read: (document) => ({
    type: 'checks',
    meta: readMeta(document, CHECKS),
    checks: itemsOf(at(document.tree, ['checks'])).flatMap((_, i) => readCheck(document, i)),
  }),
}

function readCheck(document: SourceDocument, i: number): Check[] {
  const tree = at(document.tree, ['checks', i])
  const to = readEnd(child(tree, 'to'))
  const wanted = isNull(child(tree, 'only')) ? readPair(tree) : readOnly(tree)
  if (!to || !wanted) return []
  const ports = itemsOf(child(tree, 'ports')).map((port) => textOf(port) ?? '')
  return [{ ref: refTo(document, ['checks', i]), name: textAt(tree, 'name') ?? '', to, ports, ...wanted }]
}

type Wanted = Pick<Check, 'from' | 'expect' | 'only'>

function readPair(tree: Tree | undefined): Wanted | undefined {
  const from = readEnd(child(tree, 'from'))
  const expect = textAt(tree, 'expect')
  return from && (expect === 'allowed' || expect === 'denied') ? { from, expect } : undefined
}

// It says who may, so all that `from` and `expect` could add is what it means anyway.
function readOnly(tree: Tree | undefined): Wanted | undefined {
  const list = child(tree, 'only')
  const ends = itemsOf(list).map(readEnd)
  const only = ends.filter((end) => end !== undefined)
  const from = child(tree, 'from')
  const isPlain = isNull(from) || 'anywhere' in (readEnd(from) ?? {})
  const isDenied = (textAt(tree, 'expect') ?? 'denied') === 'denied'
  if (list?.type !== 'sequence' || only.length < ends.length || !isPlain || !isDenied) return undefined
  return { from: { anywhere: true }, only, expect: 'denied' }
}
