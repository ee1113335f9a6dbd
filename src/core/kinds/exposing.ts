import type { Exposure } from '#core/model/cluster.ts'
import type { FieldPath } from '#core/model/text.ts'
import { child, type Tree } from '#core/yaml/tree.ts'
import { itemsOf, numberOf, refTo, textOf } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readableName, readMeta } from './meta.ts'
import type { KubeObject } from './object.ts'

/** A place in a document that may name a Service. */
interface Place {
  readonly path: FieldPath
  readonly tree: Tree
}

/** A Service of the document's own namespace, as one place names it. */
export type Backend = Pick<Exposure, 'service' | 'port'>

/** A kind that opens ways from the ingress controller to Services, and how they are read; what names no Service is left out. */
export interface ExposingKind extends Pick<Kind, 'groups' | 'kind' | 'example'> {
  /** Where Services may be named; `'*'` is each item of a list. */
  readonly places: readonly (readonly string[])[]
  readonly backend: (place: Tree, document: SourceDocument) => Backend | undefined
}

/** A registry entry for a kind whose backends the ingress controller sends to (semantics.md A.12). Hosts and paths are for the controller. */
export function exposing(kind: ExposingKind): Kind {
  const { groups, example } = kind
  return { groups, scope: 'namespaced', kind: kind.kind, example, read: (document) => read(document, kind) }
}

/** A port by number or name; undefined where none is said (the server reads 0 and '' as "not said"). */
export function portOf(tree: Tree | undefined): number | string | undefined {
  return (numberOf(tree) ?? textOf(tree)) || undefined
}

function read(document: SourceDocument, { groups, kind, places, backend }: ExposingKind): KubeObject {
  const meta = readMeta(document, { groups, scope: 'namespaced' })
  const named = places.flatMap((steps) => placesAt({ path: [], tree: document.tree }, steps))
  const exposures = named.flatMap(({ path, tree }): Exposure[] => {
    const found = backend(tree, document)
    if (!found?.service) return []
    const about = { namespace: meta.namespace ?? 'default', name: `${kind} ${readableName(meta)}` }
    return [{ ...about, ...found, ref: refTo(document, path) }]
  })
  return { type: 'exposures', meta, exposures }
}

function placesAt({ path, tree }: Place, steps: readonly string[]): readonly Place[] {
  const [step, ...rest] = steps
  if (step === undefined) return [{ path, tree }]
  if (step === '*') return itemsOf(tree).flatMap((item, i) => placesAt({ path: [...path, i], tree: item }, rest))
  const next = child(tree, step)
  return next ? placesAt({ path: [...path, step], tree: next }, rest) : []
}
