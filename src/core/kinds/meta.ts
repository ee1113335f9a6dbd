import { at, child, type Tree } from '#core/yaml/tree.ts'
import { isTrue, itemsOf, labelsOf, refTo, textAt, textOf } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import type { Meta, Owner } from './object.ts'

/** The label that Drawbridge puts on what it sketches, with the value `true` (design.md 8). */
export const SKETCH_LABEL = 'drawbridge/sketch'

/** What a document says it is; empty texts where it doesn't. */
export interface TypeMeta {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** Reads `apiVersion` and `kind` of any tree; the core group is ''. */
export function typeOf(tree: Tree | undefined): TypeMeta {
  const apiVersion = textAt(tree, 'apiVersion') ?? ''
  const slash = apiVersion.indexOf('/')
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textAt(tree, 'kind') ?? '',
  }
}

/** Reads `metadata`. A missing name is '' (of a `generateName`, that and `…`); the API group is the kind's present one. */
export function readMeta(document: SourceDocument, kind: Pick<Kind, 'groups' | 'scope'>): Meta {
  const { tree } = document
  const named = textAt(tree, 'metadata', 'namespace') || undefined
  const { group, kind: name } = typeOf(tree)
  return {
    // Old groups (extensions/v1beta1 Deployment) name the same object.
    group: kind.groups.includes(group) ? (kind.groups[0] ?? group) : group,
    kind: name,
    name: textAt(tree, 'metadata', 'name') || generated(tree),
    namespace: kind.scope === 'cluster' ? undefined : (named ?? (document.namespace || 'default')),
    defaulted: kind.scope === 'namespaced' && named === undefined && !document.namespace,
    labels: labelsOf(at(tree, ['metadata', 'labels'])),
    owner: ownerOf(at(tree, ['metadata', 'ownerReferences'])),
    ref: refTo(document, []),
  }
}

/** `namespace/name`, or the name of a cluster-scoped object. */
export function readableName(meta: Pick<Meta, 'namespace' | 'name'>): string {
  return meta.namespace === undefined ? meta.name : `${meta.namespace}/${meta.name}`
}

function generated(tree: Tree): string {
  const prefix = textAt(tree, 'metadata', 'generateName')
  return prefix ? `${prefix}…` : ''
}

function ownerOf(references: Tree | undefined): Owner | undefined {
  const controller = itemsOf(references).find((reference) => isTrue(child(reference, 'controller')))
  const name = textOf(child(controller, 'name'))
  return name ? { kind: textOf(child(controller, 'kind')) ?? '', name } : undefined
}
