import type { PortMatcher, Rule } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import type { Dialect } from './clusterScoped.ts'
import { namedPortMatchers, readRange } from './clusterScopedPorts.ts'
import { isNull, numberOf, refTo, textAt } from './fields.ts'
import type { SourceDocument } from './kind.ts'
import { protocolOf } from './podTemplate.ts'

/** The actions of v1alpha1 (semantics.md C.4). */
export const ADMIN_ACTIONS: ReadonlyMap<string, Rule['action']> = new Map<string, Rule['action']>([
  ['Allow', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
])

/** `ports` of v1alpha1: a number, a range or a name; what can't be read, an unknown protocol too, matches nothing (semantics.md C.4). */
export const ADMIN_PORTS: Dialect['ports'] = { key: 'ports', read: readPort }

function readPort(document: SourceDocument, path: FieldPath): readonly PortMatcher[] {
  const tree = at(document.tree, path)
  const ref = refTo(document, path)
  const name = textAt(tree, 'namedPort')
  if (name !== undefined) return namedPortMatchers(name, ref)
  const field = ['portNumber', 'portRange'].map((key) => child(tree, key)).find((value) => !isNull(value))
  const protocol = protocolOf(child(field, 'protocol'))
  const port = readNumber(field) ?? readRange(field)
  return protocol && port ? [{ protocol, port, ref }] : []
}

function readNumber(tree: Tree | undefined): PortMatcher['port'] | undefined {
  const number = numberOf(child(tree, 'port'))
  return number === undefined ? undefined : { type: 'range', from: number, to: number }
}
