import type { Selector } from '#core/model/labels.ts'
import type { NamespaceMatcher, Policy, Tier } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { at } from '#core/yaml/tree.ts'
import { isNull, refTo } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readableName, readMeta } from './meta.ts'
import type { PolicyObject } from './object.ts'
import { readSelector } from './selector.ts'

/** Pods that a policy of another engine selects; a part that is left out can't be read, or isn't said: all of them. */
export interface Selected {
  /** Cluster-scoped kinds only: others stay in their namespace. */
  readonly namespaces?: Selector | undefined
  readonly pods?: Selector | undefined
}

/** A kind of policy that is recognised but not evaluated, and how its subjects are read: none of them means no pods. */
export interface UnevaluatedKind extends Pick<Kind, 'groups' | 'scope' | 'kind' | 'example'> {
  /** For people, where the kind's own name isn't clear enough. */
  readonly title?: string
  readonly tier: Tier
  readonly selects: (document: SourceDocument) => readonly Selected[]
}

/** A registry entry whose policies make the pods that they select undetermined in both directions (design.md 9). */
export function unevaluated(kind: UnevaluatedKind): Kind {
  const { groups, scope, example } = kind
  return { groups, scope, kind: kind.kind, example, read: (document) => read(document, kind) }
}

/** The pods of a `subject` as ANP, BANP and ClusterNetworkPolicy write it: `namespaces`, or `pods` with two selectors. */
export function subjectAt(document: SourceDocument, path: FieldPath): readonly Selected[] {
  const namespaces = [...path, 'namespaces']
  if (!isNull(at(document.tree, namespaces))) return [{ namespaces: readSelector(document, namespaces) }]
  return [selectorsAt(document, [...path, 'pods'])]
}

/** The pods of a mapping with `namespaceSelector` and `podSelector`, each optional. */
export function selectorsAt(document: SourceDocument, path: FieldPath): Selected {
  return {
    namespaces: readSelector(document, [...path, 'namespaceSelector']),
    pods: readSelector(document, [...path, 'podSelector']),
  }
}

function read(document: SourceDocument, kind: UnevaluatedKind): PolicyObject {
  const meta = readMeta(document, kind)
  const title = kind.title ?? kind.kind
  const policy = (selected: Selected): Policy => ({
    ref: meta.ref,
    name: readableName(meta),
    namespace: meta.namespace,
    tier: kind.tier,
    priority: 0,
    subject: {
      type: 'pods',
      namespaces: namespacesOf(meta.namespace, selected),
      pods: selected.pods ?? [],
      ref: refTo(document, ['spec']),
    },
    directions: ['ingress', 'egress'],
    rules: [],
    managed: false,
    stale: false,
    unevaluated: title,
  })
  return { type: 'policy', meta, policies: kind.selects(document).map(policy), unevaluated: title }
}

function namespacesOf(namespace: string | undefined, { namespaces }: Selected): NamespaceMatcher {
  if (namespace !== undefined) return { type: 'name', name: namespace }
  return { type: 'selector', selector: namespaces ?? [] }
}
